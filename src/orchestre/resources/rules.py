"""Months, and what falls in them: pure values, read by every gauge."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

VERSION = "means/1"
"""The formulas of this file: full-time equivalents and money by month."""
THRESHOLDS = (0.5, 0.8, 1.0, 1.2, 1.5)
ROUNDING_FTE = 0.005
"""Below a hundredth of a person nobody is missing: it is a rounding."""


def parse_month(text: str) -> date | None:
    """Read `2027-05`; None when it is not a month that people use."""
    found = re.fullmatch(r"(\d{4})-(\d{2})", text)
    if found is None:
        return None
    year, month = int(found[1]), int(found[2])
    return date(year, month, 1) if 1990 <= year <= 2140 and 1 <= month <= 12 else None


def month_of(day: date) -> date:
    """Return the first day of the month of a day."""
    return day.replace(day=1)


def next_month(month: date) -> date:
    """Return the first day of the month after."""
    return (month + timedelta(days=31)).replace(day=1)


def months_from(first: date, count: int) -> tuple[date, ...]:
    """Return the first days of `count` months, from the month of `first` on."""
    found = [month_of(first)]
    while len(found) < count:
        found.append(next_month(found[-1]))
    return tuple(found[:count])


@dataclass(frozen=True, slots=True)
class Ask:
    """Full-time equivalents of a role asked by an initiative; `ends_on` is not included."""

    initiative: str
    role: str
    starts_on: date
    ends_on: date
    fte: float
    provenance: str

    def shifted(self, days: int) -> Ask:
        """Return the same ask, so many days later."""
        move = timedelta(days=days)
        return Ask(self.initiative, self.role, self.starts_on + move, self.ends_on + move,
                   self.fte, self.provenance)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cost:
    """Money of an initiative, spread evenly over its days; `state` as in `CostLine.State`."""

    initiative: str
    starts_on: date
    ends_on: date
    amount_eur: float
    nature: str
    state: str
    provenance: str

    def shifted(self, days: int) -> Cost:
        """Return the same cost, so many days later; what is spent does not move."""
        if self.state == "spent":
            return self
        move = timedelta(days=days)
        return Cost(self.initiative, self.starts_on + move, self.ends_on + move, self.amount_eur,
                    self.nature, self.state, self.provenance)  # fmt: skip


def months_later(month: date, count: int) -> date:
    """Return the first day of the month that comes so many months after; before when negative."""
    years, rest = divmod(month.year * 12 + month.month - 1 + count, 12)
    return date(years, rest + 1, 1)


def level_of(asked: float, available: float) -> int:
    """Return the class of what is asked, from 0 (nothing) to 6; 4 and more is too much.

    Asked of nobody at all is the highest class. Exactly what is available is not too much.
    """
    if asked <= ROUNDING_FTE:
        return 0
    if available <= 0:
        return len(THRESHOLDS) + 1
    if is_short(asked, available):
        return max(1 + bisect_left(THRESHOLDS, asked / available - 1e-9), 4)
    return min(1 + bisect_left(THRESHOLDS, asked / available - 1e-9), 3)


def is_short(asked: float, available: float) -> bool:
    """Tell whether hands are missing; what is not known is not short."""
    return bool(asked - available > ROUNDING_FTE)


@dataclass(frozen=True, slots=True)
class Shortage:
    """A role asked for more than there is in a month; `missing_fte` is above zero."""

    role: str
    month: date
    asked_fte: float
    available_fte: float

    @property
    def missing_fte(self) -> float:
        """Return how many full-time equivalents are missing."""
        return self.asked_fte - self.available_fte


def shortages(
    asked: Floats, available: Floats, roles: Sequence[str], months: Sequence[date]
) -> tuple[Shortage, ...]:
    """Return where hands are missing, the worst first."""
    found = [
        Shortage(roles[row], months[at], float(asked[row, at]), float(available[row, at]))
        for row, at in np.argwhere(asked - available > ROUNDING_FTE)
    ]
    return tuple(sorted(found, key=lambda one: (-one.missing_fte, one.role, one.month)))


def days_in_months(starts_on: date, ends_on: date, months: Sequence[date]) -> Floats:
    """Count the days of a half-open range in each month, shape (months,)."""
    days: Floats = days_of_ranges([starts_on], [ends_on], months)[0]
    return days


def days_of_ranges(
    starts_on: Sequence[date], ends_on: Sequence[date], months: Sequence[date]
) -> Floats:
    """Count the days of half-open ranges in each month, shape (ranges, months)."""
    ends = [*months[1:], next_month(months[-1])] if months else []
    firsts, untils = (np.array([one.toordinal() for one in some]) for some in (starts_on, ends_on))
    opens, closes = (np.array([one.toordinal() for one in some]) for some in (months, ends))
    first = np.maximum(firsts[:, None], opens[None, :])
    until = np.minimum(untils[:, None], closes[None, :])
    found: Floats = np.maximum(until - first, 0).astype(float)
    return found


def fte_by_month(asks: Iterable[Ask], roles: Sequence[str], months: Sequence[date]) -> Floats:
    """Sum the mean full-time equivalents of each role in each month, shape (roles, months)."""
    at = {role: row for row, role in enumerate(roles)}
    lengths = np.array([(next_month(one) - one).days for one in months], float)
    found = np.zeros((len(roles), len(months)))
    kept = [ask for ask in asks if ask.role in at]
    if kept:
        days = days_of_ranges(
            [one.starts_on for one in kept], [one.ends_on for one in kept], months
        )
        asked = np.array([one.fte for one in kept])[:, None] * days / lengths
        np.add.at(found, [at[one.role] for one in kept], asked)
    return found


def cost_by_month(costs: Iterable[Cost], months: Sequence[date]) -> Floats:
    """Sum the money that falls in each month, in euros, shape (months,)."""
    every = list(costs)
    if not every:
        return np.zeros(len(months))
    days = days_of_ranges([one.starts_on for one in every], [one.ends_on for one in every], months)
    lengths = np.array([(one.ends_on - one.starts_on).days for one in every], float)
    amounts = np.array([one.amount_eur for one in every])
    return np.asarray((amounts / lengths) @ days)


def cost_within(cost: Cost, starts_on: date, ends_on: date) -> float:
    """Return the part of a cost, in euros, that falls in a half-open range."""
    first, last = max(cost.starts_on, starts_on), min(cost.ends_on, ends_on)
    return cost.amount_eur * max(0, (last - first).days) / (cost.ends_on - cost.starts_on).days
