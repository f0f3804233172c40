"""Many at once, twice the same act, and a server that dies: nothing said to be saved is lost.

R14: no update is lost among eight writers. R15: an act replayed or raced is done once.
R16: after SIGKILL in the middle of writes, what was acknowledged is there and the chain holds.
"""

from __future__ import annotations

import random
import re
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection, connections

import cast
import factories
from orchestre.access import throttles
from orchestre.access.models import User
from orchestre.journal import checking
from orchestre.journal.models import Change, ChangeSet
from orchestre.journal.services import act, undo
from orchestre.kernel.errors import DomainError, StaleVersion
from orchestre.portfolio import services as portfolio
from orchestre.portfolio.models import Initiative
from support import serving
from support.http import Visitor

THREADS = 8
EDITS = 12
RACERS = 8
RESTART_SECONDS = 10


def together(work: Callable[[int], None], count: int = THREADS) -> list[BaseException]:
    """Start threads at the same moment; return what went wrong in them."""
    failures: list[BaseException] = []
    start = threading.Barrier(count)

    def run(number: int) -> None:
        try:
            start.wait()
            work(number)
        except BaseException as failure:  # noqa: BLE001 - told by the test
            failures.append(failure)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


def _add_to(user: User, pk: int, field: str, words: str) -> None:
    """Edit as a person does: look, write, and look again when somebody was faster."""
    while True:
        seen = Initiative.objects.get(pk=pk)
        values = {field: getattr(seen, field) + words}
        try:
            portfolio.update(user, seen, values, expected_version=seen.version)
        except StaleVersion:
            continue
        return


@pytest.mark.usefixtures("committed")
def test_eight_writers_of_mixed_edits_lose_nothing() -> None:
    user = cast.person("claire")
    shared = factories.initiative("Shared", cost_eur=0)
    own = [factories.initiative(f"Own {number}") for number in range(THREADS)]
    made: list[int] = []

    def work(number: int) -> None:
        draw = random.Random(number)
        for turn in range(EDITS):
            kind = draw.randrange(3)
            if kind == 0:
                _add_to(user, shared.pk, "why", f"|{number}:{turn}")
            elif kind == 1:
                _add_to(user, own[number].pk, "lead_name", str(turn))
            else:
                made.append(portfolio.create(user, title=f"Made {number}-{turn}").pk)

    assert together(work) == []
    shared.refresh_from_db()
    wanted = [f"{number}:{turn}" for number in range(THREADS) for turn in _turns_on_shared(number)]
    assert sorted(shared.why.split("|")[1:]) == sorted(wanted)
    assert Initiative.objects.filter(pk__in=made).count() == len(made)
    assert checking.verify()[1] is None


def _turns_on_shared(number: int) -> list[int]:
    draw = random.Random(number)
    return [turn for turn in range(EDITS) if draw.randrange(3) == 0]


@pytest.mark.usefixtures("committed")
def test_an_act_is_undone_once_however_many_ask() -> None:
    user = cast.person("claire")
    with act(user, "portfolio.edit", "Renamed") as doing:
        initiative = doing.create(Initiative(code="ONCE", title="Once"))
    with act(user, "portfolio.edit", "Renamed") as doing:
        doing.update(initiative, {"title": "Twice"})
    wanted = doing.change_set
    assert wanted is not None
    done: list[ChangeSet] = []

    def work(_number: int) -> None:
        try:
            done.append(undo(user, ChangeSet.objects.get(pk=wanted.pk)))
        except DomainError:
            return

    assert together(work, RACERS) == []
    assert len(done) == 1
    initiative.refresh_from_db()
    assert initiative.title == "Once"
    assert Change.objects.filter(object_id=initiative.pk).count() == 3
    assert checking.verify()[1] is None


@pytest.mark.usefixtures("committed")
def test_the_free_tries_of_a_passphrase_are_free_at_the_same_moment_too() -> None:
    for turn in range(10):
        waits: list[object] = []
        key = f"same moment {turn}"

        def work(_number: int, key: str = key, waits: list[object] = waits) -> None:
            waits.append(throttles.wait_before(key))

        assert together(work, throttles.FREE_TRIES - 1) == []
        assert waits == [None] * (throttles.FREE_TRIES - 1)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the server makes its own SQLite file")
@pytest.mark.parametrize("pause_ms", [150, 700])
def test_a_killed_server_keeps_what_it_acknowledged(
    prepared: Path, tmp_path: Path, pause_ms: int
) -> None:
    server = serving.copy(prepared, tmp_path)
    serving.orchestre(
        tmp_path, "user", "create", "claire@example.org", "--name", "Claire",
        "--role", "administrator", "--passphrase-stdin", given=f"{cast.PASSPHRASE}\n",
    )  # fmt: skip
    server.start()
    said: list[str] = []
    writers = [
        threading.Thread(target=_write_until_it_dies, args=(server.url, number, said))
        for number in range(3)
    ]
    try:
        for writer in writers:
            writer.start()
        _wait_for(said, len(writers))
        time.sleep(pause_ms / 1000)
        server.kill()
        for writer in writers:
            writer.join()
        assert server.start() <= RESTART_SECONDS
        visitor = Visitor(server.url)
        visitor.sign_in("claire@example.org", cast.PASSPHRASE)
        shown = visitor.get("/portfolio/list.csv").text
        assert [title for title in said if title not in shown] == []
    finally:
        server.stop()
    assert "journal" in serving.orchestre(tmp_path, "check").lower()


def _wait_for(said: list[str], writers: int) -> None:
    until = time.monotonic() + 30
    while len({title.split("x")[0] for title in said}) < writers:
        assert time.monotonic() < until, "nobody could write"
        time.sleep(0.01)


def _write_until_it_dies(url: str, number: int, said: list[str]) -> None:
    visitor = Visitor(url)
    visitor.sign_in("claire@example.org", cast.PASSPHRASE)
    turn = 0
    while True:
        title = f"Kept {number}x{turn}x{'abcdefghij'[turn % 10]}"
        try:
            answer = visitor.post("/initiatives/new/", title=title, lead_name="", anyway="yes")
        except OSError:
            return
        if re.search(r"/initiatives/[^/]+/$", answer.url) and "/new/" not in answer.url:
            said.append(title)  # the server answered: it is saved
        turn += 1
