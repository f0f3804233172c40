"""Money, roles, value and dependencies of the plan in force, worked out once for every scenario."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from orchestre.portfolio.rules.dates import Frozen, Span, freezes_hit, slack_days
from orchestre.resources.rules import (
    Cost,
    cost_by_month,
    days_in_months,
    fte_by_month,
    next_month,
)
from orchestre.resources.snapshot import Money, available_by_month
from orchestre.sequencing.rules.edits import effective
from orchestre.sequencing.rules.measures import Floats, value_between
from orchestre.sequencing.services.live import Live


def in_freeze(there: Live, span: Span, frozen: list[Frozen]) -> bool:
    coming = span.go_live_on is not None and span.go_live_on >= there.today
    return coming and bool(freezes_hit(span.go_live_on, frozen))


def cost_in(costs: tuple[Cost, ...], one: Money) -> float:
    total = 0.0
    for cost in costs:
        days = (min(cost.ends_on, one.ends_on) - max(cost.starts_on, one.starts_on)).days
        if days > 0:
            total += cost.amount_eur * days / (cost.ends_on - cost.starts_on).days
    return total


def value_of(there: Live, code: str, span: Span) -> float:
    """Return the value of an initiative in the period, 0 when nobody gave one."""
    value, day = there.rows.means.values.get(code), effective(span)
    if value is None or value.value_eur_per_year is None or day is None:
        return 0.0
    return value_between(
        value.value_eur_per_year, value.ramp_weeks, day, there.today, next_month(there.months[-1])
    )


@dataclass(frozen=True)
class Base:
    """What does not change while a scenario is edited."""

    cost_eur: Floats
    envelope_eur: Floats
    envelope_cost: dict[Money, float]
    roles: tuple[str, ...]
    asked_fte: Floats
    available_fte: Floats
    value_eur: float | None
    unvalued: int
    broken: frozenset[int]
    freezes: int


def base_of(there: Live) -> Base:
    """Return the means of the plan in force, worked out once."""
    known: Base | None = there.__dict__.get("_base")
    if known is None:
        known = there.__dict__["_base"] = _base(there)
    return known


def _base(there: Live) -> Base:
    means, months = there.rows.means, there.months
    roles = tuple(sorted(means.roles))
    every = tuple(cost for some in there.costs.values() for cost in some)
    planned = there.rows.initiatives
    spans = {one.pk: one.span for one in planned.values()}
    broken = set()
    for link in there.rows.links:
        slack = slack_days(link.kind, spans[link.giver], spans[link.taker], link.lag_days)
        if slack is not None and slack < 0:
            broken.add(link.key)
    valued = {code for code, one in means.values.items() if one.value_eur_per_year is not None}
    return Base(
        cost_eur=cost_by_month(every, months),
        envelope_eur=_envelope_by_month(means.envelopes, months),
        envelope_cost={
            one: sum(
                cost_in(some, one)
                for code, some in there.costs.items()
                if one.programme is None
                or (code in planned and planned[code].programme == one.programme)
            )
            for one in means.envelopes
        },
        roles=roles,
        asked_fte=fte_by_month(means.asks, roles, months),
        available_fte=available_by_month(means, roles, months),
        value_eur=(
            sum(value_of(there, code, one.span) for code, one in planned.items())
            if valued
            else None
        ),
        unvalued=len(set(planned) - valued),
        broken=frozenset(broken),
        freezes=sum(
            in_freeze(there, one.span, there.rows.freezes_at(one.unit_path))
            for one in planned.values()
        ),
    )


def _envelope_by_month(envelopes: tuple[Money, ...], months: tuple[date, ...]) -> Floats:
    """Spread the envelopes of the whole portfolio over the months; nan where none speaks.

    Without any for the whole, those of the programmes speak together.
    """
    whole = [one for one in envelopes if one.programme is None] or list(envelopes)
    found, said = np.zeros(len(months)), np.zeros(len(months), bool)
    for one in whole:
        days = days_in_months(one.starts_on, one.ends_on, months)
        found += one.amount_eur * days / (one.ends_on - one.starts_on).days
        said |= days > 0
    return np.where(said, found, np.nan)
