"""What makes one ask whether an initiative still lives: facts with a date, never a judgement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

REASONS = ("silent", "overdue", "moved", "no_milestone", "spending", "untouched")
SILENT_WEEKS = 6
UNTOUCHED_WEEKS = 8
MOVED_TIMES = 3
LEAST = 3


@dataclass(frozen=True, slots=True)
class Pulse:
    """What is known of the life of an initiative under way."""

    starts_on: date | None
    ends_on: date | None
    reported_on: date | None
    touched_on: date
    moved: int
    milestone_ahead: bool
    spends: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """Which reasons count, and how many are needed; read from an address."""

    without: frozenset[str] = frozenset()
    least: int = LEAST

    @property
    def switched_on(self) -> tuple[str, ...]:
        """Return the reasons that count."""
        return tuple(one for one in REASONS if one not in self.without)


def read_asked(parameters: Mapping[str, str]) -> Asked:
    """Read the switches; what makes no sense is left aside."""
    without = frozenset(parameters.get("without", "").split(",")) & frozenset(REASONS)
    least = parameters.get("least", "")
    return Asked(without, int(least) if least in {"1", "2", "3", "4"} else LEAST)


def reasons_of(pulse: Pulse, today: date) -> dict[str, int]:
    """Return the reasons that hold, each with its figure: weeks, days or times."""
    found: dict[str, int] = {}
    silence = _weeks(pulse.reported_on or _began(pulse), today)
    if silence >= SILENT_WEEKS:
        found["silent"] = silence
    if pulse.ends_on is not None and pulse.ends_on <= today:
        found["overdue"] = (today - pulse.ends_on).days + 1
    if pulse.moved >= MOVED_TIMES:
        found["moved"] = pulse.moved
    if not pulse.milestone_ahead:
        found["no_milestone"] = 1
    untouched = _weeks(pulse.touched_on, today)
    if untouched >= UNTOUCHED_WEEKS:
        found["untouched"] = untouched
    # spending is what most living changes do: it only counts beside another reason
    if found and pulse.spends:
        found["spending"] = 1
    return found


def _began(pulse: Pulse) -> date:
    """Without any report, silence runs from the start, or from the last change."""
    return max(pulse.starts_on, pulse.touched_on) if pulse.starts_on else pulse.touched_on


def _weeks(since: date, today: date) -> int:
    return max(0, (today - since).days // 7)


def is_asked_about(reasons: Mapping[str, int], asked: Asked) -> bool:
    """Tell whether enough of the reasons that count hold."""
    return sum(one in reasons for one in asked.switched_on) >= asked.least
