"""What the outlook answers: dates, money and what drives them, with their margins."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

CONVERGED_RATIO = 0.01
"""The draws are enough when the 95 % interval of P80 is under this share of it."""

_SIDE = 1.959963984540054
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Spread:
    """How a figure is spread over the worlds.

    `quantiles` has the 0th to the 100th percentiles: the least value under which lies at least
    that share of the worlds. `p80_low` and `p80_high` hold the true P80 with 95 % confidence.
    """

    mean: float
    sd: float
    quantiles: Floats
    p80_low: float
    p80_high: float

    def percentile(self, percent: int) -> float:
        """Give one percentile."""
        return float(self.quantiles[percent])

    @property
    def p50(self) -> float:
        """Give the value met in one world out of two."""
        return self.percentile(50)

    @property
    def p80(self) -> float:
        """Give the value met in four worlds out of five."""
        return self.percentile(80)

    @property
    def has_converged(self) -> bool:
        """Tell whether more draws would not move P80 by more than one percent."""
        return self.p80_high - self.p80_low <= CONVERGED_RATIO * abs(self.p80)


def order_statistics(draws: int, ratio: float) -> tuple[int, int]:
    """Give the ranks, from 0, between which the true quantile lies with 95 % confidence.

    Source: binomial law of the number of draws under a quantile, normal approximation.
    """
    half = _SIDE * math.sqrt(draws * ratio * (1 - ratio))
    low, high = math.floor(draws * ratio - half), math.ceil(draws * ratio + half)
    return max(low - 1, 0), min(high, draws - 1)


def margin_points(draws: int, ratio: float) -> float:
    """Give the half-width of the interval of a quantile, in points of percentage.

    At 5,000 draws: 1.11 for P80, 1.39 for P50.
    """
    return _HUNDRED * _SIDE * math.sqrt(ratio * (1 - ratio) / draws)


def spread_of(values: Floats) -> Spread:
    """Sum one figure up over the worlds, shape (worlds,)."""
    ordered = np.sort(values)
    draws = len(ordered)
    ranks = [max(math.ceil(draws * percent / _HUNDRED) - 1, 0) for percent in range(_HUNDRED + 1)]
    low, high = order_statistics(draws, 0.8)
    return Spread(
        mean=float(ordered.mean()),
        sd=float(ordered.std(ddof=1)) if draws > 1 else 0.0,
        quantiles=ordered[ranks],
        p80_low=float(ordered[low]),
        p80_high=float(ordered[high]),
    )


@dataclass(frozen=True, slots=True)
class Seen:
    """The end of a watched task.

    `planned` is its end with likely durations and no risk; `probability_kept` the share of
    worlds that end by the promised moment; `joint_probability` that end by it and within the
    budget (JCL). None where nothing was promised.
    """

    task: str
    planned: float
    end: Spread
    promised: float | None
    probability_kept: float | None
    joint_probability: float | None

    @property
    def contingency(self) -> float:
        """Days to keep in reserve: P80 less the plan, never below 0."""
        return max(self.end.p80 - self.planned, 0.0)


@dataclass(frozen=True, slots=True)
class Driver:
    """How much one task drives the end.

    `criticality` is the share of worlds in which it has no float (CI); `significance` (SI) and
    `schedule_sensitivity` (SSI) as Vanhoucke defines them; `cruciality` is Pearson's |corr(d, T)|.
    None where a task, or the end, does not vary.
    """

    task: str
    criticality: float
    significance: float
    schedule_sensitivity: float | None
    cruciality: float | None


@dataclass(frozen=True, slots=True)
class Money:
    """What one cost item, or one benefit, or the sum of all, comes to, in euros."""

    id: str
    amount: Spread


@dataclass(frozen=True)
class OutlookResult:
    """Answer of a simulation.

    `drivers` explain the end of the target, that which drives most first. `lowered` names what
    belongs to so many groups that their correlations had to be reduced; `repaired` tells that
    the stated correlations could not exist together and were changed as little as possible.
    """

    draws: int
    seed: int
    seen: tuple[Seen, ...]
    end: Spread
    drivers: tuple[Driver, ...]
    costs: tuple[Money, ...]
    total_cost: Spread | None
    benefits: tuple[Money, ...]
    total_benefit: Spread | None
    npv: Spread | None
    risk_hits: tuple[tuple[str, float], ...]
    lowered: tuple[str, ...]
    repaired: bool

    def of(self, task: str) -> Seen:
        """Return what was seen of one task."""
        return next(one for one in self.seen if one.task == task)
