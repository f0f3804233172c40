"""A small loaded portfolio, and reports made of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

import factories
from orchestre.interactions.queries import Names
from orchestre.load.queries import Reader
from orchestre.load.services import compute
from orchestre.org.models import CalendarPeriod
from orchestre.portfolio.models import Initiative
from orchestre.reports.presenters.frame import Subject
from orchestre.reports.rules import AsOf
from orchestre.reports.services.analysis import load_of

START = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def forget() -> None:
    compute.forget()


@pytest.fixture
def loaded(db: None) -> Initiative:
    """One initiative asks 40 hours of 100 people around the 6th of April 2026."""
    unit = factories.unit("Agences", code="AG")
    people = factories.population("Agences Ouest", at=unit, code="AGO")
    found = factories.initiative("Nouvelle caisse", code="CH-014", unit=unit)
    factories.impact(found, people, hours_per_person=40.0)
    return found


@pytest.fixture
def frozen(loaded: Initiative) -> Initiative:
    """In April nobody can give anything."""
    CalendarPeriod.objects.create(
        unit=None, name="Gel", kind="freeze", factor=0.0,
        starts_on=date(2026, 4, 6), ends_on=date(2026, 4, 20),
    )  # fmt: skip
    return loaded


@pytest.fixture
def subject() -> Callable[..., Subject]:
    def made(weeks: int = 52, **values: object) -> Subject:
        when = AsOf(START, weeks, "asked", 1, 1)
        known: dict[str, object] = {
            "view": load_of(when), "first": 0, "weeks": weeks, "findings": [],
            "reader": Reader(None, None, frozenset()), "names": Names(frozenset(), None),
            "initiatives": Initiative.objects.count(), "source": "Maison Test",
        }  # fmt: skip
        return Subject(**{**known, **values})  # type: ignore[arg-type]  # the names are those of the class

    return made
