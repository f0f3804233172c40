"""Roles and euros of a change deployed in waves move with one of them, and only with it."""

from dataclasses import replace
from datetime import date

import pytest

from orchestre_engine.errors import ProblemError
from orchestre_engine.periods import Horizon
from orchestre_engine.sequencing import (
    Change,
    Demand,
    Envelope,
    Evaluation,
    Footprint,
    Population,
    Role,
    SequencingProblem,
    Spending,
    Wave,
)
from orchestre_engine.sequencing.evaluate import plan_of

WEEKS = 12
#: 10 people live with the pilot in week 2, 90 with the branches in week 6
CHANGE = Change(
    "Caisse",
    2,
    (Footprint("Pilote", 0, (1.0,)), Footprint("Agences", 4, (1.0,))),
    demands=(Demand("Formateur", 0, (1.0, 1.0)),),
    spending=(Spending(0, (60.0, 40.0)),),
    waves=(Wave("1", ("Pilote",), 2), Wave("2", ("Agences",), 6)),
)


def problem(change: Change = CHANGE) -> SequencingProblem:
    return SequencingProblem(
        horizon=Horizon(date(2026, 1, 5), WEEKS),
        populations=(
            Population("Pilote", (2.0,) * WEEKS, headcount=10),
            Population("Agences", (2.0,) * WEEKS, headcount=90),
        ),
        changes=(change,),
        roles=(Role("Formateur", (0.5,) * WEEKS),),
        envelopes=(Envelope("Mars", 5, 9, 50.0),),
    )


def seen(pilot: int, branches: int, change: Change = CHANGE) -> Evaluation:
    asked = problem(change)
    return Evaluation(asked, plan_of(asked, (pilot, branches)))


def asked_in(found: Evaluation) -> dict[int, float]:
    weeks = enumerate(found.role_use["Formateur"].tolist())
    return {week: fte for week, fte in weeks if fte}


def test_where_nothing_moves_they_are_where_the_change_has_them() -> None:
    found = seen(2, 6)
    assert asked_in(found) == {2: 1.0, 3: 1.0}
    assert found.spent_eur == {"Mars": 0.0}


def test_the_last_wave_takes_them_along_by_its_own_weeks_and_the_pilot_leaves_them() -> None:
    """Weeks 2 and 3 become 5 and 6 when the branches go from 6 to 9: 2 × 0.5 FTE too many."""
    assert asked_in(seen(5, 6)) == {2: 1.0, 3: 1.0}
    assert seen(5, 6).spent_eur == {"Mars": 0.0}
    late = seen(2, 9)
    assert asked_in(late) == {5: 1.0, 6: 1.0}
    assert late.spent_eur == {"Mars": 100.0}
    assert late.figures.role_excess_fte_weeks == 1.0
    assert late.figures.budget_excess_eur == 50.0


def test_another_wave_may_carry_them() -> None:
    named = replace(CHANGE, carrier="1")
    assert asked_in(seen(5, 6, named)) == {5: 1.0, 6: 1.0}
    assert asked_in(seen(2, 9, named)) == {2: 1.0, 3: 1.0}


def test_the_cost_of_delay_counts_the_people_all_the_same() -> None:
    """A week later for 90 of 100 people costs nine tenths of a week."""
    dear = replace(CHANGE, delay_cost_eur_per_week=1000.0)
    assert seen(2, 7, dear).figures.delay_cost_eur == pytest.approx(900.0)


def test_a_carrier_that_is_no_wave_is_refused() -> None:
    with pytest.raises(ProblemError, match="move with wave “9”, which it does not have"):
        replace(CHANGE, carrier="9")
