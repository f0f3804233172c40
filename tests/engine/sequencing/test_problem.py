"""A refused input says where, what and how to mend it; the order of parts does not count."""

from collections.abc import Callable

import pytest

from engine.sequencing.worlds import horizon, population
from orchestre_engine.codec import decode, encode, fingerprint
from orchestre_engine.errors import ProblemError
from orchestre_engine.sequencing import (
    Change,
    Demand,
    Dependency,
    Envelope,
    Footprint,
    Freeze,
    LegalStep,
    Level,
    Objective,
    Pin,
    Population,
    Recovery,
    Role,
    SequencingProblem,
    Spending,
    Wave,
    solve,
)


def world(*changes: Change, **more: object) -> SequencingProblem:
    """A problem of these changes."""
    return SequencingProblem(horizon(), (population(),), changes, **more)  # type: ignore[arg-type]  # test table


A, B = Change("A", 3), Change("B", 4)
TWO = (Wave("1", ("Agences",), 3), Wave("2", (), 4))


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (lambda: Change(" ", 3), "identifier is empty"),
        (lambda: Change("A", 3, earliest=5, latest=4), "opens in week 5"),
        (lambda: Change("A", 3, delay_cost_eur_per_week=-1), "cost of delay is -1"),
        (lambda: Change("A", 3, postponed_value_eur=float("nan")), "value lost"),
        (lambda: Change("A", 3, people=-1), "number of people"),
        (lambda: Change("A", 3, start_offset=1, end_offset=0), "ends before it starts"),
        (lambda: Change("A", 3, waves=(TWO[0], TWO[0])), "given 2 times"),
        (lambda: Change("A", 3, waves=TWO, max_spread_weeks=-1), "spread of waves is negative"),
        (
            lambda: Change("A", 3, (Footprint("Paie", 0, (1.0,)),), waves=TWO),
            "“Paie” is in no wave",
        ),
        (lambda: Footprint("Paie", 0, (-1.0,)), "hours hold -1"),
        (lambda: Demand("R", 0, (float("inf"),)), "equivalents hold inf"),
        (lambda: Spending(0, (-5.0,)), "euros hold -5"),
        (lambda: Population("P", (1.0,), -3), "headcount is -3"),
        (lambda: Role("R", (None, -1.0)), "capacities hold -1"),
        (lambda: Envelope("E", 4, 4, 10.0), "ends in week 4"),
        (lambda: Envelope("E", 4, 5, -10.0), "amount is -10"),
        (lambda: Freeze("F", 4, 3), "ends in week 3"),
        (lambda: LegalStep("CSE", "A", 1, -1), "delay is negative"),
        (lambda: Dependency("A", "A"), "cannot wait for itself"),
        (lambda: Dependency("A", "B", price_eur_per_week=-1.0), "price is -1"),
        (lambda: Recovery(-1), "number of weeks is -1"),
        (lambda: Objective(order=(Level.PEOPLE,) * 4), "each of the four levels once"),
        (lambda: Objective(weights=(0, 0, 0, 0)), "one at least above 0"),
        (lambda: world(A, A), "“A”: given 2 times"),
        (lambda: world(A, roles=(Role("R", (1.0,)),)), "1 capacities for 12 weeks"),
        (lambda: world(Change("A", 3, (Footprint("X", 0, (1.0,)),))), "population “X”"),
        (lambda: world(Change("A", 3, demands=(Demand("X", 0, (1.0,)),))), "role “X”"),
        (lambda: world(A, dependencies=(Dependency("A", "X"),)), "change “X”"),
        (lambda: world(A, legal_steps=(LegalStep("CSE", "X", 1, 1),)), "change “X”"),
        (lambda: world(A, envelopes=(Envelope("E", 0, 4, 1.0, ("X",)),)), "change “X”"),
        (lambda: world(A, freezes=(Freeze("F", 0, 4, ("X",)),)), "population “X”"),
        (lambda: world(A, movable=("X",)), "change “X”"),
        (lambda: world(A, pins=(Pin("X", 3),)), "change “X”"),
        (lambda: world(A, pins=(Pin("A", 3, "w"),)), "wave “w”"),
        (lambda: world(A, pins=(Pin("A", 3), Pin("A", 4))), "given 2 times"),
    ],
)
def test_a_refusal_is_a_sentence(build: Callable[[], object], words: str) -> None:
    with pytest.raises(ProblemError, match=words.replace("(", r"\(")):
        build()


def test_the_order_of_parts_changes_neither_problem_nor_fingerprint() -> None:
    links = (Dependency("A", "B"), Dependency("A", "B", lag_weeks=-1, price_eur_per_week=2.0))
    one = world(A, B, dependencies=links, movable=("A", "B"))
    other = world(B, A, dependencies=links[::-1], movable=("B", "A", "B"))
    assert one == other
    assert fingerprint(one) == fingerprint(other)


def test_a_result_can_be_stored() -> None:
    result = solve(world(A, B), seconds=None, rounds=1)
    assert decode(encode(result))["status"] == result.status.value


def test_a_footprint_is_read_from_a_row_of_load() -> None:
    row = (0.0, 0.0, 0.5, 0.0, 1.0, 0.0)
    assert Footprint.of("Paie", 4, row) == Footprint("Paie", -2, (0.5, 0.0, 1.0))
    assert Footprint.of("Paie", 4, (0.0,)).hours == ()


def test_a_legal_step_says_when_it_must_open() -> None:
    step = LegalStep("CSE", "A", opens_in=2, delay_weeks=6)
    assert (step.allows_from, step.opens_by(10)) == (8, 4)


def test_headcounts_nobody_gave_weigh_as_the_mean_and_are_named() -> None:
    people = (
        population("P", headcount=4),
        population("Q", headcount=8),
        population("R", headcount=None),
    )
    problem = SequencingProblem(
        horizon(),
        people,
        (Change("A", 3, (Footprint("R", 0, (3.0,)),), fixed=True),),
        roles=(Role("Formateur", (None,) * 12),),
    )
    result = solve(problem, seconds=None, rounds=1)
    assert result.before.excess_person_hours == 6
    assert result.assumed.populations_without_headcount == ("R",)
    assert result.assumed.roles_unlimited == ("Formateur",)


def test_nothing_to_order_is_the_best_order() -> None:
    for problem in (world(), SequencingProblem(horizon(), (), ())):
        result = solve(problem, seconds=None, rounds=1)
        assert result.status.value == "optimal"
        assert result.plan.placements == ()
