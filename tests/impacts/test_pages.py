"""Pages of impacts, activities and assumptions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import cast
import factories
from orchestre.impacts import services
from orchestre.impacts.models import Activity, AssumptionSet, Impact
from orchestre.portfolio.models import Initiative
from orchestre.portfolio.presenters.panels import panels_for

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
HOSTILE = '<script>alert("x")</script>{{ 7|add:7 }}'


def text(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


def of(initiative: Initiative) -> str:
    return reverse("impacts:of", args=[initiative.code])


def test_an_initiative_nobody_described_says_so(as_person: SignIn) -> None:
    initiative = factories.initiative()
    page = text(as_person("claire"), of(initiative))
    assert "Nobody has said whom this change touches." in page
    assert page.count("<h1>") == 1


def test_the_grid_the_hours_and_their_formula(as_person: SignIn) -> None:
    initiative = factories.initiative(go_live_on=None, ends_on=date(2026, 7, 1))
    population = factories.population("Guichets", headcount=120)
    office = cast.person("claire")
    services.record_impacts(
        office, initiative, [population], {"aspects": {"process": 3, "pay": 0}, "reach_ratio": 0.5}
    )
    services.record_activities(
        office,
        initiative,
        [population],
        {
            "starts_on": date(2026, 3, 16),
            "ends_on": date(2026, 3, 21),
            "hours_per_person": 3.5,
            "name": "Prise en main",
        },
    )
    page = text(as_person("claire"), of(initiative))
    assert "processes: 3 out of 5" in page
    assert "tools: not rated" in page
    assert "(8\N{NO-BREAK SPACE}h × 50% + 3.5\N{NO-BREAK SPACE}h) × 120 people = 900" in page
    assert "1 population, 120 people, 900 person-hours in all." in page
    assert "30 June 2026" in page
    assert "assumed: end of the initiative" in page
    assert "16–20 March 2026" in page
    assert "Waiting for the unit" in page


def test_unknown_people_make_a_total_at_least(as_person: SignIn) -> None:
    initiative = factories.initiative()
    factories.impact(initiative, factories.population(headcount=None))
    factories.impact(initiative, factories.population(headcount=10), hours_per_person=2.0)
    page = text(as_person("claire"), of(initiative))
    assert "20 person-hours at least" in page
    assert "headcount unknown" in page


def test_adding_to_several_populations_by_the_form(as_person: SignIn) -> None:
    initiative = factories.initiative()
    one, two = factories.population("Un"), factories.population("Deux")
    client = as_person("claire")
    url = reverse("impacts:add", args=[initiative.code])
    assert "Not rated" in text(client, url)
    sent = {
        "populations": [one.pk, two.pk],
        "aspects-process": "4",
        "aspects-tools": "0",
        "reach_ratio": "60 %",
        "go_live_on": "S12 2026",
        "to_state": "En ligne",
    }
    assert client.post(url, sent).status_code == 302
    made = Impact.objects.get(population=one)
    assert made.aspects == {"process": 4, "tools": 0}
    assert (made.reach_ratio, made.go_live_on) == (0.6, date(2026, 3, 16))
    refused = client.post(url, sent | {"aspects-process": "9"})
    assert refused.status_code == 422
    assert "Rate each aspect from 0 to 5" in refused.content.decode()
    gone = client.post(url, sent)
    assert gone.status_code == 422


def test_editing_and_conflict_by_the_form(as_person: SignIn) -> None:
    initiative = factories.initiative()
    (impact,) = services.record_impacts(
        cast.person("claire"), initiative, [factories.population()], {"aspects": {"process": 2}}
    )
    client = as_person("claire")
    url = reverse("impacts:edit", args=[impact.pk])
    page = text(client, url)
    assert "initial-aspects" in page
    services.change_impact(cast.person("paul"), impact, {"aspects": {"process": 5}})
    sent = {
        "version": "1",
        "initial-aspects": '{"process": 2}',
        "aspects-process": "3",
        "reach_ratio": "100 %",
        "initial-reach_ratio": "100 %",
    }
    conflict = client.post(url, sent)
    assert conflict.status_code == 412
    assert "processes 5" in conflict.content.decode()
    assert client.post(url, sent | {"version": "2", "keep-aspects": "mine"}).status_code == 302
    impact.refresh_from_db()
    assert impact.aspects == {"process": 3}
    assert client.post(reverse("impacts:delete", args=[impact.pk])).status_code == 302
    assert not Impact.objects.exists()


def test_activities_by_the_form(as_person: SignIn) -> None:
    initiative, population = factories.initiative(), factories.population()
    client = as_person("claire")
    url = reverse("impacts:add-activity", args=[initiative.code])
    assert "Last day, included" in text(client, url)
    sent = {
        "populations": [population.pk],
        "kind": "workshop",
        "name": "Atelier",
        "starts_on": "16/03/2026",
        "ends_on": "20/03/2026",
        "hours_per_person": "3.5",
        "reach_ratio": "100 %",
        "provenance": "declared",
    }
    assert client.post(url, sent).status_code == 302
    made = Activity.objects.get()
    assert (made.ends_on, made.hours_per_person) == (date(2026, 3, 21), 3.5)
    edit = reverse("impacts:edit-activity", args=[made.pk])
    assert "20/03/2026" in text(client, edit)
    changed = sent | {"version": "1", "hours_per_person": "7", "initial-ends_on": "20/03/2026"}
    assert client.post(edit, changed).status_code == 302
    made.refresh_from_db()
    assert (made.ends_on, made.hours_per_person) == (date(2026, 3, 21), 7.0)
    wrong = client.post(edit, sent | {"version": "2", "ends_on": "1/1/2020"})
    assert wrong.status_code == 422
    assert "before the first day" in wrong.content.decode()
    assert client.post(reverse("impacts:delete-activity", args=[made.pk])).status_code == 302


def test_rating_and_settling_by_the_forms(as_person: SignIn) -> None:
    unit = factories.unit()
    initiative = factories.initiative()
    impact = factories.impact(initiative, factories.population(at=unit), aspects={"process": 5})
    cast.manager_of(unit.pk)
    manager, office = as_person("marc"), as_person("claire")
    rate = reverse("impacts:rate", args=[impact.pk])
    assert "1 impact to rate" in text(manager, reverse("impacts:to-rate"))
    assert "without reading the project" in text(manager, rate)
    assert manager.post(rate, {}).status_code == 422
    assert manager.post(rate, {"aspects-process": "2", "intensity": "3"}).status_code == 302
    assert "No impact waits" in text(manager, reverse("impacts:to-rate"))
    settle = reverse("impacts:settle", args=[impact.pk])
    assert manager.get(rate).status_code == 302
    assert "1 difference" in text(office, of(initiative))
    assert "Halfway: 4" in text(office, settle)
    assert office.post(settle, {"process": "halfway"}).status_code == 422
    sent = {"process": "halfway", "reason": "Atelier", "version": "1"}
    assert manager.post(settle, sent).status_code == 403
    assert office.post(settle, sent).status_code == 302
    impact.refresh_from_db()
    assert impact.aspects == {"process": 4}
    assert "Settled" in text(office, of(initiative))


def test_waiting_for_the_project(as_person: SignIn) -> None:
    unit = factories.unit()
    initiative = factories.initiative()
    impact = Impact.objects.create(initiative=initiative, population=factories.population(at=unit))
    cast.manager_of(unit.pk)
    rate = reverse("impacts:rate", args=[impact.pk])
    assert as_person("marc").post(rate, {"aspects-process": "2"}).status_code == 302
    office = as_person("claire")
    assert "1 impact to rate" in text(office, reverse("impacts:to-rate"))
    assert "without reading the unit" in text(office, rate)


def test_assumptions_say_what_they_produce(as_person: SignIn) -> None:
    unit = factories.unit()
    factories.population(at=unit)
    factories.initiative(unit=unit, cost_eur=3_000_000)
    factories.initiative(go_live_on=None, ends_on=None)
    client = as_person("claire")
    url = reverse("impacts:assumptions")
    page = text(client, url)
    assert "Initiatives with no impact described: 2 of 2. Assumed to touch somebody: 1" in page
    assert "1 touches nobody" in page
    assert "1 has no date" in page
    assert "mean intensity is 2.0" in page
    sent = {
        "in_force": "on",
        "absorption_ratio": "6 %",
        "reach_ratio": "80 %",
        "intensity_without_cost": "1,5",
        "hours_margin_ratio": "40 %",
        "capacity_margin_ratio": "20 %",
        "go_live_earlier_weeks": "1",
        "go_live_later_weeks": "4",
        **{f"limit_{n}": str(v) for n, v in enumerate((2, 6, 30))},
        **{f"level_{n}": str(n + 1) for n in range(4)},
        **{f"family_{name}": "0.5" for name in Initiative.Family.values},
        **{f"hours_{n}": str(n * 2) for n in range(6)},
    }
    assert client.post(url, sent).status_code == 302
    row = AssumptionSet.objects.get()
    assert row.intensity_by_cost[0] == [2e6, 1]
    assert row.intensity_by_cost[-1] == [None, 4]
    assert row.hours_by_intensity == [0, 2, 4, 6, 8, 10]
    wrong = client.post(url, sent | {"limit_0": "9", "version": "1"})
    assert wrong.status_code == 422
    assert "lowest to the highest" in wrong.content.decode()
    del sent["in_force"]
    assert client.post(url, sent | {"version": "1"}).status_code == 302
    assert "not in force" in text(client, url)
    assert as_person("rosa").post(url, sent).status_code == 403
    assert "Save" not in text(as_person("rosa"), url)


def queries_of(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize("who", ["claire", "marc"])
def test_rows_cost_no_query(as_person: SignIn, who: str) -> None:
    unit = factories.unit()
    cast.manager_of(unit.pk)
    initiative = factories.initiative(unit=unit)
    client = as_person(who)
    urls = [of(initiative), reverse("impacts:to-rate"), reverse("impacts:assumptions")]

    def fill() -> None:
        population = factories.population(at=factories.unit(parent=unit))
        factories.impact(initiative, population)
        services.record_activities(
            cast.person("claire"),
            initiative,
            [population],
            {
                "starts_on": date(2026, 3, 16),
                "ends_on": date(2026, 3, 21),
                "hours_per_person": 1.0,
            },
        )

    fill()
    for url in urls:
        client.get(url)
    few = [queries_of(client, url) for url in urls]
    for _n in range(8):
        fill()
    assert [queries_of(client, url) for url in urls] == few


def test_hostile_text_stays_text(as_person: SignIn) -> None:
    initiative = factories.initiative(HOSTILE)
    population = factories.population(HOSTILE)
    impact = factories.impact(initiative, population, from_state=HOSTILE, to_state=HOSTILE)
    client = as_person("claire")
    for url in (
        of(initiative),
        reverse("impacts:edit", args=[impact.pk]),
        reverse("impacts:add-activity", args=[initiative.code]),
        reverse("impacts:rate", args=[impact.pk]),
    ):
        page = text(client, url)
        assert "<script>alert" not in page
        assert "{{ 7|add:7 }}" in page


def test_what_one_may_not_see_does_not_exist(as_person: SignIn) -> None:
    secret = factories.initiative(confidential=True)
    impact = factories.impact(secret, factories.population())
    open_one = factories.initiative()
    seen = factories.impact(open_one, factories.population())
    client = as_person("rosa")
    text(client, of(secret), 404)
    for name in ("edit", "rate", "settle"):
        text(client, reverse(f"impacts:{name}", args=[impact.pk]), 404)
    text(client, reverse("impacts:edit", args=[seen.pk]), 403)
    text(client, reverse("impacts:add", args=[open_one.code]), 403)
    text(client, reverse("impacts:add-activity", args=[open_one.code]), 403)
    assert as_person("noam").get(of(open_one)).status_code == 404
    assert client.post(reverse("impacts:delete", args=[seen.pk])).status_code == 403


def test_a_lead_chooses_among_all_populations(as_person: SignIn) -> None:
    initiative = factories.initiative()
    factories.population("Guichets lointains", at=factories.unit())
    cast.lead_of(initiative.pk)
    page = text(as_person("lina"), reverse("impacts:add", args=[initiative.code]))
    assert "Guichets lointains" in page


def test_the_panel_beside_the_initiative(as_person: SignIn) -> None:
    initiative = factories.initiative()
    office = cast.person("claire")
    bodies = [str(panel.body) for panel in panels_for(office, initiative)]
    assert any("it is assumed" in body for body in bodies)
    factories.impact(initiative, factories.population(headcount=7))
    bodies = [str(panel.body) for panel in panels_for(office, initiative)]
    assert any("1 population, 7 people" in body for body in bodies)
