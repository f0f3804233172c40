"""The load as it stands, kept so that editing one change costs that change only."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from orchestre_engine.load.problem import PHASES, LoadProblem
from orchestre_engine.load.segments import (
    Flags,
    Floats,
    Segments,
    accumulate,
    joined,
    labels_of,
    outside,
    segments_of,
)
from orchestre_engine.periods import DAYS_PER_WEEK

_Array = TypeVar("_Array", Floats, Flags)


@dataclass(frozen=True, slots=True, eq=False)
class LoadState:
    """Segments cut by change, and their sums.

    Parameters
    ----------
    change_ids : tuple of str
        Changes, sorted.
    labels : tuple of str
        Words that `Segments.label` points to.
    changes : tuple of Segments
        Segments of each change; their `change` column is not read.
    load_hours, assumed_hours : floats, shape (populations, weeks)
        Hours per person, all of them and those that rest on an assumption; read-only.
    outside_hours : floats, shape (populations,)
        Hours per person that fall before or after the horizon; read-only.
    """

    change_ids: tuple[str, ...]
    labels: tuple[str, ...]
    changes: tuple[Segments, ...]
    load_hours: Floats
    assumed_hours: Floats
    outside_hours: Floats

    @property
    def lines(self) -> Segments:
        """All segments end to end, `change` being the position in `change_ids`."""
        if not self.changes:
            return nothing()
        flat = joined(self.changes)
        lengths = [len(one) for one in self.changes]
        return replace(flat, change=np.repeat(np.arange(len(lengths)), lengths))


def nothing() -> Segments:
    """Give columns without a line."""
    return Segments(*(np.zeros(0, kind) for kind in "qqdddq?"))


def state_of(problem: LoadProblem) -> LoadState:
    """Sum all that a problem asks."""
    return summed(
        segments_of(problem),
        problem.change_ids,
        len(problem.populations),
        problem.horizon.weeks,
        labels=labels_of(problem),
    )


def summed(
    lines: Segments,
    change_ids: Sequence[str],
    populations: int,
    weeks: int,
    *,
    labels: tuple[str, ...] = PHASES,
) -> LoadState:
    """Sum segments into a state.

    Parameters
    ----------
    lines : Segments
        Columns in order of `change`, which points into `change_ids`.
    change_ids : sequence of str
        Changes, sorted.
    populations, weeks : int
        Shape of the grid.
    labels : tuple of str
        Words that `Segments.label` points to.
    """
    cuts = np.searchsorted(lines.change, np.arange(len(change_ids) + 1))
    return LoadState(
        change_ids=tuple(change_ids),
        labels=labels,
        changes=tuple(
            lines.take(slice(first, last))
            for first, last in zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True)
        ),
        load_hours=frozen(accumulate(lines, populations, weeks)),
        assumed_hours=frozen(accumulate(lines.take(lines.assumed), populations, weeks)),
        outside_hours=frozen(outside(lines, populations, weeks)),
    )


def replace_change(state: LoadState, change_index: int, new_segments: Segments) -> LoadState:
    """Give the state in which one change asks something else; the first one is left as it was.

    Only the populations touched before or after are summed again, as what is added less what is
    taken away. Sums being exact, the answer equals a full recomputation bit for bit.

    Parameters
    ----------
    state : LoadState
        State to start from.
    change_index : int
        Position of the change in `state.change_ids`.
    new_segments : Segments
        What the change asks from now on; may be empty.
    """
    old = state.changes[change_index]
    load, assumed, beyond = (
        one.copy() for one in (state.load_hours, state.assumed_hours, state.outside_hours)
    )
    for lines in (replace(old, hours=-old.hours), new_segments):
        _add(load, lines)
        _add(assumed, lines.take(lines.assumed))
        beyond += outside(lines, *load.shape)
    return replace(
        state,
        changes=(*state.changes[:change_index], new_segments, *state.changes[change_index + 1 :]),
        load_hours=frozen(load),
        assumed_hours=frozen(assumed),
        outside_hours=frozen(beyond),
    )


def _add(hours: Floats, lines: Segments) -> None:
    """Add segments to the populations and the stretch of weeks that they touch."""
    if not len(lines):
        return
    weeks = hours.shape[1]
    first = min(max(int(lines.start_day.min() // DAYS_PER_WEEK), 0), weeks)
    last = max(min(int(-(-lines.end_day.max() // DAYS_PER_WEEK)), weeks), first)
    touched, at = np.unique(lines.population, return_inverse=True)
    more = accumulate(replace(lines, population=at), len(touched), last - first, first=first)
    hours[touched, first:last] += more


def with_change(state: LoadState, change: str) -> tuple[LoadState, int]:
    """Give the state with a place for a change, empty when it is new, and its position."""
    at = int(np.searchsorted(np.array(state.change_ids, dtype=object), change))
    if at < len(state.change_ids) and state.change_ids[at] == change:
        return state, at
    identifiers = (*state.change_ids[:at], change, *state.change_ids[at:])
    parts = (*state.changes[:at], nothing(), *state.changes[at:])
    return replace(state, change_ids=identifiers, changes=parts), at


def without_change(state: LoadState, change_index: int) -> LoadState:
    """Give the state without the place of a change that asks nothing any more."""
    after = change_index + 1
    return replace(
        state,
        change_ids=(*state.change_ids[:change_index], *state.change_ids[after:]),
        changes=(*state.changes[:change_index], *state.changes[after:]),
    )


def frozen(array: _Array) -> _Array:
    """Make an array read-only and give it back."""
    array.flags.writeable = False
    return array
