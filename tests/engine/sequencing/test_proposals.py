"""Proposals that really differ, and the few moves that matter."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from engine.sequencing.worlds import horizon, population, problems
from orchestre_engine.sequencing import (
    Change,
    Evaluation,
    Footprint,
    Objective,
    Plan,
    SequencingProblem,
    Stance,
    current_plan,
    least_change,
    plan_of,
    propose,
    solve,
)
from orchestre_engine.sequencing.proposals import MOST_ALIKE, SHARE, alike


def pairs() -> SequencingProblem:
    """One large collision, of 100 people, and a small one, of 10; delays cost."""

    def change(identifier: str, who: str, **more: object) -> Change:
        return Change(identifier, 4, (Footprint(who, 0, (1.5, 1.5)),), **more)  # type: ignore[arg-type]  # test table

    return SequencingProblem(
        horizon(),
        (population("Agences", headcount=100), population("Paie", headcount=10)),
        (
            change("CRM", "Agences", fixed=True),
            change("SIRH", "Agences", earliest=4, delay_cost_eur_per_week=1_000.0),
            change("Paie 1", "Paie", fixed=True),
            change("Paie 2", "Paie"),
        ),
    )


def test_the_least_change_leaves_the_small_collision() -> None:
    problem = pairs()
    full = solve(problem, seconds=None, rounds=2)
    assert full.after.moved_changes == 2
    least = least_change(problem, full.plan)
    assert [one.change for one in least.moved] == ["SIRH"]
    assert Evaluation(problem, least).figures.excess_person_hours == 20
    assert least_change(problem, full.plan, share=1.0) == full.plan
    assert least_change(problem, current_plan(problem)) == current_plan(problem)


def test_three_proposals_that_differ() -> None:
    problem = pairs()
    found = {one.stance: one for one in propose(problem, seconds=60.0, rounds=2)}
    assert set(found) == set(Stance)
    asked, benefits = found[Stance.AS_ASKED], found[Stance.BENEFITS_FIRST]
    assert asked.after.excess_person_hours == 0
    assert asked.after.benefits == 2_000
    assert benefits.after.benefits == 0  # nothing valuable waits
    assert benefits.after.excess_person_hours == 200
    for one in found.values():
        assert one.after == Evaluation(problem, one.plan).figures
        assert one.after.people < one.before.people


def test_nothing_to_propose_is_no_proposal() -> None:
    calm = replace(pairs(), movable=())
    assert propose(calm, seconds=5.0, rounds=1) == ()


def test_likeness_of_plans() -> None:
    problem = pairs()
    now = current_plan(problem)
    one: Plan = plan_of(problem, (4, 4, 6, 6))
    other = plan_of(problem, (4, 4, 6, 7))
    assert alike(now, now) == 1
    assert alike(one, other) == pytest.approx(1 / 3)
    assert alike(one, one) == 1 > MOST_ALIKE


@settings(max_examples=40, deadline=None)
@given(problems())
def test_the_least_change_reaches_its_share_and_needs_each_move(
    problem: SequencingProblem,
) -> None:
    problem = replace(problem, objective=Objective())
    full = solve(problem, seconds=None, rounds=1)
    least = least_change(problem, full.plan)
    figures = Evaluation(problem, least).figures
    assert figures.moved_person_weeks <= full.after.moved_person_weeks + 1e-9
    assert len(least.moved) <= len(full.plan.moved)
    assert figures.broken_weeks <= full.after.broken_weeks + 1e-9
    gained = full.before.people - full.after.people
    if gained <= 1e-6:
        return
    assert figures.people <= full.before.people - SHARE * gained + 1e-6
    for at, one in enumerate(least.placements):
        if one.is_moved and least != full.plan:
            starts = (*least.starts[:at], one.current_start, *least.starts[at + 1 :])
            without = Evaluation(problem, plan_of(problem, starts)).figures
            enough = without.people <= full.before.people - SHARE * gained - 1e-6
            assert not enough or without.broken_weeks > figures.broken_weeks
