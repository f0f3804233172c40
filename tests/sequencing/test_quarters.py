"""What a delay does to a quarter: an initiative, all that a unit leads, and why each figure."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

import cast
import factories as make
from orchestre.portfolio.models import Initiative
from orchestre.sequencing.rules.edits import Edit
from orchestre.sequencing.services.effects import effect
from orchestre.sequencing.services.live import live

SignIn = Callable[[str], Client]
Q2, Q3 = (2026, 2), (2026, 3)


def ask(client: Client, name: str, query: str) -> tuple[int, str]:
    answer = client.get(f"{reverse('sequencing:question', args=[name])}?{query}")
    return answer.status_code, re.sub(r"\s+", " ", answer.content.decode())


def answer_of(page: str) -> str:
    return re.sub(r"<[^>]+>", "", page.split("data-answer>")[1].split("</p>", maxsplit=1)[0])


def test_hours_are_counted_in_the_quarter_where_they_fall(plan: SimpleNamespace) -> None:
    found = effect(live(), {}, {"IN-A": Edit(shift_days=26 * 7)})
    whole = found.hours["WEST"]
    by_quarter = [found.hours_in((2026, n)).get("WEST", 0.0) for n in (1, 2, 3, 4)]
    assert by_quarter[1] < -500
    assert by_quarter[3] > 500
    assert sum(by_quarter) == pytest.approx(whole, abs=2)


def test_a_delay_names_the_quarter_the_people_and_the_difference(
    plan: SimpleNamespace, as_person: SignIn
) -> None:
    status, page = ask(as_person("claire"), "delay", "initiative=IN-B&weeks=20")
    told = answer_of(page)
    assert status == 200
    hours = effect(live(), {}, {"IN-B": Edit(shift_days=140)}).hours_in(Q2)["WEST"]
    assert "Q2 2026: 260 people concerned" in told
    assert f"Agences Ouest −{abs(hours):,.0f}" in told
    assert "people above capacity 260 → 0" in told
    assert "IN-B Nouvelle caisse goes live in Q3 2026" in told


def test_all_that_a_unit_leads_is_late(plan: SimpleNamespace, as_person: SignIn) -> None:
    Initiative.objects.filter(pk=plan.second.pk).update(unit=make.unit("Paie", code="PAY"))
    client = as_person("claire")
    _status, page = ask(client, "delay", "unit=NET&weeks=13&quarter=2026-3")
    told = answer_of(page)
    assert "What do 13 weeks of delay on the initiatives of Réseau do to Q3 2026?" in page
    assert told.startswith("Q3 2026: ")
    assert "The initiatives of Réseau, 13 weeks later:" in told
    # only what this unit leads moves, and the quarter asked is the one told
    hours = effect(live(), {}, {"IN-A": Edit(shift_days=91)}).hours_in(Q3)["WEST"]
    assert f"Agences Ouest +{hours:,.0f}" in told


@pytest.mark.parametrize("query", ["unit=NOWHERE", "unit=EMPTY", "programme=X&unit=EMPTY"])
def test_a_unit_that_leads_nothing_is_not_found(
    plan: SimpleNamespace, as_person: SignIn, query: str
) -> None:
    make.unit("Vide", code="EMPTY")
    assert ask(as_person("claire"), "delay", query)[0] == 404


def test_a_quarter_that_is_none_is_not_asked(plan: SimpleNamespace, as_person: SignIn) -> None:
    _status, page = ask(as_person("claire"), "delay", "initiative=IN-B&weeks=13&quarter=2026-9")
    assert "on IN-B Nouvelle caisse do?" in page


def test_a_unit_moves_only_what_one_may_see(plan: SimpleNamespace, as_person: SignIn) -> None:
    make.initiative("Cession", code="IN-X", confidential=True, unit=plan.unit,
                    go_live_on=plan.first.go_live_on)  # fmt: skip
    _status, page = ask(as_person("rosa"), "delay", "")
    assert "Cession" not in page
    assert 'data-label="Initiatives to come">2<' in page


@pytest.mark.parametrize(
    ("name", "link"),
    [
        ("add", "initiative=IN-A"),
        ("stop", "programme=PG-1"),
        ("delay", "unit=NET&amp;weeks=8"),
        ("delay", "initiative=IN-A&amp;weeks=8"),
    ],
)
def test_what_may_be_asked_is_one_click_away(
    plan: SimpleNamespace, as_person: SignIn, name: str, link: str
) -> None:
    Initiative.objects.update(stage=Initiative.Stage.DEFINE)
    _status, page = ask(as_person("claire"), name, "")
    assert f'href="{reverse("sequencing:question", args=[name])}?{link}"' in page


def test_each_figure_of_an_answer_explains_what_it_supposes(
    plan: SimpleNamespace, as_person: SignIn
) -> None:
    client = as_person("claire")
    query = "unit=NET&weeks=8"
    why = client.get(f"{reverse('sequencing:why', args=['delay_cost_eur'])}?act=delay&{query}")
    page = why.content.decode()
    # two initiatives, 8 weeks, 5,000 euros a week each
    assert "€80,000" in page
    assert "8 weeks of delay on the initiatives of Réseau" in page


def test_money_that_is_closed_is_not_said_to_be_nothing(
    plan: SimpleNamespace, as_person: SignIn
) -> None:
    cast.lead_of(plan.first.pk)
    _status, page = ask(as_person("lina"), "stop", "initiative=IN-A")
    assert "frees n/a" in answer_of(page)
    _status, page = ask(as_person("lina"), "delay", "initiative=IN-A&weeks=13")
    assert "spending" not in answer_of(page)
