"""Health of a change and of a portfolio (`health/1`): levels by thresholds, and roll-ups.

Six axes, each read from measures that have a bound for amber and one for red. What has no data
has no level (`None`): it is never green. Published rules of other tools are kept beside ours, so
that a reader may compare.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

COMPUTATION = "health/1"
"""Identifier and version stored with every reading."""

AXES = ("schedule", "cost", "scope", "benefits", "risks", "people")

MEASURES: dict[str, tuple[str, ...]] = {
    "schedule": ("late_share", "drift"),
    "cost": ("overrun", "envelope"),
    "scope": ("churn", "broken"),
    "benefits": ("lost_value", "unmeasured"),
    "risks": ("unsettled", "oldest_days"),
    "people": ("load_ratio", "probability"),
}
"""The measures that each axis is read from."""


class Level(IntEnum):
    """A level; the higher, the worse. An unknown one is `None`."""

    GREEN = 1
    AMBER = 2
    RED = 3


Bounds = tuple[float, float | None]

DEFAULT_BOUNDS: dict[str, Bounds] = {
    "late_share": (0.30, 0.60),
    "drift": (0.10, 0.25),
    "overrun": (0.05, 0.15),
    "envelope": (1.0, 1.10),
    "churn": (0.20, 0.50),
    "broken": (1.0, 3.0),
    "lost_value": (0.10, 0.25),
    "unmeasured": (0.50, None),
    "unsettled": (1.0, 4.0),
    "oldest_days": (30.0, 60.0),
    "load_ratio": (1.0, 1.3),
    "probability": (0.20, 0.50),
}
"""From which value a measure is amber, and from which it is red; no red bound: never red."""


@dataclass(frozen=True)
class Thresholds:
    """What the levels are read with.

    `rule` is "worst" (the worst blocking axis, or the mean when it is worse) or "mean" (the
    weighted mean, never green while a blocking axis is red). `least_known_share` is the part of
    the weights that must be known before anything may be called green.
    """

    bounds: Mapping[str, Bounds] = field(default_factory=lambda: dict(DEFAULT_BOUNDS))
    weights: Mapping[str, float] = field(default_factory=lambda: dict.fromkeys(AXES, 1.0))
    blocking: frozenset[str] = frozenset({"schedule", "cost", "people"})
    rule: str = "worst"
    least_known_share: float = 0.5


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of an axis, with the bounds it was read by."""

    name: str
    value: float
    amber: float
    red: float | None
    level: Level


@dataclass(frozen=True, slots=True)
class Reading:
    """The level of one axis and the figures it comes from; no figure, no level."""

    level: Level | None
    measures: tuple[Measure, ...]


def level_of(value: float, amber: float, red: float | None) -> Level:
    """Return the level of a value: amber from `amber` on, red from `red` on."""
    if red is not None and value >= red:
        return Level.RED
    return Level.AMBER if value >= amber else Level.GREEN


def worst(levels: Sequence[Level | None]) -> Level | None:
    """Return the worst of the known levels, None when none is known."""
    return max((level for level in levels if level is not None), default=None)


def read_axis(axis: str, figures: Mapping[str, float], thresholds: Thresholds) -> Reading:
    """Read one axis from its figures; a figure that is absent is not known.

    Parameters
    ----------
    axis
        One of `AXES`.
    figures
        Value of each known measure, by name; measures of other axes are left aside.
    thresholds
        Bounds in force.
    """
    measures = []
    for name in MEASURES[axis]:
        value = figures.get(name)
        if value is not None:
            amber, red = thresholds.bounds.get(name, DEFAULT_BOUNDS[name])
            measures.append(Measure(name, value, amber, red, level_of(value, amber, red)))
    return Reading(worst([one.level for one in measures]), tuple(measures))


def read(figures: Mapping[str, float], thresholds: Thresholds) -> dict[str, Reading]:
    """Read the six axes from the figures of one initiative."""
    return {axis: read_axis(axis, figures, thresholds) for axis in AXES}


_CENTRES = {Level.GREEN: 1 / 6, Level.AMBER: 3 / 6, Level.RED: 5 / 6}


def weighted_health(levels: Sequence[Level], weights: Sequence[float] | None = None) -> float:
    """Return the weighted mean of levels, from 1/6 (green) to 5/6 (red).

    The rule published by Micro Focus for its project portfolio tool.
    """
    told = [1.0] * len(levels) if weights is None else list(weights)
    total = sum(told)
    if not levels or total <= 0:
        raise ValueError("a mean needs at least one level with a positive weight")
    return sum(w * _CENTRES[one] for one, w in zip(levels, told, strict=True)) / total


def mean_level(health: float) -> Level:
    """Return the level of a mean: green under 1/3, amber under 2/3, else red."""
    tiny = 1e-9
    if health < 1 / 3 - tiny:
        return Level.GREEN
    return Level.AMBER if health < 2 / 3 - tiny else Level.RED


