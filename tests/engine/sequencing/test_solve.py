"""A better order: never worse than the plan, the best one where all can be tried."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.sequencing.worlds import (
    WEEKS,
    best_by_trying,
    every_plan,
    horizon,
    population,
    problems,
)
from orchestre_engine.sequencing import (
    Change,
    Dependency,
    Evaluation,
    Figures,
    Footprint,
    Freeze,
    SequencingProblem,
    SequencingResult,
    Status,
    compare,
    current_plan,
    solve,
)
from orchestre_engine.sequencing.evaluate import criteria_of


def crowded() -> SequencingProblem:
    """Two changes on the same people in the same week: 3 h asked of each, 2 h possible."""
    return SequencingProblem(
        horizon=horizon(),
        populations=(population(),),
        changes=(
            Change("CRM", 4, (Footprint("Agences", 0, (1.5, 1.5)),)),
            Change("SIRH", 4, (Footprint("Agences", 0, (1.5, 1.5)),)),
        ),
    )


def test_two_changes_that_collide_are_set_apart() -> None:
    result = solve(crowded(), seconds=None, rounds=1)
    assert result.before.excess_person_hours == pytest.approx(20)
    assert result.after.excess_person_hours == 0
    assert result.after.moved_changes == 1
    assert result.after.moved_person_weeks == 20  # ten people, two weeks: the least there is
    assert result.plan.moved[0].weeks in {-2, 2}


def test_nothing_moves_when_nothing_is_gained() -> None:
    calm = replace(crowded(), populations=(population(hours=4.0),))
    result = solve(calm, seconds=None, rounds=1)
    assert result.status in {Status.NO_IMPROVEMENT, Status.OPTIMAL}
    assert result.plan == current_plan(calm)


def test_a_freeze_and_a_dependency_are_kept() -> None:
    problem = replace(
        crowded(),
        freezes=(Freeze("Clôture", 5, 8),),
        dependencies=(Dependency("CRM", "SIRH", lag_weeks=0),),
    )
    result = solve(problem, seconds=None, rounds=1)
    starts = {one.change: one.start for one in result.plan.placements}
    assert result.after.broken_weeks == 0
    assert starts["CRM"] <= starts["SIRH"]
    assert not set(starts.values()) & {5, 6, 7}
    assert result.after.excess_person_hours == 0


def test_each_better_plan_is_told_and_the_last_is_the_answer() -> None:
    told: list[SequencingResult] = []
    problem = crowded()
    result = solve(problem, seconds=None, rounds=2, on_better=told.append)
    criteria = criteria_of(problem)
    figures = [current_plan_figures(problem), *(one.after for one in told)]
    assert told
    assert all(compare(criteria, after, before) < 0 for before, after in pairwise(figures))
    assert told[-1].plan == result.plan


def current_plan_figures(problem: SequencingProblem) -> Figures:
    """Figures of the current plan."""
    return Evaluation(problem, current_plan(problem)).figures


def test_stopping_keeps_the_best_plan() -> None:
    result = solve(crowded(), seconds=None, rounds=50, should_stop=lambda: True)
    assert result.stopped
    assert result.rounds == 0
    assert result.after.people <= result.before.people


@settings(max_examples=40, deadline=None)
@given(problems())
def test_the_best_of_all_plans_is_found(problem: SequencingProblem) -> None:
    result = solve(problem, seconds=None, rounds=2)
    criteria = criteria_of(problem)
    best = best_by_trying(problem)
    assert result.after == Evaluation(problem, result.plan).figures
    assert compare(criteria, result.after, result.before) <= 0
    assert compare(criteria, result.after, best) == 0
    assert result.status in {Status.OPTIMAL, Status.INFEASIBLE_AS_ASKED}
    assert (result.status is Status.INFEASIBLE_AS_ASKED) == (best.broken_weeks > 0)
    if best.broken_weeks == 0:
        for bound, criterion in zip(result.bounds, criteria, strict=True):
            assert bound.proved
            assert bound.value == pytest.approx(criterion.of(best), abs=1e-6)


@settings(max_examples=25, deadline=None)
@given(problems(), st.randoms(use_true_random=False))
def test_the_order_of_inputs_changes_nothing(problem: SequencingProblem, random: object) -> None:
    def shuffled(parts: tuple[object, ...]) -> tuple[object, ...]:
        kept = list(parts)
        random.shuffle(kept)  # type: ignore[attr-defined]  # a random.Random
        return tuple(kept)

    other = replace(
        problem,
        changes=shuffled(problem.changes),
        populations=shuffled(problem.populations),
        dependencies=shuffled(problem.dependencies),
    )
    assert other == problem
    one, same = (solve(it, seconds=None, rounds=1, seed=3) for it in (problem, other))
    assert one.plan == same.plan


@settings(max_examples=25, deadline=None)
@given(problems())
def test_more_capacity_never_makes_the_best_worse(problem: SequencingProblem) -> None:
    wider = replace(
        problem,
        objective=replace(problem.objective, weights=None),
        populations=tuple(
            replace(one, capacity_hours=tuple(hours + 1 for hours in one.capacity_hours))
            for one in problem.populations
        ),
    )
    narrow = replace(problem, objective=wider.objective)
    one, other = best_by_trying(narrow), best_by_trying(wider)
    assert compare(criteria_of(narrow), other, one) <= 0


def test_the_plans_tried_are_many() -> None:
    assert len(every_plan(crowded())) == (WEEKS - 1) ** 2
    assert np.isfinite(best_by_trying(crowded()).people)
