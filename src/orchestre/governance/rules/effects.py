"""Decision velocity, decision debt, and what the verdicts say (`decisions/1`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median

VERSION = "decisions/1"


@dataclass(frozen=True)
class Asked:
    """A question: when it was asked, by when it had to be decided, when it was."""

    key: int
    asked_on: date
    due_on: date | None
    decided_on: date | None


@dataclass(frozen=True)
class Flow:
    """How fast questions become decisions."""

    velocity_days: float | None
    decided: int
    debt: tuple[int, ...]
    waiting: int


def flow(questions: Iterable[Asked], today: date) -> Flow:
    """Velocity is the median of asked → decided; debt, what is open past its date."""
    days: list[int] = []
    debt: list[tuple[date, int]] = []
    waiting = 0
    for one in questions:
        if one.decided_on is not None:
            days.append(max((one.decided_on - one.asked_on).days, 0))
            continue
        waiting += 1
        if one.due_on is not None and one.due_on < today:
            debt.append((one.due_on, one.key))
    return Flow(
        velocity_days=float(median(days)) if days else None,
        decided=len(days),
        debt=tuple(key for _day, key in sorted(debt)),
        waiting=waiting,
    )


def effect_ratio(then: float | None, now: float | None, expected: float | None) -> float | None:
    """Return the share of the expected change that came; None when it cannot be told."""
    if then is None or now is None or expected is None or expected == then:
        return None
    return (now - then) / (expected - then)


def suggested_verdict(ratio: float | None) -> str:
    """Suggest a verdict from the share of the effect that came; the person decides."""
    if ratio is None:
        return "unknown"
    if ratio >= 0.9:
        return "achieved"
    return "partly" if ratio >= 0.3 else "not"
