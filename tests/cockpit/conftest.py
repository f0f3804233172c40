"""A small portfolio in March 2026, and the same people as everywhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache

import factories
from orchestre.load.services import compute
from orchestre.portfolio.models import Initiative


@pytest.fixture(autouse=True)
def march() -> Iterator[None]:
    """Monday 2 March 2026."""
    compute.forget()
    cache.clear()
    with time_machine.travel("2026-03-02T08:00:00Z", tick=True):
        yield
    cache.clear()


@pytest.fixture
def till(db: None) -> Initiative:
    """One initiative asks 40 hours of 100 people around the 6th of April 2026."""
    unit = factories.unit("Agences", code="AG")
    people = factories.population("Agences Ouest", at=unit, code="AGO")
    found = factories.initiative(
        "Nouvelle caisse", code="CH-014", unit=unit, stage="prepare",
        why="Encaisser sans attendre.", lead_name="Lina Lead",
    )  # fmt: skip
    factories.impact(
        found, people, hours_per_person=40.0, from_state="deux caisses", to_state="une seule"
    )
    return found
