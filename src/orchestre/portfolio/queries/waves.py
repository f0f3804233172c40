"""Waves of deployment: who goes live apart from the initiative, and when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.http import Http404

from orchestre.access.reach import Person
from orchestre.org.models import Population
from orchestre.portfolio import policy
from orchestre.portfolio.models import Initiative, Wave, WavePopulation

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class WaveDay:
    """The wave of a population, and the day it goes live."""

    pk: int
    name: str
    go_live_on: date


@dataclass(frozen=True)
class Served:
    """A wave as a person reads it: populations by name, and how many more are closed to them."""

    wave: Wave
    populations: tuple[Population, ...]
    closed: int


def days_by_pair(initiatives: Iterable[int] | None = None) -> dict[Pair, WaveDay]:
    """Return the wave of each (initiative, population) that has one; of some initiatives, or all.

    One query, whatever the number of rows.
    """
    rows = WavePopulation.objects.all()
    if initiatives is not None:
        rows = rows.filter(initiative_id__in=list(initiatives))
    known: dict[int, WaveDay] = {}
    found = {}
    for initiative, population, pk, name, day in rows.values_list(
        "initiative_id", "population_id", "wave_id", "wave__name", "wave__go_live_on"
    ):
        found[initiative, population] = known.setdefault(pk, WaveDay(pk, name, day))
    return found


def waves_of(person: Person, initiative: Initiative) -> list[Served]:
    """Return the waves of an initiative, the first to go live first."""
    named = set(policy.named_in_waves(person, initiative).values_list("pk", flat=True))
    waves = initiative.waves.prefetch_related("members__population")
    return [_served(wave, named) for wave in waves]


def served_by(person: Person, wave: Wave) -> Served:
    """Return one wave as a person reads it."""
    named = policy.named_in_waves(person, wave.initiative)
    return _served(wave, set(named.filter(waves__wave=wave).values_list("pk", flat=True)))


def _served(wave: Wave, named: set[int]) -> Served:
    people = [one.population for one in wave.members.all()]
    shown = [one for one in people if one.pk in named]
    return Served(
        wave, tuple(sorted(shown, key=lambda one: (one.name, one.pk))), len(people) - len(shown)
    )


def wave_of(initiative: Initiative, pk: int) -> Wave:
    """Return one wave of an initiative."""
    found = initiative.waves.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def servable(initiative: Initiative) -> QuerySet[Population]:
    """Return the populations that a wave may serve: those touched, else those of the owning unit.

    What nobody described yet is assumed to touch the owning unit and what is below it.
    """
    touched = (
        Q(impacts__initiative=initiative)
        | Q(activities__initiative=initiative)
        | Q(waves__initiative=initiative)
    )
    found = Population.objects.filter(touched).distinct()
    if not initiative.impacts.exists() and initiative.unit is not None:
        found = Population.objects.filter(
            touched | Q(unit__path__startswith=initiative.unit.path)
        ).distinct()
    return found.order_by("name", "pk")
