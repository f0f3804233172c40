"""Pages of scenarios: what is shown, what is written, what is closed."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

import cast
from orchestre.sequencing import services
from orchestre.sequencing.models import Override, Scenario

SignIn = Callable[[str], Client]


@pytest.fixture
def later(plan: SimpleNamespace) -> Scenario:
    claire = cast.person("claire")
    scenario = services.draft(claire, "Later", why="Too much in April")
    services.override(claire, scenario, plan.second, {"shift_days": 56})
    return scenario


def at(name: str, *arguments: object) -> str:
    return reverse(f"sequencing:{name}", args=arguments)


def test_the_list_says_what_a_scenario_is(plan: SimpleNamespace, as_person: SignIn) -> None:
    page = as_person("claire").get(at("list")).content.decode()
    assert "No scenario yet" in page
    assert "260 people above what they can absorb" in page


def test_a_draft_is_not_found_by_others(later: Scenario, as_person: SignIn) -> None:
    assert as_person("claire").get(at("show", later.pk)).status_code == 200
    for name in ("paul", "ada", "rosa", "noam"):
        assert as_person(name).get(at("show", later.pk)).status_code == 404


def test_opening_then_changing_by_the_form(plan: SimpleNamespace, as_person: SignIn) -> None:
    client = as_person("claire")
    client.post(at("new"), {"name": "What if the till waits?"})
    made = Scenario.objects.get()
    here = at("initiative", made.pk, "IN-B")
    page = client.get(here).content.decode()
    assert "As in the plan in force" in page
    answer = client.post(here, {"shift_days": "8", "included": "on", "version": "0"})
    assert answer.status_code == 302
    assert Override.objects.get().shift_days == 56
    shown = client.get(at("show", made.pk)).content.decode()
    assert "8 weeks later" in shown
    assert "0 people above what they can absorb" in shown
    assert "You are viewing the scenario" in shown


def test_a_preview_writes_nothing(later: Scenario, as_person: SignIn) -> None:
    client = as_person("claire")
    answer = client.get(at("preview", later.pk, "IN-B") + "?shift=-8")
    page = answer.content.decode()
    assert "260 people above what they can absorb" in page
    assert 'name="shift_days" value="0"' in page
    assert Override.objects.get().shift_days == 56


def test_dropping_a_bar_keeps_the_whole_move(later: Scenario, as_person: SignIn) -> None:
    client = as_person("claire")
    version = str(Override.objects.get().version)
    answer = client.post(
        at("move", later.pk, "IN-B"),
        {"shift_days": "63", "version": version},
        headers={"HX-Request": "true"},
    )
    assert answer.status_code == 200
    assert "9 weeks later" in answer.content.decode()
    assert Override.objects.get().shift_days == 63


def test_two_people_move_the_same_bar(
    later: Scenario, plan: SimpleNamespace, as_person: SignIn
) -> None:
    services.share(cast.person("claire"), later)
    claire, paul = as_person("claire"), as_person("paul")
    version = str(Override.objects.get().version)
    here = at("move", later.pk, "IN-B")
    claire.post(here, {"shift_days": "63", "version": version})
    refused = paul.post(here, {"shift_days": "7", "version": version})
    page = refused.content.decode()
    assert refused.status_code == 412
    assert "9 weeks later" in page
    assert "1 week later" in page
    assert Override.objects.get().shift_days == 63
    now = str(Override.objects.get().version)
    theirs = {"shift_days": "7", "version": now, "keep-shift_days": "theirs"}
    paul.post(here, theirs)
    assert Override.objects.get().shift_days == 63
    paul.post(here, {**theirs, "keep-shift_days": "mine"})
    assert Override.objects.get().shift_days == 7


def test_two_people_write_two_facts_of_one_initiative(
    later: Scenario, plan: SimpleNamespace, as_person: SignIn
) -> None:
    services.share(cast.person("claire"), later)
    here = at("initiative", later.pk, "IN-A")
    seen = {"version": "0", "included": "on", "initial-included": "True"}
    for name in ("shift_days", "starts_on", "ends_on", "go_live_on", "rank", "allocation_ratio",
                 "amount_ratio", "amount_eur", "note"):  # fmt: skip
        seen[name] = seen[f"initial-{name}"] = ""
    assert as_person("claire").post(here, {**seen, "shift_days": "1"}).status_code == 302
    assert as_person("paul").post(here, {**seen, "rank": "2"}).status_code == 302
    row = Override.objects.get(initiative=plan.first)
    assert (row.shift_days, row.rank) == (7, 2)


def test_a_reader_reads_and_does_not_write(later: Scenario, as_person: SignIn) -> None:
    services.share(cast.person("claire"), later)
    rosa = as_person("rosa")
    assert "duplicate it to change it" in rosa.get(at("show", later.pk)).content.decode()
    assert rosa.post(at("clear", later.pk, "IN-B")).status_code == 403
    assert rosa.post(at("move", later.pk, "IN-B"), {"shift_days": "7"}).status_code == 403
    assert Override.objects.count() == 1


def test_a_confidential_initiative_is_counted_and_not_named(
    later: Scenario, plan: SimpleNamespace, as_person: SignIn
) -> None:
    plan.second.confidential = True
    plan.second.save()
    services.share(cast.person("claire"), later)
    page = as_person("rosa").get(at("show", later.pk)).content.decode()
    assert "IN-B" not in page
    assert "Nouvelle caisse" not in page
    assert "1 more on an initiative that is not open to you" in page
    assert "0 people above what they can absorb" in page
