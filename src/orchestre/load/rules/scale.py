"""The seven classes of the map, and the words that bound them."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence

DEFAULT_THRESHOLDS = (0.5, 0.8, 1.0, 1.2, 1.5)
# probability of overload: 0.5 is the level from which a review is called for
RISK_THRESHOLDS = (0.05, 0.2, 0.5, 0.7, 0.9)


def thresholds_of(percents: Sequence[object]) -> tuple[float, ...]:
    """Return the ratios an organisation chose (in %), the usual ones when they are not five."""
    found = [float(one) / 100 for one in percents if isinstance(one, int | float)]
    if len(found) != len(DEFAULT_THRESHOLDS) or sorted(set(found)) != found or 1.0 not in found:
        return DEFAULT_THRESHOLDS
    return tuple(found)


def level(ratio: float, thresholds: Sequence[float] = DEFAULT_THRESHOLDS) -> int:
    """Return the class of a ratio: 0 for nothing, then one more above each threshold.

    A ratio equal to a threshold is in the class below: 100 % is not above capacity.
    """
    if math.isnan(ratio) or ratio <= 0:
        return 0
    return 1 + bisect_left(thresholds, ratio - 1e-9)


def risk_level(probability: float) -> int:
    """Return the class of a probability; from 0.5 it is drawn as above."""
    if math.isnan(probability) or probability <= 0:
        return 0
    if probability >= RISK_THRESHOLDS[2]:
        return 4 + sum(probability >= one for one in RISK_THRESHOLDS[3:])
    return 1 + bisect_left(RISK_THRESHOLDS[:2], probability)
