"""Known answers, and what must hold for every problem."""

import itertools
import threading
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.rcpsp.twin import interpreted
from engine.rcpsp.worlds import BENCH, SHORTEST_BENCH, activity, all_at_once, capacities, problems
from orchestre_engine.sequencing.rcpsp import (
    Limit,
    Link,
    Precedence,
    Problem,
    Project,
    Result,
    Rule,
    Scheme,
    Status,
    by_rule,
    faults,
    solve,
)
from orchestre_engine.sequencing.rcpsp.bounds import lower_bound
from orchestre_engine.sequencing.rcpsp.evolution import Evolution
from orchestre_engine.sequencing.rcpsp.plan import layout
from orchestre_engine.sequencing.rcpsp.verify import makespan

some = settings(deadline=None, max_examples=40)
QUICK = Limit(children=60, proof=0.2)


def check(problem: Problem, result: Result) -> None:
    assert faults(problem, dict(result.starts)) == []
    assert makespan(problem, dict(result.starts)) == result.makespan
    assert result.makespan >= result.bound


def test_the_shortest_is_found_and_proved() -> None:
    result = solve(BENCH, QUICK)
    check(BENCH, result)
    assert result.makespan == result.bound == SHORTEST_BENCH
    assert result.status is Status.OPTIMAL
    assert result.gap == 0
    assert result.start_of("c") >= result.start_of("b") + 3


@pytest.mark.parametrize(("count", "capacity", "length"), [(7, 3, 3), (12, 4, 3), (5, 1, 5)])
def test_equal_activities_fill_the_capacity(count: int, capacity: int, length: int) -> None:
    assert solve(all_at_once(count, capacity), QUICK).makespan == length


@pytest.mark.parametrize(
    ("kind", "lag", "start"),
    [("FS", 2, 7), ("SS", 2, 3), ("FF", 2, 5), ("SF", 7, 6), ("FS", -1, 4)],
)
def test_each_kind_of_link(kind: str, lag: int, start: int) -> None:
    problem = Problem(
        (activity("a", 4, release=1), activity("b", 2)),
        (),
        (Precedence("a", "b", Link(kind), lag),),
    )
    result = solve(problem, QUICK)
    check(problem, result)
    assert result.start_of("b") == start


def test_projects_wait_for_their_release() -> None:
    problem = Problem(
        (activity("a", 2, "p"), activity("b", 2, "q")), (), (), (Project("p", 3), Project("q"))
    )
    result = solve(problem, QUICK)
    assert dict(result.starts) == {"a": 3, "b": 0}


def test_nothing_to_do_takes_no_time() -> None:
    result = solve(Problem(()), QUICK)
    assert (result.makespan, result.bound, result.gap) == (0, 0, 0.0)


def test_large_figures_are_counted_in_larger_units() -> None:
    problem = Problem((activity("a", 480, r=50), activity("b", 960, r=100)), capacities(r=100))
    assert layout(problem).unit == 480
    assert solve(problem, QUICK).makespan == 1440


WIDE = Problem(
    tuple(activity(f"t{at}", 2, **{f"r{k}": 991 - at for k in range(12)}) for at in range(4)),
    capacities(**{f"r{k}": 1000 for k in range(12)}),
)
#: Overlaps allowed: pushed right then left, the first order of this one would get longer.
OVERLAPPING = Problem(
    (
        activity("t0", 1, r=1),
        activity("t1", 1, r=1),
        activity("t2", 2, r=1),
        activity("t3", 4, r=1),
    ),
    capacities(r=2),
    (
        Precedence("t0", "t3", Link.FS, -4),
        Precedence("t1", "t2", Link.SS, 0),
        Precedence("t1", "t3", Link.FS, 0),
        Precedence("t2", "t3", Link.FS, -2),
    ),
)


def test_many_resources_take_several_words() -> None:
    assert len(layout(WIDE).forward.full) > 1
    result = solve(WIDE, QUICK)
    check(WIDE, result)
    assert result.makespan == 8


def test_justification_never_lengthens_even_with_overlaps() -> None:
    plan = layout(OVERLAPPING)
    with interpreted() as plain:
        evolution = Evolution(plan, 1, 2)
        order, starts = plan.forward.topological.copy(), evolution.starts.copy()
        first = plain.generate(plan.forward, evolution._ground.tools, order, starts)
        assert plain.justify(evolution._ground, order, starts) == first
    assert max(starts + plan.forward.duration) == first


@pytest.mark.parametrize("problem", [WIDE, OVERLAPPING, BENCH])
def test_the_interpreted_loops_stop_at_their_target(problem: Problem) -> None:
    plan = layout(problem)
    with interpreted():
        evolution = Evolution(plan, 1, 4)
        before = evolution.schedules
        evolution.breed(30, evolution.makespan)
    assert evolution.schedules == before
    assert (
        faults(problem, dict(zip(plan.codes, (evolution.starts * plan.unit).tolist(), strict=True)))
        == []
    )


