"""Reading a backup back: compared first, aside; put in place only when nothing differs."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection, connections, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orchestre.access import status
from orchestre.access.single import only_process
from orchestre.journal import backups, checking, rules, tables
from orchestre.journal.backups import Manifest, NotABackupError
from orchestre.kernel.errors import DomainError

SCRATCH = "scratch"


@dataclass(frozen=True)
class Restored:
    """What a backup was found to hold."""

    made_at: str
    tables: int
    rows: int
    links: int
    seconds: float


def check(path: Path) -> Restored:
    """Read a backup back aside and compare it with what it says of itself."""
    started = time.perf_counter()
    with backups.opened(path) as (manifest, folder):
        if manifest.engine == "sqlite":
            _check_sqlite(manifest, folder / backups.SQLITE_MEMBER)
        else:
            _check_lines(manifest, folder)
    status.note_verified(path.name, manifest.head_seq, manifest.head_hash)
    return _restored(manifest, started)


def _restored(manifest: Manifest, started: float) -> Restored:
    return Restored(
        made_at=manifest.made_at,
        tables=len(manifest.tables),
        rows=sum(int(one["rows"]) for one in manifest.tables.values()),
        links=manifest.head_seq,
        seconds=round(time.perf_counter() - started, 2),
    )


def _check_sqlite(manifest: Manifest, copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as database:
        state = database.execute("PRAGMA integrity_check").fetchone()[0]
        if state != "ok":
            raise NotABackupError(
                _("The database in the backup is damaged: %(why)s") % {"why": state}
            )
        _compare(manifest, backups.sqlite_sums(database))
    with _as_scratch(copy):
        call_command("migrate", database=SCRATCH, verbosity=0, interactive=False)
        _check_chain(manifest, *checking.verify(using=SCRATCH))


@contextmanager
def _as_scratch(copy: Path) -> Iterator[None]:
    """Open a file as a second database, for the time of a check."""
    connections.databases[SCRATCH] = {
        **connections.databases["default"],
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(copy),
        "OPTIONS": {"transaction_mode": "IMMEDIATE"},
    }
    try:
        connections[SCRATCH].connect()
        yield
    finally:
        connections[SCRATCH].close()
        del connections[SCRATCH]
        del connections.databases[SCRATCH]


def _check_lines(manifest: Manifest, folder: Path) -> None:
    """A PostgreSQL backup is compared line by line, and its chain walked, without a server."""
    sums = {}
    for name in manifest.tables:
        with (folder / f"{name}.jsonl").open(encoding="utf-8") as file:
            sums[name] = tables.total(line.rstrip("\n") for line in file)
    _compare(manifest, sums)
    links = _links(folder / "journal_entry.jsonl")
    found = rules.first_break(links, (manifest.head_seq, manifest.head_hash))
    _check_chain(manifest, manifest.head_seq, found)


def _links(path: Path) -> list[tuple[int, str, str, str]]:
    # columns in alphabetical order: actor, at, body, change_set_id, hash, previous_hash, seq, verb
    with path.open(encoding="utf-8") as file:
        rows: list[Any] = [tables.read(line) for line in file]
    return sorted((row[6], row[2], row[5], row[4]) for row in rows)


def _compare(manifest: Manifest, sums: dict[str, tables.Sum]) -> None:
    said = {n: tables.Sum(int(s["rows"]), str(s["checksum"])) for n, s in manifest.tables.items()}
    different = sorted(n for n in said.keys() | sums.keys() if said.get(n) != sums.get(n))
    if different:
        raise NotABackupError(
            _("These tables differ from what the backup says of them: %(tables)s")
            % {"tables": ", ".join(different)}
        )


def _check_chain(manifest: Manifest, links: int, found: rules.Break | None) -> None:
    if found is not None or links != manifest.head_seq:
        raise NotABackupError(
            _("The journal in the backup does not hold from link %(seq)s.")
            % {"seq": found.seq if found else links}
        )


def restore(path: Path, *, replace: bool = False) -> Restored:
    """Put a backup in place of the database in use, after a full check."""
    if not replace and not is_empty():
        raise DomainError(
            _("The database already holds data. Add --replace to put the backup in its place."),
            code="not-empty",
        )
    started = time.perf_counter()
    check(path)
    with only_process(), backups.opened(path) as (manifest, folder):
        if manifest.engine != connection.vendor:
            raise DomainError(
                _("This backup is of %(theirs)s and the database in use is %(ours)s.")
                % {"theirs": manifest.engine, "ours": connection.vendor},
                code="other-engine",
            )
        if connection.vendor == "sqlite":
            _put_sqlite(folder / backups.SQLITE_MEMBER)
        else:
            _put_postgres(manifest, folder)
    call_command("migrate", verbosity=0, interactive=False)
    return _restored(manifest, started)


def is_empty() -> bool:
    """Tell whether the database in use holds nothing that people wrote."""
    names = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in ("access_user", "journal_entry"):
            if table in names:
                cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608 - one of two names
                if cursor.fetchone():
                    return False
    return True


def _put_sqlite(copy: Path) -> None:
    target = Path(str(connection.settings_dict["NAME"]))
    connection.close()
    aside = target.with_name(f"{target.name}.before-{timezone.now():%Y%m%d-%H%M%S}")
    if target.exists():
        with closing(sqlite3.connect(target)) as old:
            old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy2(target, aside)
    arriving = target.with_name(f".{target.name}.arriving")
    shutil.copyfile(copy, arriving)
    arriving.chmod(0o600)
    for suffix in ("-wal", "-shm"):
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    arriving.replace(target)


def _put_postgres(manifest: Manifest, folder: Path) -> None:
    """Empty tables at the backup's migrations, filled in one transaction."""
    last = {pair[0]: pair[1] for pair in manifest.migrations}
    with connection.cursor() as cursor:
        names = [connection.ops.quote_name(n) for n in connection.introspection.table_names(cursor)]
        if names:
            cursor.execute(f"DROP TABLE {', '.join(names)} CASCADE")
    for app, name in last.items():
        call_command("migrate", app, name, verbosity=0, interactive=False)
    with transaction.atomic(), connection.cursor() as cursor:
        for table in manifest.tables:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608 - a name of the manifest, quoted
        for table in manifest.tables:
            _fill(cursor, table, folder / f"{table}.jsonl")
        _reset_sequences(cursor)


def _fill(cursor: Any, table: str, path: Path) -> None:  # noqa: ANN401 - DB-API has no type
    quoted = connection.ops.quote_name(table)
    cursor.execute(f"SELECT * FROM {quoted} LIMIT 0")  # noqa: S608 - idem
    columns = sorted(str(column[0]) for column in cursor.description)
    listed = ", ".join(connection.ops.quote_name(name) for name in columns)
    marks = ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {quoted} ({listed}) OVERRIDING SYSTEM VALUE VALUES ({marks})"  # noqa: S608 - idem
    with path.open(encoding="utf-8") as file:
        for line in file:
            cursor.execute(statement, tables.read(line))


def _reset_sequences(cursor: Any) -> None:  # noqa: ANN401 - idem
    for found in connection.introspection.sequence_list():
        table = connection.ops.quote_name(str(found["table"]))
        column = connection.ops.quote_name(str(found["column"]))
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence(%s, %s),"  # noqa: S608 - idem
            f" coalesce(max({column}), 1), max({column}) IS NOT NULL) FROM {table}",
            [found["table"], found["column"]],
        )
