"""Facts about trees of units, inherited capacity and the days people write."""

from __future__ import annotations

import calendar
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from orchestre.sheets.cells import Cell

MAX_PATH_LENGTH = 255
MAX_FACTOR = 2.0
WEEKS_SHOWN = 52
WEEK = timedelta(weeks=1)


def path_of(parent_path: str | None, unit_id: int) -> str:
    """Return the path of a unit below another, or at the top: `/3/17/`."""
    return f"{parent_path or '/'}{unit_id}/"


def path_ids(path: str) -> tuple[int, ...]:
    """Return the ids along a path, from the top to the unit itself."""
    return tuple(int(part) for part in path.split("/") if part)


def depth(path: str) -> int:
    """Return how far a unit is from the top, which is 0."""
    return len(path_ids(path)) - 1


def is_within(path: str, ancestor_path: str) -> bool:
    """Tell whether a unit is another one or below it."""
    return path.startswith(ancestor_path)


def moved_paths(
    paths: Mapping[int, str], unit_id: int, new_parent_id: int | None
) -> dict[int, str] | None:
    """Return the new paths of a unit and all below it; None when it would be its own ancestor."""
    old = paths[unit_id]
    parent_path = None if new_parent_id is None else paths[new_parent_id]
    if parent_path is not None and is_within(parent_path, old):
        return None
    new = path_of(parent_path, unit_id)
    return {pk: new + path.removeprefix(old) for pk, path in paths.items() if is_within(path, old)}


def paths_from_parents(parents: Mapping[int, int | None]) -> dict[int, str]:
    """Return every path of a tree given by its links, which hold no loop."""
    found: dict[int, str] = {}

    def settle(unit_id: int) -> str:
        if unit_id not in found:
            above = parents[unit_id]
            found[unit_id] = path_of(None if above is None else settle(above), unit_id)
        return found[unit_id]

    for unit_id in parents:
        settle(unit_id)
    return found


@dataclass(frozen=True)
class Absorption:
    """The share of working time in force somewhere, and which rule says it.

    `unit_id` None is the rule of the whole organisation; `assumed` when no rule says anything.
    """

    ratio: float | None
    unit_id: int | None = None
    assumed: bool = False


def inherited_absorption(
    path: str, ratios: Mapping[int | None, float], assumed_ratio: float | None
) -> Absorption:
    """Return the nearest share going up from a unit, then the organisation's, then the assumed."""
    for unit_id in reversed(path_ids(path)):
        if unit_id in ratios:
            return Absorption(ratios[unit_id], unit_id)
    if None in ratios:
        return Absorption(ratios[None])
    return Absorption(assumed_ratio, assumed=True)


def capacity_hours(
    weekly_hours: float, absorption_ratio: float | None, factor: float = 1.0
) -> float | None:
    """Return the hours per person and week that can go to change; None when no share is known."""
    return None if absorption_ratio is None else weekly_hours * absorption_ratio * factor


@dataclass(frozen=True)
class PeriodFacts:
    """What a period does to capacity; the end day is not included."""

    id: int
    starts_on: date
    ends_on: date
    factor: float


@dataclass(frozen=True)
class WeekFactor:
    """What is left of the capacity of one week, and the periods that say so."""

    starts_on: date
    factor: float
    period_ids: tuple[int, ...] = ()


def monday(day: date) -> date:
    """Return the first day of its week."""
    return day - timedelta(days=day.weekday())


def week_factors(
    periods: Sequence[PeriodFacts], first_day: date, weeks: int = WEEKS_SHOWN
) -> tuple[WeekFactor, ...]:
    """Return, week by week, the mean over seven days of the product of the day's factors."""
    start = monday(first_day)
    return tuple(_week_factor(periods, start + WEEK * n) for n in range(weeks))


def _week_factor(periods: Sequence[PeriodFacts], starts_on: date) -> WeekFactor:
    touching = [p for p in periods if p.starts_on < starts_on + WEEK and p.ends_on > starts_on]
    if not touching:
        return WeekFactor(starts_on, 1.0)
    days = [starts_on + timedelta(days=n) for n in range(7)]
    left = [math.prod(p.factor for p in touching if p.starts_on <= day < p.ends_on) for day in days]
    return WeekFactor(starts_on, math.fsum(left) / 7, tuple(p.id for p in touching))


@dataclass(frozen=True)
class Heads:
    """People of a subtree: how many are counted, and how many groups nobody counted."""

    known: int = 0
    groups: int = 0
    unknown_groups: int = 0

    def __add__(self, other: Heads) -> Heads:
        return Heads(
            self.known + other.known,
            self.groups + other.groups,
            self.unknown_groups + other.unknown_groups,
        )

    @property
    def total(self) -> int | None:
        """Return the number of people, None when no group was counted."""
        return None if self.unknown_groups == self.groups else self.known


def heads_by_unit(
    paths: Mapping[int, str], headcounts: Iterable[tuple[int, int | None]]
) -> dict[int, Heads]:
    """Add the headcounts of populations to their unit and to every unit above it."""
    found = dict.fromkeys(paths, Heads())
    for unit_id, headcount in headcounts:
        one = Heads(headcount or 0, 1, int(headcount is None))
        for above in path_ids(paths.get(unit_id, "")):
            if above in found:
                found[above] += one
    return found


def first_day(cell: Cell) -> date | None:
    """Return the day a read date begins: its Monday, the first of its month…"""
    return cell.value if isinstance(cell.value, date) else None


def last_day(cell: Cell) -> date | None:
    """Return the last day a read date covers: the Sunday of a week, the 31st of a month…"""
    start = first_day(cell)
    if start is None or cell.precision in {None, "day"}:
        return start
    if cell.precision == "week":
        return start + timedelta(days=6)
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12}[str(cell.precision)]
    last_month = start.month + months - 1
    return date(start.year, last_month, calendar.monthrange(start.year, last_month)[1])
