"""A good plan at once, when there are too many candidates to search them all.

What the linear relaxation keeps is kept first, then the rest while it fits; then candidates left
out take the place of kept ones that are worth less, as long as that gains. Never past a limit or
a link; the relaxation says how far from the best the plan may be.
"""

import numpy as np

from orchestre_engine.selection.model import Flags, Model, Plan, chosen_at_once, plan_of
from orchestre_engine.selection.problem import Floats, Ints

PASSES = 4
MOST_TRIED = 12
_LEAST = 1e-9


class Fit:
    """A plan built one column at a time, never past a limit or a link."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.use, self.links = model.use.tocsc(), model.links.tocsc()
        self.by_row = model.use
        self.room: Floats = model.amounts.copy()
        self.money = model.budget
        self.sums = np.zeros(len(model.links_low))
        self.chosen: Flags = np.zeros(len(model.value), bool)

    def asks(self, column: int) -> tuple[Ints, Floats]:
        """Give the limits that a column asks of, and how much."""
        cut = slice(self.use.indptr[column], self.use.indptr[column + 1])
        return self.use.indices[cut], self.use.data[cut]

    def tied(self, column: int) -> tuple[Ints, Floats]:
        """Give the links that hold a column, and its part in them."""
        cut = slice(self.links.indptr[column], self.links.indptr[column + 1])
        return self.links.indices[cut], self.links.data[cut]

    def put(self, column: int, sign: float = 1.0) -> None:
        """Keep a column, or leave it out with a sign of -1, whatever that exceeds."""
        rows, asked = self.asks(column)
        linked, parts = self.tied(column)
        self.room[rows] -= sign * asked
        self.money -= sign * self.model.cost[column]
        self.sums[linked] += sign * parts
        self.chosen[column] = sign > 0

    def short(self, column: int) -> tuple[Ints, Floats, float] | None:
        """Give what a column misses: limits, amounts, money; None when a link forbids it."""
        linked, parts = self.tied(column)
        if (self.sums[linked] + parts > self.model.links_high[linked] + _LEAST).any():
            return None
        rows, asked = self.asks(column)
        missing = asked - self.room[rows]
        over = missing > _LEAST
        return rows[over], missing[over], max(0.0, self.model.cost[column] - self.money - _LEAST)

    def add(self, column: int) -> bool:
        """Keep a column when everything still holds; tell whether it was kept."""
        short = self.short(column)
        if short is None or len(short[0]) or short[2] > 0:
            return False
        self.put(column)
        return True

    def removable(self, column: int) -> bool:
        """Whether nothing kept needs this column."""
        linked, parts = self.tied(column)
        after = self.sums[linked] - parts
        model = self.model
        return not (
            (after > model.links_high[linked] + _LEAST) | (after < model.links_low[linked] - _LEAST)
        ).any()

    def swap(self, column: int) -> bool:
        """Put a column in the place of one that is worth less; tell whether it was done."""
        short = self.short(column)
        if short is None:
            return False
        rows, missing, money = short
        for other in self._in_the_way(rows, missing, column):
            if self.model.cost[other] + _LEAST < money or not self.removable(other):
                continue
            self.put(other, -1.0)
            if self.add(column):
                return True
            self.put(other)
        return False

    def _in_the_way(self, rows: Ints, missing: Floats, column: int) -> list[int]:
        """Kept columns worth less that free enough of the first limit missing, cheapest first."""
        if not len(rows):
            found = np.flatnonzero(self.chosen)
        else:
            widest = int(missing.argmax())
            cut = slice(self.by_row.indptr[rows[widest]], self.by_row.indptr[rows[widest] + 1])
            enough = self.by_row.data[cut] >= missing[widest] - _LEAST
            found = self.by_row.indices[cut][enough]
            found = found[self.chosen[found]]
        found = found[self.model.value[found] < self.model.value[column]]
        cheapest = np.argsort(self.model.value[found], kind="stable")[:MOST_TRIED]
        return [int(one) for one in found[cheapest]]


def rounded(model: Model, x: Floats, prices: Floats) -> Plan:
    """Build a plan from a relaxation.

    Parameters
    ----------
    model : Model
        The programme.
    x, prices : floats, shape (n,)
        What the relaxation keeps of each column, and what each would gain.
    """
    by_part = np.argsort(-(x + _LEAST * prices), kind="stable")
    by_price = np.argsort(-prices / np.maximum(model.value, _LEAST), kind="stable")
    plans = [_built(model, order.tolist()) for order in (by_part, by_price)]
    return max(plans, key=lambda plan: plan.value)


def _built(model: Model, order: list[int]) -> Plan:
    compulsory = chosen_at_once(model) > 0
    fit = Fit(model)
    for column in np.flatnonzero(compulsory).tolist():
        fit.put(column)
    wanted = [one for one in order if model.high[one] > 0 and not compulsory[one]]
    _fill(fit, wanted)
    for _pass in range(PASSES):
        waiting = [one for one in wanted if not fit.chosen[one]]
        waiting.sort(key=lambda one: -float(model.value[one]))
        gained = sum(fit.swap(one) for one in waiting)
        _fill(fit, wanted)
        if not gained:
            break
    return plan_of(model, fit.chosen)


def _fill(fit: Fit, wanted: list[int]) -> None:
    """Add what fits, again while something does: what others wait for comes first or later."""
    for _pass in range(PASSES):
        if not sum(fit.add(one) for one in wanted if not fit.chosen[one]):
            return
