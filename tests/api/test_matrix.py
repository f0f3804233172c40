"""Who gets what: every operation, every person of the cast, rows of one's own, secret, absent.

`matrix.csv` is reviewed like code. After a wanted change, write it again with
`ORCHESTRE_WRITE_SNAPSHOTS=1 pytest tests/api/test_matrix.py` and read its difference.
"""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from api import operations
from api.operations import Sample
from api.world import EVERYBODY, Caller, World, caller

MATRIX = Path(__file__).with_name("matrix.csv")
PEOPLE = ("nobody", *EVERYBODY)


def ask(who: Caller, sample: Sample) -> Any:
    """Send one call and put everything back as it was."""
    told = {} if sample.method not in {"PATCH", "DELETE"} else {"If_Match": _version(sample)}
    with transaction.atomic():
        answer = who(sample.method, sample.path, sample.body, **told)
        transaction.set_rollback(True)
    return answer


def _version(sample: Sample) -> str:
    return '"0"' if sample.operation == "change_assumptions" else '"1"'


def found(world: World) -> dict[tuple[str, str], list[str]]:
    clients = {"nobody": Caller(), **{name: caller(name) for name in EVERYBODY}}
    rows = {}
    for row in ("own", "secret"):
        for sample in operations.samples(world, row):
            statuses = [str(ask(clients[name], sample).status_code) for name in PEOPLE]
            rows[sample.operation, row] = statuses
    return rows


def test_everybody_gets_what_the_matrix_says(world: World) -> None:
    got = found(world)
    if os.environ.get("ORCHESTRE_WRITE_SNAPSHOTS"):
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(["operation", "row", *PEOPLE])
        writer.writerows([*key, *statuses] for key, statuses in sorted(got.items()))
        MATRIX.write_text(text.getvalue(), encoding="utf-8")
    with MATRIX.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    assert lines[0][2:] == list(PEOPLE)
    assert {(line[0], line[1]): line[2:] for line in lines[1:]} == got


def test_what_is_not_there_is_not_found_whoever_asks(world: World) -> None:
    wrong = []
    for name in EVERYBODY:
        who = caller(name)
        for sample in operations.samples(world, "absent"):
            answer = ask(who, sample)
            if answer.status_code != 404 or answer.json()["code"] != "not-found":
                wrong.append((name, sample.operation, answer.status_code))
    assert not wrong


def test_what_is_secret_answers_as_what_is_absent(world: World) -> None:
    rosa = caller("rosa")
    absent = ask(rosa, Sample("", "GET", "/initiatives/NOT-THERE"))
    checked = 0
    for sample in operations.samples(world, "secret"):
        answer = ask(rosa, sample)
        assert answer.status_code == 404, sample
        assert answer.content == absent.content
        assert {**answer.headers} == {**absent.headers}
        checked += 1
    assert checked > 20


@pytest.mark.parametrize("name", ["rosa", "aude", "noam"])
def test_readers_write_nothing(world: World, name: str) -> None:
    mine = {"add_token", "revoke_token", "what_if", "refresh_findings"}
    if name == "aude":  # an auditor validates and contests what others declared
        mine |= {"validate_value", "contest_value"}
    who = caller(name)
    done = [
        sample.operation
        for sample in operations.samples(world)
        if sample.method != "GET" and ask(who, sample).status_code < 300
    ]
    assert set(done) <= mine


def test_a_reading_token_writes_nothing(world: World) -> None:
    who = caller("claire", may_write=False)
    assert who.get("/initiatives/IN-1").status_code == 200
    for sample in operations.samples(world):
        if sample.method != "GET":
            assert ask(who, sample).status_code == 403, sample
