"""The list: what is found, in which order, how it is said, and at what price."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import date, timedelta
from urllib.parse import parse_qs

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import cast
import factories
from orchestre.portfolio.models import Initiative, Milestone, Programme
from orchestre.portfolio.presenters import columns
from orchestre.portfolio.queries import listing
from orchestre.portfolio.rules.view import read_view
from orchestre.strategy.models import Objective

pytestmark = pytest.mark.django_db
HOSTILE = '<script>alert("x")</script>'


def codes(name: str, query: str) -> list[str]:
    cast.organisation()
    view = read_view(parse_qs(query), listing.choices())
    page = listing.page(cast.person(name), view)
    return [one.code for one in page.rows]


def test_words_are_found_without_case_nor_accents() -> None:
    factories.initiative("Égalité professionnelle", code="A")
    factories.initiative("Nouvelle caisse", code="B", lead_name="Élodie Petit")
    assert codes("claire", "q=egalite") == ["A"]
    assert codes("claire", "q=PETIT+caisse") == ["B"]
    assert codes("claire", "q=b") == ["B"]
    assert codes("claire", "q=%25") == ["A", "B"]


def test_orders_put_numbers_and_accents_where_people_expect() -> None:
    for code, title in (("IN-10", "Zèbre"), ("IN-9", "École"), ("IN-100", "Echo")):
        factories.initiative(title, code=code)
    assert codes("claire", "") == ["IN-9", "IN-10", "IN-100"]
    assert codes("claire", "sort=title") == ["IN-100", "IN-9", "IN-10"]
    assert codes("claire", "sort=-code") == ["IN-100", "IN-10", "IN-9"]


def test_what_is_unknown_comes_last_both_ways() -> None:
    factories.initiative(code="A", starts_on=None)
    factories.initiative(code="B", starts_on=date(2026, 2, 2))
    factories.initiative(code="C", starts_on=date(2026, 1, 5))
    assert codes("claire", "sort=starts") == ["C", "B", "A"]
    assert codes("claire", "sort=-starts") == ["B", "C", "A"]


def test_each_filter_keeps_what_it_says() -> None:
    top = factories.unit("Top")
    below = factories.unit("Below", parent=top)
    programme = Programme.objects.create(code="P", name="Horizon")
    objective = Objective.objects.create(code="O", title="Faster")
    one = factories.initiative(
        code="A",
        unit=below,
        programme=programme,
        stage="deploy",
        family="digital",
        kind="run",
        sponsor_name="Nadia",
        lead_name="Élodie",
        health_technical="off",
        mandatory=True,
        micro=True,
    )
    one.contributions.create(objective=objective)
    factories.initiative(code="B", starts_on=None, ends_on=None, go_live_on=None)
    old = factories.initiative(code="C", stage="prepare", starts_on=date(2026, 6, 1))
    month_ago = timezone.now() - timedelta(days=31)
    Initiative.objects.filter(pk=old.pk).update(updated_at=month_ago)
    put_away = factories.initiative(code="D")
    Initiative.objects.filter(pk=put_away.pk).update(archived_at=month_ago)
    for query in (
        f"unit={top.pk}",
        f"programme={programme.pk}",
        f"objective={objective.pk}",
        "stage=deploy",
        "family=digital",
        "kind=run",
        "sponsor=nadia",
        "lead=elodie",
        "health=off",
        "mandatory=1",
        "micro=1",
    ):
        assert codes("claire", query) == ["A"], query
    assert codes("claire", "dates=missing") == ["B"]
    assert codes("claire", "news=stale") == ["C"]
    assert codes("claire", "starts_after=2026-05-01") == ["C"]
    assert codes("claire", "ends_before=2026-07-06&starts_after=2026-01-01") == ["A", "C"]
    assert codes("claire", "archived=1") == ["D"]
    assert codes("claire", "objective=none") == ["B", "C"]
    assert codes("claire", "stage=deploy&stage=prepare") == ["A", "C"]


def test_groups_are_named_counted_and_the_nameless_comes_last(
    as_person: Callable[[str], Client],
) -> None:
    unit = factories.unit("Finance")
    factories.initiative(code="A")
    factories.initiative(code="B", unit=unit)
    factories.initiative(code="C", unit=unit)
    page = as_person("claire").get("/portfolio/?group=unit").content.decode()
    assert re.findall(r'<th scope="rowgroup"[^>]*>(.*?) <span class="count">(\d)', page) == [
        ("Finance", "2"),
        ("Without unit", "1"),
    ]
    objective = Objective.objects.create(code="O", title="Faster", axis="Clients")
    Initiative.objects.get(code="A").contributions.create(objective=objective)
    assert codes("claire", "group=axis") == ["A", "B", "C"]
    assert codes("claire", "group=stage&sort=-code") == ["C", "B", "A"]


def test_the_page_tells_what_the_columns_need(as_person: Callable[[str], Client]) -> None:
    one = factories.initiative(code="A", cost_eur=1000)
    factories.initiative(code="B", starts_on=None)
    factories.impact(one, factories.population(headcount=260))
    factories.impact(one, factories.population(headcount=None))
    Milestone.objects.create(
        initiative=one, name="Pilot", forecast_on=timezone.localdate() + timedelta(days=3)
    )
    page = as_person("claire").get("/portfolio/?col=people&col=milestone&col=cost").content.decode()
    assert "260 +" in page
    assert "– Pilot" in page
    assert "€1,000" in page
    assert "1 unknown, not counted" in page
    assert "1 initiative without dates" in page
    assert "2 initiatives in the portfolio." in page


def test_a_column_of_another_feature_is_shown_and_exported(
    as_person: Callable[[str], Client],
) -> None:
    one = factories.initiative(code="A")
    made = columns.register("worst", "Worst week", lambda keys: {key: f"W{key}" for key in keys})
    try:
        client = as_person("claire")
        page = client.get("/portfolio/").content.decode()
        file = client.get("/portfolio/list.csv?col=worst").content.decode("utf-8-sig")
    finally:
        columns.registered.unregister(made)
    assert "Worst week" in page
    assert f">W{one.pk}<" in page
    assert list(csv.reader(io.StringIO(file), delimiter=";"))[1] == ["A", one.title, f"W{one.pk}"]


def test_hostile_titles_stay_text(as_person: Callable[[str], Client]) -> None:
    factories.initiative(HOSTILE, code="A", lead_name=HOSTILE, sponsor_name=HOSTILE, why=HOSTILE)
    client = as_person("claire")
    for address in (
        "/portfolio/",
        f"/portfolio/?q={HOSTILE}",
        "/portfolio/?group=unit&lead=" + HOSTILE,
        "/portfolio/roadmap/?from=2026-01-01",
        "/initiatives/A/",
        "/initiatives/A/edit/",
        "/initiatives/A/plan/",
        "/initiatives/A/one-page/",
    ):
        page = client.get(address).content.decode()
        assert HOSTILE not in page, address
        assert "alert(" in page, address


def test_no_cell_of_the_file_acts_as_a_formula(as_person: Callable[[str], Client]) -> None:
    factories.initiative("=HYPERLINK(1)", code="A", lead_name="@cmd", starts_on=None, ends_on=None)
    file = as_person("claire").get("/portfolio/list.csv?col=lead").content.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(file), delimiter=";"))[1] == [
        "A",
        "'=HYPERLINK(1)",
        "'@cmd",
    ]


@pytest.mark.parametrize(
    ("query", "kind", "sentence"),
    [
        ("q=zzz", "filtered", "hides 1 initiative."),
        ("q=zzz&stage=value", "filtered", "hide everything together"),
        ("dates=missing", "done", "Every date is known."),
        ("news=stale", "done", "All the news are fresh."),
    ],
)
def test_emptiness_says_why(
    as_person: Callable[[str], Client], query: str, kind: str, sentence: str
) -> None:
    factories.initiative()
    page = as_person("claire").get(f"/portfolio/?{query}").content.decode()
    assert f"empty-{kind}" in page
    assert sentence in page


def test_an_empty_portfolio_says_how_to_begin(as_person: Callable[[str], Client]) -> None:
    assert "Create the first one" in as_person("claire").get("/portfolio/").content.decode()
    assert "has not added any" in as_person("rosa").get("/portfolio/").content.decode()


def test_an_impossible_address_is_told(as_person: Callable[[str], Client]) -> None:
    factories.initiative()
    page = as_person("claire").get("/portfolio/?stage=gone&page=40").content.decode()
    assert "stage = gone" in page


def seed(count: int) -> None:
    unit, start = factories.unit(), date(2026, 1, 5)
    already = Initiative.objects.count()
    Initiative.objects.bulk_create(
        Initiative(
            code=f"BIG-{already + n:05}",
            title=f"Initiative number {n}",
            unit=unit,
            lead_name=f"Lead {n % 40}",
            starts_on=start + timedelta(days=n % 300),
            ends_on=start + timedelta(days=n % 300 + 90),
        )
        for n in range(count)
    )


@pytest.mark.parametrize(
    "address", ["/portfolio/", "/portfolio/?q=number&group=unit", "/portfolio/roadmap/"]
)
def test_the_number_of_statements_does_not_grow(
    as_person: Callable[[str], Client], address: str
) -> None:
    client = as_person("claire")
    seed(20)
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        assert client.get(address).status_code == 200
    seed(2980)
    client.get(address)  # other features compute once what has changed
    with CaptureQueriesContext(connection) as many:
        page = client.get(address).content.decode()
    assert len(many) <= len(few), [query["sql"][:90] for query in many]
    assert ("3,000" in page) == ("roadmap" not in address)


def test_three_thousand_rows_come_in_pages(as_person: Callable[[str], Client]) -> None:
    seed(250)
    client = as_person("claire")
    page = client.get("/portfolio/?page=3").content.decode()
    assert "201–250 of 250 initiatives" in page
    assert page.count('name="sel"') == 50
    roadmap = client.get("/portfolio/roadmap/?from=2026-01-01").content.decode()
    assert "1–60 of 250 initiatives" in roadmap
    assert roadmap.count("data-bar=") == 60
