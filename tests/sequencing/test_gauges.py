"""The three gauges: known values, and the same figures as a full computation of the plan moved."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest

import cast
from orchestre.portfolio import services as portfolio
from orchestre.portfolio.models import Initiative
from orchestre.resources.models import CostLine, RoleDemand
from orchestre.sequencing import services
from orchestre.sequencing.rules.edits import Edit
from orchestre.sequencing.rules.measures import value_between
from orchestre.sequencing.services import gauges

APRIL, MAY = 1, 2


def test_the_plan_in_force(plan: SimpleNamespace) -> None:
    found = gauges.measure()
    figures = found.measures
    assert figures.people_over == 260
    assert figures.excess_person_hours == pytest.approx(2 * 260 * 0.65)
    assert figures.worst_ratio == pytest.approx(2.4 / 1.75)
    assert found.worst == ("WEST", date(2026, 4, 6))
    assert found.asked_fte[0, APRIL] == pytest.approx(6)
    assert figures.fte_excess == pytest.approx(2)
    assert figures.cost_eur == pytest.approx(240_000)
    assert figures.budget_excess_eur == pytest.approx(40_000)
    assert figures.delay_cost_eur == 0
    assert figures.initiatives_moved == 0
    assert figures.people_moved == 0
    assert figures.broken == 0
    days = (date(2028, 3, 1) - date(2026, 4, 6)).days
    assert figures.value_eur == pytest.approx(2 * 1000 * days)


def test_a_shift_moves_the_three_gauges(plan: SimpleNamespace) -> None:
    found = gauges.measure_edits({"IN-B": Edit(shift_days=56)})
    figures = found.measures
    assert figures.people_over == 0
    assert figures.excess_person_hours == 0
    assert figures.fte_excess == pytest.approx(0)
    assert figures.budget_excess_eur == pytest.approx(40_000)
    assert figures.delay_cost_eur == pytest.approx(8 * 5_000)
    assert figures.initiatives_moved == 1
    assert figures.people_moved == 260
    assert figures.broken == 0
    before = gauges.measure().measures.value_eur
    assert before is not None
    assert figures.value_eur == pytest.approx(before - 56 * 1000)


def test_moving_earlier_breaks_what_it_needs(plan: SimpleNamespace) -> None:
    found = gauges.measure_edits({"IN-B": Edit(shift_days=-7)})
    assert found.measures.broken == 1
    assert found.broken.orphaned == frozenset()
    assert found.measures.delay_cost_eur == pytest.approx(-5_000)


def test_stopping_frees_and_orphans(plan: SimpleNamespace) -> None:
    found = gauges.measure_edits({"IN-A": Edit(included=False)})
    assert found.measures.people_over == 0
    assert found.measures.cost_eur == pytest.approx(120_000)
    assert found.measures.fte_excess == pytest.approx(0)
    assert len(found.broken.orphaned) == 1
    assert found.excluded == ("IN-A",)
    assert found.measures.initiatives_moved == 0


def test_committed_money_stays_when_it_stops(plan: SimpleNamespace) -> None:
    CostLine.objects.filter(initiative=plan.first).update(state="committed")
    found = gauges.measure_edits({"IN-A": Edit(included=False)})
    assert found.measures.cost_eur == pytest.approx(240_000)


def test_allocation_and_amount_change_roles_and_money_only(plan: SimpleNamespace) -> None:
    found = gauges.measure_edits({"IN-A": Edit(allocation_ratio=0.5, amount_ratio=0.25)})
    assert found.asked_fte[0, APRIL] == pytest.approx(4.5)
    assert found.measures.cost_eur == pytest.approx(150_000)
    assert found.measures.excess_person_hours == pytest.approx(2 * 260 * 0.65)


def test_an_unknown_headcount_is_counted_apart(plan: SimpleNamespace) -> None:
    plan.people.headcount = None
    plan.people.save()
    found = gauges.measure()
    assert found.measures.people_over == 0
    assert found.unknown_headcounts == 1


def test_without_means_nothing_is_invented(plan: SimpleNamespace) -> None:
    RoleDemand.objects.all().delete()
    CostLine.objects.all().delete()
    for one in (plan.first, plan.second):
        one.worth.delete()
    plan.role.capacities.all().delete()
    figures = gauges.measure().measures
    assert figures.cost_eur is None
    assert figures.value_eur is None
    assert figures.fte_excess is None
    assert figures.delay_cost_eur is None


@pytest.mark.parametrize("days", [-35, -7, 7, 56, 84])
def test_the_load_is_that_of_the_plan_really_moved(plan: SimpleNamespace, days: int) -> None:
    guessed = gauges.measure_edits({"IN-B": Edit(shift_days=days)})
    portfolio.move(cast.person("claire"), Initiative.objects.get(code="IN-B"), days)
    real = gauges.measure()
    assert np.array_equal(guessed.excess_hours, real.excess_hours)
    assert np.array_equal(guessed.worst_ratio, real.worst_ratio, equal_nan=True)
    assert guessed.measures.value_eur == pytest.approx(real.measures.value_eur)
    assert guessed.measures.broken == real.measures.broken


def test_a_scenario_is_measured_by_its_overrides(plan: SimpleNamespace) -> None:
    claire = cast.person("claire")
    scenario = services.draft(claire, "Later")
    services.override(claire, scenario, plan.second, {"shift_days": 56})
    assert (
        gauges.measure(scenario).measures
        == gauges.measure_edits({"IN-B": Edit(shift_days=56)}).measures
    )


def test_value_ramps_up_in_a_straight_line() -> None:
    first, half, later = date(2026, 1, 5), date(2026, 2, 9), date(2026, 3, 16)
    full = 365_250.0
    assert value_between(full, 10, first, first, half) == pytest.approx(1000 * 35 * 35 / 140)
    assert value_between(full, 10, first, half, later) == pytest.approx(1000 * (35 - 8.75))
    assert value_between(full, 0, later, first, half) == 0
