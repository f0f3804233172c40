"""CP-SAT and the search beside it: what each tells the other."""

import time

import numpy as np

from engine.rcpsp.worlds import BENCH, SHORTEST_BENCH, activity, capacities, chain
from orchestre_engine.sequencing.rcpsp import Limit, Problem, solve
from orchestre_engine.sequencing.rcpsp.breeding import Breeder
from orchestre_engine.sequencing.rcpsp.evolution import Evolution
from orchestre_engine.sequencing.rcpsp.exact import Effort, Exact
from orchestre_engine.sequencing.rcpsp.incumbent import Incumbent
from orchestre_engine.sequencing.rcpsp.made import Difficulty, made
from orchestre_engine.sequencing.rcpsp.plan import layout
from orchestre_engine.sequencing.rcpsp.proof import Companion, prove

#: Two that exclude each other and a third: the bounds say 5, the answer is 6.
PAIRS = Problem(
    (activity("a", 3, r=2), activity("b", 3, r=2), activity("c", 3, r=1)), capacities(r=3)
)
HARD = made(120, Difficulty(1.5, 1.0, 0.1), 1)


def queued(problem: Problem) -> Incumbent:
    """Begin with the activities one after the other."""
    plan = layout(problem)
    lengths = plan.forward.duration[plan.forward.topological]
    starts = np.zeros_like(lengths)
    starts[plan.forward.topological] = np.cumsum(lengths) - lengths
    return Incumbent(plan, 0, starts)


def test_cp_sat_alone_finds_and_proves() -> None:
    incumbent = queued(BENCH)
    told: list[int] = []
    question = Exact(layout(BENCH), incumbent.makespan, 0)
    answer = question.ask(
        Effort(deterministic=5), on_better=lambda starts: told.append(len(starts))
    )
    assert answer.starts is not None
    assert answer.bound == question.shortest == SHORTEST_BENCH
    assert told
    prove(layout(BENCH), incumbent, Effort(seconds=5))
    assert incumbent.closed
    assert incumbent.makespan == SHORTEST_BENCH


def test_what_cannot_be_shorter_is_proved() -> None:
    answer = Exact(layout(BENCH), SHORTEST_BENCH - 1, 0).ask(Effort(deterministic=5))
    assert answer.starts is None
    assert answer.bound == SHORTEST_BENCH


def test_no_time_leaves_what_was_known() -> None:
    plan = layout(HARD)
    bounds: list[int] = []
    answer = Exact(plan, plan.horizon, 7).ask(Effort(seconds=0, seed=2**40), None, bounds.append)
    assert answer.bound >= 7


def test_a_schedule_found_elsewhere_joins_the_population() -> None:
    plan = layout(BENCH)
    incumbent = queued(BENCH)
    before = incumbent.makespan
    incumbent.offer(np.full_like(incumbent.starts, 100))
    assert incumbent.makespan == before
    breeder = Breeder(plan, incumbent, Evolution(plan, 1, 2))
    breeder.evolution.makespan = before + 1
    breeder.breed(1)
    assert incumbent.makespan < before


def test_the_companion_asks_again_then_breeds_then_stops() -> None:
    plan = layout(HARD)
    incumbent = queued(HARD)
    breeders: list[Breeder] = []

    def second() -> Breeder:
        breeders.append(Breeder(plan, incumbent, Evolution(plan, 2)))
        return breeders[0]

    ends = time.monotonic() + 60
    companion = Companion(
        plan, incumbent, second, Effort(), lambda: ends - time.monotonic(), patience=0.3
    )
    incumbent.offer(Evolution(plan, 3).starts)
    while not breeders and time.monotonic() < ends:
        companion.look()
        time.sleep(0.02)
    until = time.monotonic() + 0.3
    while time.monotonic() < until:
        companion.look()
    companion.end()
    assert breeders
    assert companion.schedules == breeders[0].evolution.schedules > 0
    assert time.monotonic() < ends


def test_hard_problems_end_on_time_with_one_thread_or_two() -> None:
    for workers in (1, 2):
        result = solve(HARD, Limit(seconds=1.5), workers=workers)
        assert result.bound < result.makespan
        assert result.gap is not None
        assert 0 < result.gap < 0.3
        assert result.seconds < 15


def test_energy_is_beaten_by_proof() -> None:
    result = solve(PAIRS, Limit(children=10))
    assert result.makespan == result.bound == 6
    assert solve(Problem(PAIRS.activities, PAIRS.resources, chain("a", "c")), Limit(children=9))
