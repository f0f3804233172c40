"""A small portfolio where people, not money, are the limit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest

import cast
import factories
from factories import selections
from orchestre.access.models import User
from orchestre.load.services import compute
from orchestre.portfolio.models import Contribution, Dependency, Initiative
from orchestre.selection.models import Driver, Selection
from orchestre.strategy.models import Objective

SECRET = "Projet Hirondelle"


@dataclass
class Small:
    """What tests name."""

    selection: Selection
    drivers: list[Driver]
    claire: User


@pytest.fixture(autouse=True)
def fresh_load() -> Iterator[None]:
    """Keep no load from another test."""
    compute.forget()
    yield
    compute.forget()


@pytest.fixture
def small(db: None) -> Small:
    """Five changes for the same hundred people; a sixth is confidential."""
    cast.organisation()
    claire = cast.person("claire")
    unit = factories.unit("Agences", code="AG")
    people = factories.population("Conseillers", at=unit, code="P1")
    year = {"starts_on": date(2026, 3, 2), "ends_on": date(2026, 9, 7)}
    for number, cost in enumerate((1_000_000, 800_000, 500_000, 300_000, 200_000), start=1):
        row = factories.initiative(
            f"Change {number}", code=f"IN-{number}", unit=unit, cost_eur=cost,
            go_live_on=date(2026, 6, 1), **year,
        )  # fmt: skip
        factories.impact(row, people, hours_per_person=16.0)
    secret = factories.initiative(
        SECRET, code="IN-9", unit=unit, confidential=True, cost_eur=100_000,
        go_live_on=date(2026, 6, 1), **year,
    )  # fmt: skip
    factories.impact(secret, people, hours_per_person=2.0)
    Dependency.objects.create(
        predecessor=Initiative.objects.get(code="IN-4"),
        successor=Initiative.objects.get(code="IN-2"),
    )
    objective = Objective.objects.create(code="OB-1", title="Servir plus vite")
    for code in ("IN-1", "IN-5"):
        Contribution.objects.create(
            objective=objective, initiative=Initiative.objects.get(code=code)
        )
    chosen = selections.selection(claire, shared=True)
    drivers = selections.drivers(chosen, "Clients", "Coûts")
    levels = {
        "IN_1": "extreme", "IN_2": "strong", "IN_3": "moderate", "IN_4": "low", "IN_5": "low",
        "IN_9": "low",
    }  # fmt: skip
    for driver in drivers:
        selections.rated(driver, **levels)
    return Small(chosen, drivers, claire)
