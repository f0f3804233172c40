"""What no plan can beat: a Lagrangian bound, valid at any size and at any moment.

On a row and a week, let b be what a wave asks cut at the capacity K, and e what it asks beyond:
the excess of a sum of waves is exactly Σ e + (Σ b − K)⁺. The first part depends on each wave
alone. The second is at least y (Σ b − K) for any y between 0 and 1 times its price. Summed with
such multipliers, the cost of a plan falls apart into one cost per wave and start: the sum over
waves of the least of them, minus Σ y K, is a bound whatever the multipliers. They are improved by
projected subgradient steps. Recovery and ties are left out, which can only lower the bound.

Source: M. Held, P. Wolfe, H. P. Crowder, “Validation of subgradient optimization”, Mathematical
Programming 6, 1974; B. T. Polyak, 1969, for the step.
"""

from dataclasses import dataclass, field

import numpy as np

from orchestre_engine.sequencing.kernels import compiled
from orchestre_engine.sequencing.tables import POSTPONED, Floats, Ints, Tables

PATIENCE = 12
"""Steps without progress before the step is halved."""

SMALLEST_STEP = 1e-3
INERTIA = 0.6
"""Part of the former direction kept in the next one: subgradients zigzag."""


@dataclass
class Lagrangian:
    """A bound in progress on one criterion.

    Parameters
    ----------
    tables : Tables
        The problem.
    coefficients : floats, shape (4,)
        Of the levels in the criterion.
    allowed : booleans, shape (C,)
        Candidates that a plan to be bounded may use.
    """

    tables: Tables
    coefficients: Floats
    allowed: Floats
    value: float = field(init=False, default=-np.inf)
    step: float = field(init=False, default=1.0)
    _unary: Floats = field(init=False)
    _most: Floats = field(init=False)
    _top: Floats = field(init=False)
    _multipliers: Floats = field(init=False)
    _money: Floats = field(init=False)
    _direction: tuple[Floats, Floats] | None = field(init=False, default=None)
    _stale: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        tables, weights = self.tables, self.coefficients
        self._unary = weights[2] * tables.cand_benefits + weights[3] * tables.cand_dates
        rows = np.arange(len(tables.price)) < tables.populations
        self._most = np.where(rows, weights[0], weights[1]) * tables.price
        # what is not limited is never priced: its excess is nothing, whatever is asked
        self._top = np.where(np.isfinite(tables.capacity), self._most[:, None], 0.0)
        self._multipliers = np.zeros_like(tables.capacity)
        self._money = np.zeros(len(tables.amounts))

    @property
    def is_settled(self) -> bool:
        """Whether further steps would be too small to matter."""
        return self.step < SMALLEST_STEP

    def begin(self, use: Floats, spent: Floats) -> None:
        """Start from what each wave costs alone, then from what a plan overloads."""
        self.value = self._value()[0]
        over = use > self.tables.capacity
        self._multipliers = np.where(over, self._most[:, None], 0.0)
        self._money = np.where(spent > self.tables.amounts, self.coefficients[1], 0.0)

    def improve(self, found: float, steps: int) -> float:
        """Take some steps towards a better bound, `found` being the cost of a plan; give it."""
        for _ in range(steps):
            if self.is_settled or self.value >= found - 1e-9 * abs(found):
                break
            self._one_step(found)
        return self.value

    def _value(self) -> tuple[float, Ints, Floats]:
        """Give the bound of these multipliers, the candidates chosen, what goes beyond capacity."""
        tables = self.tables
        chosen = np.zeros(tables.waves, np.int64)
        limits = np.where(np.isfinite(tables.capacity), tables.capacity, 0.0)
        slope = -limits
        prices = (self._multipliers, self._most, self._money)
        value = least_sum(tables, prices, self._unary, self.allowed, (chosen, slope))
        value -= float((self._multipliers * limits).sum())
        return value - float((self._money * tables.amounts).sum()), chosen, slope

    def _one_step(self, found: float) -> None:
        tables = self.tables
        value, chosen, slope = self._value()
        if value > self.value + 1e-7 * max(1.0, abs(self.value)):
            self.value, self._stale = value, 0
        else:
            self.value = max(self.value, value)
            self._stale += 1
            if self._stale >= PATIENCE:
                self.step, self._stale = self.step / 2, 0
        money = tables.cand_spent[chosen].sum(axis=0) - tables.amounts
        self._move(found - value, slope, money)

    def _move(self, distance: float, slope: Floats, money: Floats) -> None:
        """Step along the smoothed subgradient, inside what multipliers may be."""
        if self._direction is not None:
            old, old_money = self._direction
            slope = (1 - INERTIA) * slope + INERTIA * old
            money = (1 - INERTIA) * money + INERTIA * old_money
        self._direction = (slope, money)
        inward = ~(
            ((self._multipliers <= 0) & (slope < 0))
            | ((self._multipliers >= self._top) & (slope > 0))
        )
        free = (self._money > 0) | (money > 0)
        # each row is scaled by its price: people count for more in large populations
        scale = np.where(self._most > 0, self._most, 0.0)[:, None]
        size = float((scale * (slope * inward) ** 2).sum())
        size += self.coefficients[1] * float(((money * free) ** 2).sum())
        if size <= 0:
            self.step = 0.0
            return
        length = self.step * max(distance, 0.0) / size
        self._multipliers = np.clip(self._multipliers + length * scale * slope, 0.0, self._top)
        self._money = np.clip(
            self._money + length * self.coefficients[1] * money, 0.0, self.coefficients[1]
        )


