"""Two initiatives that overload the same people, on a known day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace

import pytest
import time_machine

import factories as make
from orchestre.load.services import compute

GO_LIVE = date(2026, 4, 6)


@pytest.fixture(autouse=True)
def fresh_memory() -> Iterator[None]:
    compute.forget()
    yield
    compute.forget()


@pytest.fixture(autouse=True)
def monday_in_march() -> Iterator[None]:
    with time_machine.travel("2026-03-02T09:00:00+00:00", tick=False):
        yield


@pytest.fixture
def pair(db: None) -> SimpleNamespace:
    """Ask 2.40 h of each of 260 people in weeks 15 and 16, for 1.75 h possible."""
    unit = make.unit("Réseau", code="NET")
    people = make.population("Agences Ouest", unit, code="WEST", headcount=260)
    first = make.initiative("SIRH", code="IN-A", go_live_on=GO_LIVE)
    second = make.initiative("Nouvelle caisse", code="IN-B", go_live_on=GO_LIVE)
    make.impact(first, people, hours_per_person=8.0)
    make.impact(second, people, hours_per_person=8.0)
    return SimpleNamespace(unit=unit, people=people, first=first, second=second)
