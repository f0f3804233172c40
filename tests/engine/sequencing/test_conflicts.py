"""Rules that contradict each other are told before any search, each set as small as can be."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from engine.sequencing.worlds import WEEKS, every_plan, horizon, population, problems
from orchestre_engine.sequencing import (
    Change,
    Conflict,
    Dependency,
    Evaluation,
    Footprint,
    Freeze,
    LegalStep,
    Pin,
    Recovery,
    RuleKind,
    SequencingProblem,
    Status,
    Wave,
    solve,
)
from orchestre_engine.sequencing.conflicts import (
    clash_in,
    conflicts_of,
    leaving_of,
    limits_of,
    loosenings,
    minimal,
)
from orchestre_engine.sequencing.tables import waves_of


def world(*changes: Change, **more: object) -> SequencingProblem:
    """Changes that ask nothing: only their rules count."""
    return SequencingProblem(horizon(), (population(), population("Siège")), changes, **more)  # type: ignore[arg-type]  # test table


def kinds(conflict: Conflict) -> set[RuleKind]:
    """Kinds of the rules in a conflict."""
    return {one.kind for one in conflict.rules}


def test_a_window_too_short_for_a_dependency() -> None:
    problem = world(
        Change("A", 5, earliest=5, latest=6),
        Change("B", 6, earliest=3, latest=7),
        dependencies=(Dependency("A", "B", lag_weeks=4),),
    )
    (conflict,) = conflicts_of(problem)
    assert kinds(conflict) == {
        RuleKind.WINDOW_OPENS,
        RuleKind.WINDOW_CLOSES,
        RuleKind.DEPENDENCY,
    }
    assert {one.change for one in conflict.rules} == {"A", "B"}
    first = conflict.loosenings[0]
    assert (first.rule.kind, first.rule.change, first.weeks) == (RuleKind.WINDOW_CLOSES, "B", 2)
    assert {one.weeks for one in conflict.loosenings} == {2}
    result = solve(problem, seconds=None, rounds=1)
    assert result.status is Status.INFEASIBLE_AS_ASKED
    assert result.conflicts == (conflict,)
    assert result.after.broken_weeks == 2  # the least bad plan


@pytest.mark.parametrize(
    ("change", "more", "expected"),
    [
        (
            Change("A", 5, earliest=4, latest=6),
            {"freezes": (Freeze("Clôture", 4, 7),)},
            {RuleKind.WINDOW_OPENS, RuleKind.WINDOW_CLOSES, RuleKind.FREEZE},
        ),
        (
            Change("A", 5, latest=6),
            {"legal_steps": (LegalStep("CSE", "A", 4, 3),)},
            {RuleKind.WINDOW_CLOSES, RuleKind.LEGAL_STEP},
        ),
        (
            Change("A", 5, latest=6),
            {"pins": (Pin("A", 8),)},
            {RuleKind.WINDOW_CLOSES, RuleKind.PINNED},
        ),
        (
            Change("A", 5, started=True),
            {"freezes": (Freeze("Clôture", 5, 6),)},
            {RuleKind.STARTED, RuleKind.FREEZE},
        ),
        (
            Change("A", 5, fixed=True, earliest=6),
            {},
            {RuleKind.FIXED, RuleKind.WINDOW_OPENS},
        ),
        (
            Change("A", 5, latest=4),
            {"movable": ()},
            {RuleKind.NOT_MOVABLE, RuleKind.WINDOW_CLOSES},
        ),
        (
            Change("A", 5, earliest=14),
            {},
            {RuleKind.HORIZON_CLOSES, RuleKind.WINDOW_OPENS},
        ),
        (
            Change(
                "A",
                5,
                waves=(Wave("1", ("Agences",), 2), Wave("2", (), 8)),
                max_spread_weeks=3,
            ),
            {"pins": (Pin("A", 2, "1"), Pin("A", 8, "2"))},
            {RuleKind.PINNED, RuleKind.WAVE_SPREAD},
        ),
        (  # a wave that finds no week would leave, but not without the one that is imposed
            Change(
                "A",
                5,
                (Footprint("Agences", 0, (1.0,)), Footprint("Siège", 0, (1.0,))),
                waves=(Wave("1", ("Agences",), 5), Wave("2", ("Siège",), 6)),
                postponed_value_eur=10.0,
            ),
            {"pins": (Pin("A", 5, "1"),), "freezes": (Freeze("Clôture", 0, WEEKS, ("Siège",)),)},
            {RuleKind.PINNED, RuleKind.WAVE_SPREAD, RuleKind.FREEZE, RuleKind.HORIZON_CLOSES},
        ),
    ],
)
def test_each_kind_of_rule(
    change: Change, more: dict[str, object], expected: set[RuleKind]
) -> None:
    problem = world(change, **more)
    (conflict,) = conflicts_of(problem)
    assert kinds(conflict) == expected
    assert all(one.rule.kind is not RuleKind.LEGAL_STEP for one in conflict.loosenings)


def test_what_may_be_postponed_or_priced_is_no_conflict() -> None:
    short = Change("A", 5, earliest=4, latest=6, postponed_value_eur=10.0)
    frozen = (Freeze("Clôture", 4, 7),)
    assert conflicts_of(world(short, freezes=frozen)) == ()
    pair = (Change("A", 5, fixed=True), Change("B", 5, fixed=True))
    tie = Dependency("A", "B", lag_weeks=1)
    assert conflicts_of(world(*pair, dependencies=(replace(tie, price_eur_per_week=1.0),))) == ()
    assert conflicts_of(world(*pair, dependencies=(tie,)))


def test_a_circle_of_dependencies_is_told() -> None:
    ties = (Dependency("A", "B", lag_weeks=1), Dependency("B", "A", lag_weeks=1))
    (conflict,) = conflicts_of(world(Change("A", 3), Change("B", 3), dependencies=ties))
    assert kinds(conflict) == {RuleKind.DEPENDENCY}
    assert conflict.loosenings[0].weeks == 2


def test_two_separate_conflicts_are_both_told() -> None:
    one, other = Change("A", 5, fixed=True, latest=3), Change("B", 5, fixed=True, earliest=7)
    assert len(conflicts_of(world(one, other))) == 2


@settings(max_examples=60, deadline=None)
@given(problems())
def test_conflicts_are_real_minimal_and_ended_by_their_loosenings(
    problem: SequencingProblem,
) -> None:
    problem = replace(problem, recovery=Recovery(0))
    waves = waves_of(problem)
    leaving = leaving_of(problem, waves)
    clash = clash_in(limits_of(problem, waves), leaving)
    broken = min(Evaluation(problem, plan).figures.broken_weeks for plan in every_plan(problem))
    assert (clash is None) == (broken == 0)
    if clash is None:
        return
    least = minimal(clash, leaving)
    assert clash_in(least, leaving) is not None
    for one in least:
        assert clash_in([it for it in least if it is not one], leaving) is None
    for one in loosenings(least, leaving):
        (limit,) = [it for it in least if it.rule is one.rule]
        others = [it for it in least if it is not limit]
        if one.weeks is not None:
            assert clash_in([*others, limit.loosened(one.weeks)], leaving) is None
            assert clash_in([*others, limit.loosened(one.weeks - 1)], leaving) is not None
