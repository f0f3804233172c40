"""Pages of people and capacity: what they show, to whom, at what price."""

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
from orchestre.org import services
from orchestre.org.models import CalendarPeriod, CapacityRule, Population, Unit

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
HOSTILE = '<script>alert("x")</script>{{ 7|add:7 }}'


def text(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


def test_an_empty_organisation_says_how_to_begin(as_person: SignIn) -> None:
    page = text(as_person("claire"), reverse("org:populations"))
    assert "No unit and no population yet." in page
    assert page.count("<h1>") == 1


def test_the_tree_says_what_is_inherited_and_unknown(as_person: SignIn) -> None:
    top = factories.unit("Direction générale")
    below = factories.unit("Achats", parent=top)
    factories.population("Acheteurs", at=below, headcount=40, weekly_hours=35.0)
    factories.population("Guichets", at=below, headcount=None)
    factories.population("Usagers", kind="external", headcount=1000)
    CapacityRule.objects.create(unit=top, absorption_ratio=0.075)
    page = text(as_person("claire"), reverse("org:populations"))
    assert "2 units, 3 populations, 1,040 people counted." in page
    assert "inherited from Direction générale" in page
    assert "7.5%" in page
    assert "Nobody has counted the people of 1 population." in page
    assert page.count("<details") == page.count("</details>")
    assert "people outside the organisation" in page


def test_search_keeps_the_way_to_what_matches(as_person: SignIn) -> None:
    top = factories.unit("Direction")
    factories.unit("Voisine", parent=top)
    factories.population("Comptables", at=factories.unit("Finances", parent=top), headcount=5)
    client = as_person("claire")
    page = text(client, reverse("org:populations") + "?q=COMPTA")
    assert "Comptables" in page
    assert "Finances" in page
    assert "Voisine" not in page
    nothing = text(client, reverse("org:populations") + "?q=zzz")
    assert "No unit and no population contains “zzz”" in nothing


def test_a_manager_sees_the_own_subtree_only(as_person: SignIn) -> None:
    own, other = factories.unit("Mine"), factories.unit("Theirs")
    hidden = factories.population("Hidden people", at=other)
    cast.manager_of(own.pk)
    client = as_person("marc")
    page = text(client, reverse("org:populations"))
    assert "Mine" in page
    assert "Theirs" not in page
    assert "Hidden people" not in page
    text(client, reverse("org:edit-unit", args=[other.pk]), 404)
    text(client, reverse("org:edit-population", args=[hidden.pk]), 404)
    text(client, reverse("org:capacity") + f"?unit={other.pk}", 404)
    text(client, reverse("org:edit-unit", args=[own.pk]), 403)
    assert "Mine" in text(client, reverse("org:capacity"))


def test_who_has_no_scope_gets_nothing(as_person: SignIn) -> None:
    factories.unit("Secret")
    client = as_person("noam")
    page = text(client, reverse("org:populations"))
    assert "Secret" not in page
    assert "No unit is open to you." in page
    assert "No unit is open to you." in text(client, reverse("org:capacity"))
    assert client.post(reverse("org:capacity"), {"absorption_ratio": "5 %"}).status_code == 404
    text(client, reverse("org:capacity") + "?unit=abc", 404)


def queries_of(client: Client, url: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", ["org:populations", "org:capacity"])
def test_rows_cost_no_query(as_person: SignIn, name: str) -> None:
    client = as_person("claire")
    top = factories.unit()
    factories.population(at=top)
    client.get(reverse(name))
    few = queries_of(client, reverse(name))
    for _n in range(12):
        below = factories.unit(parent=top)
        factories.population(at=below)
        CapacityRule.objects.create(unit=below, absorption_ratio=0.04)
        CalendarPeriod.objects.create(
            name="Peak", starts_on=date(2026, 1, 5), ends_on=date(2026, 1, 12)
        )
    assert queries_of(client, reverse(name)) == few


def test_hostile_text_stays_text(as_person: SignIn) -> None:
    unit = factories.unit(HOSTILE, manager_name=HOSTILE)
    factories.population(HOSTILE, at=unit, role=HOSTILE)
    CalendarPeriod.objects.create(
        unit=unit, name=HOSTILE, starts_on=date(2026, 1, 5), ends_on=date(2099, 1, 12)
    )
    client = as_person("claire")
    for url in (
        reverse("org:populations"),
        reverse("org:edit-unit", args=[unit.pk]),
        reverse("org:capacity") + f"?unit={unit.pk}",
    ):
        page = text(client, url)
        assert "<script>alert" not in page
        assert "{{ 7|add:7 }}" in page


def test_adding_and_changing_by_the_forms(as_person: SignIn) -> None:
    client = as_person("claire")
    response = client.post(reverse("org:create-unit"), {"name": "Achats"})
    assert response.status_code == 302
    unit = Unit.objects.get()
    sent = {"name": "Acheteurs", "unit": unit.pk, "weekly_hours": "37.5", "kind": "unit"}
    assert client.post(reverse("org:create-population"), sent).status_code == 302
    population = Population.objects.get()
    assert (population.unit_id, population.headcount) == (unit.pk, None)
    url = reverse("org:edit-population", args=[population.pk])
    sent |= {"version": "1", "headcount": "1,200", "headcount_on": "T1 2026", "code": "ACH"}
    assert client.post(url, sent).status_code == 302
    population.refresh_from_db()
    assert (population.headcount, population.headcount_on) == (1200, date(2026, 1, 1))
    refused = client.post(url, sent | {"version": "2", "headcount": "many"})
    assert refused.status_code == 422
    assert "not a number" in refused.content.decode()
    assert client.post(reverse("org:delete-population", args=[population.pk])).status_code == 302
    assert client.post(reverse("org:delete-unit", args=[unit.pk])).status_code == 302
    assert client.get(reverse("org:delete-unit", args=[unit.pk])).status_code == 405


def test_a_refused_move_is_told_on_the_form(as_person: SignIn) -> None:
    top = factories.unit("Top")
    below = factories.unit("Below", parent=top)
    url = reverse("org:edit-unit", args=[top.pk])
    sent = {"name": "Top", "parent": below.pk, "code": top.code, "version": "1"}
    refused = as_person("claire").post(url, sent)
    assert refused.status_code == 422
    assert "cannot go under itself" in refused.content.decode()


def test_two_people_on_one_unit(as_person: SignIn) -> None:
    unit = factories.unit("Old")
    client = as_person("claire")
    services.change_unit(cast.person("paul"), unit, {"name": "Theirs"})
    url = reverse("org:edit-unit", args=[unit.pk])
    sent = {"name": "Mine", "initial-name": "Old", "code": unit.code, "version": "1"}
    conflict = client.post(url, sent)
    assert conflict.status_code == 412
    page = conflict.content.decode()
    assert "Theirs" in page
    assert "Mine" in page
    unit.refresh_from_db()
    assert unit.name == "Theirs"
    assert client.post(url, sent | {"version": "2", "keep-name": "mine"}).status_code == 302
    unit.refresh_from_db()
    assert unit.name == "Mine"


def test_capacity_is_said_in_hours(as_person: SignIn) -> None:
    top = factories.unit("Direction")
    unit = factories.unit("Achats", parent=top)
    factories.population(at=unit, weekly_hours=35.0)
    client = as_person("claire")
    url = reverse("org:capacity") + f"?unit={unit.pk}"
    page = text(client, url)
    assert "1.75" in page
    assert "assumed: nobody has said otherwise" in page
    sent = {"absorption_ratio": "10 %", "reason": "Accord"}
    assert client.post(reverse("org:capacity") + f"?unit={top.pk}", sent).status_code == 302
    page = text(client, url)
    assert "3.5" in page
    assert "inherited from Direction" in page
    assert '<li class="wk wk-usual"' in page
    assert page.count('class="wk wk-') - page.count('<i class="wk wk-') == 52
    factories.population(at=unit, weekly_hours=40.0)
    assert "3.5 to 4" in text(client, url)
    changed = {"absorption_ratio": "5 %", "initial-absorption_ratio": "10 %", "version": "1"}
    assert client.post(reverse("org:capacity") + f"?unit={top.pk}", changed).status_code == 302
    assert CapacityRule.objects.get().absorption_ratio == pytest.approx(0.05)
    inherit = reverse("org:inherit-capacity") + f"?unit={top.pk}"
    assert client.post(inherit).status_code == 302
    assert not CapacityRule.objects.exists()
    refused = client.post(reverse("org:capacity"), {"absorption_ratio": "lots"})
    assert refused.status_code == 422


def test_periods_show_their_last_day(as_person: SignIn) -> None:
    unit = factories.unit("Achats")
    client = as_person("claire")
    sent = {
        "name": "Gel",
        "kind": "freeze",
        "starts_on": "S51 2026",
        "ends_on": "3/1/2027",
        "factor": "0 %",
        "unit": "",
    }
    assert client.post(reverse("org:create-period"), sent).status_code == 302
    period = CalendarPeriod.objects.get()
    assert (period.starts_on, period.ends_on) == (date(2026, 12, 14), date(2027, 1, 4))
    page = text(client, reverse("org:capacity") + f"?unit={unit.pk}")
    assert "14 December 2026 – 3 January 2027" in page
    assert "inherited from the whole organisation" in page
    url = reverse("org:edit-period", args=[period.pk])
    assert "03/01/2027" in text(client, url)
    kept = {"initial-ends_on": "03/01/2027", "initial-factor": "0 %", "version": "1"}
    assert client.post(url, sent | kept | {"name": "Gel de fin d’année"}).status_code == 302
    period.refresh_from_db()
    assert (period.name, period.ends_on) == ("Gel de fin d’année", date(2027, 1, 4))
    backwards = client.post(url, sent | {"version": "2", "ends_on": "1/1/2020"})
    assert backwards.status_code == 422
    assert client.post(reverse("org:delete-period", args=[period.pk])).status_code == 302


def test_a_manager_adds_periods_for_own_units_only(as_person: SignIn) -> None:
    own = factories.unit("Mine")
    other = factories.unit("Theirs")
    theirs = CalendarPeriod.objects.create(
        unit=other, name="Peak", starts_on=date(2026, 1, 5), ends_on=date(2026, 1, 12)
    )
    everybody = CalendarPeriod.objects.create(
        name="Gel", starts_on=date(2026, 1, 5), ends_on=date(2026, 1, 12)
    )
    cast.manager_of(own.pk)
    client = as_person("marc")
    sent = {"name": "Pic", "kind": "peak", "starts_on": "5/1/2026", "ends_on": "9/1/2026"}
    sent |= {"factor": "50 %", "unit": str(own.pk)}
    assert client.post(reverse("org:create-period"), sent).status_code == 302
    assert client.post(reverse("org:create-period"), sent | {"unit": ""}).status_code == 422
    text(client, reverse("org:edit-period", args=[theirs.pk]), 404)
    text(client, reverse("org:edit-period", args=[everybody.pk]), 403)
    text(as_person("rosa"), reverse("org:create-period"), 403)
    assert "You read this capacity" in text(as_person("rosa"), reverse("org:capacity"))
