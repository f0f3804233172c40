"""Two initiatives that overload the same people, with roles, money and value, on a known day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace

import pytest
import time_machine

import cast
import factories as make
from orchestre.load.services import compute
from orchestre.portfolio.models import Dependency, Milestone, Programme
from orchestre.resources.models import CostLine, Envelope, Role, RoleCapacity, RoleDemand, Worth
from orchestre.sequencing.services import gauges, live

GO_LIVE = date(2026, 4, 6)
YEAR = (date(2026, 1, 1), date(2027, 1, 1))


@pytest.fixture(autouse=True)
def fresh_memory() -> Iterator[None]:
    for memory in (compute, live):
        memory.forget()
    gauges.forget()
    yield
    for memory in (compute, live):
        memory.forget()
    gauges.forget()


@pytest.fixture(autouse=True)
def monday_in_march() -> Iterator[None]:
    with time_machine.travel("2026-03-02T09:00:00+00:00", tick=False):
        yield


@pytest.fixture
def plan(db: None) -> SimpleNamespace:
    """Ask 2.40 h of each of 260 people in weeks 15 and 16, for 1.75 h possible.

    IN-A feeds IN-B; each takes 3 architects of 4 in spring, and 120,000 € of an envelope of
    200,000 €.
    """
    cast.organisation()
    unit = make.unit("Réseau", code="NET")
    people = make.population("Agences Ouest", unit, code="WEST", headcount=260)
    programme = Programme.objects.create(code="PG-1", name="Socle")
    both = [
        make.initiative(title, code=code, go_live_on=GO_LIVE, programme=programme, unit=unit)
        for title, code in (("SIRH", "IN-A"), ("Nouvelle caisse", "IN-B"))
    ]
    role = Role.objects.create(code="ARCHI", name="Architects")
    RoleCapacity.objects.create(role=role, starts_on=YEAR[0], ends_on=YEAR[1], fte=4.0)
    Envelope.objects.create(name="2026", starts_on=YEAR[0], ends_on=YEAR[1], amount_eur=200_000)
    for one in both:
        make.impact(one, people, hours_per_person=8.0)
        RoleDemand.objects.create(
            initiative=one, role=role, starts_on=date(2026, 4, 1), ends_on=date(2026, 5, 1), fte=3.0
        )
        CostLine.objects.create(
            initiative=one,
            starts_on=date(2026, 4, 1),
            ends_on=date(2026, 5, 1),
            amount_eur=120_000,
        )
        Worth.objects.create(
            initiative=one, value_eur_per_year=365_250, delay_cost_eur_per_week=5_000
        )
    Milestone.objects.create(
        initiative=both[1],
        name="Pilote",
        forecast_on=date(2026, 3, 16),
        baseline_on=date(2026, 3, 9),
    )
    Dependency.objects.create(predecessor=both[0], successor=both[1], kind="SS", what="Référentiel")
    return SimpleNamespace(
        unit=unit, people=people, first=both[0], second=both[1], role=role, programme=programme
    )
