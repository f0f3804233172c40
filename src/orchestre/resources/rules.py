"""Months, and what falls in them: pure values, read by every gauge."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


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


def days_in_months(starts_on: date, ends_on: date, months: Sequence[date]) -> Floats:
    """Count the days of a half-open range in each month, shape (months,)."""
    ends = [*months[1:], next_month(months[-1])] if months else []
    pairs = zip(months, ends, strict=True)
    return np.array(
        [max(0, (min(ends_on, end) - max(starts_on, start)).days) for start, end in pairs], float
    )


def fte_by_month(asks: Iterable[Ask], roles: Sequence[str], months: Sequence[date]) -> Floats:
    """Sum the mean full-time equivalents of each role in each month, shape (roles, months)."""
    at = {role: row for row, role in enumerate(roles)}
    lengths = np.array([(next_month(one) - one).days for one in months], float)
    found = np.zeros((len(roles), len(months)))
    for ask in asks:
        if ask.role in at:
            days = days_in_months(ask.starts_on, ask.ends_on, months)
            found[at[ask.role]] += ask.fte * days / lengths
    return found


def cost_by_month(costs: Iterable[Cost], months: Sequence[date]) -> Floats:
    """Sum the money that falls in each month, in euros, shape (months,)."""
    found = np.zeros(len(months))
    for cost in costs:
        days = days_in_months(cost.starts_on, cost.ends_on, months)
        found += cost.amount_eur * days / (cost.ends_on - cost.starts_on).days
    return found
