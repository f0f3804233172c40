"""Three-point estimates as laws of probability: what people say, and what it means.

Sources: Malcolm, Roseboom, Clark & Fazar, *Application of a technique for research and
development program evaluation*, 1959 (PERT); Kotz & van Dorp, *Beyond Beta*, 2004 (triangular,
and triangular between two percentiles).
"""

import math
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy.special import betainc

from orchestre_engine.errors import ProblemError

Floats = npt.NDArray[np.float64]

PERT_WEIGHT = 4.0
"""Weight of the likely value in the classical PERT mean (a + 4m + b) / 6."""

TAIL_RATIO = 0.1
"""Share of chances under the low value, and over the high one, of a “trigen” law."""

_NODES = 2049
_STEPS = 500


class Shape(StrEnum):
    """How three values become a law.

    `FIXED` has one value; `PERT` is a beta law of weight `weight`; `TRIANGULAR` goes from low to
    high; in `TRIGEN` low and high are the 10th and the 90th percentiles, as experts mean them.
    """

    FIXED = "fixed"
    PERT = "pert"
    TRIANGULAR = "triangular"
    TRIGEN = "trigen"


@dataclass(frozen=True, slots=True)
class Law:
    """A three-point estimate.

    Parameters
    ----------
    low, likely, high : float
        Optimistic, most likely, pessimistic values, in one unit.
    shape : Shape
        How they are read.
    weight : float
        Weight of the likely value, for `PERT` only: the λ of (low + λ·likely + high) / (λ + 2).

    Raises
    ------
    ProblemError
        When the values are not finite or not in order.
    """

    low: float
    likely: float
    high: float
    shape: Shape = Shape.PERT
    weight: float = PERT_WEIGHT

    def __post_init__(self) -> None:
        values = (self.low, self.likely, self.high)
        if not all(map(math.isfinite, values)) or not self.low <= self.likely <= self.high:
            raise ProblemError(
                f"Estimate {self.low:g}, {self.likely:g}, {self.high:g}: give an optimistic, a "
                "likely and a pessimistic value, in this order."
            )
        if not (math.isfinite(self.weight) and self.weight > 0):
            raise ProblemError(f"Estimate: the weight is {self.weight:g}; give more than 0.")

    @property
    def is_fixed(self) -> bool:
        """Tell whether nothing varies."""
        return self.shape is Shape.FIXED or self.low == self.high

    @property
    def bounds(self) -> tuple[float, float]:
        """Give the least and the greatest value that can be drawn."""
        if self.is_fixed:
            return self.likely, self.likely
        if self.shape is Shape.TRIGEN:
            return _triangle_of(self.low, self.likely, self.high)
        return self.low, self.high

    @property
    def beta(self) -> tuple[float, float]:
        """Give α and β of the PERT law."""
        width = self.high - self.low
        return (
            1 + self.weight * (self.likely - self.low) / width,
            1 + self.weight * (self.high - self.likely) / width,
        )

    @property
    def mean(self) -> float:
        """Give the mean."""
        if self.is_fixed:
            return self.likely
        if self.shape is Shape.PERT:
            return (self.low + self.weight * self.likely + self.high) / (self.weight + 2)
        least, most = self.bounds
        return (least + self.likely + most) / 3

    @property
    def sd(self) -> float:
        """Give the exact standard deviation; √((μ−a)(b−μ)/7) for the classical PERT."""
        if self.is_fixed:
            return 0.0
        least, most = self.bounds
        if self.shape is Shape.PERT:
            return math.sqrt((self.mean - least) * (most - self.mean) / (self.weight + 3))
        mode = self.likely
        squares = least**2 + mode**2 + most**2 - least * mode - least * most - mode * most
        return math.sqrt(squares / 18)

    def quantile(self, ratio: Floats) -> Floats:
        """Give the values under which lie these shares of chances, 0 to 1; any shape."""
        if self.is_fixed:
            return np.full_like(ratio, self.likely)
        least, most = self.bounds
        if self.shape is Shape.PERT:
            return least + (most - least) * _beta_quantile(*self.beta, ratio)
        return _triangular_quantile(least, self.likely, most, ratio)

    def percentile(self, percent: float) -> float:
        """Give one percentile, 0 to 100."""
        return float(self.quantile(np.array([percent / 100]))[0])


def fixed(value: float) -> Law:
    """Give the law of a value that does not vary."""
    return Law(value, value, value, Shape.FIXED)


@lru_cache(maxsize=4096)
def _beta_table(alpha: float, beta: float) -> tuple[Floats, Floats]:
    """Give the distribution function of a beta law on points denser near 0 and 1."""
    points = (1 - np.cos(np.linspace(0, np.pi, _NODES))) / 2
    return betainc(alpha, beta, points), points


def _beta_quantile(alpha: float, beta: float, ratio: Floats) -> Floats:
    """Invert a beta law by interpolation; within 1e-5 of its width of the exact value."""
    return np.interp(ratio, *_beta_table(alpha, beta))


def _triangular_quantile(least: float, mode: float, most: float, ratio: Floats) -> Floats:
    width = most - least
    rising = least + np.sqrt(ratio * width * (mode - least))
    falling = most - np.sqrt((1 - ratio) * width * (most - mode))
    return np.where(ratio * width < mode - least, rising, falling)


@lru_cache(maxsize=4096)
def _triangle_of(low: float, mode: float, high: float) -> tuple[float, float]:
    """Give the ends of the triangle whose 10th and 90th percentiles are `low` and `high`.

    Fixed point of p = (m−low) + √(0.1·w·p), q = (high−m) + √(0.1·w·q), w = p + q.
    """
    before, after = mode - low, high - mode
    left = right = high - low
    for _step in range(_STEPS):
        width = left + right
        left, right = (
            before + math.sqrt(TAIL_RATIO * width * left),
            after + math.sqrt(TAIL_RATIO * width * right),
        )
    return mode - left, mode + right
