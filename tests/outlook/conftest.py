"""Three initiatives that wait for one another's results, seen from a fixed Monday."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
import time_machine

import cast
import factories
from orchestre.outlook.models import MilestoneEstimate
from orchestre.outlook.services import compute
from orchestre.portfolio.models import Dependency, Milestone

TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    compute.forget()
    with time_machine.travel("2026-03-02T09:00:00+01:00", tick=True):
        yield


def milestone(initiative: object, name: str, on: date, **values: object) -> Milestone:
    values.setdefault("baseline_on", on)
    return Milestone.objects.create(initiative=initiative, name=name, forecast_on=on, **values)  # type: ignore[misc]  # fields of the row


@pytest.fixture
def trio(db: None) -> SimpleNamespace:
    """A and B end on 4 May; C starts that day and waits for both."""
    cast.organisation()
    unit = factories.unit("Agences", code="AG")
    end = date(2026, 5, 4)
    made = SimpleNamespace(unit=unit, end=end)
    for code in "AB":
        one = factories.initiative(
            f"Initiative {code}", code=code, unit=unit, starts_on=date(2026, 1, 5), ends_on=end,
            go_live_on=end, cost_eur="100000",
        )  # fmt: skip
        go = milestone(one, "Mise en service", end, kind="go_live")
        MilestoneEstimate.objects.create(
            milestone=go, kind="triangular", optimistic_on=end - timedelta(days=14),
            likely_on=end, pessimistic_on=end + timedelta(days=42),
        )  # fmt: skip
        setattr(made, code.lower(), one)
        setattr(made, f"go_{code.lower()}", go)
    made.c = factories.initiative(
        "Initiative C", code="C", unit=unit, starts_on=end, ends_on=date(2026, 8, 3),
        go_live_on=date(2026, 8, 3),
    )  # fmt: skip
    made.go_c = milestone(made.c, "Mise en service", date(2026, 8, 3), kind="go_live")
    for giver in (made.a, made.b):
        Dependency.objects.create(predecessor=giver, successor=made.c)
    return made
