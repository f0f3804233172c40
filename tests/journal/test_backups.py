"""A backup taken while people work comes back equal; a damaged one is refused."""

from __future__ import annotations

import json
import random
import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import connection

import cast
from factories import population
from orchestre.access import status
from orchestre.journal import backups, cli, restores, tables
from orchestre.journal.backups import NotABackupError
from orchestre.journal.models import Entry
from orchestre.journal.services import act
from orchestre.kernel.errors import DomainError

pytestmark = [
    pytest.mark.usefixtures("committed"),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="compares SQLite files"),
]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.STATIC_ROOT = tmp_path / "static"
    settings.SECRET_KEY = "only-for-tests-and-long-enough-for-the-settings-doctor"
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    return tmp_path


@pytest.fixture
def written(committed: None) -> None:
    user = cast.person("claire")
    for number in range(5):
        with act(user, "org.edit", f"Act {number}") as doing:
            doing.update(population(), {"headcount": number})


def _sums(path: Path) -> dict[str, tables.Sum]:
    with closing(sqlite3.connect(path)) as database:
        return backups.sqlite_sums(database)


def test_a_backup_while_people_write_is_read_back_without_a_difference(tmp_path: Path) -> None:
    user = cast.person("claire")
    rows = [population() for _ in range(3)]
    over, started = threading.Event(), threading.Event()

    def write() -> None:
        turn = 0
        while not over.is_set():
            with act(user, "org.edit", f"Turn {turn}") as doing:
                doing.update(rows[turn % 3], {"headcount": turn})
            started.set()
            turn += 1
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    started.wait(10)
    try:
        made = [backups.make(tmp_path / f"{number}.zip") for number in range(3)]
    finally:
        over.set()
        writer.join()
    heads = [manifest.head_seq for _path, manifest in made]
    assert heads == sorted(heads)
    assert heads[0] >= 1
    for path, manifest in made:
        assert restores.check(path).links == manifest.head_seq
        assert oct(path.stat().st_mode & 0o777) == "0o600"


def test_one_flipped_bit_anywhere_is_refused(written: None, tmp_path: Path) -> None:
    path, _manifest = backups.make(tmp_path / "whole.zip")
    whole = path.read_bytes()
    draw = random.Random(18)
    for _round in range(60):
        spot = draw.randrange(len(whole))
        flipped = bytearray(whole)
        flipped[spot] ^= 1 << draw.randrange(8)
        path.write_bytes(flipped)
        with pytest.raises(NotABackupError):
            restores.check(path)
    for length in (0, 10, 64, 65, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:length])
        with pytest.raises(NotABackupError):
            restores.check(path)
    path.write_bytes(whole)
    assert restores.check(path).links == 5


def test_a_manifest_that_lies_is_refused(written: None, tmp_path: Path) -> None:
    path, manifest = backups.make(tmp_path / "b.zip")
    with backups.opened(path) as (_said, folder):
        copy = folder / backups.SQLITE_MEMBER
        with closing(sqlite3.connect(copy)) as database:
            database.execute("UPDATE org_population SET headcount = 99 WHERE headcount = 3")
            database.commit()
        forged = backups.Manifest(
            **{
                **manifest.__dict__,
                "members": {backups.SQLITE_MEMBER: backups.file_digest(copy)},
            }
        )
        backups._pack(folder, tmp_path / "forged.zip", forged)
    with pytest.raises(NotABackupError, match="org_population"):
        restores.check(tmp_path / "forged.zip")


def test_a_restore_brings_back_the_database_and_keeps_the_other_aside(
    written: None, tmp_path: Path
) -> None:
    path, _manifest = backups.make(tmp_path / "b.zip")
    live = Path(str(connection.settings_dict["NAME"]))
    with pytest.raises(DomainError, match="--replace"):
        restores.restore(path)
    with act(cast.person("claire"), "org.edit", "Later") as doing:
        doing.update(population(), {"headcount": 77})
    assert Entry.objects.count() == 6
    restores.restore(path, replace=True)
    assert Entry.objects.count() == 5
    aside = list(live.parent.glob(f"{live.name}.before-*"))
    assert len(aside) == 1
    with closing(sqlite3.connect(aside[0])) as before:
        assert before.execute("SELECT count(*) FROM journal_entry").fetchone() == (6,)
    aside[0].unlink()
    connection.close()
    restored = tmp_path / "restored.sqlite3"
    with closing(sqlite3.connect(live)) as now, closing(sqlite3.connect(restored)) as copy:
        now.backup(copy)
    with backups.opened(path) as (manifest, _folder):
        said = {name: tables.Sum(**one) for name, one in manifest.tables.items()}
    assert _sums(restored) == said


def test_the_commands_answer_one_object_and_their_exit_code(written: None, tmp_path: Path) -> None:
    runner = CliRunner()
    made = runner.invoke(cli.backup, ["--json"])
    answer = json.loads(made.stdout)
    assert (made.exit_code, answer["ok"], answer["links"]) == (0, True, 5)
    verified = status.last_verified()
    assert verified is not None
    assert verified.seq == 5
    checked = runner.invoke(cli.check, ["--json"])
    assert checked.exit_code == 0, checked.stdout
    assert json.loads(checked.stdout)["break"] is None
    again = runner.invoke(cli.backup, [answer["file"], "--json"])
    assert (again.exit_code, json.loads(again.stdout)["ok"]) == (1, False)
    assert "already exists" in again.stderr
    absent = runner.invoke(cli.restore, [str(tmp_path / "no.zip"), "--check"])
    assert (absent.exit_code, absent.stdout) == (1, "")
    assert "no file" in absent.stderr
    usage = runner.invoke(cli.check, ["--anchor", "nonsense"])
    assert usage.exit_code == 2


def test_check_ends_with_one_when_the_chain_is_shorter_than_the_last_backup(
    written: None,
) -> None:
    runner = CliRunner()
    assert runner.invoke(cli.backup, []).exit_code == 0
    with act(None, "org.edit", "Later") as doing:
        doing.update(population(), {"headcount": 1})
    assert runner.invoke(cli.check, []).exit_code == 0
    status.note_verified("other.zip", 900, "ab" * 32)
    found = runner.invoke(cli.check, ["--json"])
    assert found.exit_code == 1
    assert json.loads(found.stdout)["break"] == {"seq": 7, "reason": "truncated"}
    said = runner.invoke(cli.check, [])
    assert "Tell the auditor; correct nothing." in said.stderr


def test_every_kind_of_value_comes_back_exactly() -> None:
    from datetime import UTC, date, datetime, time, timedelta  # noqa: PLC0415 - a table of values
    from decimal import Decimal  # noqa: PLC0415 - idem
    from uuid import UUID  # noqa: PLC0415 - idem

    row = [
        None,
        True,
        2**70,
        0.1,
        float("inf"),
        "é\n\t«»",
        b"\x00\xff",
        datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC),
        date(2026, 1, 2),
        time(3, 4, 5, 6),
        timedelta(days=-1, microseconds=3),
        Decimal("1.10"),
        UUID(int=5),
    ]
    assert tables.read(tables.write(row)) == row
    with pytest.raises(TypeError):
        tables.write([object()])
    lines = [tables.write([n]) for n in range(50)]
    assert tables.total(lines) == tables.total(lines[::-1])
    assert tables.total(lines) != tables.total(lines[1:])
    assert tables.total([lines[0], lines[0]]) != tables.total([lines[0]])
