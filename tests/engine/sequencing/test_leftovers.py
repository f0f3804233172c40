"""What cannot be reconciled, and the least that would: each answer checked on the plan."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from engine.sequencing.worlds import horizon, population, problems
from orchestre_engine.sequencing import (
    Change,
    Dependency,
    Evaluation,
    Footprint,
    Freeze,
    LegalStep,
    Level,
    OverloadLeft,
    RelaxationKind,
    RuleKind,
    SequencingProblem,
    current_plan,
    overloads_left,
    plan_of,
    solve,
)


def change(identifier: str, start: int, hours: float = 1.5, **more: object) -> Change:
    """Two weeks of so many hours for the agencies."""
    return Change(identifier, start, (Footprint("Agences", 0, (hours, hours)),), **more)  # type: ignore[arg-type]  # test table


def left_by(problem: SequencingProblem) -> tuple[OverloadLeft, ...]:
    """Explain the overloads of the current plan."""
    return overloads_left(problem, current_plan(problem))


def world(*changes: Change, **more: object) -> SequencingProblem:
    """These changes on ten people who can absorb 2 h a week."""
    return SequencingProblem(horizon(), (population(),), changes, **more)  # type: ignore[arg-type]  # test table


def three() -> SequencingProblem:
    """Three changes that must all fall in three weeks, one of which is free to move."""
    return world(
        change("CRM", 4, fixed=True),
        change("SIRH", 4, earliest=4, latest=5),
        change("Caisse", 8),
    )


def test_the_changes_that_cannot_coexist_are_those_two() -> None:
    (told,) = left_by(three())
    assert (told.population, told.first_week, told.end_week) == ("Agences", 4, 6)
    assert told.excess_person_hours == 20
    assert (told.peak_week, told.peak_load_hours, told.peak_capacity_hours) == (4, 3, 2)
    assert told.cannot_coexist == ("CRM", "SIRH")
    assert [(one.change, one.share) for one in told.contributors] == [("CRM", 0.5), ("SIRH", 0.5)]
    assert told.elsewhere is None


def test_the_smallest_relaxation_of_each_kind() -> None:
    (told,) = left_by(three())
    by_kind = {one.kind: one for one in told.relaxations}
    rule = by_kind[RelaxationKind.RULE]
    assert (rule.change, rule.weeks, rule.removed_person_hours) == ("SIRH", 2, 20)
    assert rule.rule is not None
    assert rule.rule.kind is RuleKind.WINDOW_CLOSES
    assert by_kind[RelaxationKind.CAPACITY].ratio == pytest.approx(0.5)
    assert by_kind[RelaxationKind.LIGHTER].ratio == pytest.approx(1 / 1.5)


def test_one_more_week_of_window_or_one_exception_to_a_freeze() -> None:
    started = world(change("CRM", 4, started=True), change("SIRH", 5, earliest=4, latest=5))
    (told,) = left_by(started)
    rule = next(one for one in told.relaxations if one.kind is RelaxationKind.RULE)
    assert (rule.change, rule.start, rule.weeks) == ("SIRH", 6, 1)
    assert rule.rule is not None
    assert rule.rule.kind is RuleKind.WINDOW_CLOSES
    frozen = world(
        change("CRM", 4, fixed=True),
        change("SIRH", 4, earliest=4, latest=6),
        freezes=(Freeze("Clôture", 6, 9),),
        legal_steps=(LegalStep("CSE", "SIRH", 2, 2),),
    )
    rules = [
        one.rule.kind
        for told in left_by(frozen)
        for one in told.relaxations
        if one.rule is not None
    ]
    assert rules == [RuleKind.FREEZE]


def test_a_dependency_may_be_what_keeps_two_changes_together() -> None:
    pair = (change("CRM", 5, earliest=4, latest=5), change("SIRH", 4, earliest=4, latest=6))
    free = left_by(world(*pair))
    assert free[0].cannot_coexist == ()  # CRM in week 4, SIRH in week 6
    (tied,) = left_by(world(*pair, dependencies=(Dependency("SIRH", "CRM"),)))
    assert tied.cannot_coexist == ("CRM", "SIRH")


def test_alone_too_much_is_said_of_one_change() -> None:
    (told,) = left_by(world(change("SIRH", 4, hours=3.0), change("CRM", 8)))
    assert told.cannot_coexist == ("SIRH",)


def test_an_allowed_move_that_costs_elsewhere_is_told_with_its_price() -> None:
    people = (population(), population("Paie", headcount=100))
    both = Change("SIRH", 4, (Footprint("Agences", 0, (1.5,)), Footprint("Paie", 0, (1.5,))))
    problem = SequencingProblem(
        horizon(),
        people,
        (
            replace(both, earliest=4, latest=5),
            change("CRM", 4, fixed=True),
            Change("Solde", 5, (Footprint("Paie", 0, (1.5, 1.5)),), fixed=True),
        ),
    )
    problem = replace(
        problem, changes=(replace(problem.changes[1], latest=6), *problem.changes[::2])
    )
    told = left_by(problem)[0]
    assert told.population == "Agences"
    assert told.cannot_coexist == ()
    assert told.elsewhere is not None
    assert (told.elsewhere.change, told.elsewhere.start) == ("SIRH", 6)
    assert told.elsewhere.level is Level.PEOPLE
    assert told.elsewhere.more[0] == pytest.approx(90)  # 100 more for the payroll, 10 fewer here
    assert told.elsewhere.cells[0].population == "Paie"


@settings(max_examples=30, deadline=None)
@given(problems())
def test_every_relaxation_removes_what_it_says(problem: SequencingProblem) -> None:
    result = solve(problem, seconds=None, rounds=1)
    before = Evaluation(problem, result.plan)
    told = overloads_left(problem, result.plan)
    assert sum(one.excess_person_hours for one in told) == pytest.approx(
        before.figures.excess_person_hours
    )
    places = {(one.change, one.wave): at for at, one in enumerate(result.plan.placements)}
    for left in told:
        weeks = range(left.first_week, left.end_week)
        for one in left.relaxations:
            if one.kind is RelaxationKind.RULE:
                at = places[one.change, one.wave]
                starts = (*result.plan.starts[:at], one.start, *result.plan.starts[at + 1 :])
                other = Evaluation(problem, plan_of(problem, starts))
                assert not other.excess[left.population][list(weeks)].any()
                removed = before.figures.people - other.figures.people
                assert removed == pytest.approx(one.removed_person_hours, abs=1e-6)
            if one.kind is RelaxationKind.CAPACITY:
                assert one.ratio is not None
                wider = replace(
                    problem,
                    populations=tuple(
                        replace(
                            it,
                            capacity_hours=tuple(
                                hours * (1 + one.ratio + 1e-9) if week in weeks else hours
                                for week, hours in enumerate(it.capacity_hours)
                            ),
                        )
                        if it.id == left.population
                        else it
                        for it in problem.populations
                    ),
                )
                other = Evaluation(wider, result.plan)
                removed = before.figures.excess_person_hours - other.figures.excess_person_hours
                assert removed == pytest.approx(one.removed_person_hours, abs=1e-6)
