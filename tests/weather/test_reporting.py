"""Publishing: reasons, corrections, two people at once, and what each report keeps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.utils import timezone

import cast
from orchestre.journal.models import ChangeSet
from orchestre.journal.services import undo
from orchestre.kernel.errors import CannotDo, DomainError, StaleVersion
from orchestre.portfolio.models import Initiative, Milestone
from orchestre.weather import queries
from orchestre.weather.models import Promise, ThresholdSet, WeatherReport
from orchestre.weather.rules import AXES, Draft, period_of
from orchestre.weather.rules.zombies import Asked, Pulse, is_asked_about, reasons_of
from orchestre.weather.services import promises, readings, thresholds
from orchestre.weather.services.reporting import publish
from orchestre_engine.value import health as engine

pytestmark = pytest.mark.django_db
HONEST = Draft(
    declared={**dict.fromkeys(AXES, "ok"), "schedule": "off", "cost": "off", "benefits": "watch",
              "scope": "ok", "people": "", "risks": ""},
    reasons={},
    summary="La bascule glisse de deux mois.",
)  # fmt: skip


def sunny(**changes: str) -> Draft:
    return replace(HONEST, declared={**HONEST.declared, **changes})


def test_an_honest_report_keeps_what_was_calculated(pair: SimpleNamespace) -> None:
    made = publish(pair.lead, pair.late, HONEST, after=None)
    assert made.period_on == date(2026, 3, 2)
    assert (made.revision, made.level, made.formula, made.thresholds) == (1, "off", "health/1", 1)
    assert made.calculated["axes"]["schedule"]["level"] == "off"
    (drift,) = made.calculated["axes"]["schedule"]["measures"]
    assert drift[0] == "drift"
    assert drift[2:] == [0.1, 0.25, "off"]
    # dates change, the thresholds too: reopening gives the same
    Milestone.objects.update(forecast_on=None, baseline_on=None)
    readings.forget()
    assert WeatherReport.objects.get().calculated == made.calculated


def test_better_than_calculated_needs_a_reason(pair: SimpleNamespace) -> None:
    with pytest.raises(DomainError, match="say why") as refused:
        publish(pair.lead, pair.late, sunny(schedule="ok", cost="watch"), after=None)
    assert set(refused.value.fields) == {"reason_schedule", "reason_cost"}
    assert not WeatherReport.objects.exists()
    told = replace(sunny(schedule="ok"), reasons={"schedule": " Marge au lot 2 ", "people": "rien"})
    made = publish(pair.lead, pair.late, told, after=None)
    assert made.reasons == {"schedule": "Marge au lot 2"}


def test_six_levels_are_required(pair: SimpleNamespace) -> None:
    with pytest.raises(DomainError, match="each of the six axes"):
        publish(pair.lead, pair.late, replace(HONEST, declared={"schedule": "off"}), after=None)
    with pytest.raises(DomainError, match="each of the six axes"):
        publish(pair.lead, pair.late, sunny(cost="done"), after=None)


def test_the_three_headline_healths_follow(pair: SimpleNamespace) -> None:
    publish(pair.lead, pair.late, sunny(people="watch", risks="watch"), after=None)
    row = Initiative.objects.get(pk=pair.late.pk)
    assert (row.health_human, row.health_technical, row.health_economic) == ("watch", "off", "off")


def test_a_second_report_corrects_and_both_stay(pair: SimpleNamespace) -> None:
    first = publish(pair.lead, pair.late, HONEST, after=None)
    second = publish(pair.lead, pair.late, sunny(scope="watch"), after=first.pk)
    assert (second.period_on, second.revision) == (first.period_on, 2)
    assert WeatherReport.objects.count() == 2
    assert [row.pk for row in queries.reports_of(pair.late)] == [second.pk]
    with time_machine.travel("2026-03-09T09:00:00+00:00", tick=False):
        third = publish(pair.lead, pair.late, HONEST, after=second.pk)
    assert third.revision == 1
    assert len(queries.reports_of(pair.late)) == 2


def test_publishing_is_journaled_and_not_undone(pair: SimpleNamespace) -> None:
    publish(pair.lead, pair.late, HONEST, after=None)
    done = ChangeSet.objects.get(verb="weather.report")
    assert done.label == "Published the weather of IN-A"
    with pytest.raises(DomainError, match="cannot be undone"):
        undo(cast.person("claire"), done)


def test_what_somebody_published_meanwhile_is_not_covered(pair: SimpleNamespace) -> None:
    office = cast.person("claire")
    theirs = publish(office, pair.late, sunny(scope="off"), after=None)
    with pytest.raises(StaleVersion) as stale:
        publish(pair.lead, pair.late, HONEST, after=None)
    conflict = stale.value.conflict
    assert [(one.field, one.mine, one.theirs) for one in conflict.clashes] == [
        ("scope", "ok", "off")
    ]
    assert (conflict.who, conflict.current_version) == ("Claire Office", theirs.pk)
    assert WeatherReport.objects.count() == 1


def test_forecasts_are_written_in_place_and_can_be_undone(pair: SimpleNamespace) -> None:
    day = pair.go_live.forecast_on + timedelta(days=14)
    draft = replace(HONEST, milestones=((pair.go_live.pk, pair.go_live.version, day),))
    made = publish(pair.lead, pair.late, draft, after=None)
    assert Milestone.objects.get(pk=pair.go_live.pk).forecast_on == day
    assert made.calculated["behind"]["drift_days"] == 74  # calculated after the move
    undo(cast.person("claire"), ChangeSet.objects.get(verb="portfolio.change-milestone"))
    assert Milestone.objects.get(pk=pair.go_live.pk).forecast_on == pair.go_live.forecast_on


def test_a_milestone_moved_meanwhile_is_said(pair: SimpleNamespace) -> None:
    from orchestre.portfolio.services import change_milestone  # noqa: PLC0415 - beside its use

    read = pair.go_live.version
    change_milestone(cast.person("claire"), pair.go_live, {"forecast_on": date(2026, 7, 1)})
    draft = replace(HONEST, milestones=((pair.go_live.pk, read, date(2026, 8, 1)),))
    with pytest.raises(DomainError, match="Claire Office moved “Bascule” to 1 July 2026"):
        publish(pair.lead, pair.late, draft, after=None)
    assert not WeatherReport.objects.exists()


def test_only_the_lead_and_the_office_declare(pair: SimpleNamespace) -> None:
    marc = cast.manager_of(pair.unit.pk)
    for person in (marc, cast.person("rosa"), cast.person("aude")):
        with pytest.raises(CannotDo, match="Only the lead"):
            publish(person, pair.late, HONEST, after=None)
    with pytest.raises(CannotDo):
        publish(pair.lead, pair.calm, HONEST, after=None)
    pair.late.stage = "value"
    with pytest.raises(CannotDo, match="not under way"):
        publish(pair.lead, pair.late, HONEST, after=None)


def test_the_first_report_of_a_month_freezes_its_promises(pair: SimpleNamespace) -> None:
    publish(pair.lead, pair.late, HONEST, after=None)
    (promise,) = Promise.objects.all()
    assert (promise.month_on, promise.milestone_id) == (date(2026, 3, 1), pair.well.pk)
    Milestone.objects.filter(pk=pair.well.pk).update(forecast_on=date(2026, 5, 1))
    assert promises.open_current() == 0
    with pytest.raises(DomainError, match="already frozen"):
        promises.open_month(cast.person("claire"))
    with pytest.raises(CannotDo):
        promises.open_month(cast.person("rosa"))


def test_the_office_opens_a_month_that_has_something_to_promise(pair: SimpleNamespace) -> None:
    assert promises.open_month(cast.person("claire")) == 1
    Promise.objects.all().delete()
    Milestone.objects.all().delete()
    with pytest.raises(DomainError, match="nothing to freeze"):
        promises.open_month(cast.person("claire"))


def wanted(**changes: object) -> thresholds.Wanted:
    found = thresholds.Wanted(
        bounds=dict(engine.DEFAULT_BOUNDS),
        weights=dict.fromkeys(AXES, 1.0),
        blocking=frozenset(AXES),
        rule="worst",
        least_known_share=0.5,
        period_days=14,
    )
    return replace(found, **changes)  # type: ignore[arg-type]  # names are those of the fields


def test_thresholds_are_versioned_and_old_reports_keep_theirs(pair: SimpleNamespace) -> None:
    office = cast.person("claire")
    first = publish(pair.lead, pair.late, HONEST, after=None)
    kinder = {**engine.DEFAULT_BOUNDS, "drift": (1.0, 2.0), "overrun": (0.5, 0.9)}
    made = thresholds.change(office, wanted(bounds=kinder), "Année de transition", expected=1)
    assert made.number == 2
    assert readings.of(pair.late).word("schedule") == "ok"  # type: ignore[union-attr]  # it is under way
    first.refresh_from_db()
    assert (first.thresholds, first.level) == (1, "off")
    again = publish(pair.lead, pair.late, sunny(schedule="ok", cost="ok"), after=first.pk)
    assert (again.thresholds, again.level) == (2, "watch")  # the first year loses a sixth
    with pytest.raises(StaleVersion):
        thresholds.change(office, wanted(), "Encore", expected=1)


@pytest.mark.parametrize(
    ("changes", "reason", "field"),
    [
        ({}, " ", "reason"),
        ({"bounds": {"drift": (0.3, 0.2)}}, "x", "drift"),
        ({"weights": dict.fromkeys(AXES, 0.0)}, "x", "weights"),
        ({"weights": {**dict.fromkeys(AXES, 1.0), "cost": -1}}, "x", "weights"),
        ({"rule": "median"}, "x", "rule"),
        ({"least_known_share": 2}, "x", "least_known_share"),
        ({"period_days": 0}, "x", "period_days"),
    ],
)
def test_thresholds_that_mean_nothing_are_refused(
    pair: SimpleNamespace, changes: dict[str, object], reason: str, field: str
) -> None:
    with pytest.raises(DomainError) as refused:
        thresholds.change(cast.person("claire"), wanted(**changes), reason, expected=1)
    assert field in refused.value.fields
    assert not ThresholdSet.objects.exists()


def test_who_reads_does_not_set_thresholds(pair: SimpleNamespace) -> None:
    with pytest.raises(CannotDo):
        thresholds.change(pair.lead, wanted(), "x", expected=1)


def test_nothing_is_awaited_before_a_first_report(pair: SimpleNamespace) -> None:
    assert readings.awaited(pair.lead) == []
    publish(cast.person("claire"), pair.calm, sunny(), after=None)
    assert readings.awaited(pair.lead) == [("IN-A", "SIRH")]
    publish(pair.lead, pair.late, HONEST, after=None)
    assert readings.awaited(pair.lead) == []


def test_periods_begin_on_a_monday() -> None:
    assert period_of(date(2026, 3, 8), 7) == date(2026, 3, 2)
    assert period_of(date(2026, 3, 9), 7) == date(2026, 3, 9)
    assert period_of(date(2026, 3, 9), 14).weekday() == 0


def pulse(**changes: object) -> Pulse:
    today = timezone.localdate()
    found = Pulse(today - timedelta(300), today + timedelta(30), today, today, 0, True, False)
    return replace(found, **changes)  # type: ignore[arg-type]  # names are those of the fields


@pytest.mark.parametrize(
    ("changes", "days", "found"),
    [
        ({}, 0, {}),
        ({"spends": True}, 0, {}),
        ({"reported_on": None}, 0, {}),
        ({}, 42, {"silent": 6, "overdue": 13}),
        ({"moved": 2}, 0, {}),
        ({"moved": 3, "spends": True}, 0, {"moved": 3, "spending": 1}),
        ({"milestone_ahead": False}, 0, {"no_milestone": 1}),
        ({"ends_on": None}, 60, {"silent": 8, "untouched": 8}),
    ],
)
def test_each_reason_is_a_fact(
    changes: dict[str, object], days: int, found: dict[str, int]
) -> None:
    today = timezone.localdate() + timedelta(days)
    assert reasons_of(pulse(**changes), today) == found


def test_reasons_are_switched_off() -> None:
    three = {"silent": 9, "moved": 3, "spending": 1}
    assert is_asked_about(three, Asked())
    assert not is_asked_about(three, Asked(frozenset({"moved"})))
    assert is_asked_about(three, Asked(frozenset({"moved"}), 2))
