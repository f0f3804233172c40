"""Findings as people read them: sentences, filters, decisions, and what stays unnamed."""

from __future__ import annotations

import json
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from django.test import Client
from django.utils import translation

import cast
import factories as make
from orchestre.interactions import queries
from orchestre.interactions.cli import findings
from orchestre.interactions.models import Finding
from orchestre.interactions.presenters.sentences import sentence
from orchestre.interactions.services import refresh
from orchestre.load.services import compute
from orchestre.portfolio.models import Dependency

As = Callable[[str], Client]
SECRET = "Projet Hirondelle"
EVERYTHING = queries.Names(frozenset(), None)


def told(rule: str, language: str = "fr") -> str:
    one = Finding.objects.get(rule=rule)
    with translation.override(language):
        return sentence(one, EVERYTHING).replace("\u202f", " ").replace("\xa0", " ")


def test_the_sentence_is_the_one_people_would_say(pair: SimpleNamespace) -> None:
    refresh.look_again(None)
    assert told("same-people") == (
        "SIRH et Nouvelle caisse demandent 2,40 h à chacune des 260 personnes de Agences Ouest"
        " la semaine 15, pour 1,75 h possibles."
    )
    assert told("same-people", "en") == (
        "SIRH and Nouvelle caisse ask 2.40 h of each of the 260 people of Agences Ouest in"
        " week 15; they can give 1.75 h."
    )


def test_dependencies_are_told_with_their_days(pair: SimpleNamespace) -> None:
    Dependency.objects.create(predecessor=pair.first, successor=pair.second, what="référentiel")
    refresh.look_again(None)
    assert told("predecessor-late") == (
        "Nouvelle caisse attend « référentiel » de SIRH le 5 janvier 2026 ; ce sera prêt le"
        " 6 juillet 2026, 182 jours trop tard."
    )


def test_every_rule_has_its_sentence_in_both_languages(pair: SimpleNamespace) -> None:
    from_rules = {
        "same-system": [["system", "SAP"]],
        "same-process": [["process", "Paie"]],
        "scarce-expert": [["expert", "Architecte"]],
        "messages-close": [["closest_gap_days", 3.0]],
        "crowded-people": [["changes", 9.0], ["worst_population", str(pair.people.pk)]],
        "indicator-opposed": [["indicator_name", "Délai"]],
        "cycle": [],
        "shared-event": [["session_kind", "training"]],
        "same-supplier": [["supplier", "Atos"]],
        "same-deliverable": [["deliverable", "Référentiel"]],
        "similar-text": [["shared_term", "caisse"]],
    }
    for number, (rule, facts) in enumerate(from_rules.items()):
        one = Finding.objects.create(key=str(number), kind="synergy", rule=rule, score=0.5)
        one.initiatives.set([pair.first, pair.second])
        one.populations.set([pair.people])
        order = [["initiative", str(pair.first.pk)], ["initiative", str(pair.second.pk)]]
        one.facts = {"told": [*facts, *order]}
        one.save()
        french, english = told(rule), told(rule, "en")
        assert french != english
        assert "%(" not in french + english


def test_reading_writes_nothing_and_the_page_asks_the_rules_to_look(
    as_person: As, pair: SimpleNamespace
) -> None:
    client = as_person("claire")
    first = client.get("/load/findings/")
    assert 'hx-trigger="load" hx-target="#main"' in first.content.decode()
    assert not Finding.objects.exists()
    page = client.post("/load/findings/refresh/", {"auto": "1"}, follow=True)
    assert page.status_code == 200
    assert 'hx-trigger="load" hx-target="#main"' not in page.content.decode()
    assert len(page.context["page"].items) == 2
    assert len(client.get("/load/findings/?kind=overload").context["page"].items) == 1
    assert not client.get("/load/findings/?state=refused").context["page"].items
    assert len(client.get("/load/findings/?initiative=IN-A").context["page"].items) == 2
    elsewhere = make.population("Ailleurs")
    assert not client.get(f"/load/findings/?pop={elsewhere.pk}").context["page"].items


