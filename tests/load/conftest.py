"""A small organisation whose figures are worked out by hand.

One unit of 100 people at 35 h and 5 %: 1.75 h possible per person and week. One initiative of
8 h goes live on Monday 6 April 2026: learning takes 45 % over the 6 weeks before it, 0.60 h a
week; the go-live 30 % over 2 weeks, 1.20 h a week.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace

import pytest
import time_machine

import factories as make
from orchestre.load.services import compute

GO_LIVE = date(2026, 4, 6)
TODAY = date(2026, 3, 2)


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
def small(db: None) -> SimpleNamespace:
    unit = make.unit("Réseau", code="NET")
    people = make.population("Agences Ouest", unit, code="WEST", headcount=100)
    others = make.population("Agences Est", unit, code="EAST", headcount=300)
    first = make.initiative("SIRH", code="IN-A", go_live_on=GO_LIVE)
    second = make.initiative("Nouvelle caisse", code="IN-B", go_live_on=GO_LIVE)
    make.impact(first, people, hours_per_person=8.0)
    make.impact(second, people, hours_per_person=8.0)
    return SimpleNamespace(unit=unit, people=people, others=others, first=first, second=second)
