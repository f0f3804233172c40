"""Several writers at once, and a process killed in the middle of an act."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

import cast
from factories import population
from orchestre.journal import checking
from orchestre.journal.models import Change, Entry
from orchestre.journal.services import act
from orchestre.kernel.errors import StaleVersion
from orchestre.org.models import Population

pytestmark = pytest.mark.usefixtures("committed")
WRITERS, ACTS = 4, 15


def _together(work: object, count: int = WRITERS) -> list[BaseException]:
    failures: list[BaseException] = []

    def run(number: int) -> None:
        try:
            work(number)  # type: ignore[operator]  # a function of a number
        except BaseException as failure:  # noqa: BLE001 - told by the test
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


def test_writers_at_once_make_one_chain_in_one_order() -> None:
    user = cast.person("claire")
    rows = [population(f"P{number}") for number in range(WRITERS)]

    def work(number: int) -> None:
        for turn in range(ACTS):
            with act(user, "org.edit", f"{number}/{turn}") as doing:
                doing.update(rows[number], {"headcount": turn})

    assert _together(work) == []
    assert checking.verify() == (WRITERS * ACTS, None)
    assert list(Entry.objects.values_list("seq", flat=True)) == list(range(1, WRITERS * ACTS + 1))


def test_no_update_is_lost_when_all_write_the_same_field() -> None:
    user = cast.person("claire")
    shared = population("Shared", headcount=0)

    def work(number: int) -> None:
        done = 0
        while done < ACTS:
            seen = Population.objects.get(pk=shared.pk)
            try:
                with act(user, "org.count", f"{number}/{done}") as doing:
                    doing.update(
                        seen,
                        {"headcount": (seen.headcount or 0) + 1},
                        expected_version=seen.version,
                    )
            except StaleVersion:
                continue
            done += 1

    assert _together(work) == []
    shared.refresh_from_db()
    lost = WRITERS * ACTS - (shared.headcount or 0)
    merged = WRITERS * ACTS - Change.objects.filter(model="org.population").count()
    # two people who write the same value at once agree: nothing is lost, nothing is written
    assert lost == merged
    assert checking.verify()[1] is None


CHILD = """
import os, sys, time
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from orchestre.journal.services import act
from orchestre.org.models import Population
print("ready", flush=True)
number = 0
while True:
    with act(None, "org.create", f"Pair {number}") as doing:
        doing.create(Population(code=f"A{number}", name="a"))
        doing.create(Population(code=f"B{number}", name="b"))
    print(number, flush=True)
    number += 1
"""


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the child makes its own SQLite file")
@pytest.mark.parametrize("pause_ms", [7, 23, 61])
def test_a_killed_process_leaves_whole_acts_only(tmp_path: Path, pause_ms: int) -> None:
    environment = {
        **os.environ,
        "ORCHESTRE_DATA": str(tmp_path),
        "ORCHESTRE_DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "orchestre.config.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    with subprocess.Popen(
        [sys.executable, "-c", CHILD], env=environment, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        child.stdout.readline()
        time.sleep(pause_ms / 1000)
        child.send_signal(signal.SIGKILL)
        said = [int(line) for line in child.stdout.read().split()]
    acknowledged = max(said, default=0) + 1
    with closing(sqlite3.connect(tmp_path / "orchestre.sqlite3")) as database:
        codes = {code for (code,) in database.execute("SELECT code FROM org_population")}
        links = database.execute("SELECT count(*) FROM journal_entry").fetchone()[0]
        head = database.execute("SELECT seq FROM journal_head").fetchone()[0]
        changes = database.execute("SELECT count(*) FROM journal_change").fetchone()[0]
    assert links >= acknowledged
    assert head == links
    assert changes == 2 * links
    assert codes == {f"{letter}{n}" for n in range(links) for letter in "AB"}
