"""The figures of a plan, and which way each is better: pure values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
DAYS_PER_YEAR = 365.25
COMPUTATION = "scenario/1"


@dataclass(frozen=True, slots=True)
class Measures:
    """What a committee compares, over the period; None where nothing is known.

    Attributes
    ----------
    value_eur : value expected in the period from the initiatives in use in it
    delay_cost_eur : cost of the weeks of delay against the plan in force; below 0 when earlier
    cost_eur : money that falls in the period
    excess_person_hours : hours asked beyond what people can absorb
    people_over : people in a population that exceeds its capacity in one week at least
    worst_ratio : heaviest week of the heaviest population, load over capacity
    fte_excess : full-time equivalents asked beyond what is available, in FTE-months
    budget_excess_eur : money beyond the envelopes
    initiatives_moved, people_moved : whose dates differ from the plan in force
    broken : dependencies that do not hold
    freezes : go-lives that fall in a freeze
    """

    value_eur: float | None
    delay_cost_eur: float | None
    cost_eur: float | None
    excess_person_hours: float
    people_over: float
    worst_ratio: float | None
    fte_excess: float | None
    budget_excess_eur: float | None
    initiatives_moved: int
    people_moved: float
    broken: int
    freezes: int

    def without_money(self) -> Measures:
        """Return the figures for who may not read the money of the portfolio."""
        return replace(
            self, value_eur=None, delay_cost_eur=None, cost_eur=None, budget_excess_eur=None
        )


# figure → whether more of it is better
MORE_IS_BETTER: dict[str, bool] = {
    "people_over": False,
    "worst_ratio": False,
    "excess_person_hours": False,
    "fte_excess": False,
    "budget_excess_eur": False,
    "cost_eur": False,
    "value_eur": True,
    "delay_cost_eur": False,
    "initiatives_moved": False,
    "people_moved": False,
    "broken": False,
    "freezes": False,
}
# below, a difference is only rounding
NOTICED: dict[str, float] = {
    "people_over": 0.5,
    "worst_ratio": 0.005,
    "excess_person_hours": 0.5,
    "fte_excess": 0.005,
    "budget_excess_eur": 0.5,
    "cost_eur": 0.5,
    "value_eur": 0.5,
    "delay_cost_eur": 0.5,
    "initiatives_moved": 0.5,
    "people_moved": 0.5,
    "broken": 0.5,
    "freezes": 0.5,
}
BETTER, WORSE, SAME, UNKNOWN = "better", "worse", "same", "unknown"


def delta(name: str, before: Measures, after: Measures) -> float | None:
    """Return by how much a figure changes; None when one of the two is not known."""
    was, becomes = getattr(before, name), getattr(after, name)
    return None if was is None or becomes is None else float(becomes) - float(was)


def verdict(name: str, difference: float | None) -> str:
    """Say whether a difference is better, worse or the same."""
    if difference is None:
        return UNKNOWN
    if abs(difference) < NOTICED[name]:
        return SAME
    return BETTER if (difference > 0) == MORE_IS_BETTER[name] else WORSE


def value_between(
    value_eur_per_year: float, ramp_weeks: int, in_use_on: date, starts_on: date, ends_on: date
) -> float:
    """Return the value of a half-open period: nothing before use, then a straight ramp to full."""

    def days_of_full_value(day: date) -> float:
        since = float((day - in_use_on).days)
        ramp = 7.0 * ramp_weeks
        if since <= 0:
            return 0.0
        if since < ramp:
            return since * since / (2.0 * ramp)
        return since - ramp / 2.0

    days = days_of_full_value(ends_on) - days_of_full_value(starts_on)
    return value_eur_per_year * days / DAYS_PER_YEAR


def beyond(asked: Floats, available: Floats) -> float:
    """Sum what is asked beyond what is available, where what is available is known."""
    return float(np.nansum(np.maximum(asked - available, 0.0)))
