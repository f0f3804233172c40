"""Rows become exactly the problem that one would write by hand."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import factories as make
from orchestre.impacts.models import Activity
from orchestre.load import snapshot
from orchestre.org.models import CalendarPeriod, CapacityRule
from orchestre_engine import load as engine
from orchestre_engine.periods import Horizon

GO_LIVE, TODAY = date(2026, 4, 6), date(2026, 3, 2)


def taken(**values: bool) -> snapshot.Snapshot:
    return snapshot.take(TODAY, 13, today=TODAY, **values)


def test_rows_are_the_problem_written_by_hand(small: SimpleNamespace) -> None:
    CapacityRule.objects.create(unit=small.unit, absorption_ratio=0.04)
    CalendarPeriod.objects.create(
        unit=small.unit, name="Soldes", starts_on=date(2026, 3, 2), ends_on=date(2026, 3, 9)
    )
    Activity.objects.create(
        initiative=small.first, population=small.people, kind="training",
        starts_on=date(2026, 3, 9), ends_on=date(2026, 3, 11), hours_per_person=3,
    )  # fmt: skip
    small.first.go_live_earlier_weeks, small.first.go_live_later_weeks = 1, 3
    small.first.save()
    assert taken().problem == engine.LoadProblem(
        horizon=Horizon(TODAY, 13),
        units=(engine.Unit("NET"),),
        populations=(
            engine.Population("WEST", "NET", 100),
            engine.Population("EAST", "NET", 300),
        ),
        impacts=(
            engine.Impact("IN-A", "WEST", GO_LIVE, hours=8.0),
            engine.Impact("IN-B", "WEST", GO_LIVE, hours=8.0),
        ),
        activities=(engine.Activity("IN-A", "WEST", date(2026, 3, 9), date(2026, 3, 11), 3.0),),
        absorption=(
            engine.AbsorptionRule("NET", 0.04, engine.Provenance.DECLARED),
            engine.AbsorptionRule(None, 0.05),
        ),
        factors=(engine.CapacityFactor(date(2026, 3, 2), date(2026, 3, 9), 0.5, "Soldes", "NET"),),
        uncertainty=engine.Uncertainty(
            (
                engine.ChangeUncertainty("IN-A", 1, 3),
                engine.ChangeUncertainty("IN-B", 2, 8),
            ),
            0.5,
            0.2,
        ),
    )


def test_an_initiative_nobody_described_is_assumed_on_its_unit(small: SimpleNamespace) -> None:
    make.initiative("ERP", code="IN-C", unit=small.unit, cost_eur=9_000_000, go_live_on=GO_LIVE)
    found = taken()
    assert set(found.guesses) == {("IN-C", "WEST"), ("IN-C", "EAST")}
    guessed = [one for one in found.problem.impacts if one.change == "IN-C"]
    assert {one.provenance for one in guessed} == {engine.Provenance.ASSUMED}
    assert {one.intensity for one in guessed} == {3.0}
    without = taken(confirmed_only=True)
    assert {one.change for one in without.problem.impacts} == {"IN-A", "IN-B"}


def test_without_go_live_the_last_day_counts_and_without_any_date_it_is_told(
    small: SimpleNamespace,
) -> None:
    ending = make.initiative("Fin", code="IN-D", go_live_on=None, ends_on=date(2026, 5, 1))
    nowhen = make.initiative(
        "Sans date", code="IN-E", go_live_on=None, starts_on=None, ends_on=None
    )
    make.impact(ending, small.people)
    make.impact(nowhen, small.people)
    found = taken()
    assert [one.go_live_on for one in found.problem.impacts if one.change == "IN-D"] == [
        date(2026, 4, 30)
    ]
    assert found.undated == ("IN-E",)


def test_stopped_and_archived_initiatives_ask_nothing(small: SimpleNamespace) -> None:
    small.first.stage = "stopped"
    small.first.save()
    small.second.archived_at = "2026-01-01T00:00:00Z"
    small.second.save()
    found = taken()
    assert found.problem.impacts == ()
    assert found.askings == {}


def test_a_go_live_that_is_past_is_no_longer_in_doubt(small: SimpleNamespace) -> None:
    small.first.go_live_on = date(2026, 2, 2)
    small.first.save()
    doubts = {one.change for one in taken().problem.uncertainty.changes}
    assert doubts == {"IN-B"}


def test_initiatives_that_touch_nobody_known_are_told(small: SimpleNamespace) -> None:
    make.initiative("Orpheline", code="IN-F")
    assert taken().unmapped == ("IN-F",)


@pytest.mark.parametrize("more", [1, 30])
def test_the_number_of_queries_does_not_depend_on_the_rows(
    small: SimpleNamespace, more: int
) -> None:
    for number in range(more):
        one = make.initiative(f"Changement {number}")
        make.impact(one, small.people)
        make.population(f"Groupe {number}", small.unit)
    with CaptureQueriesContext(connection) as queries:
        taken()
    assert len(queries) == 9