def overall(levels: Mapping[str, Level | None], thresholds: Thresholds) -> Level | None:
    """Return the level of an initiative from those of its axes.

    With the rule "worst": the worst blocking axis, or the weighted mean when it is worse. With
    "mean": the weighted mean, and at least amber while a blocking axis is red. Nothing is green
    when less than `least_known_share` of the weights is known: the level is then unknown.
    """
    known = {axis: level for axis, level in levels.items() if level is not None}
    weights = {axis: max(thresholds.weights.get(axis, 0.0), 0.0) for axis in levels}
    weighed = sum(weights[axis] for axis in known)
    blocking = worst([level for axis, level in known.items() if axis in thresholds.blocking])
    mean = None
    if weighed > 0:
        health = weighted_health(list(known.values()), [weights[axis] for axis in known])
        mean = mean_level(health)
    if thresholds.rule == "mean":
        floor = Level.AMBER if blocking is Level.RED else None
        found = worst([mean, floor])
    else:
        found = worst([mean, blocking])
    total = sum(weights.values())
    enough = total > 0 and weighed / total >= thresholds.least_known_share
    return None if found is Level.GREEN and not enough else found


def is_better(declared: Level | None, calculated: Level | None) -> bool:
    """Tell whether what is declared looks better than what is calculated, by a level or more."""
    return declared is not None and calculated is not None and declared < calculated


@dataclass(frozen=True, slots=True)
class Watermelons:
    """Projects declared better than calculated, among those that have both."""

    count: int
    among: int

    @property
    def ratio(self) -> float | None:
        """The index; None when no project has both levels."""
        return self.count / self.among if self.among else None


def watermelons(pairs: Sequence[tuple[Level | None, Level | None]]) -> Watermelons:
    """Count the projects green outside and red inside, from (declared, calculated) pairs."""
    both = [pair for pair in pairs if pair[0] is not None and pair[1] is not None]
    return Watermelons(sum(is_better(*pair) for pair in both), len(both))


@dataclass(frozen=True, slots=True)
class Flow:
    """What was promised at the opening of a period, and what became of it.

    `met` on the promised date or before; `slipped` out of their promised date; `waiting`, the
    promised date is still ahead; `dropped` no longer exist; `inserted` came mid-period.
    """

    promised: int
    met: int
    slipped: int
    waiting: int
    dropped: int
    inserted: int

    @property
    def commitment(self) -> float | None:
        """Part of the promises that was kept."""
        return self.met / self.promised if self.promised else None

    @property
    def slip(self) -> float | None:
        """Part of the promises that was pushed out or missed."""
        return self.slipped / self.promised if self.promised else None


def flow(
    promised: Mapping[int, int],
    now: Mapping[int, tuple[int | None, int | None]],
    *,
    today: int,
    opens: int,
    closes: int,
) -> Flow:
    """Compare the milestones of a period with those frozen at its opening.

    Parameters
    ----------
    promised
        Promised day of each milestone frozen at the opening.
    now
        Forecast and actual day of every milestone that exists, by key; None where unknown.
    today, opens, closes
        Days as numbers; the period is half-open.
    """
    counted: Counter[str] = Counter()
    for key, day in promised.items():
        counted[_fate(day, now.get(key), today)] += 1
    inserted = sum(
        key not in promised and opens <= day < closes
        for key, (forecast, actual) in now.items()
        for day in [actual if actual is not None else forecast]
        if day is not None
    )
    return Flow(
        promised=len(promised),
        met=counted["met"],
        slipped=counted["slipped"],
        waiting=counted["waiting"],
        dropped=counted["dropped"],
        inserted=inserted,
    )


def _fate(promised: int, now: tuple[int | None, int | None] | None, today: int) -> str:
    if now is None:
        return "dropped"
    forecast, actual = now
    if actual is not None:
        return "met" if actual <= promised else "slipped"
    late = promised < today or (forecast is not None and forecast > promised)
    return "slipped" if late else "waiting"


# published rules of other tools, to compare ours with


def exception_level(share: float) -> Level:
    """Micro Focus, schedule: red from 60 % of tasks with exceptions, amber from 30 %."""
    return level_of(share, 0.30, 0.60)


def overrun_level(overrun: float | None) -> Level | None:
    """HCL Unica: no overrun green, up to 5 % amber, beyond red, explicitly unknown."""
    if overrun is None:
        return None
    if overrun <= 0:
        return Level.GREEN
    return Level.AMBER if overrun <= 0.05 else Level.RED


def child_status(children: Sequence[str]) -> str:
    """Devensoft: any delayed child delays its parent, else the majority; a tie is at risk."""
    if "delayed" in children:
        return "delayed"
    ranked = Counter(children).most_common(2)
    if not ranked:
        return "unknown"
    tied = len(ranked) > 1 and ranked[0][1] == ranked[1][1]
    return "at risk" if tied else ranked[0][0]


def pace_level(actual: float, ideal: float) -> Level:
    """UpRaise: on track from 95 % of the ideal pace, lagging from 75 %, else at risk."""
    if actual >= 0.95 * ideal:
        return Level.GREEN
    return Level.AMBER if actual >= 0.75 * ideal else Level.RED


def confidence_level(confidence: int) -> Level:
    """Koan: confidence 1 to 3 red, 4 to 7 amber, 8 to 10 green."""
    if confidence >= 8:
        return Level.GREEN
    return Level.AMBER if confidence >= 4 else Level.RED


def weighted_progress(parts: Sequence[tuple[float, float]]) -> float:
    """ServiceNow, progress of a goal: weighted mean of (weight, progress) pairs."""
    total = sum(weight for weight, _progress in parts)
    if total <= 0:
        raise ValueError("progress needs at least one positive weight")
    return sum(weight * progress for weight, progress in parts) / total


def attainment(start: float, actual: float, target: float) -> float | None:
    """Attainment of a goal, 0 to 1; falling measures by sign; None when start is the target."""
    if target == start:
        return None
    return min(max((actual - start) / (target - start), 0.0), 1.0)
