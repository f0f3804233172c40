"""Load and capacity (`load/1`): the three things one can ask of a `LoadProblem`."""

from dataclasses import replace

from orchestre_engine.load.capacity import capacity_of
from orchestre_engine.load.montecarlo import simulate
from orchestre_engine.load.problem import LoadProblem, lineages
from orchestre_engine.load.result import LoadResult
from orchestre_engine.load.segments import asked_by, segments_of
from orchestre_engine.load.state import (
    LoadState,
    frozen,
    replace_change,
    state_of,
    with_change,
    without_change,
)

__all__ = ["simulate", "solve", "update"]


def solve(problem: LoadProblem) -> LoadResult:
    """Work out the load and the capacity of every population, every week.

    Parameters
    ----------
    problem : LoadProblem
        What is asked and what is possible.

    Returns
    -------
    LoadResult
        Hours per person, populations × weeks.
    """
    state = state_of(problem)
    capacity, assumed = capacity_of(problem)
    return LoadResult(
        weeks=problem.horizon.labels(),
        population_ids=tuple(one.id for one in problem.populations),
        unit_ids=tuple(one.id for one in problem.units),
        load_hours=state.load_hours,
        capacity_hours=frozen(capacity),
        assumed_hours=state.assumed_hours,
        outside_hours=state.outside_hours,
        capacity_assumed=frozen(assumed),
        headcounts=tuple(one.headcount for one in problem.populations),
        members=_members(problem),
        state=state,
    )


def _members(problem: LoadProblem) -> dict[str, tuple[int, ...]]:
    lines = lineages(problem.units)
    found: dict[str, list[int]] = {one.id: [] for one in problem.units}
    for row, population in enumerate(problem.populations):
        for unit in lines[population.unit]:
            if unit is not None:
                found[unit].append(row)
    return {unit: tuple(rows) for unit, rows in found.items()}


def update(result: LoadResult, problem: LoadProblem, change: str) -> LoadResult:
    """Work out again what one edited change touches; the rest is kept.

    Parameters
    ----------
    result : LoadResult
        Answer before the edit.
    problem : LoadProblem
        Problem after it. It must differ from the one solved by the impacts and activities of
        `change` only; anything else it says differently is not read.
    change : str
        The edited change; it may be new, or ask nothing any more.

    Returns
    -------
    LoadResult
        Equal to `solve(problem)` bit for bit.
    """
    kinds = {one.kind for one in asked_by(problem.activities, change)}
    labels = (*result.state.labels, *sorted(kinds - set(result.state.labels)))
    state, at = with_change(replace(result.state, labels=labels), change)
    state = replace_change(state, at, segments_of(problem, change=change, labels=labels))
    if not len(state.changes[at]):
        state = _trimmed(state, problem, at)
    return replace(
        result,
        load_hours=state.load_hours,
        assumed_hours=state.assumed_hours,
        outside_hours=state.outside_hours,
        state=state,
    )


def _trimmed(state: LoadState, problem: LoadProblem, at: int) -> LoadState:
    """Forget a change that is no longer in the problem (one that asks 0 hours still is)."""
    if state.change_ids[at] in problem.change_ids:
        return state
    return without_change(state, at)
