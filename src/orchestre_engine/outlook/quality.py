"""Whether a plan is worth simulating: the fourteen checks of the DCMA, and links per task.

Source: Defense Contract Management Agency, *14-point assessment*; thresholds as published.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from orchestre_engine.outlook.problem import Kind, Link

LONG_DAYS = 44.0
"""Working days beyond which a duration, or a float, is called high."""

FIVE_PERCENT = 0.05
FS_RATIO = 0.9
INDEX_RATIO = 0.95
LINKS_PER_TASK = 2.0

CHECKS = (
    "logic", "leads", "lags", "relations", "constraints", "high_float", "negative_float",
    "high_duration", "invalid_dates", "resources", "missed", "critical_path", "cpli", "bei",
)  # fmt: skip
"""The fourteen checks, in their order."""

BLOCKING = frozenset({"logic", "invalid_dates", "critical_path"})
"""Checks without which drawn dates mean nothing."""


@dataclass(frozen=True, slots=True)
class Activity:
    """One task as the checks see it; durations and floats are working days.

    `starts_after`, `leads_on`: whether something comes before it, after it (the first and the
    last tasks of the plan count as linked). `planned_on` is the baseline, `expected_on` the
    forecast, `done_on` the day it was done. None where it is not known.
    """

    id: str
    days: float
    starts_after: bool
    leads_on: bool
    total_float: float | None = None
    is_constrained: bool = False
    is_assigned: bool | None = None
    planned_on: date | None = None
    expected_on: date | None = None
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what was counted, against what, and the tasks at fault.

    `value` is a ratio, or an index; None when there was nothing to count: neither good nor bad.
    """

    name: str
    value: float | None
    limit: float
    at_least: bool
    count: int
    total: int
    at_fault: tuple[str, ...] = ()

    @property
    def passed(self) -> bool | None:
        """Tell whether the plan passes; None when it cannot be said."""
        if self.value is None:
            return None
        return self.value >= self.limit if self.at_least else self.value <= self.limit

    @property
    def blocks(self) -> bool:
        """Tell whether a simulation would mean nothing."""
        return self.passed is False and self.name in BLOCKING


@dataclass(frozen=True)
class Quality:
    """The fourteen checks of a plan, and its links per task."""

    checks: tuple[Check, ...]
    links_per_task: float | None

    @property
    def blocking(self) -> tuple[Check, ...]:
        """Return the checks that forbid a simulation."""
        return tuple(one for one in self.checks if one.blocks)

    def of(self, name: str) -> Check:
        """Return one check."""
        return next(one for one in self.checks if one.name == name)


def cpli(path_days: float, total_float: float) -> float | None:
    """Give the critical path length index (CPL + TF) / CPL; None without a path."""
    return (path_days + total_float) / path_days if path_days > 0 else None


def bei(done: int, due: int) -> float | None:
    """Give the baseline execution index, done over due; None when nothing is due."""
    return done / due if due else None


def assess(
    activities: Sequence[Activity],
    links: Sequence[Link],
    *,
    today: date,
    path_days: float,
    path_float: float,
    responds: bool | None,
) -> Quality:
    """Check a plan.

    Parameters
    ----------
    activities : sequence of Activity
        Every task that takes time or marks a date.
    links : sequence of Link
        Who waits for whom.
    today : date
        Status date.
    path_days, path_float : float
        Length of the critical path that is left, and its float to the promised date (negative
        when it is late), in working days.
    responds : bool or None
        Whether a long delay of a critical task moves the end as much; None when not tried.

    Returns
    -------
    Quality
        The fourteen checks.
    """
    left = [one for one in activities if one.done_on is None]
    due = [one for one in activities if one.planned_on is not None and one.planned_on <= today]
    done = [one for one in activities if one.done_on is not None and one.planned_on is not None]
    loose = [one for one in left if not (one.starts_after and one.leads_on)]
    first_to_start = [one for one in links if one.kind is Kind.FS]
    checks = (
        _share("logic", left, loose, FIVE_PERCENT),
        _of_links("leads", links, [o for o in links if o.lag < 0], 0.0),
        _of_links("lags", links, [o for o in links if o.lag > 0], FIVE_PERCENT),
        _of_links("relations", links, first_to_start, FS_RATIO, least=True),
        _share("constraints", left, [o for o in left if o.is_constrained], FIVE_PERCENT),
        _share("high_float", *_floating(left, lambda spare: spare > LONG_DAYS), FIVE_PERCENT),
        _share("negative_float", *_floating(left, lambda spare: spare < 0), 0.0),
        _share("high_duration", left, [o for o in left if o.days > LONG_DAYS], FIVE_PERCENT),
        _share("invalid_dates", activities, [o for o in activities if _invalid(o, today)], 0.0),
        _share("resources", *_assigned(left), 0.0),
        _share("missed", due, [o for o in due if _missed(o, today)], FIVE_PERCENT),
        _index("critical_path", None if responds is None else float(responds), 1.0),
        _index("cpli", cpli(path_days, path_float), INDEX_RATIO),
        _index("bei", bei(len([o for o in done if o.done_on and o.done_on <= today]), len(due)),
               INDEX_RATIO),
    )  # fmt: skip
    return Quality(checks, len(links) / len(activities) if activities else None)


def _share(name: str, among: Sequence[Activity], faulty: Sequence[Activity], limit: float) -> Check:
    value = len(faulty) / len(among) if among else None
    at_fault = tuple(one.id for one in faulty)
    return Check(name, value, limit, False, len(faulty), len(among), at_fault)


def _of_links(
    name: str, among: Sequence[Link], found: Sequence[Link], limit: float, *, least: bool = False
) -> Check:
    value = len(found) / len(among) if among else None
    faulty = [one for one in among if one not in found] if least else found
    at_fault = tuple(f"{one.predecessor} → {one.successor}" for one in faulty)
    return Check(name, value, limit, least, len(found), len(among), at_fault)


def _index(name: str, value: float | None, limit: float) -> Check:
    return Check(name, value, limit, True, 0, 0)


def _floating(
    left: Sequence[Activity], wrong: Callable[[float], bool]
) -> tuple[list[Activity], list[Activity]]:
    known = [one for one in left if one.total_float is not None]
    return known, [one for one in known if one.total_float is not None and wrong(one.total_float)]


def _assigned(left: Sequence[Activity]) -> tuple[list[Activity], list[Activity]]:
    said = [one for one in left if one.is_assigned is not None]
    return said, [one for one in said if not one.is_assigned]


def _invalid(one: Activity, today: date) -> bool:
    """A day done that is still to come, or a forecast that is already past."""
    if one.done_on is not None:
        return one.done_on > today
    return one.expected_on is not None and one.expected_on < today


def _missed(one: Activity, today: date) -> bool:
    """Not done by its baseline: done later, or still open."""
    reached = one.done_on or today
    return one.planned_on is not None and (one.done_on is None or reached > one.planned_on)