def test_nothing_found_says_what_was_not_checked(as_person: As, db: None) -> None:
    lost = make.initiative("Perdue", starts_on=None, ends_on=None, go_live_on=None)
    make.impact(lost, make.population())
    page = as_person("claire").post("/load/findings/refresh/", follow=True).content.decode()
    assert "No collision between the initiatives." in page
    assert "1 initiative without dates could not be checked." in page


def test_deciding_from_the_page(as_person: As, pair: SimpleNamespace) -> None:
    client = as_person("claire")
    client.post("/load/findings/refresh/")
    one = Finding.objects.get(rule="same-people")
    page = client.get(f"/load/findings/{one.pk}/").content.decode()
    assert "person-hours of overload disappear in all" in page
    assert client.post(f"/load/findings/{one.pk}/refuse/", {"reason": ""}).status_code == 422
    answer = client.post(
        f"/load/findings/{one.pk}/refuse/", {"reason": "Non", "version": one.version}
    )
    assert answer.status_code == 302
    one.refresh_from_db()
    assert one.state == "refused"
    assert "Non" in client.get(f"/load/findings/{one.pk}/").content.decode()
    client.post(f"/load/findings/{one.pk}/reopen/", {"version": one.version})
    one.refresh_from_db()
    assert one.state == "new"


def test_a_reader_reads_and_does_not_decide(as_person: As, pair: SimpleNamespace) -> None:
    as_person("claire").post("/load/findings/refresh/")
    one, client = Finding.objects.get(rule="overload"), as_person("rosa")
    assert "Your decision" not in client.get(f"/load/findings/{one.pk}/").content.decode()
    assert client.post(f"/load/findings/{one.pk}/confirm/").status_code == 403


def test_a_confidential_initiative_is_never_named(as_person: As, pair: SimpleNamespace) -> None:
    pair.first.title, pair.first.confidential = SECRET, True
    pair.first.systems, pair.second.systems = ["Cible"], ["Cible"]
    pair.first.save()
    pair.second.save()
    as_person("claire").post("/load/findings/refresh/")
    client = as_person("paul")
    listed = client.get("/load/findings/?state=all")
    assert {item.kind.text for item in listed.context["page"].items} == {"overload", "interference"}
    for address in ["/load/findings/?state=all"] + [
        f"/load/findings/{one.pk}/" for one in Finding.objects.all()
    ]:
        text = client.get(address).content.decode()
        assert SECRET not in text
        assert "IN-A" not in text
        assert "Cible" not in text
    assert "a confidential initiative" in listed.content.decode()
    hidden = Finding.objects.get(rule="same-system")
    assert client.get(f"/load/findings/{hidden.pk}/").status_code == 404


def test_a_manager_reads_the_findings_of_the_own_people(
    as_person: As, pair: SimpleNamespace
) -> None:
    away = make.population("Comité secret", make.unit("Siège"))
    for code in ("IN-X", "IN-Y"):
        make.impact(make.initiative(f"Ailleurs {code}", code=code), away, hours_per_person=9.0)
    as_person("claire").post("/load/findings/refresh/")
    cast.manager_of(pair.unit.pk)
    text = as_person("marc").get("/load/findings/?state=all").content.decode()
    assert "Agences Ouest" in text
    assert "Comité secret" not in text
    assert "Ailleurs" not in text


def test_a_large_portfolio_says_that_its_findings_are_dated(
    as_person: As, pair: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refresh, "INITIATIVES_WHILE_WAITING", 1)
    client = as_person("claire")
    assert "The rules have not looked yet." in client.get("/load/findings/").content.decode()
    refresh.look_again(None)
    make.impact(make.initiative(), pair.people)
    compute.forget()
    page = client.get("/load/findings/").content.decode()
    assert "Something was written since the rules looked" in page
    assert client.post("/load/findings/refresh/").status_code == 302


def test_the_command_lists_the_findings(pair: SimpleNamespace) -> None:
    answer = CliRunner().invoke(findings, ["--json"])
    assert answer.exit_code == 0, answer.output
    found = json.loads(answer.output)
    assert {one["rule"] for one in found} == {"overload", "same-people"}
    assert found[0]["initiatives"] == ["IN-A", "IN-B"]
    assert found[0]["score_unit"] == "person_hours"
    compute.forget()
    assert "ask 2.40" in CliRunner().invoke(findings, []).output.replace("\xa0", " ")
