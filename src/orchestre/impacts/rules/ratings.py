"""What a rating of ten aspects says, and where two raters part."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

MAX_INTENSITY = 5
FLAGGED_GAP = 2

ASPECTS = (
    "process",
    "systems",
    "tools",
    "role",
    "key_behaviours",
    "mindset",
    "reporting_line",
    "performance_review",
    "pay",
    "location",
)


@dataclass(frozen=True)
class Headline:
    """The strongest aspect, and the mean of those that are touched at all."""

    strongest: int
    mean: float | None
    touched: int


def headline(aspects: Mapping[str, int]) -> Headline | None:
    """Sum up a rating; None when nothing is rated, which is not the same as zero."""
    if not aspects:
        return None
    touched = [level for level in aspects.values() if level > 0]
    return Headline(
        strongest=max(aspects.values()),
        mean=sum(touched) / len(touched) if touched else None,
        touched=len(touched),
    )


def intensity_of(aspects: Mapping[str, int], explicit: float | None) -> float | None:
    """Return the intensity hours are read from: the one given, else the strongest aspect."""
    if explicit is not None:
        return explicit
    found = headline(aspects)
    return None if found is None else float(found.strongest)


@dataclass(frozen=True)
class Answer:
    """What one side says of an impact."""

    aspects: Mapping[str, int] = field(default_factory=dict)
    intensity: float | None = None
    hours_per_person: float | None = None

    @property
    def says_something(self) -> bool:
        """Tell whether anything at all was answered."""
        return bool(self.aspects) or self.intensity is not None or self.hours_per_person is not None


@dataclass(frozen=True)
class Difference:
    """One figure on which two sides do not agree; None is “said nothing”.

    `flagged` when they are two levels apart or more.
    """

    name: str
    project: float | None
    unit: float | None
    flagged: bool

    @property
    def gap(self) -> float | None:
        """Return how far apart they are, None when one said nothing."""
        if self.project is None or self.unit is None:
            return None
        return abs(self.project - self.unit)


def differences(project: Answer, unit: Answer) -> tuple[Difference, ...]:
    """Return what the two sides see differently, aspects first, in their fixed order."""
    pairs: list[tuple[str, float | None, float | None]] = [
        (name, project.aspects.get(name), unit.aspects.get(name)) for name in ASPECTS
    ]
    pairs += [
        ("intensity", project.intensity, unit.intensity),
        ("hours_per_person", project.hours_per_person, unit.hours_per_person),
    ]
    return tuple(
        Difference(name, ours, theirs, flagged=_far_apart(name, ours, theirs))
        for name, ours, theirs in pairs
        if ours != theirs
    )


def _far_apart(name: str, ours: float | None, theirs: float | None) -> bool:
    if name == "hours_per_person":
        return False
    return ours is not None and theirs is not None and abs(ours - theirs) >= FLAGGED_GAP


@dataclass(frozen=True)
class Effort:
    """Hours asked of people: per person touched, per person of the population, in all."""

    hours_per_person: float
    mean_hours: float
    person_hours: float | None


def effort(hours_per_person: float, reach_ratio: float, headcount: int | None) -> Effort:
    """Multiply hours by reach and people; no total when nobody has counted the people."""
    mean = hours_per_person * reach_ratio
    return Effort(hours_per_person, mean, None if headcount is None else mean * headcount)


@dataclass(frozen=True)
class Sight:
    """Which of the two answers a person reads."""

    project: bool
    unit: bool


def sight(side: str | None, *, project_answered: bool, unit_answered: bool) -> Sight:
    """Keep each side blind until both have answered; others then read what the project says."""
    if project_answered and unit_answered:
        return Sight(project=True, unit=True)
    return Sight(project=side != "unit", unit=side == "unit")


def halfway(project: float, unit: float, *, whole: bool) -> float:
    """Return the middle of two figures; for levels, rounded up."""
    middle = (project + unit) / 2
    return float(math.ceil(middle)) if whole else middle
