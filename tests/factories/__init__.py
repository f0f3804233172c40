"""Small builders of rows for tests: only what a test cares about is said."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from orchestre.impacts.models import Impact
from orchestre.org.models import Population, Unit
from orchestre.portfolio.models import Initiative

_numbers = count(1)


def unit(name: str = "", parent: Unit | None = None, **values: Any) -> Unit:
    """Create a unit with its path."""
    n = next(_numbers)
    made = Unit.objects.create(
        code=values.pop("code", f"U{n:03}"), name=name or f"Unit {n}", parent=parent, **values
    )
    made.path = f"{parent.path if parent else '/'}{made.pk}/"
    made.save(update_fields=["path"])
    return made


def population(name: str = "", at: Unit | None = None, **values: Any) -> Population:
    """Create a population of 100 people."""
    n = next(_numbers)
    values.setdefault("headcount", 100)
    return Population.objects.create(
        code=values.pop("code", f"P{n:03}"), name=name or f"Population {n}", unit=at, **values
    )


def initiative(title: str = "", **values: Any) -> Initiative:
    """Create an initiative with dates."""
    n = next(_numbers)
    values.setdefault("starts_on", date(2026, 1, 5))
    values.setdefault("ends_on", date(2026, 7, 6))
    values.setdefault("go_live_on", date(2026, 4, 6))
    return Initiative.objects.create(
        code=values.pop("code", f"IN-{n:03}"), title=title or f"Initiative {n}", **values
    )


def impact(on: Initiative, population: Population, **values: Any) -> Impact:
    """Create an impact of intensity 3."""
    if "hours_per_person" not in values:
        values.setdefault("intensity", 3.0)
    return Impact.objects.create(initiative=on, population=population, **values)
