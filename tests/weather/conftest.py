"""One initiative in trouble, one that is well, on a known day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
import time_machine

import cast
import factories as make
from orchestre.load.services import compute
from orchestre.portfolio.models import Milestone
from orchestre.resources.models import CostLine, Worth
from orchestre.weather.services import readings

TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def fresh_memory() -> Iterator[None]:
    compute.forget()
    readings.forget()
    yield
    compute.forget()
    readings.forget()


@pytest.fixture(autouse=True)
def monday_in_march() -> Iterator[None]:
    with time_machine.travel("2026-03-02T09:00:00+00:00", tick=False):
        yield


@pytest.fixture
def pair(db: None) -> SimpleNamespace:
    """A go-live 60 days late with an overrun of 20 %, and a quiet neighbour."""
    cast.organisation()
    unit = make.unit("Réseau", code="NET")
    late = make.initiative("SIRH", code="IN-A", stage="prepare", unit=unit, cost_eur=100_000)
    calm = make.initiative("Caisse", code="IN-B", stage="prepare", unit=unit, cost_eur=50_000)
    go_live = Milestone.objects.create(
        initiative=late,
        name="Bascule",
        kind="go_live",
        baseline_on=TODAY + timedelta(days=30),
        forecast_on=TODAY + timedelta(days=90),
    )
    well = Milestone.objects.create(
        initiative=calm, name="Bascule", kind="go_live",
        baseline_on=TODAY + timedelta(days=20), forecast_on=TODAY + timedelta(days=20),
    )  # fmt: skip
    for one, amount in ((late, 120_000), (calm, 50_000)):
        CostLine.objects.create(
            initiative=one,
            starts_on=TODAY - timedelta(days=10),
            ends_on=TODAY + timedelta(days=10),
            amount_eur=amount,
        )
        Worth.objects.create(initiative=one, value_eur_per_year=365_000)
    lead = cast.lead_of(late.pk)
    return SimpleNamespace(unit=unit, late=late, calm=calm, go_live=go_live, well=well, lead=lead)
