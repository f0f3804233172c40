"""Each kind of explanation on a case where one can check it by hand."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from engine.sequencing.worlds import horizon, population, problems
from orchestre_engine.sequencing import (
    Change,
    Demand,
    Dependency,
    Envelope,
    Evaluation,
    Footprint,
    Freeze,
    LegalStep,
    Level,
    Objective,
    Pin,
    Recovery,
    Role,
    RuleKind,
    SequencingProblem,
    Spending,
    Wave,
    compare,
    explain,
    plan_of,
    solve,
)
from orchestre_engine.sequencing.evaluate import criteria_of


def change(identifier: str, start: int, hours: float = 1.5, **more: object) -> Change:
    """Two weeks of so many hours for the agencies."""
    return Change(identifier, start, (Footprint("Agences", 0, (hours, hours)),), **more)  # type: ignore[arg-type]  # test table


def world(*changes: Change, **more: object) -> SequencingProblem:
    """These changes on ten people who can absorb 2 h a week."""
    return SequencingProblem(horizon(), (population(),), changes, **more)  # type: ignore[arg-type]  # test table


def moved(problem: SequencingProblem, **starts: int | None) -> tuple:  # type: ignore[type-arg]  # short for tests
    """Explain the plan in which these changes stand elsewhere."""
    now = {one.id: one.current_start for one in problem.changes}
    plan = plan_of(problem, tuple((now | starts)[one.id] for one in problem.changes))
    return explain(problem, plan)


def test_why_it_moves_is_what_staying_would_overload() -> None:
    (told,) = moved(world(change("CRM", 4, fixed=True), change("SIRH", 4)), SIRH=6)
    assert told.why.level is Level.PEOPLE
    assert told.why.more == pytest.approx((20, 0, 0, -20))
    assert [(one.population, one.week) for one in told.why.cells] == [
        ("Agences", 4),
        ("Agences", 5),
    ]
    first = told.why.cells[0]
    assert (first.load_hours, first.capacity_hours, first.more_hours) == (3.0, 2.0, 1.0)
    assert first.more_person_hours == 10
    assert [(one.change, one.hours) for one in first.others] == [("CRM", 1.5)]
    assert (told.delay_cost_eur, told.moved_person_weeks) == (0, 20)


def test_why_not_earlier_is_the_week_that_would_overload() -> None:
    (told,) = moved(world(change("CRM", 4, fixed=True), change("SIRH", 4)), SIRH=6)
    assert told.not_earlier.rules == ()
    assert told.not_earlier.level is Level.PEOPLE
    assert [one.week for one in told.not_earlier.cells] == [5]
    assert told.not_later.level is Level.DATES  # later moves ten people one week more, for nothing


def test_a_move_that_nothing_justifies_is_not_explained() -> None:
    assert moved(world(change("CRM", 4, fixed=True), change("SIRH", 8)), SIRH=9) == ()


@pytest.mark.parametrize(
    ("more", "rule"),
    [
        ({"freezes": (Freeze("Clôture", 5, 6),)}, RuleKind.FREEZE),
        ({"legal_steps": (LegalStep("CSE", "SIRH", 2, 4),)}, RuleKind.LEGAL_STEP),
        ({"dependencies": (Dependency("CRM", "SIRH", lag_weeks=2),)}, RuleKind.DEPENDENCY),
        ({"pins": (Pin("SIRH", 6),)}, RuleKind.PINNED),
    ],
)
def test_why_not_earlier_is_a_rule(more: dict[str, object], rule: RuleKind) -> None:
    (told,) = moved(world(change("CRM", 4, fixed=True), change("SIRH", 4), **more), SIRH=6)
    assert [one.kind for one in told.not_earlier.rules] == [rule]
    assert all(one.kind is not rule for one in told.not_later.rules) or rule is RuleKind.PINNED


def test_a_window_and_the_spread_of_waves_are_told() -> None:
    (told,) = moved(
        world(change("CRM", 4, fixed=True), change("SIRH", 4, earliest=0, latest=6)), SIRH=6
    )
    assert [one.kind for one in told.not_later.rules] == [RuleKind.WINDOW_CLOSES]
    both = (population(), population("Paie"))
    split = Change(
        "SIRH",
        4,
        (Footprint("Agences", 0, (1.5, 1.5)), Footprint("Paie", 0, (1.0,))),
        waves=(Wave("a", ("Agences",), 4), Wave("b", ("Paie",), 4)),
        max_spread_weeks=2,
    )
    problem = SequencingProblem(horizon(), both, (change("CRM", 4, fixed=True), split))
    (told,) = explain(problem, plan_of(problem, (4, 6, 4)))
    assert (told.wave, told.people) == ("a", 10)
    assert [one.kind for one in told.not_later.rules] == [RuleKind.WAVE_SPREAD]


def test_roles_envelopes_recovery_and_the_horizon_are_told() -> None:
    trainers = {"demands": (Demand("Formateur", 0, (1.0,)),)}
    problem = world(
        change("CRM", 4, 0.5, fixed=True, **trainers),
        change("SIRH", 4, 0.5, **trainers),
        roles=(Role("Formateur", (1.0,) * 12),),
    )
    (told,) = moved(problem, SIRH=5)
    assert told.why.level is Level.MEANS
    assert [(one.role, one.week, one.more_fte) for one in told.why.roles] == [("Formateur", 4, 1)]

    money = {"spending": (Spending(0, (100.0,)),)}
    year = (Envelope("T1", 0, 6, 150.0),)
    problem = world(
        change("CRM", 4, 0.5, fixed=True, **money), change("SIRH", 4, 0.5, **money), envelopes=year
    )
    (told,) = moved(problem, SIRH=6)
    assert [(one.envelope, one.more_eur) for one in told.why.envelopes] == [("T1", 50)]

    heavy = (Footprint("Agences", 0, (0.5,), heavy=True),)
    problem = world(
        Change("CRM", 4, heavy, fixed=True), Change("SIRH", 4, heavy), recovery=Recovery(3)
    )
    (told,) = moved(problem, SIRH=7)
    assert told.why.more[0] == 30
    assert [(one.change, one.missing_weeks) for one in told.why.close] == [("CRM", 3)]
    ruled = replace(problem, recovery=Recovery(3, None))
    (told,) = moved(ruled, SIRH=7)
    assert [one.kind for one in told.not_earlier.rules] == [RuleKind.RECOVERY]

    (told,) = moved(world(change("CRM", 8, fixed=True), change("SIRH", 8)), SIRH=10)
    assert [one.kind for one in told.not_later.rules] == [RuleKind.HORIZON_CLOSES]


def test_postponing_beyond_the_horizon_is_explained_by_its_price() -> None:
    problem = world(
        change("CRM", 4, fixed=True),
        change("SIRH", 4, earliest=4, latest=4, postponed_value_eur=900.0),
    )
    (told,) = moved(problem, SIRH=None)
    assert (told.start, told.value_lost_eur, told.delay_cost_eur) == (None, 900, 0)
    assert told.why.more == pytest.approx((20, 0, -900, -80))
    assert told.not_earlier is None


def test_what_a_delay_costs_is_told() -> None:
    problem = world(
        change("CRM", 4, fixed=True), change("SIRH", 4, earliest=4, delay_cost_eur_per_week=50.0)
    )
    (told,) = moved(problem, SIRH=6)
    assert told.delay_cost_eur == 100
    benefits = replace(problem, objective=Objective(order=tuple(reversed(Level))))
    assert moved(benefits, SIRH=6) == ()  # dates come first: staying would be better


def test_a_rule_that_staying_would_break_more_is_told_though_it_is_broken_anyway() -> None:
    problem = SequencingProblem(
        horizon(),
        (population(), population("Siège")),
        (
            Change(
                "A",
                3,
                (Footprint("Agences", 0, (0.0,)), Footprint("Siège", 0, (0.0,))),
                earliest=3,
                latest=4,
                waves=(Wave("1", ("Agences",), 3), Wave("2", ("Siège",), 4)),
            ),
            change("B", 2, fixed=True),
        ),
        dependencies=(Dependency("A", "B"),),
    )
    (told,) = explain(problem, plan_of(problem, (3, 3, 2)))
    assert [one.kind for one in told.why.rules] == [RuleKind.DEPENDENCY]
    assert (told.why.rules[0].change, told.why.rules[0].other) == ("B", "A")


def test_a_start_that_mends_a_broken_rule_has_no_price_against_it() -> None:
    problem = world(
        change("A", 4, fixed=True),
        change("B", 2, delay_cost_eur_per_week=50.0),
        dependencies=(Dependency("A", "B", lag_weeks=1),),
    )
    (told,) = moved(problem, B=3)
    assert [one.kind for one in told.why.rules] == [RuleKind.DEPENDENCY]
    assert told.not_later is None


def test_what_waits_for_a_change_that_leaves_cannot_stay() -> None:
    problem = world(
        change("A", 4, postponed_value_eur=1.0),
        change("B", 6, postponed_value_eur=1.0),
        dependencies=(Dependency("A", "B"),),
    )
    told = {one.change: one for one in moved(problem, A=None, B=None)}
    assert [one.kind for one in told["B"].why.rules] == [RuleKind.DEPENDENCY]


@settings(max_examples=40, deadline=None)
@given(problems())
def test_every_explanation_holds_when_evaluated_again(problem: SequencingProblem) -> None:
    result = solve(problem, seconds=None, rounds=1)
    seen = Evaluation(problem, result.plan).figures
    criteria = criteria_of(problem)
    told = explain(problem, result.plan)
    assert len(told) == len(result.plan.moved)
    places = {(one.change, one.wave): at for at, one in enumerate(result.plan.placements)}
    for one in told:
        for barrier in (one.why, one.not_earlier, one.not_later):
            if barrier is None or barrier.rules:
                continue
            at = places[one.change, one.wave]
            starts = (*result.plan.starts[:at], barrier.start, *result.plan.starts[at + 1 :])
            other = Evaluation(problem, plan_of(problem, starts)).figures
            added = [b - a for a, b in zip(seen.levels, other.levels, strict=True)]
            assert list(barrier.more) == pytest.approx(added, abs=1e-6)
            assert compare(criteria, seen, other) < 0
