"""The critical path of one plan, and what moves when one task slips."""

from dataclasses import dataclass

import numpy as np

from orchestre_engine.errors import ProblemError
from orchestre_engine.outlook.passes import Floats, Passes
from orchestre_engine.outlook.problem import OutlookProblem

CRITICAL_DAYS = 1e-6
"""A total float under this is none."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One task in the plan; moments are days from the origin, floats working days.

    `total_float` is None for what the target does not wait for; `free_float` for what nothing
    waits for.
    """

    id: str
    early_start: float
    early_finish: float
    late_start: float | None
    late_finish: float | None
    total_float: float | None
    free_float: float | None

    @property
    def is_critical(self) -> bool:
        """Tell whether a day lost here is a day lost at the end."""
        return self.total_float is not None and self.total_float < CRITICAL_DAYS


@dataclass(frozen=True)
class Plan:
    """Every task, in the order of the problem, and the end of all or of the target."""

    tasks: tuple[Planned, ...]
    finish: float

    def of(self, task: str) -> Planned:
        """Return one task."""
        return next(one for one in self.tasks if one.id == task)


@dataclass(frozen=True, slots=True)
class Moved:
    """A task that another's slip moves, and by how many days."""

    id: str
    before: float
    after: float

    @property
    def days(self) -> float:
        """Days by which its end moves."""
        return self.after - self.before


def likely_days(problem: OutlookProblem) -> Floats:
    """Give the likely durations, shape (tasks, 1)."""
    return np.array([[max(one.duration.likely, 0.0)] for one in problem.tasks])


def schedule(problem: OutlookProblem) -> Plan:
    """Work out the plan with likely durations, without risks.

    Parameters
    ----------
    problem : OutlookProblem
        Tasks, links, calendars; its `target` says whose end counts.

    Returns
    -------
    Plan
        Early and late moments, total and free floats.
    """
    if not problem.tasks:
        raise ProblemError("Plan: there is no task; give one at least.")
    passes = Passes(problem)
    both = passes.forward(likely_days(problem))
    last = problem.row[problem.target] if problem.target else None
    spare = passes.floats(both, last)[:, 0]
    count = len(problem.tasks)
    free = _free_floats(passes, both)
    planned = []
    for row, task in enumerate(problem.tasks):
        start, end, late = both[row, 0], both[row + count, 0], spare[row]
        known = bool(np.isfinite(late))
        planned.append(
            Planned(
                task.id,
                float(start),
                float(end),
                _later(passes, row, start, late) if known else None,
                _later(passes, row, end, late) if known else None,
                float(late) if known else None,
                free[row],
            )
        )
    finish = both[count:].max() if last is None else both[count + last, 0]
    return Plan(tuple(planned), float(finish))


def _later(passes: Passes, row: int, moment: float, days: float) -> float:
    clock = passes.clocks.get(passes.problem.tasks[row].calendar)
    if clock is None or not days:
        return float(moment + days)
    return float(clock.end(np.array([moment]), np.array([days]))[0])


def _free_floats(passes: Passes, both: Floats) -> list[float | None]:
    """Give how late each task may end without moving any other."""
    found: list[float | None] = [None] * len(passes.problem.tasks)
    count = len(found)
    for level in passes.levels:
        for bundle, offset in ((level.starts, 0), (level.ends, count)):
            if bundle is None:
                continue
            moments = passes.moments(bundle, both)
            for at, link in enumerate(bundle.links):
                to, row = (passes.problem.row[one] for one in (link.successor, link.predecessor))
                slack = passes.between(row, moments[at], both[to + offset])
                known = found[row]
                days = max(float(slack[0]), 0.0)
                found[row] = days if known is None else min(known, days)
    return found


def slip(problem: OutlookProblem, task: str, days: float) -> tuple[Moved, ...]:
    """Tell which ends move, and by how much, when one task ends so many days later.

    Parameters
    ----------
    problem : OutlookProblem
        The plan as it stands.
    task : str
        The task that slips.
    days : float
        Days of its calendar that it takes more.

    Returns
    -------
    tuple of Moved
        What moves, the task itself first, then those that move most.
    """
    if task not in problem.row:
        raise ProblemError(f"The task “{task}” is not given; choose one of the plan.")
    passes = Passes(problem)
    taken = likely_days(problem)
    count = len(problem.tasks)
    before = passes.forward(taken)[count:, 0]
    row = problem.row[task]
    late = before[row] + days
    floors = passes.not_done_before.copy()
    floors[row] = max(float(floors[row, 0]), late)
    object.__setattr__(passes, "not_done_before", floors)
    after = passes.forward(taken)[count:, 0]
    moved = [
        Moved(one.id, float(before[at]), float(after[at]))
        for at, one in enumerate(problem.tasks)
        if after[at] - before[at] > CRITICAL_DAYS
    ]
    return tuple(sorted(moved, key=lambda one: (one.id != task, -one.days, one.id)))
