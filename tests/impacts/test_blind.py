"""Two raters of one impact: neither reads the other before both have answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse

import cast
import factories
from orchestre.access.models import Grant, User
from orchestre.access.rules import Role
from orchestre.impacts import policy, queries, rules, services
from orchestre.impacts.models import Impact, Rating
from orchestre.journal.models import ChangeSet
from orchestre.kernel.errors import CannotDo, DomainError, StaleVersion
from orchestre.portfolio.models import Initiative

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]

# figures found nowhere else on the pages
PROJECT = rules.Answer({"process": 4, "tools": 1}, 3.77, 417.25)
UNIT = rules.Answer({"process": 1, "role": 3}, 2.66, 618.75)
PROJECT_MARKS = ("3.77", "417.25", "The project whispers")
UNIT_MARKS = ("2.66", "618.75", "The unit whispers")


@dataclass
class Pair:
    """One impact, its lead and the manager of the people touched."""

    impact: Impact
    initiative: Initiative
    lead: User
    manager: User


@pytest.fixture
def pair(db: None) -> Pair:
    unit = factories.unit("Agences")
    population = factories.population("Guichets", at=unit, headcount=100)
    initiative = factories.initiative("Nouvelle caisse", code="NC-1")
    impact = Impact.objects.create(initiative=initiative, population=population)
    return Pair(impact, initiative, cast.lead_of(initiative.pk), cast.manager_of(unit.pk))


def project_answers(pair: Pair) -> None:
    services.rate(pair.lead, pair.impact, PROJECT, comment="The project whispers")


def unit_answers(pair: Pair) -> None:
    services.rate(pair.manager, pair.impact, UNIT, comment="The unit whispers")


def pages(client: Client, pair: Pair) -> Iterator[str]:
    """Read every page and every fragment where an answer could show."""
    urls = [
        reverse("impacts:of", args=[pair.initiative.code]),
        reverse("impacts:edit", args=[pair.impact.pk]),
        reverse("impacts:rate", args=[pair.impact.pk]),
        reverse("impacts:settle", args=[pair.impact.pk]),
        reverse("impacts:to-rate"),
    ]
    for url in urls:
        for headers in ({}, {"HX-Request": "true"}):
            for extra in ("", "?side=unit", "?side=project"):
                yield client.get(url + extra, headers=headers, follow=True).content.decode()
    refused = client.post(urls[2], {"version": "999"}, follow=True)
    yield refused.content.decode()


def leaks(client: Client, pair: Pair, marks: tuple[str, ...]) -> list[str]:
    return [mark for page in pages(client, pair) for mark in marks if mark in page]


def test_the_unit_does_not_read_the_project_before_answering(pair: Pair, as_person: SignIn) -> None:
    project_answers(pair)
    client = as_person("marc")
    assert leaks(client, pair, PROJECT_MARKS) == []
    page = client.get(reverse("impacts:of", args=["NC-1"])).content.decode()
    assert "waits for your own answer" in page
    assert "processes: 4 out of 5" not in page
    assert "person-hours" not in page
    facts = queries.facts_of(pair.manager, pair.impact)
    assert facts.hidden
    assert facts.project is None
    assert facts.differences == ()


def test_the_project_does_not_read_the_unit_before_answering(pair: Pair, as_person: SignIn) -> None:
    unit_answers(pair)
    for name in ("lina", "claire", "rosa", "aude"):
        client = as_person(name)
        assert leaks(client, pair, UNIT_MARKS) == [], name
    facts = queries.facts_of(pair.lead, pair.impact)
    assert facts.unit is None
    assert facts.waits_for_me


def test_nobody_else_reads_the_unit_before_both(pair: Pair, as_person: SignIn) -> None:
    unit_answers(pair)
    assert queries.facts_of(cast.person("rosa"), pair.impact).unit is None
    colleague = User.objects.create_user("c@example.org", "Colleague", None)
    Grant.objects.create(
        user=colleague,
        role=Role.RELAY,
        scope=Grant.Scope.UNIT,
        scope_id=pair.impact.population.unit_id,
    )
    assert queries.facts_of(colleague, pair.impact).unit is not None


def test_once_both_have_answered_everybody_compares(pair: Pair, as_person: SignIn) -> None:
    project_answers(pair)
    unit_answers(pair)
    for name in ("lina", "marc", "claire", "rosa"):
        page = as_person(name).get(reverse("impacts:settle", args=[pair.impact.pk]))
        content = page.content.decode()
        for mark in (*PROJECT_MARKS, *UNIT_MARKS, "2 levels or more apart"):
            assert mark in content, (name, mark)
    names = [d.name for d in queries.facts_of(pair.lead, pair.impact).differences]
    assert names == ["process", "tools", "role", "intensity", "hours_per_person"]


def test_a_side_that_sees_the_project_cannot_speak_for_the_unit(pair: Pair) -> None:
    assert policy.side_of(cast.person("claire"), pair.impact) == Rating.Side.PROJECT
    assert policy.side_of(pair.manager, pair.impact) == Rating.Side.UNIT
    Grant.objects.create(
        user=pair.manager,
        role=Role.LEAD,
        scope=Grant.Scope.INITIATIVE,
        scope_id=pair.initiative.pk,
    )
    again = User.objects.get(pk=pair.manager.pk)
    assert policy.side_of(again, pair.impact) == Rating.Side.PROJECT
    assert policy.side_of(cast.person("rosa"), pair.impact) is None
    with pytest.raises(CannotDo):
        services.rate(cast.person("rosa"), pair.impact, UNIT)


def test_a_manager_of_other_people_rates_nothing(pair: Pair, as_person: SignIn) -> None:
    Grant.objects.all().delete()
    elsewhere = cast.manager_of(factories.unit("Ailleurs").pk)
    assert not policy.visible_to(elsewhere).exists()
    client = as_person("marc")
    for name in ("impacts:rate", "impacts:settle", "impacts:edit"):
        assert client.get(reverse(name, args=[pair.impact.pk])).status_code == 404
    assert client.get(reverse("impacts:of", args=["NC-1"])).status_code == 404


def test_an_answer_is_corrected_until_the_other_comes_then_settled(pair: Pair) -> None:
    unit_answers(pair)
    services.rate(pair.manager, pair.impact, rules.Answer({"process": 2}), expected_version=1)
    project_answers(pair)
    for who in (pair.manager, pair.lead):
        with pytest.raises(DomainError, match="settle"):
            services.rate(who, pair.impact, rules.Answer(intensity=1))
    with pytest.raises(DomainError, match="settle"):
        services.change_impact(pair.lead, pair.impact, {"intensity": 1.0})
    services.change_impact(pair.lead, pair.impact, {"to_state": "En ligne"})


def test_answering_cannot_be_undone_to_answer_again(pair: Pair) -> None:
    unit_answers(pair)
    assert not ChangeSet.objects.latest("pk").undoable


def test_an_empty_answer_is_refused(pair: Pair) -> None:
    with pytest.raises(DomainError, match="at least one aspect"):
        services.rate(pair.manager, pair.impact, rules.Answer())
    with pytest.raises(DomainError):
        services.rate(pair.manager, pair.impact, rules.Answer(intensity=9))


def test_the_answer_of_the_project_is_what_the_load_counts(pair: Pair) -> None:
    unit_answers(pair)
    (before,) = queries.impacts_for_load()
    assert before.hours_per_person is None
    project_answers(pair)
    (after,) = queries.impacts_for_load()
    assert after.hours_per_person == PROJECT.hours_per_person


def choices(**some: str) -> dict[str, str]:
    names = ("process", "tools", "role", "intensity", "hours_per_person")
    return dict.fromkeys(names, "project") | some


def test_settling_writes_what_counts_with_its_reason(pair: Pair) -> None:
    with pytest.raises(DomainError, match="both answers"):
        services.settle(pair.lead, pair.impact, {}, reason="Soon")
    project_answers(pair)
    unit_answers(pair)
    with pytest.raises(DomainError, match="Say why"):
        services.settle(pair.lead, pair.impact, choices(), reason="  ")
    with pytest.raises(DomainError, match="Choose what counts"):
        services.settle(pair.lead, pair.impact, {"process": "unit"}, reason="Atelier")
    with pytest.raises(DomainError, match="Choose what counts"):
        services.settle(pair.lead, pair.impact, choices(role="halfway"), reason="Atelier")
    chosen = choices(process="halfway", tools="unit", role="unit", hours_per_person="halfway")
    services.settle(pair.lead, pair.impact, chosen, reason="Atelier du 12")
    assert pair.impact.aspects == {"process": 3, "role": 3}
    assert pair.impact.intensity == PROJECT.intensity
    assert pair.impact.hours_per_person == pytest.approx(518)
    assert pair.impact.provenance == "declared"
    act = ChangeSet.objects.latest("pk")
    assert (act.verb, act.reason) == ("impacts.settle", "Atelier du 12")
    assert queries.facts_of(pair.manager, pair.impact).settled_at is not None
    assert not queries.facts_of(pair.lead, pair.impact).to_settle
    with pytest.raises(CannotDo):
        services.settle(pair.manager, pair.impact, chosen, reason="Non")


def test_an_impact_that_came_with_its_figures_counts_as_the_project(pair: Pair) -> None:
    Impact.objects.filter(pk=pair.impact.pk).update(intensity=4.0, aspects={"process": 4})
    unit_answers(pair)
    pair.impact.refresh_from_db()
    facts = queries.facts_of(pair.lead, pair.impact)
    assert facts.both_answered
    names = [d.name for d in facts.differences]
    settled = dict.fromkeys(names, "unit")
    services.settle(pair.lead, pair.impact, settled, reason="Le terrain a raison")
    assert pair.impact.intensity == UNIT.intensity
    assert Rating.objects.get(side="project").intensity == 4.0


def test_two_people_of_one_side_are_told(pair: Pair) -> None:
    unit_answers(pair)
    services.rate(pair.manager, pair.impact, rules.Answer({"process": 2}, 1.0, 3.0))
    with pytest.raises(StaleVersion) as conflict:
        services.rate(pair.manager, pair.impact, UNIT, expected_version=1)
    theirs = {clash.field for clash in conflict.value.conflict.clashes}
    assert "aspects" in theirs


def test_whose_answer_stays_is_asked_on_the_page(pair: Pair, as_person: SignIn) -> None:
    unit_answers(pair)
    services.rate(pair.manager, pair.impact, rules.Answer({"process": 5}, 1.0), comment="B")
    client = as_person("marc")
    url = reverse("impacts:rate", args=[pair.impact.pk])
    sent = {"version": "1", "aspects-process": "2", "intensity": "1", "comment": "C"}
    conflict = client.post(url, sent)
    assert conflict.status_code == 412
    again = sent | {"version": "2", "keep-aspects": "theirs", "keep-comment": "mine"}
    assert client.post(url, again).status_code == 302
    rating = Rating.objects.get(side="unit")
    assert (rating.aspects, rating.comment) == ({"process": 5}, "C")


def test_settling_what_somebody_settled_meanwhile_asks_to_read_again(
    pair: Pair, as_person: SignIn
) -> None:
    project_answers(pair)
    unit_answers(pair)
    version = pair.impact.version
    services.settle(cast.person("paul"), pair.impact, choices(process="unit"), reason="Atelier")
    client = as_person("claire")
    url = reverse("impacts:settle", args=[pair.impact.pk])
    sent = choices(process="halfway") | {"reason": "Non", "version": str(version)}
    refused = client.post(url, sent)
    assert refused.status_code == 422
    assert "Reload the page" in refused.content.decode()
