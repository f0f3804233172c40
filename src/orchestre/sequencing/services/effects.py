"""What a difference does: gauges before and after, by quarter, and hours of each population.

The three questions of a committee are read from it: adding, stopping, delaying.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from orchestre.sequencing.rules.edits import Edit, effective
from orchestre.sequencing.rules.measures import Floats, beyond
from orchestre.sequencing.services.gauges import Gauges, measure_edits
from orchestre.sequencing.services.live import Live
from orchestre.sequencing.services.moved_load import load_of
from orchestre.sequencing.services.standing import value_of

Edits = Mapping[str, Edit]
Quarter = tuple[int, int]
NOTICED_HOURS = 0.5


@dataclass(frozen=True, slots=True)
class InQuarter:
    """The three gauges over one quarter."""

    excess_person_hours: float
    people_over: float
    fte_excess: float | None
    cost_eur: float


@dataclass(frozen=True)
class Effect:
    """Two plans, and what one asks more or less than the other.

    `weekly` are person-hours of load by population, after less before, week by week from
    `first_monday` (this week) to the end of the load; `hours` their sums. Populations without a
    known headcount are in `touched` only.
    """

    before: Gauges
    after: Gauges
    first_monday: date
    weekly: dict[str, Floats]
    touched: tuple[str, ...]

    @property
    def hours(self) -> dict[str, float]:
        """Person-hours after less before, by population."""
        return {code: float(weekly.sum()) for code, weekly in self.weekly.items()}

    def hours_in(self, quarter: Quarter) -> dict[str, float]:
        """Person-hours after less before in a quarter; a week counts where its Monday falls."""
        weeks = max((len(weekly) for weekly in self.weekly.values()), default=0)
        mondays = (self.first_monday + timedelta(weeks=at) for at in range(weeks))
        inside = np.array([quarter_of(day) == quarter for day in mondays], dtype=bool)
        found = {code: float(weekly[inside].sum()) for code, weekly in self.weekly.items()}
        return {code: hours for code, hours in found.items() if abs(hours) >= NOTICED_HOURS}

    @property
    def fte(self) -> Floats:
        """Full-time equivalents after less before, roles × months."""
        return self.after.asked_fte - self.before.asked_fte

    @property
    def cost_eur(self) -> Floats:
        """Euros by month, after less before."""
        return self.after.cost_eur - self.before.cost_eur


def effect(there: Live, before: Edits, after: Edits) -> Effect:
    """Compare two plans; nothing is written."""
    loads = load_of(there, before), load_of(there, after)
    first = there.this_week
    change = (loads[1].load_hours - loads[0].load_hours)[:, first:]
    moved = np.abs(change).sum(axis=1) > 0
    ids = loads[0].population_ids
    return Effect(
        before=measure_edits(before, on=there),
        after=measure_edits(after, on=there),
        first_monday=there.view.monday(first),
        weekly={
            ids[row]: change[row] * (loads[0].headcounts[row] or 0)
            for row in np.flatnonzero(moved).tolist()
            if loads[0].headcounts[row] is not None
        },
        touched=tuple(ids[row] for row in np.flatnonzero(moved).tolist()),
    )


def quarters_of(months: tuple[date, ...]) -> dict[Quarter, list[int]]:
    """Return the columns of each quarter of the period."""
    found: dict[Quarter, list[int]] = {}
    for at, month in enumerate(months):
        found.setdefault(quarter_of(month), []).append(at)
    return found


def quarter_of(day: date) -> Quarter:
    """Return the year and the number of the quarter of a day."""
    return day.year, (day.month + 2) // 3


def in_quarter(there: Live, found: Gauges, columns: list[int]) -> InQuarter:
    """Sum the three gauges over a quarter."""
    heads = dict(zip(there.view.result.population_ids, there.view.result.headcounts, strict=True))
    over: list[bool] = (found.excess_hours[:, columns].max(axis=1, initial=0) > 0).tolist()
    people = sum(
        heads[code] or 0 for code, is_over in zip(found.populations, over, strict=True) if is_over
    )
    asked, available = found.asked_fte[:, columns], found.available_fte[:, columns]
    known = bool(np.isfinite(available).any())
    return InQuarter(
        excess_person_hours=float(found.excess_hours[:, columns].sum()),
        people_over=float(people),
        fte_excess=beyond(asked, available) if known else None,
        cost_eur=float(found.cost_eur[columns].sum()),
    )


def values_of(there: Live, codes: tuple[str, ...]) -> dict[str, float | None]:
    """Return the value in the period of some initiatives; None where nobody said."""
    found: dict[str, float | None] = {}
    for code in codes:
        planned, told = there.planned(code), there.rows.means.values.get(code)
        known = told is not None and told.value_eur_per_year is not None
        dated = planned is not None and effective(planned.span) is not None
        found[code] = value_of(there, code, planned.span) if planned and known and dated else None
    return found
