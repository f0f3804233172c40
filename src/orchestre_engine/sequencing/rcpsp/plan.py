"""A problem as arrays: links as lags between starts, all resources of a period in one integer.

A resource takes the bits of its capacity and one more, the guard, always 1 in what is left of a
period. Subtracting a demand that does not fit borrows from the guard and clears it: one
subtraction and one test compare every resource at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import gcd
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from orchestre_engine.sequencing.rcpsp.problem import Link

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from orchestre_engine.sequencing.rcpsp.problem import Problem

Whole = NDArray[np.int64]
_WORD_BITS = 63


class Plan(NamedTuple):
    """What the generation of schedules reads, in one direction of time.

    Activities are numbered from 0. Links come grouped by second activity: those that lead to
    `i` are at `into_at[i]` to `into_at[i + 1]` of `into_of` and `into_lag`.
    """

    duration: Whole
    release: Whole
    need: Whole  # (activities, words)
    full: Whole  # (words,): a period nobody uses, guards up
    guard: Whole  # (words,)
    into_at: Whole
    into_of: Whole
    into_lag: Whole
    topological: Whole
    irregular: bool  # the order of starts, or of ends, may go against a link


@dataclass(frozen=True, slots=True)
class Layout:
    """The two directions of time, and what bounds and models read.

    Parameters
    ----------
    codes
        Activities in the order of their numbers.
    unit
        Periods of the problem in one period of the arrays.
    forward, mirror
        The plan as it is, and with time going back.
    edges
        `(before, after, lag)`: the start of one is at least the start of the other plus the lag.
    heads, tails
        Periods there are at least before the start, and after the end, of each activity.
    demands, capacities
        As in the problem, by number; (activities, resources) and (resources,).
    """

    codes: tuple[str, ...]
    unit: int
    forward: Plan
    mirror: Plan
    edges: tuple[tuple[int, int, int], ...]
    heads: Whole
    tails: Whole
    demands: Whole
    capacities: Whole

    @property
    def horizon(self) -> int:
        """Periods that are always enough, for either direction and any order."""
        released = int(self.forward.release.max(initial=0))
        there, back = self.forward.into_lag.clip(0).sum(), self.mirror.into_lag.clip(0).sum()
        return released + int(self.forward.duration.sum()) + int(max(there, back)) + 1

    @property
    def critical_path(self) -> int:
        """Length that links, durations and releases alone ask for."""
        return int((self.heads + self.forward.duration + self.tails).max(initial=0))


def layout(problem: Problem) -> Layout:
    """Lay a problem out as arrays, in the largest periods that change nothing."""
    codes = tuple(one.id for one in problem.activities)
    number = {code: at for at, code in enumerate(codes)}
    releases = problem.releases()
    figures = [one.duration for one in problem.activities]
    figures += [*releases.values(), *(link.lag for link in problem.precedences)]
    unit = gcd(*figures) or 1
    durations = np.array([one.duration // unit for one in problem.activities], np.int64)
    released = np.array([releases[code] // unit for code in codes], np.int64)
    edges = _edges(problem, number, durations, unit)
    back = [(j, i, lag + int(durations[j] - durations[i])) for i, j, lag in edges]
    order = _topological(len(codes), edges)
    demands, capacities = _demands(problem)
    need, full, guard = _packed(demands, capacities)
    irregular = any(lag < 0 for _, _, lag in (*edges, *back))

    def one_way(links: Sequence[tuple[int, int, int]], order: Whole, release: Whole) -> Plan:
        at, of, lags = _grouped(len(codes), links)
        return Plan(durations, release, need, full, guard, at, of, lags, order, irregular)

    forward = one_way(edges, order, released)
    mirror = one_way(back, order[::-1].copy(), np.zeros_like(released))
    return Layout(
        codes,
        unit,
        forward,
        mirror,
        edges,
        earliest(forward),
        earliest(mirror),
        demands,
        capacities,
    )


def earliest(plan: Plan) -> Whole:
    """Give the earliest starts that links and releases allow."""
    starts = plan.release.copy()
    for i in plan.topological:
        for at in range(plan.into_at[i], plan.into_at[i + 1]):
            starts[i] = max(starts[i], starts[plan.into_of[at]] + plan.into_lag[at])
    return starts


def _edges(
    problem: Problem, number: dict[str, int], durations: Whole, unit: int
) -> tuple[tuple[int, int, int], ...]:
    """Turn every kind of link into a lag between starts; keep the longest of each pair."""
    longest: dict[tuple[int, int], int] = {}
    for link in problem.precedences:
        i, j = number[link.before], number[link.after]
        lag = link.lag // unit
        if link.kind in {Link.FS, Link.FF}:
            lag += int(durations[i])
        if link.kind in {Link.FF, Link.SF}:
            lag -= int(durations[j])
        longest[i, j] = max(lag, longest.get((i, j), lag))
    return tuple((i, j, lag) for (i, j), lag in sorted(longest.items()))


def _topological(count: int, edges: Iterable[tuple[int, int, int]]) -> Whole:
    waits = [0] * count
    after: list[list[int]] = [[] for _ in range(count)]
    for i, j, _ in edges:
        waits[j] += 1
        after[i].append(j)
    ready = [i for i in range(count) if not waits[i]]
    for i in ready:
        for j in after[i]:
            waits[j] -= 1
            if not waits[j]:
                ready.append(j)
    return np.array(ready, np.int64)


def _grouped(count: int, links: Sequence[tuple[int, int, int]]) -> tuple[Whole, Whole, Whole]:
    ordered = sorted(links, key=lambda link: (link[1], link[0]))
    sizes = np.bincount(np.array([j for _, j, _ in ordered], np.int64), minlength=count)
    at = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
    of = np.array([i for i, _, _ in ordered], np.int64)
    return at, of, np.array([lag for _, _, lag in ordered], np.int64)


def _demands(problem: Problem) -> tuple[Whole, Whole]:
    """Give what is used and what there is, each resource in the largest units that are exact."""
    column = {one.id: at for at, one in enumerate(problem.resources)}
    demands = np.zeros((len(problem.activities), len(column)), np.int64)
    for row, one in enumerate(problem.activities):
        if one.duration:
            for need in one.demands:
                demands[row, column[need.resource]] = need.amount
    capacities = np.array([one.capacity for one in problem.resources], np.int64)
    used = np.nonzero(demands.sum(axis=0) > capacities)[0]  # the others can never run out
    demands, capacities = demands[:, used], capacities[used]
    units = np.gcd.reduce(demands, axis=0)
    return demands // units, capacities // units


def _packed(demands: Whole, capacities: Whole) -> tuple[Whole, Whole, Whole]:
    """Put as many resources as fit in each word."""
    words: list[list[tuple[int, int]]] = [[]]
    used = 0
    for resource, capacity in enumerate(capacities.tolist()):
        width = capacity.bit_length() + 1
        if used + width > _WORD_BITS:
            words.append([])
            used = 0
        words[-1].append((resource, used))
        used += width
    need = np.zeros((len(demands), len(words)), np.int64)
    full, guard = np.zeros(len(words), np.int64), np.zeros(len(words), np.int64)
    for word, fields in enumerate(words):
        for resource, shift in fields:
            capacity = int(capacities[resource])
            guard[word] |= 1 << (shift + capacity.bit_length())
            full[word] |= (capacity << shift) | (1 << (shift + capacity.bit_length()))
            need[:, word] |= demands[:, resource] << shift
    return need, full, guard
