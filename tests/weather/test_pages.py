"""The pages: what each shows, to whom, and what a refusal says."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from click.testing import CliRunner
from django.test import Client
from django.utils import timezone

import cast
import factories as make
from orchestre.portfolio.models import Initiative, Milestone
from orchestre.resources.models import CostLine
from orchestre.weather.cli import weather
from orchestre.weather.models import Promise, ThresholdSet, WeatherReport
from orchestre.weather.presenters import beside
from orchestre.weather.rules import AXES
from orchestre.weather.services import readings

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
LEVELS = {"schedule": "off", "cost": "off", "scope": "ok", "benefits": "watch", "risks": "",
          "people": ""}  # fmt: skip
UPDATE = "/weather/initiatives/IN-A/update/"


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_says_the_portfolio_first(pair: SimpleNamespace, as_person: As) -> None:
    page = text(as_person("rosa"), "/weather/")
    assert "2 initiatives under way" in page
    assert 'href="?only=off">1</a> off track' in page
    assert "€100,000" in page
    assert page.index("IN-A") < page.index("IN-B")
    assert "never declared" in page
    assert "Update 1 initiative" not in page  # who only reads is asked nothing


def test_a_watermelon_is_half_filled_and_its_reason_is_shown(
    pair: SimpleNamespace, as_person: As
) -> None:
    told = {**LEVELS, "schedule": "ok", "cost": "ok", "reason-schedule": "Marge au lot 2",
            "reason-cost": "Avenant signé"}  # fmt: skip
    assert as_person("claire").post(UPDATE, {**told, "after": ""}).status_code == 302
    rosa = as_person("rosa")
    page = text(rosa, "/weather/?only=gap")
    assert "st-ok-half" in page
    assert "2 axes" in page
    assert "1</a> of 1 are declared better than the figures say (100%)" in page
    page = text(rosa, "/weather/initiatives/IN-A/")
    assert "Marge au lot 2" in page
    assert "watch from 10%, off track from 25%" in page


def test_old_news_is_grey_never_green(pair: SimpleNamespace, as_person: As) -> None:
    as_person("claire").post(UPDATE, {**LEVELS, "after": ""})
    WeatherReport.objects.update(
        published_at=timezone.now() - timedelta(days=8), declared_level="ok"
    )
    page = text(as_person("rosa"), "/weather/?only=stale")
    assert "8 days, out of date" in page
    assert "On track</span>" not in page.split("<tbody>")[1].split("IN-B")[0]


def test_the_update_is_filled_in_from_last_time_and_from_what_moved(
    pair: SimpleNamespace, as_person: As
) -> None:
    claire = as_person("claire")
    first = text(claire, UPDATE)
    assert "the figures propose, you decide" in first
    claire.post(UPDATE, {**LEVELS, "after": "", "summary": "Recette en cours."})
    again = text(claire, UPDATE)
    assert "Recette en cours." in again
    assert 'name="benefits" value="watch" data-digit="2" checked' in again
    assert "Nothing moved" in again
    row = Milestone.objects.get(pk=pair.go_live.pk)
    day = (row.forecast_on or timezone.localdate()) + timedelta(days=7)
    given = {"name": "Bascule", "kind": "go_live", "forecast_on": day.isoformat()}
    with time_machine.travel("2026-03-02T09:10:00+00:00", tick=False):
        claire.post(f"/initiatives/IN-A/milestones/{row.pk}/", {**given, "version": row.version})
    assert "Bascule: Forecast 31 May 2026 → 7 June 2026" in text(claire, UPDATE)


def test_a_missing_reason_is_said_beside_its_axis_and_nothing_typed_is_lost(
    pair: SimpleNamespace, as_person: As
) -> None:
    answer = as_person("claire").post(
        UPDATE, {**LEVELS, "schedule": "ok", "after": "", "summary": "Tout va bien."}
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "<title>Error:" in page
    assert 'href="#reason-schedule"' in page
    assert "Tout va bien." in page
    assert not WeatherReport.objects.exists()


def test_an_unreadable_day_is_said(pair: SimpleNamespace, as_person: As) -> None:
    key = f"day-{pair.go_live.pk}"
    answer = as_person("claire").post(UPDATE, {**LEVELS, "after": "", key: "bientôt"})
    assert answer.status_code == 422
    assert f'href="#{key}"' in answer.content.decode()


def test_two_people_at_once_choose(pair: SimpleNamespace, as_person: As) -> None:
    claire, lina = as_person("claire"), Client()
    lina.force_login(pair.lead)
    claire.post(UPDATE, {**LEVELS, "scope": "watch", "after": "", "summary": "Vu du bureau"})
    answer = lina.post(UPDATE, {**LEVELS, "after": "", "summary": "Vu du projet"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Claire Office wrote “Watch”" in page
    last = WeatherReport.objects.get()
    chosen = {**LEVELS, "summary": "Vu du projet", "after": str(last.pk), "keep-scope": "theirs",
              "keep-summary": "mine"}  # fmt: skip
    assert lina.post(UPDATE, chosen).status_code == 302
    now = WeatherReport.objects.order_by("-pk")[0]
    assert (now.scope, now.summary, now.revision) == ("watch", "Vu du projet", 2)


def test_sending_leads_to_the_next_one_awaited(pair: SimpleNamespace, as_person: As) -> None:
    claire = as_person("claire")
    answer = claire.get("/weather/next/")
    assert answer["Location"] == UPDATE
    answer = claire.post(UPDATE, {**LEVELS, "after": "", "then": "next"}, follow=True)
    assert answer.redirect_chain[-1][0] == "/weather/initiatives/IN-B/update/"
    last = {**dict.fromkeys(AXES, "ok"), "after": "", "then": "next"}
    answer = claire.post("/weather/initiatives/IN-B/update/", last, follow=True)
    assert answer.redirect_chain[-1][0] == "/weather/?only=mine"


def test_home_asks_once_the_first_report_is_published(pair: SimpleNamespace, as_person: As) -> None:
    lina = Client()
    lina.force_login(pair.lead)
    assert "Declare the weather" not in text(lina, "/")
    as_person("claire").post("/weather/initiatives/IN-B/update/",
                             {**dict.fromkeys(AXES, "ok"), "after": ""})  # fmt: skip
    page = text(lina, "/")
    assert "Declare the weather of “SIRH”" in page
    assert UPDATE in page
    assert "off track" in page


def test_the_initiative_and_the_portfolio_tell_it(pair: SimpleNamespace, as_person: As) -> None:
    rosa = as_person("rosa")
    page = text(rosa, "/initiatives/IN-A/")
    assert "See why" in page
    assert "/weather/initiatives/IN-A/" in page
    told = beside.column([pair.late.pk, pair.calm.pk])
    assert told == {pair.late.pk: "Off track", pair.calm.pk: "On track"}
    WeatherReport.objects.create(
        initiative=pair.late, period_on=timezone.localdate(), declared_level="ok", thresholds=1,
        formula="health/1",
    )  # fmt: skip
    assert beside.column([pair.late.pk])[pair.late.pk] == "Off track (declared: on track)"


def test_zombies_are_told_with_their_reasons_and_what_they_free(
    pair: SimpleNamespace, as_person: As
) -> None:
    long_ago = timezone.now() - timedelta(days=100)
    day = timezone.localdate()
    Milestone.objects.all().delete()
    Initiative.objects.filter(pk=pair.late.pk).update(
        updated_at=long_ago, starts_on=day - timedelta(200), ends_on=day - timedelta(20)
    )
    page = text(as_person("claire"), "/weather/zombies/")
    assert "1 initiative gathers at least 3 reasons" in page
    assert "Its end was planned for 9 February 2026, 3 weeks ago." in page
    assert "Its weather was never declared; nothing for 14 weeks." in page
    assert "€60k not spent yet" in page
    assert "/initiatives/IN-A/stop/" in page
    CostLine.objects.all().delete()
    readings.forget()
    four = text(as_person("claire"), "/weather/zombies/?least=4&without=overdue")
    assert "Nothing looks asleep." in four
    assert "/stop/" not in text(as_person("rosa"), "/weather/zombies/")


def test_promises_say_what_was_kept(pair: SimpleNamespace, as_person: As) -> None:
    claire = as_person("claire")
    assert "No month is frozen yet." in text(claire, "/weather/promises/")
    assert claire.post("/weather/promises/open/").status_code == 302
    Milestone.objects.filter(pk=pair.well.pk).update(
        forecast_on=timezone.localdate() + timedelta(90)
    )
    page = text(claire, "/weather/promises/")
    assert "pushed out" in page
    assert "100%" in page  # slip rate
    Promise.objects.update(milestone_id=10**9)
    assert "dropped" in text(claire, "/weather/promises/")


def test_the_office_writes_thresholds_from_the_page(pair: SimpleNamespace, as_person: As) -> None:
    claire = as_person("claire")
    page = text(claire, "/weather/thresholds/")
    assert "19.1 %" in page
    assert "Write a new version" not in text(as_person("rosa"), "/weather/thresholds/")
    form = claire.get("/weather/thresholds/").context["form"]
    posted = {name: form[name].value() for name in form.fields}
    posted = {name: "" if value is None else value for name, value in posted.items()}
    posted |= {"amber_drift": "20 %", "red_drift": "10 %", "reason": "Essai"}
    refused = claire.post("/weather/thresholds/", posted)
    assert refused.status_code == 422
    assert "Red begins above amber" in refused.content.decode()
    posted |= {"red_drift": "90 %"}
    assert claire.post("/weather/thresholds/", posted).status_code == 302
    stored = ThresholdSet.objects.get().values
    assert stored["bounds"]["drift"] == [0.2, 0.9]
    assert stored["bounds"]["unmeasured"] == [0.5, None]
    assert as_person("rosa").post("/weather/thresholds/", posted).status_code == 403


def test_a_confidential_initiative_is_counted_by_nobody_who_may_not_see_it(
    pair: SimpleNamespace, as_person: As
) -> None:
    make.initiative("Projet Hirondelle", code="IN-S", stage="launch", confidential=True)
    rosa = as_person("rosa")
    assert "2 initiatives under way" in text(rosa, "/weather/")
    assert "Hirondelle" not in text(rosa, "/weather/zombies/?least=1")
    assert rosa.get("/weather/initiatives/IN-S/").status_code == 404
    assert "3 initiatives under way" in text(as_person("claire"), "/weather/")


def test_the_manager_reads_the_units_weather_and_declares_nothing(pair: SimpleNamespace) -> None:
    marc = Client()
    marc.force_login(cast.manager_of(pair.unit.pk))
    assert "2 initiatives under way" in text(marc, "/weather/")
    assert marc.get(UPDATE).status_code == 403


def test_the_command_line_tells_the_same(
    pair: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    run = CliRunner()
    found = json.loads(run.invoke(weather, ["--json"]).output)
    assert [(one["initiative"], one["calculated"]) for one in found] == [
        ("IN-A", "off"), ("IN-B", "ok"),
    ]  # fmt: skip
    one = json.loads(run.invoke(weather, ["IN-A", "--json"]).output)
    assert one["axes"][0]["measures"][0]["name"] == "drift"
    assert "Schedule: Off track" in run.invoke(weather, ["IN-A"]).output
    assert run.invoke(weather, ["NOPE"]).exit_code == 1
    assert json.loads(run.invoke(weather, ["--zombies", "--json"]).output) == []
    assert "IN-A\tOff track" in run.invoke(weather).output
    assert "Nothing looks asleep." in run.invoke(weather, ["--zombies"]).output
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    assert "Nothing" not in run.invoke(weather, ["--zombies"]).output
    assert "Délai\N{NO-BREAK SPACE}: " in run.invoke(weather, ["IN-A"]).output
    refused = run.invoke(weather, ["NOPE"])
    assert "Aucune initiative en cours n’a le code NOPE." in refused.output
    in_french = json.loads(run.invoke(weather, ["IN-A", "--json"]).output)
    assert list(in_french) == list(one)
    assert in_french["calculated"] == one["calculated"]
