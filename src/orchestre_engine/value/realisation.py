"""Benefits: what was expected by now, what was declared, what was validated, what can be audited.

Planned, forecast, declared and validated amounts are four series that are never added together.
Source of the audit test: GAO-17-724, GAO-19-666 and GAO-21-74.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

import numpy as np
import numpy.typing as npt

COMPUTATION = "benefits/1"
Floats = npt.NDArray[np.float64]
LEVELS = ("identified", "qualified", "committed", "measured", "validated", "budgeted")
"""Maturity ladder: each level filters the total of the one before; levels are never summed."""
AUDIT_FACTS = (
    "baseline",
    "assumptions",
    "method",
    "evidence",
    "cost_to_achieve",
    "recurrence",
    "budget_trace",
    "reviewer",
)
"""Without one of these a saving cannot be audited."""


def expected(
    target: float, *, months: int, anchor: int, ramp: int, attribution: float, confidence: float
) -> Floats:
    """Return what a benefit is expected to bring each month, shape (months,).

    `target` is what one month brings at full value. From the month `anchor` on, a ramp of `ramp`
    months goes up in a straight line: 1/(ramp+1), 2/(ramp+1)… then 1.
    """
    since = np.arange(months, dtype=float) - anchor + 1
    share = np.clip(since / (ramp + 1), 0.0, 1.0)
    return target * share * attribution * confidence


@dataclass(frozen=True, slots=True)
class Rates:
    """Ratios to date; None when the denominator is zero or when nobody said."""

    declared_ratio: float | None
    validated_ratio: float | None
    forecast_ratio: float | None


def rates(
    *,
    planned: float | None,
    declared: float | None,
    validated: float | None,
    forecast: float | None = None,
    baseline: float | None = None,
) -> Rates:
    """Return the realisation rates: amounts to date over what was planned *to date*.

    The forecast rate is the forecast at the horizon over what was first planned there.
    """
    return Rates(
        declared_ratio=_over(declared, planned),
        validated_ratio=_over(validated, planned),
        forecast_ratio=_over(forecast, baseline),
    )


def _over(part: float | None, whole: float | None) -> float | None:
    if part is None or whole is None or whole <= 0:
        return None
    return part / whole


def level_of(facts: Sequence[bool]) -> int:
    """Return how high a benefit stands: the last level before the first fact that lacks.

    `facts` tells, for each level after the first, whether its condition holds.
    """
    height = 0
    for holds in facts:
        if not holds:
            break
        height += 1
    return height


def ladder(claims: Iterable[tuple[int, float]]) -> Floats:
    """Return, for each level, the amount of what stands at that level or above, shape (levels,)."""
    found = np.zeros(len(LEVELS))
    for level, amount in claims:
        found[: level + 1] += amount
    return found


def lacking(facts: dict[str, bool]) -> tuple[str, ...]:
    """Return what a benefit lacks to be audited, in the order of `AUDIT_FACTS`."""
    return tuple(name for name in AUDIT_FACTS if not facts.get(name))


def auditable_ratio(claims: Iterable[tuple[float, bool]]) -> float | None:
    """Return the share of what is claimed that can be audited; None when nothing is claimed."""
    known = list(claims)
    total = sum(amount for amount, _auditable in known)
    if total <= 0:
        return None
    return sum(amount for amount, auditable in known if auditable) / total


@dataclass(frozen=True, slots=True)
class Claim:
    """A benefit as the search for double counting sees it; the range is half-open."""

    key: str
    unit: str
    line: str
    starts_on: date
    ends_on: date
    attribution: float


@dataclass(frozen=True, slots=True)
class DoubleCount:
    """Benefits that claim the same line of the same unit at the same time, beyond the whole."""

    keys: tuple[str, ...]
    unit: str
    line: str
    claimed: float


def double_counts(claims: Iterable[Claim]) -> tuple[DoubleCount, ...]:
    """Return where the shares claimed of one line of one unit pass the whole, at some moment."""
    groups: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        if claim.unit and claim.line:
            groups.setdefault((claim.unit, claim.line), []).append(claim)
    found = []
    for (unit, line), members in sorted(groups.items()):
        worst = _heaviest(members)
        if worst is not None:
            keys = tuple(sorted(one.key for one in worst))
            found.append(DoubleCount(keys, unit, line, sum(one.attribution for one in worst)))
    return tuple(found)


def _heaviest(members: list[Claim]) -> list[Claim] | None:
    """Return the claims that overlap with the largest share, when they are more than the whole."""
    if not any(one.starts_on < two.ends_on and two.starts_on < one.ends_on
               for one, two in combinations(members, 2)):  # fmt: skip
        return None
    at = [
        [other for other in members if other.starts_on <= one.starts_on < other.ends_on]
        for one in members
    ]
    worst = max(at, key=lambda some: sum(one.attribution for one in some))
    return worst if sum(one.attribution for one in worst) > 1 + 1e-9 else None
