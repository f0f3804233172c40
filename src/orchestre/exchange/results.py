"""Waves and benefits of the workbook, limited to what a person sees."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Prefetch, QuerySet

from orchestre.access.reach import Person
from orchestre.benefits import policy as benefits
from orchestre.benefits.models import Benefit
from orchestre.org.policy import visible_populations
from orchestre.portfolio import policy as portfolio
from orchestre.portfolio.models import Wave, WavePopulation

_NAMED = "named_members"


def seen_by(person: Person) -> dict[str, Iterable[models.Model]]:
    """Return the rows of the two sheets that a person sees.

    Populations are named as the pages name them: all for who writes the initiative, else those
    that the person reads; the others are counted.
    """
    people = visible_populations(person).values("pk")
    mine = portfolio.editable_by(person).values("pk")
    named = WavePopulation.objects.filter(
        models.Q(population__in=people) | models.Q(initiative__in=mine)
    )
    return _sheets(portfolio.visible_waves(person), named, benefits.visible_to(person))


def everything() -> dict[str, Iterable[models.Model]]:
    """Return them whole, for who holds the machine."""
    return _sheets(Wave.objects.all(), WavePopulation.objects.all(), Benefit.objects.all())


def _sheets(
    waves: QuerySet[Wave], named: QuerySet[WavePopulation], gains: QuerySet[Benefit]
) -> dict[str, Iterable[models.Model]]:
    members = named.select_related("population").order_by("population__code")
    return {
        "waves": waves.select_related("initiative")
        .annotate(members_in_all=models.Count("members"))
        .prefetch_related(Prefetch("members", members, to_attr=_NAMED))
        .order_by("initiative__code", "go_live_on", "pk"),
        "benefits": gains.select_related("initiative", "unit", "milestone").order_by("code"),
    }


def served(wave: Wave) -> dict[str, Any]:
    """Return who goes live with a wave, and how many of them are not named."""
    named = [one.population.code for one in getattr(wave, _NAMED)]
    closed = getattr(wave, "members_in_all") - len(named)  # noqa: B009 - annotated, not a column
    return {"populations": named, "closed": closed or None}
