"""Orders of what is scored: ranks, what a score is made of, and how far two orders agree.

The order by cost of delay over duration is the one that costs least when jobs follow one another
on the same means: W. E. Smith, Various optimizers for single-stage production (1956).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from orchestre_engine.selection.scoring import LEVEL_VALUES, LEVELS

SCORE = "score/1"
DELAY = "wsjf/1"
_SAME = 1e-9
"""Figures closer than this, relatively, share their rank: a rounding is not a difference."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one driver brings to a score.

    Parameters
    ----------
    driver : str
        Which one.
    weight : float
        As said, the sum of all being 1.
    level : str or None
        As rated; None when nobody rated it: the driver is then left out, never counted 0.
    used_ratio : float
        The weight brought back to 1 over the drivers that are rated.
    points : float or None
        ``used_ratio × level``; the parts add up to the score.
    """

    driver: str
    weight: float
    level: str | None
    used_ratio: float
    points: float | None


def parts(weights: Mapping[str, float], levels: Mapping[str, str | None]) -> tuple[Part, ...]:
    """Take a score to pieces, in the order of the drivers; weights need not add up to 1."""
    total = math.fsum(weights.values())
    rated = math.fsum(one for name, one in weights.items() if levels.get(name) is not None)
    found = []
    for name, weight in weights.items():
        level = levels.get(name)
        used = weight / rated if level is not None and rated > 0 else 0.0
        worth = None if level is None else used * LEVEL_VALUES[LEVELS.index(level)]
        found.append(Part(name, weight / total if total > 0 else 0.0, level, used, worth))
    return tuple(found)


def ranks(values: Mapping[str, float | None]) -> dict[str, int]:
    """Rank the greatest first, from 1; equals share a rank, what is undefined has none."""
    known = [(value, name) for name, value in values.items() if value is not None]
    known.sort(key=lambda one: (-one[0], one[1]))
    found: dict[str, int] = {}
    shared, before = 0, math.nan
    for at, (value, name) in enumerate(known, start=1):
        if not (value == before or math.isclose(value, before, rel_tol=_SAME)):
            shared = at
        found[name], before = shared, value
    return found


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two orders agree.

    Parameters
    ----------
    both : int
        How many are ranked in both.
    pairs : int
        Pairs of these that neither order holds equal.
    alike : int
        Those that both orders put the same way.
    """

    both: int
    pairs: int
    alike: int

    @property
    def ratio(self) -> float | None:
        """Part of the pairs put the same way; None without a pair. Chance alone gives 0.5."""
        return self.alike / self.pairs if self.pairs else None


def agreement(one: Mapping[str, int], two: Mapping[str, int]) -> Agreement:
    """Count the pairs that two orders put the same way (as Kendall's tau does)."""
    both = [name for name in one if name in two]
    first = np.array([one[name] for name in both], np.int64)
    second = np.array([two[name] for name in both], np.int64)
    pairs = alike = 0
    for at in range(1, len(both)):
        way = np.sign(first[:at] - first[at]) * np.sign(second[:at] - second[at])
        pairs += int(np.count_nonzero(way))
        alike += int(np.count_nonzero(way > 0))
    return Agreement(len(both), pairs, alike)
