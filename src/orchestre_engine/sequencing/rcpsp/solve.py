"""The shortest schedule: an evolutionary search and a constraint solver that help each other.

Identifier and version: `rcpsp/1`. The evolution finds, CP-SAT proves: each shorter schedule
tightens the question asked of CP-SAT, each schedule CP-SAT finds joins the population, and the
first of the two to meet the other's bound ends both.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from orchestre_engine.errors import ProblemError
from orchestre_engine.sequencing.rcpsp.bounds import lower_bound
from orchestre_engine.sequencing.rcpsp.breeding import Breeder
from orchestre_engine.sequencing.rcpsp.evolution import Evolution
from orchestre_engine.sequencing.rcpsp.exact import Effort
from orchestre_engine.sequencing.rcpsp.incumbent import Incumbent
from orchestre_engine.sequencing.rcpsp.plan import layout
from orchestre_engine.sequencing.rcpsp.problem import Activity, Demand, Problem, Resource
from orchestre_engine.sequencing.rcpsp.proof import Companion, prove
from orchestre_engine.sequencing.rcpsp.result import Result

if TYPE_CHECKING:
    from orchestre_engine.sequencing.rcpsp.plan import Layout

#: Slices bred before anything is asked of CP-SAT: many problems end there.
FIRST_SLICES = 4
#: With one thread, seconds of the first turn; each turn lasts twice the one before.
FIRST_TURN_SECONDS = 0.2
#: Proving stops after this part of the time, and at least so many seconds, without progress.
PATIENCE_RATIO = 0.5
PATIENCE_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Limit:
    """When to stop, if the best is not proved before.

    Parameters
    ----------
    seconds
        Anytime: the best so far when the clock says so. Two runs may differ.
    children
        Repeatable: schedules bred, then CP-SAT alone. Same seed, same answer, on one thread.
    proof
        With `children`: what CP-SAT may spend, in its own measure, close to seconds.
    """

    seconds: float | None = None
    children: int | None = None
    proof: float = 1.0

    def __post_init__(self) -> None:
        """Check that there is one limit."""
        if (self.seconds is None) == (self.children is None):
            raise ProblemError("Give either seconds or children as the limit of the search.")
        if (self.seconds or self.children or 0) < 0 or self.proof < 0:
            raise ProblemError("The limit of the search is negative; give 0 or more.")


def solve(
    problem: Problem,
    limit: Limit,
    *,
    seed: int = 0,
    workers: int = 2,
    clock: Callable[[], float] = time.perf_counter,
    stopped: Callable[[], bool] = lambda: False,
) -> Result:
    """Give the shortest schedule found within a limit, and the best bound.

    Parameters
    ----------
    problem
        What to schedule.
    limit
        Seconds, or schedules bred.
    seed
        Seed of the search.
    workers
        Threads; with seconds only. One of them breeds, the others prove.
    clock
        Where the time is read.
    stopped
        Asked often; the search gives its best once it answers yes.
    """
    warm_up()
    began = clock()
    search = _Search(layout(problem), seed)
    if limit.seconds is None:
        search.repeat(limit.children or 0, limit.proof)
    else:
        ends = began + limit.seconds
        patience = max(PATIENCE_SECONDS, PATIENCE_RATIO * limit.seconds)
        search.race(lambda: 0.0 if stopped() else ends - clock(), workers, patience)
    plan = search.plan
    incumbent = search.incumbent
    return Result(
        tuple(zip(plan.codes, (incumbent.starts * plan.unit).tolist(), strict=True)),
        incumbent.makespan * plan.unit,
        incumbent.bound * plan.unit,
        seed,
        search.schedules,
        clock() - began,
    )


class _Search:
    """The evolution, the best so far, and the ways to share the time."""

    def __init__(self, plan: Layout, seed: int) -> None:
        evolution = Evolution(plan, seed)
        self.plan = plan
        self.incumbent = Incumbent(plan, lower_bound(plan), evolution.starts)
        self._breeder = Breeder(plan, self.incumbent, evolution)
        self._seed = seed
        self._elsewhere = 0

    @property
    def schedules(self) -> int:
        """Count the schedules generated."""
        return self._breeder.evolution.schedules + self._elsewhere

    def repeat(self, children: int, proof: float) -> None:
        """Breed so many, then prove, the same way each time."""
        while children > 0 and not self.incumbent.closed:
            self._breeder.breed(min(children, self._breeder.slice))
            children -= self._breeder.slice
        effort = Effort(deterministic=proof, workers=1, seed=self._seed)
        prove(self.plan, self.incumbent, effort)

    def race(self, left: Callable[[], float], workers: int, patience: float) -> None:
        """Breed and prove until the time is up or the best is proved."""
        for _ in range(FIRST_SLICES):
            if left() > 0 and not self.incumbent.closed:
                self._breeder.breed()
        if workers == 1:
            self._take_turns(left)
            return
        effort = Effort(workers=workers - 1, seed=self._seed)
        companion = Companion(self.plan, self.incumbent, self._second, effort, left, patience)
        while left() > 0 and not self.incumbent.closed:
            self._breeder.breed()
            companion.look()
        companion.end()
        self._elsewhere = companion.schedules

    def _second(self) -> Breeder:
        return Breeder(self.plan, self.incumbent, Evolution(self.plan, self._seed + 1))

    def _take_turns(self, left: Callable[[], float]) -> None:
        turn = FIRST_TURN_SECONDS
        while left() > 0 and not self.incumbent.closed:
            effort = Effort(seconds=min(turn, left()), workers=1, seed=self._seed)
            prove(self.plan, self.incumbent, effort)
            until = left() - turn
            while left() > max(0.0, until) and not self.incumbent.closed:
                self._breeder.breed()
            turn *= 2


@cache
def warm_up() -> None:
    """Compile the hot loops, or read them back, once a process: it is no part of the search."""
    demand = (Demand("r", 1),)
    two = Problem((Activity("a", 1, demand), Activity("b", 1, demand)), (Resource("r", 1),))
    evolution = Evolution(layout(two), 0, 2)
    evolution.breed(1)
    evolution.receive(evolution.starts)
