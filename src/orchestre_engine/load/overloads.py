"""Runs of weeks in which a population is asked for more than it can absorb, and by whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import factorial

import numpy as np

from orchestre_engine.load.segments import Flags, Floats, Ints

OVER_TOLERANCE_HOURS = 1e-6
"""A load passes its capacity when it does so by more than this: 4 milliseconds a week."""

MOST_SHAPLEY_CONTRIBUTORS = 8


@dataclass(frozen=True, slots=True)
class Contribution:
    """The part of a change in an excess.

    `excess_share` is its part of the excess, 0 to 1 (all of an overload sum to 1);
    `excess_hours` the same in hours per person.
    """

    change: str
    excess_share: float
    excess_hours: float


@dataclass(frozen=True, slots=True)
class Overload:
    """A maximal run of weeks in which one population is asked for more than it can absorb.

    Parameters
    ----------
    population : str
        Identifier.
    first, last : int
        Positions of the weeks, half-open: `last` is the first week that is not overloaded.
    peak_ratio : float
        Highest load ratio of the run; infinite where the capacity is 0.
    peak_week : int
        Its position; among equals, the week with the greatest excess, then the first.
    excess_hours_per_person : float
        Sum of the excess over the run.
    excess_person_hours : float or None
        The same times the headcount; None when the headcount is unknown.
    contributions : tuple of Contribution
        Changes at work in the run, the greatest first. Each week's excess is divided in
        proportion to the load of that week.
    """

    population: str
    first: int
    last: int
    peak_ratio: float
    peak_week: int
    excess_hours_per_person: float
    excess_person_hours: float | None
    contributions: tuple[Contribution, ...]


def excess_of(load_hours: Floats, capacity_hours: Floats) -> Floats:
    """Give max(0, load − capacity), 0 within the tolerance, same shape."""
    excess = load_hours - capacity_hours
    excess[excess <= OVER_TOLERANCE_HOURS] = 0.0
    return excess


def runs(marks: Flags) -> list[tuple[int, int, int]]:
    """Find the maximal runs of true cells of each row: (row, first, last), half-open."""
    rows, weeks = marks.shape
    edges = np.zeros((rows, weeks + 2), np.int8)
    edges[:, 1:-1] = marks
    row, first = np.nonzero(np.diff(edges, axis=1) == 1)
    _, last = np.nonzero(np.diff(edges, axis=1) == -1)
    return list(zip(row.tolist(), first.tolist(), last.tolist(), strict=True))


def peak_of(ratio: Floats, excess: Floats) -> int:
    """Give the position of the highest ratio; among equals, of the greatest excess."""
    highest = ratio == ratio.max()
    return int(np.argmax(np.where(highest, excess, -1.0)))


def proportional(changes: Sequence[str], loads: Floats, excess: Floats) -> tuple[Contribution, ...]:
    """Divide each week's excess in proportion to the loads of that week.

    Parameters
    ----------
    changes : sequence of str, length C
        Their names.
    loads : floats, shape (C, weeks)
        Hours per person of each change in each week of the run.
    excess : floats, shape (weeks,)
        Excess of each week, above 0.
    """
    return _contributions(changes, loads @ (excess / loads.sum(axis=0)))


def shapley_of(
    changes: Sequence[str], loads: Floats, capacity: Floats
) -> tuple[Contribution, ...] | None:
    """Divide the excess by what each change adds to it, averaged over all orders of arrival.

    Exact, by enumeration of the subsets; None with more than 8 changes. The parts sum to the
    whole excess, and equal changes get equal parts. Source: L. S. Shapley, *A value for n-person
    games*, 1953.

    Parameters
    ----------
    changes : sequence of str, length C
        Their names.
    loads : floats, shape (C, weeks)
        Hours per person of each change in each week of the run.
    capacity : floats, shape (weeks,)
        Hours per person of each week.
    """
    count = len(changes)
    if count > MOST_SHAPLEY_CONTRIBUTORS:
        return None
    subsets = np.arange(2**count)
    member = (subsets[:, None] >> np.arange(count)) & 1
    worth = excess_of(member @ loads, capacity).sum(axis=1)
    size = member.sum(axis=1)
    parts = [_marginal(worth, size, member[:, one], subsets, one, count) for one in range(count)]
    return _contributions(changes, np.array(parts))


def _marginal(
    worth: Floats, size: Ints, inside: Ints, subsets: Ints, one: int, count: int
) -> float:
    without = subsets[inside == 0]
    weight = np.array(
        [factorial(n) * factorial(count - n - 1) / factorial(count) for n in size[without]]
    )
    return float(weight @ (worth[without | (1 << one)] - worth[without]))


def _contributions(changes: Sequence[str], hours: Floats) -> tuple[Contribution, ...]:
    total = float(hours.sum())
    found = [
        Contribution(change, part / total, part)
        for change, part in zip(changes, hours.tolist(), strict=True)
    ]
    return tuple(sorted(found, key=lambda one: (-one.excess_hours, one.change)))
