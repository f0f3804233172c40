"""The eight questions for programs and terminals: the same sentence, the same closed doors."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client
from django.utils.html import strip_tags

import cast
import factories
from api.world import caller
from orchestre.access.models import User
from orchestre.cockpit.cli import ask
from orchestre.cockpit.presenters.answering import KEYS
from orchestre.org.models import Unit
from orchestre.portfolio.models import Initiative, Programme

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


@pytest.fixture
def portfolio(till: Initiative) -> Initiative:
    """The till in a programme, and a closed project of the same unit."""
    till.programme = Programme.objects.create(code="PG-1", name="Magasins")
    till.save()
    unit = Unit.objects.get(code="AG")
    secret = factories.initiative("Projet Canari", code="IN-Z", unit=unit, confidential=True)
    factories.impact(secret, till.impacts.get().population, hours_per_person=30.0)
    return till


def answered(client: Client, address: str) -> str:
    """Return the sentence that a page answers with."""
    page = client.get(address).content.decode()
    found = re.search(r"<span data-answer>(.*?)</span>", page, re.DOTALL)
    assert found, address
    return " ".join(html.unescape(strip_tags(re.sub(r"<small>|<a .*?</a>", " ", found[1]))).split())


def one_line(*parts: str) -> str:
    return " ".join(" ".join(parts).split())


def run(*arguments: str, name: str = "claire") -> tuple[int, str]:
    done = CliRunner().invoke(ask, [*arguments, "--as", cast.person(name).email])
    return done.exit_code, done.stdout


@pytest.mark.parametrize(
    ("key", "about"),
    [
        ("add", "?initiative=CH-014"),
        ("stop", "?programme=PG-1"),
        ("stop", "?initiative=CH-014"),
        ("delay", "?unit=AG&weeks=8"),
        ("delay", "?initiative=CH-014&weeks=4&quarter=2026-2"),
        ("exhausted", ""),
    ],
)
@pytest.mark.usefixtures("portfolio")
def test_a_program_is_told_what_the_page_says(as_person: SignIn, key: str, about: str) -> None:
    told = caller("claire").get(f"/questions/{key}{about}")
    assert told.status_code == 200, told.content
    found = told.json()
    assert found["sentence"]
    assert one_line(found["sentence"], found["detail"]) == answered(
        as_person("claire"), found["page"]
    )


@pytest.mark.usefixtures("portfolio")
def test_every_question_is_listed_with_what_it_takes() -> None:
    items = caller("claire").get("/questions").json()["items"]
    assert [one["key"] for one in items] == list(KEYS)
    assert {one["key"]: one["takes"] for one in items}["stop"] == ["initiative", "programme"]


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.usefixtures("portfolio")
def test_what_is_closed_is_named_to_nobody_else(key: str) -> None:
    for about in ("", "?unit=AG") if key == "delay" else ("",):
        told = caller("rosa").get(f"/questions/{key}{about}")
        assert told.status_code == 200, told.content
        assert "Canari" not in told.content.decode()
        assert "IN-Z" not in told.content.decode()


@pytest.mark.usefixtures("portfolio")
def test_asking_about_what_is_closed_is_asking_about_nothing() -> None:
    rosa = caller("rosa")
    closed = rosa.get("/questions/stop?initiative=IN-Z")
    absent = rosa.get("/questions/stop?initiative=IN-ZZ")
    assert (closed.status_code, closed.json()["code"]) == (404, "not-found")
    assert closed.json() == absent.json()


@pytest.mark.usefixtures("portfolio")
def test_without_its_object_a_question_says_what_to_choose() -> None:
    found = caller("claire").get("/questions/stop").json()
    assert found["sentence"] == ""
    chosen = {(one["parameter"], one["value"]) for one in found["choices"]}
    assert {("initiative", "CH-014"), ("programme", "PG-1")} <= chosen


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("zombies?initiative=CH-014", "initiative"),
        ("add?unit=AG", "unit"),
        ("delay?unit=AG&initiative=CH-014", "unit"),
        ("delay?unit=AG&quarter=2026-5", "quarter"),
    ],
)
@pytest.mark.usefixtures("portfolio")
def test_what_a_question_does_not_listen_to_is_refused(address: str, field: str) -> None:
    told = caller("claire").get(f"/questions/{address}")
    assert told.status_code == 422
    assert field in told.content.decode()


@pytest.mark.usefixtures("portfolio")
def test_gauges_are_values_and_no_row_is_cut() -> None:
    unit = Unit.objects.get(code="AG")
    for n in range(14):
        people = factories.population(f"Agence {n:02}", at=unit, code=f"AG{n:02}")
        factories.impact(Initiative.objects.get(code="CH-014"), people, hours_per_person=2.0)
    found = caller("claire").get("/questions/stop?initiative=CH-014").json()
    gauges = {one["name"]: one for one in found["gauges"]}
    moved = gauges["excess_person_hours"]
    assert moved["delta"] == pytest.approx(moved["after"] - moved["before"])
    assert (moved["verdict"], moved["delta"] < 0) == ("better", True)
    tables = {len(one["rows"]) for one in found["parts"]}
    assert 15 in tables


@pytest.mark.usefixtures("portfolio")
def test_a_terminal_reads_the_same_in_the_language_of_the_account() -> None:
    code, text = run("stop", "--programme", "PG-1")
    assert code == 0
    assert "Stopping “Magasins” frees €0, 0.0 FTE-months" in text
    User.objects.update(language="fr")
    code, text = run("stop", "--programme", "PG-1")
    assert (code, "Arrêter «" in text) == (0, True)
    assert caller("claire").get("/questions/stop?programme=PG-1").json()["sentence"] in text
    code, text = run("stop", "--programme", "PG-1", "--json")
    told: dict[str, Any] = json.loads(text)
    assert (code, told["ok"], told["key"]) == (0, True, "stop")
    assert told["sentence"].startswith("Arrêter «")


@pytest.mark.usefixtures("portfolio")
def test_a_terminal_is_refused_in_a_sentence() -> None:
    code, text = run("stop", "--initiative", "IN-Z", "--json", name="rosa")
    assert code == 1
    told = json.loads(text)
    assert (told["ok"], told["message"]) == (False, "No such code, or it is not open to you.")
    assert CliRunner().invoke(ask, ["--as", "nobody@example.org"]).exit_code == 1
    code, text = run()
    assert (code, len(text.splitlines())) == (0, 8)
