"""Scenarios move waves with their initiative, or each by its own days."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

import cast
import factories as make
from orchestre.impacts.models import Activity
from orchestre.kernel.errors import DomainError
from orchestre.portfolio import services as portfolio
from orchestre.portfolio.rules.dates import Span
from orchestre.resources.models import RoleDemand
from orchestre.sequencing import services as scenarios
from orchestre.sequencing.presenters import proposal as presenter
from orchestre.sequencing.queries.scenarios import edits as edits_of
from orchestre.sequencing.rules import proposal as rules
from orchestre.sequencing.rules.asked import Asked
from orchestre.sequencing.rules.differences import Step
from orchestre.sequencing.rules.edits import Edit, PlannedWave, wave_days
from orchestre.sequencing.services import differences, gauges, plans, proposing, telling
from orchestre.sequencing.services.asking import problem_of
from orchestre.sequencing.services.live import live
from orchestre.sequencing.services.moved_load import load_of
from orchestre_engine import load as engine
from orchestre_engine import sequencing

DAY = date(2026, 3, 2)
SPAN = Span(date(2026, 1, 5), date(2026, 9, 7), date(2026, 6, 1))
PAST = PlannedWave(1, "Pilote", date(2026, 2, 2), frozenset({"A"}))
NEXT = PlannedWave(2, "Agences", date(2026, 7, 6), frozenset({"B"}))


def test_a_wave_moves_with_the_initiative_unless_it_says_its_own_days() -> None:
    assert wave_days(Edit(shift_days=14), SPAN, (PAST, NEXT), DAY) == {1: 0, 2: 14}
    assert wave_days(Edit(shift_days=14, waves=((2, -14),)), SPAN, (NEXT,), DAY) == {2: 0}
    assert wave_days(Edit(waves=((1, 7), (2, 21))), SPAN, (PAST, NEXT), DAY) == {1: 0, 2: 21}
    assert Edit(waves=((2, 7),)).moved(7, SPAN) == Edit(shift_days=7, waves=((2, 7),))


@pytest.fixture
def split(plan: SimpleNamespace) -> SimpleNamespace:
    """Put a second population in IN-B, live since February, and the first in a wave in May."""
    first = make.population("Agences Est", plan.unit, code="EAST", headcount=40)
    second = plan.second
    make.impact(second, first, hours_per_person=8.0)
    claire = cast.person("claire")
    return SimpleNamespace(
        claire=claire,
        initiative=second,
        people=plan.people,
        pilot=portfolio.add_wave(
            claire, second, name="Pilote", go_live_on=date(2026, 2, 2), populations=[first]
        ),
        wave=portfolio.add_wave(
            claire, second, name="Ouest", go_live_on=date(2026, 5, 4), populations=[plan.people]
        ),
    )


def training(split: SimpleNamespace) -> Activity:
    return Activity.objects.create(
        initiative=split.initiative, population=split.people, starts_on=date(2026, 4, 20),
        ends_on=date(2026, 4, 22), hours_per_person=2,
    )  # fmt: skip


def rows_of(result: engine.LoadResult) -> dict[str, list[float]]:
    return dict(zip(result.population_ids, result.load_hours.round(9).tolist(), strict=True))


def test_the_load_of_a_scenario_is_that_of_the_plan_once_moved(split: SimpleNamespace) -> None:
    training(split)
    foreseen = rows_of(load_of(live(), {"IN-B": Edit(shift_days=14)}))
    portfolio.move(split.claire, split.initiative, 14)
    assert rows_of(live().view.result) == foreseen


def test_a_wave_moved_apart_is_published_as_it_was_measured(split: SimpleNamespace) -> None:
    event = training(split)
    edit = Edit(shift_days=7, waves=((split.wave.pk, 14),))
    foreseen = rows_of(load_of(live(), {"IN-B": edit}))
    made = scenarios.draft(split.claire, "Ouest attend")
    scenarios.override(
        split.claire, made, split.initiative,
        {"shift_days": 7, "waves": {str(split.wave.pk): 14}},
    )  # fmt: skip
    found = differences.of(made)
    (moved,) = found.moves
    assert Step("wave:Ouest", "2026-05-04", "2026-05-25") in moved.steps
    assert not any(step.field == "wave:Pilote" for step in moved.steps)
    plan = scenarios.publish(split.claire, made, decision="Décidé.", expected=found.expected)
    split.wave.refresh_from_db()
    split.pilot.refresh_from_db()
    event.refresh_from_db()
    assert split.wave.go_live_on == date(2026, 5, 25)
    assert split.pilot.go_live_on == date(2026, 2, 2)
    assert event.starts_on == date(2026, 5, 11)
    assert rows_of(live().view.result) == foreseen
    told = plans.opened(plan)["initiatives"]["IN-B"]["waves"]
    assert told == {"Pilote": "2026-02-02", "Ouest": "2026-05-25"}
    assert "waves" not in plans.opened(plan)["initiatives"]["IN-A"]


def test_only_the_people_whose_wave_moves_are_counted(split: SimpleNamespace) -> None:
    found = gauges.measure_edits({"IN-B": Edit(waves=((split.wave.pk, 14),))})
    assert found.moved == ("IN-B",)
    assert found.measures.people_moved == 260
    assert found.measures.delay_cost_eur == pytest.approx(5_000 * 2 * 260 / 300)
    whole = gauges.measure_edits({"IN-B": Edit(shift_days=14)})
    assert whole.measures.people_moved == 260  # the pilot went live: it stays


def test_a_wave_of_another_initiative_is_refused(split: SimpleNamespace) -> None:
    made = scenarios.draft(split.claire, "Non")
    with pytest.raises(DomainError, match="has no wave with the number 999"):
        scenarios.override(split.claire, made, split.initiative, {"waves": {"999": 7}})
    with pytest.raises(DomainError, match="“x” is not the number of a wave"):
        scenarios.override(split.claire, made, split.initiative, {"waves": {"x": 7}})


def test_without_the_option_waves_move_as_one_and_a_live_one_holds_them(
    split: SimpleNamespace,
) -> None:
    (change,) = [one for one in problem_of(live(), Asked()).problem.changes if one.id == "IN-B"]
    assert (change.waves, change.started) == ((), True)


def test_the_search_is_given_the_waves_and_the_load_as_it_is(split: SimpleNamespace) -> None:
    asking = problem_of(live(), Asked(split=True, spread_weeks=4))
    (change,) = [one for one in asking.problem.changes if one.id == "IN-B"]
    pilot, west = (next(one for one in change.waves if one.id == str(pk)) for pk in
                   (split.pilot.pk, split.wave.pk))  # fmt: skip
    assert (pilot.fixed, pilot.populations, pilot.current_start) == (True, ("EAST",), -4)
    assert (west.fixed, west.populations, west.current_start) == (False, ("WEST",), 9)
    assert west.apart == west.gives == pilot.gives == 9 - change.current_start
    assert pilot.apart == -4 - change.current_start
    assert change.max_spread_weeks == 13  # that of today, more than was asked
    found = sequencing.solve(asking.problem, seconds=0.3, seed=1)
    assert found.before.broken_weeks == 0


def test_a_search_moves_a_wave_and_keeps_it_in_a_scenario(split: SimpleNamespace) -> None:
    portfolio.change_wave(split.claire, split.wave, {"go_live_on": date(2026, 4, 6)})
    asked = Asked(people=10, dates=0, benefits=0, seconds=2, split=True, only=("IN-B",))
    proposing.ask(split.claire, asked)
    found = proposing.search(asked, on_better=lambda _one: None, should_stop=lambda: False)
    answer = telling.answer_of(found, asked, stopped=False)
    told = answer.proposals[0]
    (move,) = told.moves
    assert (move.code, move.wave, move.wave_name) == ("IN-B", split.wave.pk, "Ouest")
    assert move.before_on == date(2026, 4, 6)
    assert move.spots
    assert [one.kind for one in move.reasons] == ["role"]
    assert told.measures.excess_person_hours < answer.before.excess_person_hours
    edits, _why = presenter.accepted(answer, told.name, [move.key])
    assert proposing.measured(live(), edits).measures == told.measures
    kept = proposing.keep(split.claire, "Vagues", "", edits)
    (row,) = kept.overrides.all()
    assert edits_of(kept) == edits
    assert row.initiative == split.initiative
    assert presenter.accepted(answer, told.name, ["IN-B"])[0] == {}


def means_of(pilot_weeks: int, west_weeks: int) -> tuple[float, float]:
    """Return the missing FTE-weeks and euros of the engine once the waves of IN-B move."""
    asking = problem_of(live(), Asked(split=True, spread_weeks=26))
    current = sequencing.current_plan(asking.problem)
    (numbers,) = [some for code, some in asking.waves.items() if code == "IN-B"]
    weeks = {numbers[0].id: pilot_weeks, numbers[1].id: west_weeks}
    starts = tuple(
        None if one.start is None else one.start + weeks.get(one.wave, 0)
        for one in current.placements
    )
    figures = sequencing.Evaluation(
        asking.problem, sequencing.plan_of(asking.problem, starts)
    ).figures
    return figures.role_excess_fte_weeks, figures.budget_excess_eur


def test_roles_and_euros_move_with_the_last_wave_in_the_order_and_in_the_gauges(
    split: SimpleNamespace,
) -> None:
    """In April 6 architects for 4, whatever the pilot does; none too many with the last wave.

    By week, 4 of them each: 5 days of 7 in the week of 30 March, 6 × 5 / 7 − 4 = 2 / 7, then 2 in
    each of three whole weeks; 6 × 4 / 7 in the last one is less than 4. Four weeks later, the 30
    days of IN-B run from 29 April: 3 + 3 × 2 / 30 = 3.2 in April. The envelope holds the year:
    240,000 € of 200,000 € whenever they fall.
    """
    fte_weeks = 2 / 7 + 3 * 2
    pilot, west = split.pilot, split.wave
    portfolio.change_wave(split.claire, pilot, {"go_live_on": date(2026, 4, 13)})

    def gauge(edit: Edit) -> tuple[float | None, float | None]:
        found = gauges.measure_edits({"IN-B": edit}).measures
        return found.fte_excess, found.budget_excess_eur

    assert means_of(0, 0) == pytest.approx((fte_weeks, 40_000))
    assert gauge(Edit()) == pytest.approx((2, 40_000))
    assert means_of(4, 0) == pytest.approx((fte_weeks, 40_000))
    assert gauge(Edit(waves=((pilot.pk, 28),))) == pytest.approx((2, 40_000))
    assert means_of(0, 4) == pytest.approx((0, 40_000))
    assert gauge(Edit(shift_days=28, waves=((pilot.pk, -28),))) == pytest.approx((0, 40_000))
    made = scenarios.draft(split.claire, "Ouest attend")
    edit = {"shift_days": 28, "waves": {str(pilot.pk): -28}}
    scenarios.override(split.claire, made, split.initiative, edit)
    expected = differences.of(made).expected
    scenarios.publish(split.claire, made, decision="Décidé.", expected=expected)
    west.refresh_from_db()
    pilot.refresh_from_db()
    assert (pilot.go_live_on, west.go_live_on) == (date(2026, 4, 13), date(2026, 6, 1))
    (ask,) = RoleDemand.objects.filter(initiative=split.initiative)
    assert ask.starts_on == date(2026, 4, 29)  # published as both measured it
    assert means_of(0, 0) == pytest.approx((0, 40_000))


def test_the_moves_of_waves_become_one_override() -> None:
    waves = (("A", (4, 5, 0)), ("B", (6, 7)))
    assert rules.edits_of([("A", 0, 2), ("A", 4, 3)], waves) == {
        "A": Edit(shift_days=14, waves=((4, 7), (5, -14)))
    }
    assert rules.edits_of([("B", 6, 2), ("B", 7, 4)], waves) == {
        "B": Edit(shift_days=28, waves=((6, -14),))
    }
    assert rules.edits_of([("B", 6, 4)], waves) == {"B": Edit(waves=((6, 28),))}
    assert rules.edits_of([("A", None, None)], waves) == {"A": Edit(included=False)}
    assert rules.edits_of([("C", None, 1)], waves) == {"C": Edit(shift_days=7)}