@compiled
def least_sum(
    tables: Tables,
    prices: tuple[Floats, Floats, Floats],
    unary: Floats,
    allowed: Floats,
    found: tuple[Ints, Floats],
) -> float:
    """Sum over waves the least priced cost of a candidate.

    `prices` are the multipliers (R, T), what a whole excess costs on each row (R,) and the
    multipliers of envelopes (E,). Fills `found`: the candidate chosen for each wave, and the sum
    of what they ask, cut at the capacity, added to its second part (R, T).
    """
    total = 0.0
    for wave in range(len(tables.home)):
        best, kept = np.inf, -1
        for candidate in range(tables.cand_ptr[wave], tables.cand_ptr[wave + 1]):
            if allowed[candidate] == 0.0:
                continue
            cost = unary[candidate]
            for envelope in range(len(prices[2])):
                cost += prices[2][envelope] * tables.cand_spent[candidate, envelope]
            cost += priced(tables, prices[0], prices[1], wave, tables.cand_start[candidate])
            if cost < best:
                best, kept = cost, candidate
        total += best
        found[0][wave] = kept
        lay_cut(tables, found[1], wave, tables.cand_start[kept])
    return total


@compiled
def priced(tables: Tables, multipliers: Floats, most: Floats, wave: int, start: int) -> float:
    """Price what a wave asks at a start: multipliers up to the capacity, full price beyond."""
    cost = 0.0
    if start == POSTPONED:
        return cost
    weeks = tables.capacity.shape[1]
    for segment in range(tables.seg_ptr[wave], tables.seg_ptr[wave + 1]):
        row = tables.seg_row[segment]
        week = start + tables.seg_offset[segment]
        for at in range(tables.seg_at[segment], tables.seg_at[segment + 1]):
            if 0 <= week < weeks:
                value, limit = tables.values[at], tables.capacity[row, week]
                if value > limit:
                    cost += multipliers[row, week] * limit + most[row] * (value - limit)
                else:
                    cost += multipliers[row, week] * value
            week += 1
    return cost


@compiled
def lay_cut(tables: Tables, use: Floats, wave: int, start: int) -> None:
    """Add to `use` what a wave asks at a start, cut at the capacity."""
    if start == POSTPONED:
        return
    weeks = tables.capacity.shape[1]
    for segment in range(tables.seg_ptr[wave], tables.seg_ptr[wave + 1]):
        row = tables.seg_row[segment]
        week = start + tables.seg_offset[segment]
        for at in range(tables.seg_at[segment], tables.seg_at[segment + 1]):
            if 0 <= week < weeks:
                use[row, week] += min(tables.values[at], tables.capacity[row, week])
            week += 1


def lawful(tables: Tables) -> Floats:
    """Give 1 for each candidate that breaks the fewest own rules of its wave, shape (C,)."""
    first, lengths = tables.cand_ptr[:-1], np.diff(tables.cand_ptr)
    if not len(first):
        return np.ones(0)
    least = np.repeat(np.minimum.reduceat(tables.cand_broken, first), lengths)
    return (tables.cand_broken <= least).astype(np.float64)
