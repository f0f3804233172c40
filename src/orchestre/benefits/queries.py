"""Reads of benefits: what a person may see, with amounts and evidence, in few queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from orchestre.access.reach import Person
from orchestre.benefits import policy, snapshot
from orchestre.benefits.models import Benefit, Evidence, ValueLine
from orchestre.benefits.snapshot import Held
from orchestre.resources.rules import Floats, month_of, months_from
from orchestre_engine.value import realisation
from orchestre_engine.value.realisation import DoubleCount, Rates

COLUMNS = ("planned", "forecast", "declared", "validated")


def with_parts(rows: QuerySet[Benefit]) -> list[Held]:
    """Read benefits with their lines and evidence."""
    found = rows.select_related("initiative", "unit", "milestone").prefetch_related(
        "lines__declared_by", "lines__validated_by", "evidence__author", "evidence__reviewer"
    )
    return [Held(one, tuple(one.lines.all()), tuple(one.evidence.all())) for one in found]


def benefit(person: Person, code: str) -> Benefit:
    """Return one visible benefit."""
    rows = policy.visible_to(person).select_related("initiative", "unit", "milestone")
    return get_object_or_404(rows, code=code)


def line(person: Person, pk: int) -> ValueLine:
    """Return one visible month of a benefit."""
    rows = policy.visible_lines(person).select_related("benefit__initiative")
    return get_object_or_404(rows, pk=pk)


def evidence(person: Person, pk: int) -> Evidence:
    """Return one visible piece of evidence."""
    rows = policy.visible_evidence(person).select_related("benefit__initiative", "author")
    return get_object_or_404(rows, pk=pk)


@dataclass(frozen=True)
class Summary:
    """Gains in euros to date, whatever page shows them; negative effects are told apart.

    None where nobody said anything: never zero.
    """

    planned: float | None
    declared: float | None
    validated: float | None
    rates: Rates
    auditable_ratio: float | None
    harm_declared: float | None
    validators: tuple[str, ...]
    ladder: tuple[float, ...]
    doubles: tuple[DoubleCount, ...]
    other_measures: int


def summary(held: Iterable[Held], today: date) -> Summary:
    """Compute what was planned to date, declared, validated, and how much can be audited."""
    every = list(held)
    gains = [one for one in every if one.benefit.in_euros and not one.benefit.disbenefit]
    planned = _sum(one.total("planned", today) for one in gains)
    declared = _sum(one.total("declared", today) for one in gains)
    validated = _sum(one.total("validated", today) for one in gains)
    claims = [snapshot.claim_of(one.benefit) for one in every]
    return Summary(
        planned=planned,
        declared=declared,
        validated=validated,
        rates=realisation.rates(
            planned=planned,
            declared=declared,
            validated=validated,
            forecast=_sum(_foreseen(one) for one in gains),
            baseline=_sum(one.total("planned") for one in gains),
        ),
        auditable_ratio=realisation.auditable_ratio(
            (one.total("declared", today) or 0.0, not lacking(one)) for one in gains
        ),
        harm_declared=_sum(
            one.total("declared", today)
            for one in every
            if one.benefit.in_euros and one.benefit.disbenefit
        ),
        validators=_validators(gains),
        ladder=tuple(
            float(amount)
            for amount in realisation.ladder(
                (snapshot.level_of(one), one.total("planned", today) or 0.0) for one in gains
            )
        ),
        doubles=realisation.double_counts(one for one in claims if one is not None),
        other_measures=sum(not one.benefit.in_euros for one in every),
    )


def _foreseen(one: Held) -> float | None:
    """Add the forecast of each month, or its plan where nobody changed it; None if none changed."""
    if one.total("forecast") is None:
        return one.total("planned")
    return sum(
        float(line.forecast if line.forecast is not None else line.planned or 0)
        for line in one.lines
    )


def _sum(amounts: Iterable[float | None]) -> float | None:
    known = [one for one in amounts if one is not None]
    return sum(known) if known else None


def _validators(held: Iterable[Held]) -> tuple[str, ...]:
    names = {
        line.validator: None
        for one in held
        for line in one.lines
        if line.validated is not None and line.validator
    }
    return tuple(names)


def lacking(held: Held) -> tuple[str, ...]:
    """Return what a benefit lacks to be audited."""
    return realisation.lacking(snapshot.audit_facts(held))


def rates_of(held: Held, today: date) -> Rates:
    """Return the realisation rates of one benefit."""
    return realisation.rates(
        planned=held.total("planned", today),
        declared=held.total("declared", today),
        validated=held.total("validated", today),
        forecast=_foreseen(held),
        baseline=held.total("planned"),
    )


@dataclass(frozen=True, eq=False)
class Curves:
    """Cumulated amounts by month; declared and validated are nan beyond this month."""

    months: tuple[date, ...]
    planned: Floats
    declared: Floats
    validated: Floats


def curves(held: Iterable[Held], today: date) -> Curves | None:
    """Cumulate planned, declared and validated amounts; None when nothing is planned or said."""
    lines = [line for one in held for line in one.lines]
    known = [line.month_on for line in lines if _says(line)]
    if not known:
        return None
    first, last = min(known), max(known)
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    months = months_from(first, count)
    at = {month: index for index, month in enumerate(months)}
    sums = {column: np.zeros(count) for column in ("planned", "declared", "validated")}
    for line in lines:
        for column, values in sums.items():
            amount = getattr(line, column)
            if amount is not None:
                values[at[line.month_on]] += float(amount)
    ahead = np.array([month > month_of(today) for month in months])
    done = {column: np.cumsum(values) for column, values in sums.items()}
    for column in ("declared", "validated"):
        done[column] = np.where(ahead, np.nan, done[column])
    return Curves(months, done["planned"], done["declared"], done["validated"])


def _says(line: ValueLine) -> bool:
    return any(getattr(line, column) is not None for column in ("planned", "declared", "validated"))
