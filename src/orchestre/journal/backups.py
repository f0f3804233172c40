"""Backups: one sealed file, made while people work, whose every byte is checked when read.

The file is a ZIP whose comment holds the SHA-256 of all that precedes it. Inside, a manifest
gives the head of the chain, the migrations, and for each table its rows and a checksum.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.translation import gettext as _

from orchestre import __version__
from orchestre.access import status
from orchestre.journal import tables
from orchestre.journal.rules import GENESIS
from orchestre.kernel.errors import DomainError

FORMAT = 1
SEAL = 64
SQLITE_MEMBER = "database.sqlite3"


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself."""

    format: int
    product: str
    engine: str
    made_at: str
    migrations: list[list[str]]
    head_seq: int
    head_hash: str
    tables: dict[str, dict[str, Any]]
    members: dict[str, str]


class NotABackupError(DomainError):
    """The file is not a backup, or not whole."""

    code = "bad-backup"


def make(target: Path | None = None) -> tuple[Path, Manifest]:
    """Write a backup of the database in use; the file appears when it is complete."""
    path = target or status.backups_dir() / f"orchestre-{timezone.now():%Y%m%d-%H%M%S-%f}.zip"
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".backup-") as folder:
        collect = _collect_sqlite if connection.vendor == "sqlite" else _collect_postgres
        manifest = collect(Path(folder))
        whole = Path(folder) / "whole.zip"
        _pack(Path(folder), whole, manifest)
        whole.chmod(0o600)
        whole.replace(path)
    return path, manifest


def _collect_sqlite(folder: Path) -> Manifest:
    copy = folder / SQLITE_MEMBER
    source = Path(str(connection.settings_dict["NAME"])).resolve()
    with (
        closing(sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True, timeout=20)) as live,
        closing(sqlite3.connect(copy)) as aside,
    ):
        live.backup(aside)  # in one step: the copy is one instant of the database
        aside.execute("PRAGMA journal_mode=DELETE")
        sums = sqlite_sums(aside)
        head = _head(aside.cursor())
        migrations = _migrations(aside.cursor())
    members = {SQLITE_MEMBER: file_digest(copy)}
    return _manifest("sqlite", sums, head, migrations, members)


def sqlite_sums(database: sqlite3.Connection) -> dict[str, tables.Sum]:
    """Sum every table of an SQLite file."""
    names = database.execute(
        "SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%'"
    )
    return {
        name: tables.total(tables.lines_of(database.cursor(), f'"{name}"'))
        for (name,) in sorted(names.fetchall())
    }


def _collect_postgres(folder: Path) -> Manifest:
    sums: dict[str, tables.Sum] = {}
    members: dict[str, str] = {}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for name in sorted(connection.introspection.table_names(cursor)):
            member = f"{name}.jsonl"
            with (folder / member).open("w", encoding="utf-8") as file:
                lines = tables.lines_of(cursor, connection.ops.quote_name(name))
                sums[name] = tables.total(_written(file, lines))
            members[member] = file_digest(folder / member)
        head, migrations = _head(cursor), _migrations(cursor)
    return _manifest("postgresql", sums, head, migrations, members)


def _written(file: Any, lines: Iterator[str]) -> Iterator[str]:  # noqa: ANN401 - an open text file
    for line in lines:
        file.write(line + "\n")
        yield line


def _head(cursor: Any) -> tuple[int, str]:  # noqa: ANN401 - DB-API has no type
    cursor.execute("SELECT seq, hash FROM journal_head WHERE id = 1")
    found = cursor.fetchone()
    return (int(found[0]), str(found[1])) if found else (0, GENESIS)


def _migrations(cursor: Any) -> list[list[str]]:  # noqa: ANN401 - idem
    table = MigrationRecorder.Migration._meta.db_table  # noqa: SLF001 - Django's documented Meta API
    cursor.execute(f"SELECT app, name FROM {table} ORDER BY id")  # noqa: S608 - a name of Django's
    return [[str(app), str(name)] for app, name in cursor.fetchall()]


def _manifest(
    engine: str,
    sums: dict[str, tables.Sum],
    head: tuple[int, str],
    migrations: list[list[str]],
    members: dict[str, str],
) -> Manifest:
    return Manifest(
        format=FORMAT,
        product=__version__,
        engine=engine,
        made_at=timezone.now().isoformat(),
        migrations=migrations,
        head_seq=head[0],
        head_hash=head[1],
        tables={name: asdict(one) for name, one in sums.items()},
        members=members,
    )


def _pack(folder: Path, whole: Path, manifest: Manifest) -> None:
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        archive.writestr("manifest.json", json.dumps(asdict(manifest), indent=1))
        for member in manifest.members:
            archive.write(folder / member, member)
        archive.comment = b"0" * SEAL
    with whole.open("r+b") as file:
        seal = _digest_before_seal(file)
        file.seek(-SEAL, os.SEEK_END)
        file.write(seal.encode())
        file.flush()
        os.fsync(file.fileno())


def _digest_before_seal(file: Any) -> str:  # noqa: ANN401 - an open binary file
    left = file.seek(0, os.SEEK_END) - SEAL
    file.seek(0)
    digest = hashlib.sha256()
    while left > 0 and (block := file.read(min(1 << 20, left))):
        digest.update(block)
        left -= len(block)
    return digest.hexdigest()


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def opened(path: Path) -> Iterator[tuple[Manifest, Path]]:
    """Check the seal, unpack aside, check every member; give the manifest and the folder."""
    _check_seal(path)
    with tempfile.TemporaryDirectory(prefix="orchestre-restore-") as name:
        folder = Path(name)
        try:
            with zipfile.ZipFile(path) as archive:
                manifest = Manifest(**json.loads(archive.read("manifest.json")))
                for member in manifest.members:
                    (folder / Path(member).name).write_bytes(archive.read(member))
        except (zipfile.BadZipFile, KeyError, TypeError, ValueError) as wrong:
            raise NotABackupError(_not_whole(path)) from wrong
        if manifest.format != FORMAT:
            raise NotABackupError(
                _("%(file)s was made by another version of Orchestre.") % {"file": path.name}
            )
        for member, digest in manifest.members.items():
            if file_digest(folder / Path(member).name) != digest:
                raise NotABackupError(_not_whole(path))
        yield manifest, folder


def _check_seal(path: Path) -> None:
    if not path.is_file():
        raise NotABackupError(_("There is no file %(file)s.") % {"file": path})
    if path.stat().st_size <= SEAL:
        raise NotABackupError(_not_whole(path))
    with path.open("rb") as file:
        computed = _digest_before_seal(file)
        file.seek(-SEAL, os.SEEK_END)
        if file.read(SEAL) != computed.encode():
            raise NotABackupError(_not_whole(path))


def _not_whole(path: Path) -> str:
    return _(
        "%(file)s is not a whole backup: its fingerprint does not match. Nothing was restored."
    ) % {"file": path.name}
