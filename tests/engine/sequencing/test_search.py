"""What the search promises: replays, bounds, shifts, and costs written twice that agree."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.sequencing.worlds import MONDAY, WEEKS, best_by_trying, horizon, population, problems
from orchestre_engine.periods import Horizon
from orchestre_engine.sequencing import (
    Change,
    Demand,
    Evaluation,
    Footprint,
    Level,
    Objective,
    Role,
    SequencingProblem,
    Status,
    kernels,
    plan_of,
    proof,
    solve,
)
from orchestre_engine.sequencing.bounds import Lagrangian, lawful
from orchestre_engine.sequencing.clock import Clock
from orchestre_engine.sequencing.evaluate import criteria_of
from orchestre_engine.sequencing.greedy import costs_of, home_state, repair
from orchestre_engine.sequencing.search import Search
from orchestre_engine.sequencing.tables import POSTPONED, tables_of


def crowd(changes: int = 60, seed: int = 3) -> SequencingProblem:
    """Many changes on six populations, more than can be tried."""
    random = np.random.default_rng(seed)
    people = tuple(population(f"P{at}", 1.0, 10 + at, weeks=52) for at in range(6))
    made = []
    for at in range(changes):
        start = int(random.integers(10, 40))
        touched = random.choice(6, size=2, replace=False)
        hours = tuple(float(one) for one in random.integers(1, 5, size=4) / 4)
        made.append(
            Change(
                f"C{at:02d}",
                start,
                tuple(Footprint(f"P{one}", -2, hours) for one in touched),
                earliest=start - 6,
                latest=start + 6,
                delay_cost_eur_per_week=float(random.integers(0, 3) * 100),
            )
        )
    return SequencingProblem(Horizon(MONDAY, 52), people, tuple(made))


def test_the_same_seed_and_rounds_give_the_same_plan() -> None:
    problem = crowd()
    one, same = (solve(problem, seconds=None, rounds=3, seed=5) for _ in range(2))
    assert one.plan == same.plan
    assert one.after == same.after
    assert one.replayable


def test_a_run_limited_by_the_clock_can_be_played_again() -> None:
    problem = crowd()
    timed = solve(problem, seconds=1.5, seed=2)
    if timed.replayable:
        again = solve(problem, seconds=None, rounds=timed.rounds, seed=2)
        assert again.plan == timed.plan
    assert timed.after.people <= timed.before.people


def test_neighbourhoods_are_solved_where_the_whole_is_too_large(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(proof, "LARGEST_EXACT", 10)
    monkeypatch.setattr(proof, "AT_ONCE", 10)
    monkeypatch.setattr(proof, "FIRST_NEIGHBOURHOOD", 0)
    monkeypatch.setattr(proof, "NEIGHBOURHOOD_EVERY", 1)
    result = solve(crowd(), seconds=None, rounds=3)
    assert result.after.people < result.before.people
    assert result.status is Status.FEASIBLE
    assert result.bounds[0].value is not None
    assert 0 <= result.bounds[0].value <= result.after.people
    assert result.bounds[0].gap is not None


def test_a_neighbourhood_never_makes_a_plan_worse() -> None:
    search = Search(tables_of(crowd()), 1)
    search.start()
    prover = proof.Prover(search, Clock(None, None))
    before = search.cost.copy()
    for _ in range(4):
        search.rounds += 1
        prover._neighbourhood()
        assert kernels.compare(search.tables, search.cost, before) <= 0
        before = search.cost.copy()


@settings(max_examples=60, deadline=None)
@given(problems(), st.integers(0, 2**16))
def test_costs_written_twice_agree(problem: SequencingProblem, seed: int) -> None:
    tables = tables_of(problem)
    random = np.random.default_rng(seed)
    at = np.array(
        [
            random.integers(first, last)
            for first, last in zip(tables.cand_ptr[:-1], tables.cand_ptr[1:], strict=True)
        ],
        np.int64,
    )
    state = kernels.state_at(tables, at)
    plan = plan_of(
        problem, tuple(None if it == POSTPONED else int(it) for it in state.starts.tolist())
    )
    figures = Evaluation(problem, plan).figures
    expected = [figures.broken_weeks, *figures.levels]
    assert kernels.total(tables, state).tolist() == pytest.approx(expected, abs=1e-6)
    wave = int(random.integers(0, tables.waves))
    kernels.take_up(tables, state, wave)
    costs, cost = costs_of(tables, state, wave), np.empty(5)
    for row, candidate in enumerate(range(tables.cand_ptr[wave], tables.cand_ptr[wave + 1])):
        kernels.cost_at(tables, state, wave, candidate, cost)
        assert costs[row].tolist() == pytest.approx(cost.tolist(), abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(problems())
def test_the_first_answer_is_never_worse(problem: SequencingProblem) -> None:
    tables = tables_of(problem)
    state = home_state(tables)
    before = kernels.total(tables, state)
    repair(tables, state)
    assert kernels.compare(tables, kernels.total(tables, state), before) <= 0


@settings(max_examples=60, deadline=None)
@given(problems(), st.integers(1, 60))
def test_the_relaxed_bound_never_passes_the_best(problem: SequencingProblem, steps: int) -> None:
    best = best_by_trying(problem)
    if best.broken_weeks:
        return
    tables = tables_of(problem)
    state = home_state(tables)
    for criterion in criteria_of(problem):
        bound = Lagrangian(tables, np.array(criterion.coefficients), lawful(tables))
        bound.begin(state.use, state.spent)
        alone = replace(problem, objective=Objective(order=problem.objective.order))
        found = criterion.of(best)
        assert bound.improve(found, steps) <= found + 1e-6 * max(1.0, abs(found))
        assert alone.changes == problem.changes


@pytest.mark.parametrize("weeks", [1, 3])
def test_shifting_everything_shifts_the_plan(weeks: int) -> None:
    def problem(late: int) -> SequencingProblem:
        made = tuple(
            Change(
                name,
                5 + late,
                (Footprint("Agences", 0, (1.5, 1.5)),),
                earliest=3 + late,
                latest=8 + late,
            )
            for name in ("A", "B", "C")
        )
        return SequencingProblem(horizon(20), (population(weeks=20),), made)

    one, later = (solve(problem(late), seconds=None, rounds=2) for late in (0, weeks))
    assert one.after == later.after
    assert one.status is later.status is Status.OPTIMAL


def test_stopping_in_the_middle_keeps_what_was_found() -> None:
    asked = iter([False] * 4 + [True] * 1000)
    result = solve(crowd(), seconds=None, rounds=500, should_stop=lambda: next(asked))
    assert result.stopped
    assert 0 < result.rounds < 500
    assert result.after.people < result.before.people


def test_stability_has_a_price() -> None:
    def problem(price: float) -> SequencingProblem:
        made = (
            Change("A", 4, (Footprint("Agences", 0, (1.5,)),), fixed=True),
            Change("B", 4, (Footprint("Agences", 0, (1.5,)),)),
        )
        objective = Objective(stability_hours=price)
        return SequencingProblem(horizon(), (population(),), made, objective=objective)

    assert solve(problem(0.5), seconds=None, rounds=1).after.excess_person_hours == 0
    assert solve(problem(1.5), seconds=None, rounds=1).plan.moved == ()


def test_sliders_give_weights() -> None:
    objective = Objective.of_sliders(people=20, dates=70, benefits=10)
    assert objective.weights == (20, 70, 10, 70)
    problem = replace(crowd(8), objective=objective)
    first = criteria_of(problem)[0]
    assert len(criteria_of(problem)) == 1 + len(Level)
    assert first.coefficients[3] == pytest.approx(70 / (4 * sum(2 * 12.5 for _ in range(8))), rel=1)


def test_what_is_not_limited_never_raises_the_bound() -> None:
    """Half of the weeks of the role are told by nobody: any use of them is free."""
    problem = SequencingProblem(
        horizon(),
        (population(hours=3.0),),
        tuple(
            Change(
                f"C{at}",
                2 + at,
                (Footprint("Agences", 0, (2.0, 2.0)),),
                demands=(Demand("Formateur", 0, (1.0, 1.0)),),
                earliest=2,
                latest=9,
            )
            for at in range(8)
        ),
        (Role("Formateur", tuple(None if week % 2 else 1.0 for week in range(WEEKS))),),
        objective=Objective(weights=(1.0, 1.0, 1.0, 1.0)),
    )
    tables = tables_of(problem)
    search = Search(tables, seed=0)
    search.start()
    criterion = criteria_of(problem)[0]
    found = float(np.array(criterion.coefficients) @ search.cost[1:])
    bound = Lagrangian(tables, np.array(criterion.coefficients), lawful(tables))
    bound.begin(search.best.use, search.best.spent)
    # a target that nothing reaches makes the steps long
    assert bound.improve(found * 3, 300) <= found + 1e-6 * found
