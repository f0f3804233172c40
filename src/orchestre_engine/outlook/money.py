"""Euros in the same worlds as dates: costs, benefits of the year, net present value.

The discount factor of a year t, counted from 0, is (1 + rate)^−t. Source for the value of
benefits that slide with the go-live: they are anchored to the end of a task.
"""

import numpy as np

from orchestre_engine.outlook.passes import Floats
from orchestre_engine.outlook.problem import BenefitItem, OutlookProblem
from orchestre_engine.outlook.result import Money, Spread, spread_of
from orchestre_engine.outlook.sampling import Block

DAYS_PER_YEAR = 365.25


def gained(item: BenefitItem, ends: Floats, starts: float, over: float) -> Floats:
    """Give the value brought between two moments, in euros, by what begins at `ends`.

    The value grows evenly from nothing to full over `ramp_days`, then stays.
    """
    ramp = item.ramp_days

    def grown(days: Floats) -> Floats:
        days = np.maximum(days, 0.0)
        if not ramp:
            return days
        return np.where(days < ramp, days**2 / (2 * ramp), days - ramp / 2)

    return item.eur_per_year / DAYS_PER_YEAR * (grown(over - ends) - grown(starts - ends))


class Purse:
    """The money of each world."""

    def __init__(self, problem: OutlookProblem, planned: Floats, draws: int) -> None:
        self.problem, self._planned = problem, planned
        self._costs = np.empty((len(problem.costs), draws))
        self._extra = np.empty(draws)
        self._gained = np.empty((len(problem.benefits), draws))
        self._value = np.zeros(draws)
        self._row = {one.id: at for at, one in enumerate(problem.costs)}

    def draw(self, block: Block, here: slice, ends: Floats, extra: Floats) -> None:
        """Keep the money of a block; `extra` is what the risks that happened cost."""
        problem = self.problem
        self._extra[here] = extra
        for at, cost in enumerate(problem.costs):
            amount = block.of(cost.amount, "cost", cost.id)
            if cost.task:
                row = problem.row[cost.task]
                amount = amount + cost.eur_per_day * np.maximum(ends[row] - self._planned[row], 0)
            self._costs[at, here] = amount
        for at, benefit in enumerate(problem.benefits):
            end = ends[problem.row[benefit.task]]
            if problem.year is not None:
                self._gained[at, here] = gained(benefit, end, *problem.year)
        if problem.valuation is not None:
            self._value[here] = self._discounted(here, ends)

    def _discounted(self, here: slice, ends: Floats) -> Floats:
        valuation, total = self.problem.valuation, -self._extra[here]
        if valuation is None:
            return total
        for year in range(valuation.years):
            factor = (1 + valuation.rate) ** -year
            window = year * DAYS_PER_YEAR, (year + 1) * DAYS_PER_YEAR
            for one in self.problem.benefits:
                total = total + factor * gained(one, ends[self.problem.row[one.task]], *window)
        for at, cost in enumerate(self.problem.costs):
            factors = [(1 + valuation.rate) ** -year for year in range(len(cost.by_year))]
            share = sum(part * one for part, one in zip(cost.by_year, factors, strict=True))
            total = total - share * self._costs[at, here]
        return np.asarray(total)

    def amount_of(self, cost: str) -> Floats:
        """Give what one cost item comes to in each world; the sum of all for “*”."""
        if cost == "*":
            return np.asarray(self._costs.sum(axis=0) + self._extra)
        return np.asarray(self._costs[self._row[cost]])

    def costs(self) -> tuple[tuple[Money, ...], Spread | None]:
        """Give each cost, and their sum with what risks cost; None when nothing is counted."""
        found = tuple(
            Money(one.id, spread_of(self._costs[at])) for at, one in enumerate(self.problem.costs)
        )
        risky = any(one.cost is not None for one in self.problem.risks)
        return found, spread_of(self.amount_of("*")) if found or risky else None

    def benefits(self) -> tuple[tuple[Money, ...], Spread | None]:
        """Give the benefits of the year, and their sum; None when no year was asked."""
        if self.problem.year is None or not self.problem.benefits:
            return (), None
        found = tuple(
            Money(one.id, spread_of(self._gained[at]))
            for at, one in enumerate(self.problem.benefits)
        )
        return found, spread_of(self._gained.sum(axis=0))

    def npv(self) -> Spread | None:
        """Give the net present value; None when no rate was given."""
        return None if self.problem.valuation is None else spread_of(self._value)
