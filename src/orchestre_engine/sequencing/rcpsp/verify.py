"""Whether a schedule respects a problem, told from the problem alone.

Written apart from the search and sharing nothing with it: a fault of one does not hide in the
other.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from orchestre_engine.sequencing.rcpsp.problem import Link

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from orchestre_engine.sequencing.rcpsp.problem import Problem


def faults(problem: Problem, starts: Mapping[str, int]) -> list[str]:
    """Give one sentence per rule of the problem that the schedule breaks; none when feasible."""
    missing = [one.id for one in problem.activities if one.id not in starts]
    if missing:
        return [f"Activity {code} has no start." for code in missing]
    return [*_releases(problem, starts), *_links(problem, starts), *_capacities(problem, starts)]


def makespan(problem: Problem, starts: Mapping[str, int]) -> int:
    """Give the end of the last activity."""
    return max((starts[one.id] + one.duration for one in problem.activities), default=0)


def _releases(problem: Problem, starts: Mapping[str, int]) -> Iterator[str]:
    projects = {one.id: one.release for one in problem.projects}
    for one in problem.activities:
        earliest = max(0, one.release, projects.get(one.project, 0))
        if starts[one.id] < earliest:
            yield f"Activity {one.id} starts at {starts[one.id]}, before {earliest}."


def _links(problem: Problem, starts: Mapping[str, int]) -> Iterator[str]:
    durations = {one.id: one.duration for one in problem.activities}
    for link in problem.precedences:
        first, second = starts[link.before], starts[link.after]
        if link.kind in {Link.FS, Link.FF}:
            first += durations[link.before]
        if link.kind in {Link.FF, Link.SF}:
            second += durations[link.after]
        if second < first + link.lag:
            yield (
                f"Link {link.before} → {link.after} ({link.kind.value} {link.lag:+d}):"
                f" {second} comes before {first + link.lag}."
            )


def _capacities(problem: Problem, starts: Mapping[str, int]) -> Iterator[str]:
    for resource in problem.resources:
        change: dict[int, int] = defaultdict(int)
        for one in problem.activities:
            amount = sum(need.amount for need in one.demands if need.resource == resource.id)
            if one.duration and amount:
                change[starts[one.id]] += amount
                change[starts[one.id] + one.duration] -= amount
        used = 0
        for period in sorted(change):
            used += change[period]
            if used > resource.capacity:
                yield (f"Resource {resource.id}: {used} used at {period}, of {resource.capacity}.")
