"""What the load computation answers: who is asked what, when, by which change, beyond what."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from orchestre_engine.load.overloads import (
    Contribution,
    Overload,
    excess_of,
    peak_of,
    proportional,
    runs,
    shapley_of,
)
from orchestre_engine.load.rollup import UnitLoad, ratio_of, roll_up
from orchestre_engine.load.segments import Flags, Floats, Ints, Segments, accumulate
from orchestre_engine.load.state import LoadState, frozen
from orchestre_engine.periods import DAYS_PER_WEEK

_Asked = tuple[list[str], Floats]  # changes, and their hours per person each week


@dataclass(frozen=True, slots=True)
class Share:
    """The part of one change in the load of a population in a week.

    `load_hours` are hours per person of the population; `ratio` their part of its load that
    week, 0 to 1; `phase_hours` the same hours by phase or kind of activity; `assumed` says that
    some of them rest on an assumption.
    """

    change: str
    load_hours: float
    ratio: float
    phase_hours: dict[str, float]
    assumed: bool


@dataclass(frozen=True, eq=False)
class LoadResult:
    """Load and capacity of every population, every week. Arrays are read-only.

    Parameters
    ----------
    weeks : tuple of str, length W
        ISO labels.
    population_ids : tuple of str, length P
        Sorted; row order of the arrays.
    unit_ids : tuple of str
        Sorted.
    load_hours, capacity_hours, assumed_hours : floats, shape (P, W)
        Hours per person: asked, possible, and the part of the first that rests on assumptions.
    outside_hours : floats, shape (P,)
        Hours per person asked before or after the horizon, counted nowhere else.
    capacity_assumed : booleans, shape (P,)
        Whether the capacity rests on an assumed rule or on the default.
    headcounts : tuple of int or None, length P
        None when unknown.
    members : mapping of unit to tuple of int
        Rows of the populations of the unit and of all below it.
    state : LoadState
        Segments and sums, for `shares` and `update`.
    """

    weeks: tuple[str, ...]
    population_ids: tuple[str, ...]
    unit_ids: tuple[str, ...]
    load_hours: Floats
    capacity_hours: Floats
    assumed_hours: Floats
    outside_hours: Floats
    capacity_assumed: Flags
    headcounts: tuple[int | None, ...]
    members: Mapping[str, tuple[int, ...]]
    state: LoadState = field(repr=False, metadata={"codec": False})

    @property
    def change_ids(self) -> tuple[str, ...]:
        """Changes that ask something, sorted."""
        return self.state.change_ids

    @cached_property
    def load_ratio(self) -> Floats:
        """Load over capacity, shape (P, W); nan when both are 0, infinite when only capacity is."""
        return frozen(ratio_of(self.load_hours, self.capacity_hours))

    @cached_property
    def excess_hours(self) -> Floats:
        """Hours per person beyond capacity, shape (P, W); 0 within 1e-6 h."""
        return frozen(excess_of(self.load_hours, self.capacity_hours))

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {identifier: row for row, identifier in enumerate(self.population_ids)}

    @cached_property
    def _by_population(self) -> tuple[Segments, Ints]:
        lines = self.state.lines
        lines = lines.take(np.argsort(lines.population, kind="stable"))
        return lines, np.searchsorted(lines.population, np.arange(len(self.population_ids) + 1))

    def _lines_of(self, row: int) -> Segments:
        lines, cuts = self._by_population
        return lines.take(slice(int(cuts[row]), int(cuts[row + 1])))

    def population_row(self, population_id: str) -> int:
        """Give the row of a population in the arrays; KeyError when it is not there."""
        return self._rows[population_id]

    def shares(self, population_id: str, week_index: int) -> tuple[Share, ...]:
        """Divide the load of a population in a week between changes, the greatest first.

        Raises
        ------
        KeyError
            When the population is not there.
        IndexError
            When the week is not in the horizon.
        """
        if not 0 <= week_index < len(self.weeks):
            raise IndexError(week_index)
        lines = self._lines_of(self._rows[population_id])
        hours = _hours_in_week(lines, week_index)
        lines, hours = lines.take(hours > 0), hours[hours > 0]
        found = [
            self._share(int(change), lines, hours, float(hours.sum()))
            for change in np.unique(lines.change)
        ]
        return tuple(sorted(found, key=lambda one: (-one.load_hours, one.change)))

    def _share(self, change: int, lines: Segments, hours: Floats, total: float) -> Share:
        mine = lines.change == change
        phases: dict[str, float] = {}
        for label, part in zip(lines.label[mine].tolist(), hours[mine].tolist(), strict=True):
            word = self.state.labels[label]
            phases[word] = phases.get(word, 0.0) + part
        asked = float(hours[mine].sum())
        assumed = bool(lines.assumed[mine].any())
        return Share(self.change_ids[change], asked, asked / total, phases, assumed)

    def assumed_ratio(self) -> float | None:
        """Part of all the hours of the horizon that rests on assumptions; None without hours."""
        return _part(float(self.assumed_hours.sum()), float(self.load_hours.sum()))

    def assumed_ratio_at(self, population_id: str, week_index: int) -> float | None:
        """Part of the load of a population in a week that rests on assumptions, or None."""
        cell = self._rows[population_id], week_index
        return _part(float(self.assumed_hours[cell]), float(self.load_hours[cell]))

    def overloads(self) -> tuple[Overload, ...]:
        """Find the maximal runs of overloaded weeks, by population then by date."""
        found: list[Overload] = []
        row = -1
        lines: _Asked = [], np.zeros((0, len(self.weeks)))  # of one population at a time
        for at, first, last in runs(self.excess_hours > 0):
            if at != row:
                row, lines = at, self._loads_of(at)
            found.append(self._overload(at, first, last, _within(*lines, first, last)))
        return tuple(found)

    def _overload(self, row: int, first: int, last: int, asked: _Asked) -> Overload:
        excess = self.excess_hours[row, first:last]
        ratio = self.load_ratio[row, first:last]
        peak = peak_of(ratio, excess)
        total = float(excess.sum())
        headcount = self.headcounts[row]
        return Overload(
            population=self.population_ids[row],
            first=first,
            last=last,
            peak_ratio=float(ratio[peak]),
            peak_week=first + peak,
            excess_hours_per_person=total,
            excess_person_hours=None if headcount is None else headcount * total,
            contributions=proportional(*asked, excess),
        )

    def _loads_of(self, row: int) -> _Asked:
        lines = self._lines_of(row)
        present, at = np.unique(lines.change, return_inverse=True)
        loads = accumulate(replace(lines, population=at), len(present), len(self.weeks))
        return [self.change_ids[one] for one in present.tolist()], loads

    def shapley(self, overload: Overload) -> tuple[Contribution, ...] | None:
        """Divide the excess of an overload by the Shapley value; None beyond 8 contributors."""
        row = self._rows[overload.population]
        changes, loads = _within(*self._loads_of(row), overload.first, overload.last)
        return shapley_of(changes, loads, self.capacity_hours[row, overload.first : overload.last])

    def unit_rollup(self, unit_id: str) -> UnitLoad:
        """Sum up a unit and all below it; KeyError when it is not there."""
        rows = list(self.members[unit_id])
        return roll_up(
            [self.population_ids[row] for row in rows],
            [self.headcounts[row] for row in rows],
            self.load_hours[rows],
            self.capacity_hours[rows],
            self.excess_hours[rows],
        )


def _within(changes: list[str], loads: Floats, first: int, last: int) -> _Asked:
    """Keep the changes that ask something of a run of weeks, and what they ask in it."""
    loads = loads[:, first:last]
    active = loads.sum(axis=1) > 0
    return [changes[at] for at in np.flatnonzero(active).tolist()], loads[active]


def _hours_in_week(lines: Segments, week_index: int) -> Floats:
    first = float(week_index * DAYS_PER_WEEK)
    inside = np.minimum(lines.end_day, first + DAYS_PER_WEEK) - np.maximum(lines.start_day, first)
    return np.asarray(lines.hours * np.maximum(inside, 0) / (lines.end_day - lines.start_day))


def _part(some: float, whole: float) -> float | None:
    return some / whole if whole > 0 else None


@dataclass(frozen=True, slots=True)
class ReviewTrigger:
    """Weeks in which an overload is likely enough, and long enough, to call for a review.

    Weeks are positions, half-open; `peak_probability` is the highest of the run.
    """

    population: str
    first: int
    last: int
    peak_probability: float


@dataclass(frozen=True, slots=True, eq=False)
class UncertaintyResult:
    """Load and overload of every population and week, over many drawn worlds.

    Parameters
    ----------
    weeks, population_ids : tuples of str
        As in `LoadResult`; P populations, W weeks.
    draws, seed : int
        Number of worlds drawn, and what makes the draw reproducible.
    probability_over : floats, shape (P, W)
        Part of the worlds in which load passes capacity.
    expected_excess_hours : floats, shape (P, W)
        Mean of max(0, load − capacity), hours per person.
    p10, p50, p90 : floats, shape (P, W)
        Load (hours per person) not passed in 10, 50, 90 % of the worlds.
    standard_error : floats, shape (P, W)
        √(p(1−p)/draws) of `probability_over`: that of independent draws, which a Latin
        hypercube meets or betters.
    """

    weeks: tuple[str, ...]
    population_ids: tuple[str, ...]
    draws: int
    seed: int
    probability_over: Floats
    expected_excess_hours: Floats
    p10: Floats
    p50: Floats
    p90: Floats
    standard_error: Floats

    def review_triggers(
        self, probability: float = 0.5, weeks: int = 2
    ) -> tuple[ReviewTrigger, ...]:
        """Find the runs of at least `weeks` weeks with P(overload) ≥ `probability`."""
        return tuple(
            ReviewTrigger(
                population=self.population_ids[row],
                first=first,
                last=last,
                peak_probability=float(self.probability_over[row, first:last].max()),
            )
            for row, first, last in runs(self.probability_over >= probability)
            if last - first >= weeks
        )
