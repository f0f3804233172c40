"""Pages of means: the answer first, the map, the money, the tab of an initiative."""

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
from orchestre.resources import services
from orchestre.resources.models import CostLine, Envelope, Role, RoleDemand, Worth
from resources.conftest import MAY, YEAR, Small

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
HOSTILE = '<script>alert("x")</script>{{ 7|add:7 }}'
MEANS = "/resources/?from=2027-01"


def text(client: Client, url: str, status: int = 200, **headers: str) -> str:
    response = client.get(url, headers=headers)
    assert response.status_code == status
    return response.content.decode()


def test_an_empty_installation_says_what_to_do(as_person: SignIn) -> None:
    page = text(as_person("claire"), "/resources/")
    assert "No role yet." in page
    assert page.count("<h1>") == 1
    assert reverse("resources:add-role") in page
    assert reverse("resources:add-role") not in text(as_person("rosa"), "/resources/")


def test_the_first_sentence_names_who_is_short(small: Small, as_person: SignIn) -> None:
    page = text(as_person("claire"), MEANS)
    assert "1 role is asked for more than it can give: Architects." in page
    assert "The worst gap: 1.5 FTE of “Architects” missing in May 2027." in page
    assert "Nobody said how many can be given of: Trainers." in page
    assert "Architects, May 2027: 3.5 FTE asked, 2 FTE available: 1.5 FTE missing" in page
    assert "Trainers, May 2027: 1 FTE asked, nobody said what is available" in page


def test_money_is_assumed_until_lines_are_written(small: Small, as_person: SignIn) -> None:
    Envelope.objects.create(name="Year", amount_eur=1_000_000, **YEAR)
    page = text(as_person("rosa"), MEANS)
    assert "Initiatives ask for €1.2m over these 12 months." in page
    assert "The envelope “Year” is exceeded by €200k." in page
    assert "assumed: full cost spread evenly" in page
    CostLine.objects.create(initiative=small.open, amount_eur=900_000, **YEAR)
    page = text(as_person("rosa"), MEANS)
    assert "Initiatives ask for €900k over these 12 months." in page
    assert "is exceeded" not in page


def test_money_of_everybody_is_not_for_a_part_of_the_organisation(
    small: Small, as_person: SignIn
) -> None:
    Envelope.objects.create(name="Year", amount_eur=1_000_000, **YEAR)
    page = text(as_person("marc"), MEANS)
    assert "Architects" in page
    assert "Year" not in page
    assert "€1.2m" not in page


def test_a_cell_explains_itself_and_names_no_confidential_initiative(
    small: Small, as_person: SignIn
) -> None:
    url = reverse("resources:cell", args=[small.architects.pk, "2027-05"])
    seen = text(as_person("rosa"), url)
    assert "1.5 FTE × 31 days of 31" in seen
    assert "3.5 FTE asked, 2 FTE available: 1.5 FTE missing" in seen
    assert "1 request of an initiative closed to you is counted and not named." in seen
    assert "Canary" not in seen
    assert "IN-9" not in seen
    assert "Canary" in text(as_person("claire"), url)


def test_the_fragment_of_a_cell_is_in_its_page(small: Small, as_person: SignIn) -> None:
    url = reverse("resources:cell", args=[small.architects.pk, "2027-05"])
    client = as_person("claire")
    fragment = text(client, url, HX_Request="true")
    assert "<h1" not in fragment
    assert fragment.strip() in text(client, url)


def test_a_month_that_is_not_one_does_not_exist(small: Small, as_person: SignIn) -> None:
    url = reverse("resources:cell", args=[small.architects.pk, "2027-13"])
    text(as_person("claire"), url, 404)


def test_the_tab_of_an_initiative(small: Small, as_person: SignIn) -> None:
    page = text(as_person("lina"), reverse("resources:of", args=["IN-1"]))
    assert "No cost line: the full cost of €1.2m is spread evenly" in page
    assert "Nobody said what it brings" in page
    assert reverse("resources:ask-role", args=["IN-1"]) in page
    reader = text(as_person("rosa"), reverse("resources:of", args=["IN-1"]))
    assert reverse("resources:ask-role", args=["IN-1"]) not in reader
    text(as_person("rosa"), reverse("resources:of", args=["IN-9"]), 404)


