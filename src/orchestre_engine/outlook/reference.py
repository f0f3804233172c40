"""Reference class forecasting: what happened to comparable projects, applied to this one.

Sources: Kahneman & Tversky, 1979; Flyvbjerg, *From Nobel Prize to project management*, 2006.
The uplift of a percentile is the ratio actual ÷ planned under which that share of the class
ended; nothing is smoothed, nothing is assumed about its law.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from orchestre_engine.errors import ProblemError

LEAST_CASES = 10
"""Under this many cases a class is not shown: its 80th percentile would rest on two of them."""


@dataclass(frozen=True)
class ReferenceClass:
    """The ratios actual ÷ planned of finished projects, sorted."""

    ratios: tuple[float, ...]

    @property
    def n(self) -> int:
        """Number of cases."""
        return len(self.ratios)

    def uplift(self, percent: float) -> float:
        """Give the ratio under which lies this percentage of the cases."""
        rank = max(math.ceil(self.n * percent / 100) - 1, 0)
        return self.ratios[min(rank, self.n - 1)]

    def applied(self, planned: float, percent: float) -> float:
        """Give the planned figure once uplifted."""
        return planned * self.uplift(percent)

    def share_within(self, ratio: float) -> float:
        """Give the share of the cases that ended within this ratio of their plan."""
        return sum(one <= ratio for one in self.ratios) / self.n


def reference_class(
    cases: Iterable[tuple[float, float]], *, least: int = LEAST_CASES
) -> ReferenceClass:
    """Gather a class from pairs (planned, actual).

    Raises
    ------
    ProblemError
        When a pair is not positive, or when there are too few.
    """
    ratios = []
    for planned, actual in cases:
        if not (planned > 0 and actual > 0):
            raise ProblemError(
                f"Reference class: planned {planned:g}, actual {actual:g}; give figures above 0."
            )
        ratios.append(actual / planned)
    if len(ratios) < least:
        raise ProblemError(
            f"Reference class: {len(ratios)} cases; at least {least} are needed before their "
            "drift says anything."
        )
    return ReferenceClass(tuple(sorted(ratios)))
