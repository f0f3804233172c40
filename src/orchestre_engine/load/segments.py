"""Load as columns of numbers: stretches of uniform effort, summed by week without a loop.

A segment is `hours` spread evenly from `start_day` to `end_day` (days from the first Monday of
the horizon, half-open, fractions allowed) on one population for one change. Four segments stand
for an impact, one for an activity.

Sums are exact. Weekly rates are rounded to a *grain* of 2⁻³² hour (less than a microsecond);
whole numbers of grains add in floating point without error up to 2²¹ hours, so the answer
depends on neither the order of the segments nor the path of updates that led to them, and a
load falls back to exactly 0 where nothing is asked.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from orchestre_engine.errors import ProblemError
from orchestre_engine.load.problem import PHASES, Activity, Impact, LoadProblem
from orchestre_engine.periods import DAYS_PER_WEEK

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_Asking = TypeVar("_Asking", Impact, Activity)

GRAINS_PER_HOUR = 2.0**32
LARGEST_LOAD_HOURS = 2.0**21
"""Beyond it a weekly sum of rates would no longer be exact."""

_BLOCK = 131_072


@dataclass(frozen=True, slots=True, eq=False)
class Segments:
    """Columns of equal length n, one line per stretch of uniform effort.

    Parameters
    ----------
    population, change : ints, shape (n,)
        Positions in the populations and changes of the problem.
    start_day, end_day : floats, shape (n,)
        Days from the first Monday, half-open, end after start; they may pass the horizon.
    hours : floats, shape (n,)
        Total hours, averaged over all the people of the population (reach × hours).
    label : ints, shape (n,)
        Position in the words of the caller: the four phases, then kinds of activity.
    assumed : booleans, shape (n,)
        Whether the hours rest on an assumption.
    """

    population: Ints
    change: Ints
    start_day: Floats
    end_day: Floats
    hours: Floats
    label: Ints
    assumed: Flags

    @classmethod
    def of(
        cls,
        population: npt.ArrayLike,
        change: npt.ArrayLike,
        start_day: npt.ArrayLike,
        end_day: npt.ArrayLike,
        hours: npt.ArrayLike,
        *,
        label: npt.ArrayLike | None = None,
        assumed: npt.ArrayLike | None = None,
    ) -> "Segments":
        """Build checked columns from anything that looks like numbers.

        Raises
        ------
        ProblemError
            When the columns differ in length, a segment ends before it starts, or a figure is
            negative or not finite.
        """
        found = np.asarray(hours, np.float64)
        made = cls(
            population=np.asarray(population, np.int64),
            change=np.asarray(change, np.int64),
            start_day=np.asarray(start_day, np.float64),
            end_day=np.asarray(end_day, np.float64),
            hours=found,
            label=np.asarray(np.zeros(len(found)) if label is None else label, np.int64),
            assumed=np.asarray(np.zeros(len(found)) if assumed is None else assumed, np.bool_),
        )
        _check(made)
        return made

    def __len__(self) -> int:
        return len(self.hours)

    def take(self, rows: Ints | Flags | slice) -> "Segments":
        """Give some of the lines: a slice shares memory, anything else copies."""
        return Segments(*(getattr(self, column.name)[rows] for column in fields(self)))


def _check(made: Segments) -> None:
    lengths = {len(getattr(made, column.name)) for column in fields(made)}
    if len(lengths) > 1:
        raise ProblemError(f"Segments: columns of {sorted(lengths)} lines; make them equal.")
    faults = {
        "ends where it starts or before; give a later end": ~(made.end_day > made.start_day),
        "has hours that are negative or not finite": ~((made.hours >= 0) & (made.hours < np.inf)),
        "has a date that is not finite": ~np.isfinite(made.end_day - made.start_day),
        "has a negative position": (made.population < 0) | (made.change < 0),
    }
    for sentence, lines in faults.items():
        if lines.any():
            raise ProblemError(f"Segments: line {int(lines.argmax())} {sentence}.")


def joined(parts: Sequence[Segments]) -> Segments:
    """Put columns end to end."""
    columns = [column.name for column in fields(Segments)]
    return Segments(*(np.concatenate([getattr(one, name) for one in parts]) for name in columns))


def labels_of(problem: LoadProblem) -> tuple[str, ...]:
    """Give the words that `Segments.label` points to: the phases, then the kinds of activity."""
    return (*PHASES, *sorted({activity.kind for activity in problem.activities}))


def segments_of(
    problem: LoadProblem, *, change: str | None = None, labels: Sequence[str] | None = None
) -> Segments:
    """Turn the impacts and activities of a problem into columns, in order of change.

    Parameters
    ----------
    problem : LoadProblem
        The problem.
    change : str or None
        Keep this change only, and number it 0.
    labels : sequence of str or None
        Words to number phases and kinds with; those of the problem when None.
    """
    words = {word: at for at, word in enumerate(labels or labels_of(problem))}
    changes = problem.change_ids if change is None else (change,)
    position = {identifier: at for at, identifier in enumerate(changes)}
    people = {population.id: at for at, population in enumerate(problem.populations)}
    impacts = asked_by(problem.impacts, change)
    activities = asked_by(problem.activities, change)
    made = joined(
        [
            _of_impacts(problem, impacts, position, people),
            _of_activities(problem, activities, position, people, words),
        ]
    )
    made = made.take(made.hours > 0)
    return made.take(np.argsort(made.change, kind="stable"))


def asked_by(parts: tuple[_Asking, ...], change: str | None) -> tuple[_Asking, ...]:
    """Give the impacts or activities of one change (of all when None), kept in order."""
    if change is None:
        return parts
    first = bisect_left(parts, change, key=lambda one: one.change)
    return parts[first : bisect_right(parts, change, lo=first, key=lambda one: one.change)]


def _of_impacts(
    problem: LoadProblem,
    impacts: Sequence[Impact],
    position: dict[str, int],
    people: dict[str, int],
) -> Segments:
    chosen = [one.phases or problem.phases for one in impacts]
    plans = {plan: at for at, plan in enumerate(dict.fromkeys([problem.phases, *chosen]))}
    plan = np.array([plans[one] for one in chosen], np.int64)
    bounds = np.array([one.bounds() for one in plans])[plan]
    shares = np.array([one.shares for one in plans])[plan]
    day = np.array([problem.horizon.day_offset(one.go_live_on) for one in impacts], np.float64)
    hours = np.array([one.reach_ratio * problem.hours_per_person(one) for one in impacts])
    phases = len(PHASES)
    kept = shares.ravel() > 0
    return Segments(
        population=np.repeat(_ints(people[one.population] for one in impacts), phases)[kept],
        change=np.repeat(_ints(position[one.change] for one in impacts), phases)[kept],
        start_day=(day[:, None] + bounds[:, :, 0]).ravel()[kept],
        end_day=(day[:, None] + bounds[:, :, 1]).ravel()[kept],
        hours=(hours[:, None] * shares).ravel()[kept],
        label=np.tile(np.arange(phases, dtype=np.int64), len(impacts))[kept],
        assumed=np.repeat(np.array([one.is_assumed for one in impacts], np.bool_), phases)[kept],
    )


def _of_activities(
    problem: LoadProblem,
    activities: Sequence[Activity],
    position: dict[str, int],
    people: dict[str, int],
    words: dict[str, int],
) -> Segments:
    offset = problem.horizon.day_offset
    return Segments(
        population=_ints(people[one.population] for one in activities),
        change=_ints(position[one.change] for one in activities),
        start_day=np.array([offset(one.starts_on) for one in activities], np.float64),
        end_day=np.array([offset(one.ends_on) for one in activities], np.float64),
        hours=np.array([one.reach_ratio * one.hours_per_person for one in activities]),
        label=_ints(words[one.kind] for one in activities),
        assumed=np.array([one.is_assumed for one in activities], np.bool_),
    )


def _ints(values: Iterable[int]) -> Ints:
    return np.fromiter(values, np.int64)


def accumulate(
    lines: Segments, populations: int, weeks: int, *, first: int = 0, days: int = DAYS_PER_WEEK
) -> Floats:
    """Sum segments into hours per population and week, part weeks pro rata.

    A segment adds a constant rate between its two ends, so its trace on the grid is the
    difference of two ramps, four numbers whatever its length; one cumulative sum gives every
    week. Effort outside the horizon is left out (see `outside`).

    Parameters
    ----------
    lines : Segments
        Columns; hours may be negative to take effort away.
    populations, weeks : int
        Shape of the grid.
    first : int
        First week of the grid; 0 is the first of the horizon.
    days : int
        Length of a bin: 7 for weeks, 1 for days.

    Returns
    -------
    floats, shape (populations, weeks)
        Hours per person, whole numbers of grains.

    Raises
    ------
    ProblemError
        When a load is so large that the sum would not be exact.

    Notes
    -----
    Source: summed-area (difference array) method; O(segments + populations × weeks).
    """
    width = weeks + 1
    grid = np.zeros(populations * width + 1)
    work = _Workspace(min(len(lines), _BLOCK), days, first, first + weeks)
    for line in range(0, len(lines), _BLOCK):
        block = slice(line, line + _BLOCK)
        base = lines.population[block] * width - first
        work.set_rates(lines, block)
        grid += work.ramps(lines.start_day[block], base, len(grid))
        grid -= work.ramps(lines.end_day[block], base, len(grid))
    found = grid[:-1].reshape(populations, width)[:, :weeks].cumsum(axis=1)
    _check_exact(grid, found)
    found *= 1 / GRAINS_PER_HOUR
    return found


class _Workspace:
    """Arrays small enough for the processor's cache, used again for each block of segments."""

    def __init__(self, lines: int, days: int, first: int, last: int) -> None:
        self._rate, self._place = np.empty((2, lines))
        self._cell = np.empty(lines, np.int64)
        self._days, self._first, self._last = days, first * days, last * days

    def set_rates(self, lines: Segments, block: slice) -> None:
        """Work out the hours per bin of each segment of a block, in whole grains."""
        hours = lines.hours[block]
        rate = self._rate[: len(hours)]
        np.subtract(lines.end_day[block], lines.start_day[block], out=rate)
        np.divide(hours, rate, out=rate)
        rate *= self._days * GRAINS_PER_HOUR
        np.rint(rate, out=rate)

    def ramps(self, day: Floats, base: Ints, size: int) -> Floats:
        """Give the changes of slope at one end of the segments, summed on the flat grid."""
        rate, place, cell = (one[: len(day)] for one in (self._rate, self._place, self._cell))
        if day.min() < self._first or day.max() > self._last:
            day = np.clip(day, self._first, self._last)
        np.copyto(cell, np.divide(day, self._days, out=place), casting="unsafe")
        np.subtract(day, np.multiply(cell, self._days, out=place), out=place)
        cell += base
        grid = np.asarray(np.bincount(cell, rate, size), np.float64)
        if place.max() > 0:
            place *= rate
            place /= self._days
            late = np.bincount(cell, np.rint(place, out=place), size)
            grid -= late
            grid[1:] += late[:-1]
        return grid


def _check_exact(*sums: Floats) -> None:
    limit = LARGEST_LOAD_HOURS * GRAINS_PER_HOUR
    if any(max(one.max(), -one.min()) >= limit for one in sums if one.size):
        raise ProblemError(
            f"Load: more than {LARGEST_LOAD_HOURS:,.0f} hours per person in one week; "
            "look for hours given in minutes or as totals of a team."
        )


def outside(lines: Segments, populations: int, weeks: int) -> Floats:
    """Sum the hours that fall before or after the horizon, shape (populations,), in grains."""
    last = float(weeks * DAYS_PER_WEEK)
    beyond = (lines.start_day < 0) | (lines.end_day > last)
    out = lines.take(beyond)
    length = out.end_day - out.start_day
    before = np.minimum(out.end_day, 0) - np.minimum(out.start_day, 0)
    after = np.maximum(out.end_day, last) - np.maximum(out.start_day, last)
    grains = np.rint(out.hours * GRAINS_PER_HOUR * (before + after) / length)
    return np.asarray(np.bincount(out.population, grains, populations) / GRAINS_PER_HOUR)