def test_asking_for_a_role_takes_four_fields(small: Small, as_person: SignIn) -> None:
    client = as_person("lina")
    url = reverse("resources:ask-role", args=["IN-1"])
    assert "01/01/2027" in text(client, url)
    sent = {
        "role_id": small.trainers.pk,
        "fte": "0,5",
        "starts_on": "mars 2027",
        "ends_on": "avril 2027",
        "provenance": "declared",
    }
    response = client.post(url, sent | {"fte": "0.5"})
    assert response.status_code == 302
    made = RoleDemand.objects.get(fte=0.5)
    assert (made.starts_on, made.ends_on) == (date(2027, 3, 1), date(2027, 5, 1))
    refused = client.post(url, sent | {"starts_on": "2027-06-01", "fte": "1"})
    assert refused.status_code == 422
    assert "The last day comes before the first day." in refused.content.decode()


def test_saying_what_it_is_worth_then_correcting_it(small: Small, as_person: SignIn) -> None:
    client = as_person("lina")
    url = reverse("resources:worth", args=["IN-1"])
    sent = {
        "value_eur_per_year": "1.2 M€",
        "ramp_weeks": "8",
        "delay_cost_eur_per_week": "40 k€",
        "method": HOSTILE,
        "provenance": "declared",
    }
    assert client.post(url, sent).status_code == 302
    made = Worth.objects.get()
    assert (made.value_eur_per_year, made.delay_cost_eur_per_week) == (1_200_000, 40_000)
    page = text(client, reverse("resources:of", args=["IN-1"]))
    assert "€1.2m a year once in use, €40k for each week of delay." in page
    assert "<script>alert" not in page
    assert "{{ 7|add:7 }}" in page


def test_two_people_on_one_cost_keep_what_differs(small: Small, as_person: SignIn) -> None:
    cost = CostLine.objects.create(initiative=small.open, amount_eur=1000, **YEAR)
    client = as_person("lina")
    url = reverse("resources:edit-cost", args=[cost.pk])
    delete = reverse("resources:delete-cost", args=[cost.pk])
    page = text(client, url)
    assert (page.count(delete), page.count(f'action="{delete}"')) == (1, 1)  # a button, no sentence
    shown = client.get(url).context["form"]
    services.change_cost(cast.person("claire"), cost, {"amount_eur": 2000}, expected_version=1)
    sent = {
        "version": "1",
        "amount_eur": "3000",
        "initial-amount_eur": "1000",
        "name": "",
        "starts_on": "01/01/2027",
        "initial-starts_on": "01/01/2027",
        "ends_on": "31/12/2027",
        "initial-ends_on": "31/12/2027",
        "nature": "opex",
        "initial-nature": "opex",
        "state": "planned",
        "initial-state": "planned",
        "provenance": "declared",
        "initial-provenance": "declared",
    }
    assert shown["amount_eur"].value() == 1000
    response = client.post(url, sent)
    assert response.status_code == 412
    page = response.content.decode()
    assert "Claire Office" in page
    assert "€2,000" in page
    cost.refresh_from_db()
    assert cost.amount_eur == 2000
    assert client.post(url, sent | {"version": "2"}).status_code == 302
    cost.refresh_from_db()
    assert cost.amount_eur == 3000


def test_a_role_in_use_is_not_deleted(small: Small, as_person: SignIn) -> None:
    client = as_person("claire")
    response = client.post(reverse("resources:delete-role", args=[small.architects.pk]))
    assert response.status_code == 422
    assert "Initiatives ask for “Architects”" in response.content.decode()
    unused = Role.objects.create(code="RO-09", name="Nobody")
    assert client.post(reverse("resources:delete-role", args=[unused.pk])).status_code == 302
    assert not Role.objects.filter(pk=unused.pk).exists()


def test_the_page_asks_as_many_statements_for_many_initiatives(
    small: Small, as_person: SignIn
) -> None:
    client = as_person("rosa")
    text(client, MEANS)
    with CaptureQueriesContext(
        connection,
    ) as few:
        text(client, MEANS)
    for number in range(20):
        one = factories.initiative(code=f"ZZ-{number}", cost_eur=10, **YEAR)
        RoleDemand.objects.create(initiative=one, role=small.architects, fte=0.1, **MAY)
    with CaptureQueriesContext(connection) as many:
        text(client, MEANS)
    assert len(many) == len(few)


def test_the_page_reads_in_french(small: Small, as_person: SignIn) -> None:
    person = cast.person("rosa")
    person.language = "fr"
    person.save()
    page = text(as_person("rosa"), MEANS)
    assert "Avons-nous les bras et l’argent" in page
    assert "On demande à 1 rôle plus qu’il ne peut donner" in page
