"""Rows of roles, money and value, as the gauges of every feature read them.

The number of queries does not depend on the number of rows. Confidential initiatives are in:
what is shown of them is decided later, by the reader's permissions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db.models import QuerySet

from orchestre.kernel.models import Provenance
from orchestre.portfolio.models import Initiative
from orchestre.resources.models import (
    CostLine,
    Envelope,
    Role,
    RoleCapacity,
    RoleDemand,
    Worth,
)
from orchestre.resources.rules import Ask, Cost, Floats, days_in_months, next_month


@dataclass(frozen=True, slots=True)
class Available:
    """Full-time equivalents of a role that can be given, over a half-open range."""

    role: str
    starts_on: date
    ends_on: date
    fte: float


@dataclass(frozen=True, slots=True)
class Money:
    """An envelope; `programme` is the code of the programme, None for the whole portfolio."""

    name: str
    programme: str | None
    starts_on: date
    ends_on: date
    amount_eur: float


@dataclass(frozen=True, slots=True)
class Value:
    """What an initiative is expected to bring; None where nobody said."""

    initiative: str
    value_eur_per_year: float | None
    ramp_weeks: int
    delay_cost_eur_per_week: float | None
    provenance: str


@dataclass(frozen=True)
class Means:
    """Everything asked and available, whoever looks.

    `undated_costs` are the codes of initiatives whose full cost is known but not their dates.
    """

    roles: dict[str, str]
    available: tuple[Available, ...]
    asks: tuple[Ask, ...]
    costs: tuple[Cost, ...]
    envelopes: tuple[Money, ...]
    values: dict[str, Value]
    undated_costs: tuple[str, ...]


def take(*, assume: bool = True) -> Means:
    """Read all of it; with `assume`, a full cost without lines is spread over the dates."""
    live = Initiative.objects.filter(archived_at=None).exclude(stage=Initiative.Stage.STOPPED)
    costs = _costs(live)
    undated: tuple[str, ...] = ()
    if assume:
        known = {one.initiative for one in costs}
        silent = [
            row
            for row in live.filter(cost_eur__isnull=False).only(
                "code", "starts_on", "ends_on", "cost_eur"
            )
            if row.code not in known
        ]
        undated = tuple(row.code for row in silent if not (row.starts_on and row.ends_on))
        costs += [_spread(row) for row in silent if row.starts_on and row.ends_on]
    return Means(
        roles=dict(Role.objects.values_list("code", "name")),
        available=tuple(
            Available(*row)
            for row in RoleCapacity.objects.values_list("role__code", "starts_on", "ends_on", "fte")
        ),
        asks=tuple(
            Ask(*row)
            for row in RoleDemand.objects.filter(initiative__in=live.values("pk")).values_list(
                "initiative__code", "role__code", "starts_on", "ends_on", "fte", "provenance"
            )
        ),
        costs=tuple(costs),
        envelopes=tuple(
            Money(name, programme, starts_on, ends_on, float(amount))
            for name, programme, starts_on, ends_on, amount in Envelope.objects.values_list(
                "name", "programme__code", "starts_on", "ends_on", "amount_eur"
            )
        ),
        values={one.initiative: one for one in _values(live)},
        undated_costs=undated,
    )


def _costs(live: QuerySet[Initiative]) -> list[Cost]:
    rows = CostLine.objects.filter(initiative__in=live.values("pk")).values_list(
        "initiative__code", "starts_on", "ends_on", "amount_eur", "nature", "state", "provenance"
    )
    return [
        Cost(code, starts_on, ends_on, float(amount), nature, state, provenance)
        for code, starts_on, ends_on, amount, nature, state, provenance in rows
    ]


def _spread(row: Initiative) -> Cost:
    if row.starts_on is None or row.ends_on is None or row.cost_eur is None:
        raise LookupError("a cost without an amount or dates cannot be spread")
    return Cost(
        row.code,
        row.starts_on,
        row.ends_on,
        float(row.cost_eur),
        CostLine.Nature.OPEX,
        CostLine.State.PLANNED,
        Provenance.ASSUMED,
    )


def _values(live: QuerySet[Initiative]) -> list[Value]:
    rows = Worth.objects.filter(initiative__in=live.values("pk")).values_list(
        "initiative__code",
        "value_eur_per_year",
        "ramp_weeks",
        "delay_cost_eur_per_week",
        "provenance",
    )
    return [
        Value(
            initiative=code,
            value_eur_per_year=_float(yearly),
            ramp_weeks=ramp,
            delay_cost_eur_per_week=_float(weekly),
            provenance=provenance,
        )
        for code, yearly, ramp, weekly, provenance in rows
    ]


def _float(amount: object) -> float | None:
    return None if amount is None else float(str(amount))


def available_by_month(means: Means, roles: tuple[str, ...], months: tuple[date, ...]) -> Floats:
    """Give the mean full-time equivalents available, shape (roles, months); nan where unsaid."""
    at = {role: row for row, role in enumerate(roles)}
    lengths = np.array([(next_month(one) - one).days for one in months], float)
    found = np.zeros((len(roles), len(months)))
    said = np.zeros_like(found, dtype=bool)
    for one in means.available:
        if one.role in at:
            days = days_in_months(one.starts_on, one.ends_on, months)
            found[at[one.role]] += one.fte * days / lengths
            said[at[one.role]] |= days > 0
    return np.where(said, found, np.nan)
