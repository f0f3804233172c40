"""Comparing, asking, deciding and reading again, through the pages."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

import cast
from orchestre.access.models import Grant
from orchestre.access.rules import Role
from orchestre.portfolio import services as portfolio
from orchestre.portfolio.models import Initiative
from orchestre.sequencing import services
from orchestre.sequencing.models import Override, Plan, Scenario
from orchestre.sequencing.presenters import doors, words
from orchestre.sequencing.services import differences
from orchestre.ui.components import Button

SignIn = Callable[[str], Client]


@pytest.fixture
def later(plan: SimpleNamespace) -> Scenario:
    claire = cast.person("claire")
    scenario = services.draft(claire, "Later")
    services.override(claire, scenario, plan.second, {"shift_days": 56})
    return scenario


def at(name: str, *arguments: object) -> str:
    return reverse(f"sequencing:{name}", args=arguments)


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_compare_says_better_and_worse(later: Scenario, as_person: SignIn) -> None:
    page = text(as_person("claire"), f"{at('compare')}?a=current&b={later.pk}")
    assert "−260, better" in page
    assert "+€40,000, worse" in page
    assert "8 weeks later" in page
    assert "Agences Ouest" in page


def test_compare_keeps_to_what_one_may_see(later: Scenario, as_person: SignIn) -> None:
    page = text(as_person("paul"), f"{at('compare')}?a=current&b={later.pk}&c=999999&d=x")
    assert "Later" not in page


def test_a_door_opens_on_a_scenario(later: Scenario, as_person: SignIn) -> None:
    def door(_person: object, scenario: Scenario) -> Button:
        return Button(f"Take {scenario.name} to committee", "/")

    doors.of_scenario.register(door)
    try:
        assert "Take Later to committee" in text(as_person("claire"), at("show", later.pk))
    finally:
        doors.of_scenario.unregister(door)


def test_what_stopping_frees(plan: SimpleNamespace, as_person: SignIn) -> None:
    page = text(as_person("claire"), f"{at('question', 'stop')}?initiative=IN-A")
    assert "frees €120k, 3.0 FTE-months" in page
    assert "IN-B Nouvelle caisse counts on it for Référentiel" in page
    assert "Agences Ouest, Réseau, 260 people" in page


def test_what_stopping_a_programme_frees(plan: SimpleNamespace, as_person: SignIn) -> None:
    page = text(as_person("claire"), f"{at('question', 'stop')}?programme=PG-1")
    assert "Stopping “Socle” frees €240k" in page


def test_what_adding_moves(plan: SimpleNamespace, as_person: SignIn) -> None:
    page = text(as_person("claire"), f"{at('question', 'add')}?initiative=IN-B")
    assert "people above capacity +260" in page
    assert "It needs Référentiel of IN-A SIRH." in page


def test_the_answer_is_kept_as_a_draft(plan: SimpleNamespace, as_person: SignIn) -> None:
    client = as_person("claire")
    client.post(at("keep"), {"act": "stop", "programme": "PG-1", "weeks": "8"})
    made = Scenario.objects.get()
    assert made.state == Scenario.State.DRAFT
    assert [row.included for row in made.overrides.all()] == [False, False]


@pytest.mark.parametrize("name", words.NAMES)
def test_every_figure_says_why(later: Scenario, as_person: SignIn, name: str) -> None:
    page = text(as_person("claire"), f"{at('why', name)}?of={later.pk}")
    assert "scenario/1" in page


def test_money_is_told_to_who_reads_all_of_it(plan: SimpleNamespace, as_person: SignIn) -> None:
    lina = cast.lead_of(plan.first.pk)
    assert Grant.objects.filter(user=lina, role=Role.LEAD).exists()
    client = as_person("lina")
    assert "€" not in text(client, at("list")).split('id="gauges"')[1].split("</section>")[0]
    assert client.get(at("why", "cost_eur")).status_code == 403


def test_refusing_one_move_leaves_the_others(
    later: Scenario, plan: SimpleNamespace, as_person: SignIn
) -> None:
    claire = cast.person("claire")
    services.override(claire, later, plan.first, {"shift_days": 7})
    client = as_person("claire")
    assert "Refuse this move" in text(client, at("differences", later.pk))
    client.post(at("clear", later.pk, "IN-A"), {"version": "1", "back": "differences"})
    assert [row.initiative.code for row in Override.objects.all()] == ["IN-B"]


def test_a_stale_scenario_is_read_again(
    later: Scenario, plan: SimpleNamespace, as_person: SignIn
) -> None:
    portfolio.move(cast.person("paul"), Initiative.objects.get(code="IN-B"), 7)
    client = as_person("claire")
    assert "1 difference to review" in text(client, at("show", later.pk))
    page = text(client, at("rebase", later.pk))
    assert "Paul Analyst changed the plan" in page
    act = page.split('name="act" value="')[1].split('"')[0]
    client.post(at("rebase", later.pk), {"act": act})
    assert "to review" not in text(client, at("show", later.pk))


def test_publishing_through_the_page(
    later: Scenario, plan: SimpleNamespace, as_person: SignIn
) -> None:
    client = as_person("claire")
    page = text(client, at("publish", later.pk))
    assert "Go-live: 6 April 2026 → 1 June 2026" in page
    shown = differences.of(later).expected
    portfolio.move(cast.person("paul"), Initiative.objects.get(code="IN-B"), 7)
    said = {"decision": "Eight weeks later.", "expected": shown}
    refused = client.post(at("publish", later.pk), said)
    assert refused.status_code == 422
    assert "IN-B" in refused.content.decode()
    again = differences.of(later).expected
    client.post(at("publish", later.pk), {**said, "expected": again})
    assert Plan.objects.get(superseded_at=None).decision == "Eight weeks later."


def test_a_plan_reopened_says_the_same_numbers(
    later: Scenario, plan: SimpleNamespace, as_person: SignIn
) -> None:
    claire, client = cast.person("claire"), as_person("claire")
    shown = differences.of(later).expected
    services.publish(claire, later, decision="Yes.", expected=shown)
    before = text(client, at("plan", 1)).split("page-body")[1]
    portfolio.move(claire, Initiative.objects.get(code="IN-A"), 21)
    assert text(client, at("plan", 1)).split("page-body")[1] == before
    assert "260" in before
    page = text(client, f"{at('diff')}?from=plan-1&to=plan-2")
    assert "Go-live: 6 April 2026 → 1 June 2026" in page
    assert "2 initiatives differ" in text(client, f"{at('diff')}?from=plan-1&to=current")
    client.post(at("return", 1))
    back = Scenario.objects.get(state=Scenario.State.DRAFT)
    assert {row.initiative.code for row in back.overrides.all()} == {"IN-A", "IN-B"}


def test_a_confidential_initiative_of_a_plan_is_not_named(
    later: Scenario, plan: SimpleNamespace, as_person: SignIn
) -> None:
    plan.first.confidential = True
    plan.first.save()
    claire = cast.person("claire")
    shown = differences.of(later).expected
    services.publish(claire, later, decision="Yes.", expected=shown)
    page = text(as_person("rosa"), at("plan", 2))
    assert "SIRH" not in page
    assert "1 initiative is not open to you" in page
