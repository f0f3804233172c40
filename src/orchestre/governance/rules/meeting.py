"""Quorum, the clock of an agenda, and when a body meets again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

PRESENT = frozenset({"present", "represented"})
# one meeting ahead: what falls due before the next one is for this one
DAYS_BETWEEN = {
    "weekly": 7,
    "fortnightly": 14,
    "monthly": 28,
    "bimonthly": 56,
    "quarterly": 91,
    "half_yearly": 182,
    "on_demand": 31,
}


@dataclass(frozen=True)
class Quorum:
    """How many voting members are there, against how many are needed."""

    present: int
    voting: int
    needed: int | None

    @property
    def is_met(self) -> bool | None:
        """Tell whether the meeting may decide; None when no quorum is set."""
        return None if self.needed is None else self.present >= self.needed


def quorum(presences: Iterable[tuple[bool, str]], needed: int | None) -> Quorum:
    """Count voting members from pairs (votes, presence)."""
    voting = [presence for votes, presence in presences if votes]
    return Quorum(sum(one in PRESENT for one in voting), len(voting), needed)


def clock(starts_at: datetime, minutes: Sequence[int]) -> list[datetime]:
    """Return when each item should begin."""
    found, at = [], starts_at
    for some in minutes:
        found.append(at)
        at += timedelta(minutes=some)
    return found


def horizon(meeting_on: date, cadence: str) -> date:
    """Return the first day that the next meeting can take care of."""
    return meeting_on + timedelta(days=DAYS_BETWEEN[cadence])


def next_after(meeting: datetime, cadence: str) -> datetime:
    """Return when the body meets again: the same weekday and hour."""
    return meeting + timedelta(days=DAYS_BETWEEN[cadence] // 7 * 7)


def moved(order: Sequence[int], key: int, by: int) -> list[int]:
    """Return an order where one key is moved up (-1) or down (+1)."""
    found = list(order)
    if key not in found:
        return found
    at = found.index(key)
    to = min(max(at + by, 0), len(found) - 1)
    found.insert(to, found.pop(at))
    return found
