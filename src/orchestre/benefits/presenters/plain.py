"""Benefits as plain values, for programs: what is not known is null."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from orchestre.access.reach import Person
from orchestre.benefits import policy, queries, snapshot
from orchestre.benefits.models import Benefit
from orchestre.benefits.snapshot import Held
from orchestre_engine.value.realisation import COMPUTATION, LEVELS


def of_person(person: Person) -> dict[str, Any]:
    """Give the results of the initiatives that a person sees."""
    return report(queries.with_parts(policy.visible_to(person)), timezone.localdate())


def of_everything() -> dict[str, Any]:
    """Give them to who keeps the installation."""
    return report(queries.with_parts(Benefit.objects.all()), timezone.localdate())


def report(held: list[Held], today: date) -> dict[str, Any]:
    """Give gains in euros to date, and each benefit in its own measure."""
    told = queries.summary(held, today)
    return {
        "computation": COMPUTATION,
        "as_of": today,
        "planned_eur": told.planned,
        "declared_eur": told.declared,
        "validated_eur": told.validated,
        "declared_ratio": told.rates.declared_ratio,
        "validated_ratio": told.rates.validated_ratio,
        "forecast_ratio": told.rates.forecast_ratio,
        "auditable_ratio": told.auditable_ratio,
        "harm_declared_eur": told.harm_declared,
        "ladder_eur": dict(zip(LEVELS, told.ladder, strict=True)),
        "double_counts": [
            {
                "benefits": list(one.keys),
                "unit": one.unit,
                "line": one.line,
                "claimed_ratio": one.claimed,
            }
            for one in told.doubles
        ],
        "benefits": [_one(one, today) for one in held],
    }


def _one(held: Held, today: date) -> dict[str, Any]:
    rates = queries.rates_of(held, today)
    return {
        "code": held.benefit.code,
        "initiative": held.benefit.initiative.code,
        "title": held.benefit.title,
        "measure": held.benefit.measure,
        "disbenefit": held.benefit.disbenefit,
        "planned": held.total("planned", today),
        "declared": held.total("declared", today),
        "validated": held.total("validated", today),
        "declared_ratio": rates.declared_ratio,
        "validated_ratio": rates.validated_ratio,
        "level": LEVELS[snapshot.level_of(held)],
        "lacks": list(queries.lacking(held)),
    }