def test_a_schedule_found_elsewhere_is_received_along_its_overlaps() -> None:
    """Links that allow an overlap let the second of two activities start first."""
    problem = Problem(
        (
            activity("0", 4, r=3),
            activity("1", 3, r=2),
            activity("2", 2, r=1),
            activity("3", 6, r=1),
            activity("4", 3, r=3),
            activity("5", 4, r=3),
            activity("6", 1, r=2),
            activity("7", 5, r=3),
        ),
        capacities(r=4),
        (
            Precedence("0", "3", Link.SF, -6),
            Precedence("0", "4", Link.SS, 0),
            Precedence("0", "5", Link.FS, -6),
            Precedence("1", "3", Link.SS, -6),
            Precedence("2", "4", Link.FS, -6),
            Precedence("2", "5", Link.SF, -7),
            Precedence("2", "6", Link.SS, -6),
            Precedence("3", "6", Link.SS, -3),
            Precedence("4", "6", Link.FS, -8),
            Precedence("4", "7", Link.SF, -8),
        ),
    )
    plan = layout(problem)
    for seed in range(12):
        other, one = Evolution(plan, seed, 8), Evolution(plan, seed, 2)
        other.breed(40)
        one.receive(other.starts)
        starts = dict(zip(plan.codes, (one.starts * plan.unit).tolist(), strict=True))
        assert faults(problem, starts) == []


def orders(problem: Problem) -> Iterator[int]:
    """Give the length of the schedule of every order, placed by hand."""
    activities = {one.id: one for one in problem.activities}
    before = {
        code: {p.before for p in problem.precedences if p.after == code} for code in activities
    }
    for order in itertools.permutations(activities):
        if any(before[code] - set(order[:at]) for at, code in enumerate(order)):
            continue
        starts: dict[str, int] = {}
        for code in order:
            kept = {one.id: one for one in problem.activities if one.id in {*starts, code}}
            part = Problem(
                tuple(kept.values()),
                problem.resources,
                tuple(p for p in problem.precedences if {p.before, p.after} <= set(kept)),
                problem.projects,
            )
            starts[code] = next(
                at for at in range(problem.horizon + 1) if not faults(part, {**starts, code: at})
            )
        yield makespan(problem, starts)


@settings(deadline=None, max_examples=15)
@given(problems([Link.FS], most=5))
def test_no_order_of_a_small_problem_does_better(problem: Problem) -> None:
    lags = tuple(Precedence(p.before, p.after, p.kind, max(0, p.lag)) for p in problem.precedences)
    problem = Problem(problem.activities, problem.resources, lags, problem.projects)
    result = solve(problem, QUICK)
    check(problem, result)
    assert result.status is Status.OPTIMAL
    assert result.makespan == min(orders(problem))


@some
@given(problems(), st.integers(0, 2**40))
def test_any_problem_gets_a_schedule_it_accepts_the_same_each_time(
    problem: Problem, seed: int
) -> None:
    first, second = (solve(problem, QUICK, seed=seed) for _ in range(2))
    check(problem, first)
    assert first == second
    assert lower_bound(layout(problem)) * layout(problem).unit <= first.bound


@some
@given(problems(), st.sampled_from(Rule), st.sampled_from(Scheme))
def test_rules_make_schedules_that_hold(problem: Problem, rule: Rule, scheme: Scheme) -> None:
    starts = by_rule(problem, rule, scheme)
    assert faults(problem, starts) == []
    assert solve(problem, Limit(children=300)).makespan <= makespan(problem, starts)


@settings(deadline=None, max_examples=20)
@given(problems(), st.integers(0, 1000))
def test_compiled_and_interpreted_evolutions_agree(problem: Problem, seed: int) -> None:
    plan = layout(problem)
    compiled = Evolution(plan, seed, 4)
    compiled.breed(12)
    compiled.receive(compiled.starts)
    with interpreted():
        plain = Evolution(plan, seed, 4)
        plain.breed(12)
        plain.receive(plain.starts)
    assert plain.makespan == compiled.makespan
    assert plain.starts.tolist() == compiled.starts.tolist()


def test_a_stalled_population_is_founded_again() -> None:
    plan = layout(BENCH)
    evolution = Evolution(plan, 1, 2)
    before = evolution.schedules
    evolution.breed(500)
    assert evolution.schedules > before + 3 * 500


@pytest.mark.parametrize("workers", [1, 2])
def test_seconds_are_a_limit_and_proof_ends_before(workers: int) -> None:
    result = solve(BENCH, Limit(seconds=20), workers=workers)
    check(BENCH, result)
    assert result.status is Status.OPTIMAL
    assert result.seconds < 20


def test_a_search_that_is_stopped_gives_its_best() -> None:
    problem = all_at_once(9, 2)
    result = solve(problem, Limit(seconds=60), stopped=lambda: True)
    check(problem, result)
    assert result.seconds < 30


def test_no_thread_outlives_the_search() -> None:
    before = threading.active_count()
    solve(BENCH, Limit(seconds=5), workers=2)
    assert threading.active_count() == before
