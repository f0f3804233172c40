"""What a search and a decision tell to who may not read everything, and to two who ask alike."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

import cast
from api.world import caller
from factories import orders
from orchestre.access.models import Grant
from orchestre.access.rules import Role
from orchestre.kernel.errors import DomainError
from orchestre.portfolio import services as portfolio
from orchestre.runs.models import Run
from orchestre.sequencing import services
from orchestre.sequencing.models import Scenario
from orchestre.sequencing.rules.asked import Asked
from orchestre.sequencing.rules.proposal import Barrier, Clash, freeze
from orchestre.sequencing.services import differences, proposing

pytestmark = pytest.mark.django_db
SECRET = "IN-B"


@pytest.fixture
def found(plan: SimpleNamespace) -> Run:
    """Close IN-B; Lina, who leads IN-A only, made a search that meets it everywhere."""
    plan.second.confidential = True
    plan.second.save()
    lina = cast.lead_of(plan.first.pk)
    run = orders.search(lina, plan.first.code, plan.people.code)
    whole = orders.answer(plan.first.code, plan.people.code)
    told = whole.proposals[0]
    move = replace(
        told.moves[0],
        barriers=(Barrier("dependency", other=SECRET), Barrier("envelope", name="Budget 2026")),
    )
    left = replace(told.leftovers[0], together=("IN-A", SECRET))
    run.result = freeze(
        replace(
            whole,
            proposals=(replace(told, moves=(move,), leftovers=(left,)), *whole.proposals[1:]),
            clashes=(Clash((Barrier("legal_step", name="Avis CSE"),), (SECRET,)),),
            derived_delay=("IN-A", SECRET),
            free_delay=(SECRET,),
            windowless=(SECRET,),
        )
    )
    run.save()
    return run


def test_the_api_names_nothing_that_is_closed(
    found: Run,
) -> None:
    body = caller("lina").get(f"/orders/{found.pk}").content.decode()
    assert "IN-A" in body
    for closed in (SECRET, "Avis CSE", "Budget 2026", "90000"):
        assert closed not in body, closed
    Run.objects.filter(pk=found.pk).update(requested_by=cast.person("claire"))
    whole = caller("claire").get(f"/orders/{found.pk}").content.decode()
    for told in (SECRET, "Avis CSE", "Budget 2026", "90000"):
        assert told in whole, told


def test_the_page_tells_no_money_of_the_portfolio(found: Run) -> None:
    client = Client()
    client.force_login(cast.person("lina"))
    page = client.get(reverse("sequencing:proposal", args=[found.pk])).content.decode()
    assert "a confidential initiative" in page
    for closed in ("Nouvelle caisse", "Avis CSE", "Budget 2026"):
        assert closed not in page, closed


def test_two_people_who_ask_alike_each_read_their_own(plan: SimpleNamespace) -> None:
    for name in ("claire", "paul"):
        run, _waits = proposing.ask(cast.person(name), Asked(seconds=1))
        assert run.requested_by == cast.person(name)


def test_keeping_from_a_search_that_is_not_over_is_a_sentence(found: Run) -> None:
    Run.objects.filter(pk=found.pk).update(status=Run.Status.RUNNING, result=None)
    client = Client()
    client.force_login(cast.person("lina"))
    sent = client.post(reverse("sequencing:keep-order", args=[found.pk]), {"accept": ["IN-A"]})
    assert sent.status_code == 422
    assert not Scenario.objects.exists()


def test_a_refusal_to_publish_names_nothing_closed(plan: SimpleNamespace) -> None:
    claire, lina = cast.person("claire"), cast.lead_of(plan.first.pk)
    made = services.draft(claire, "Both")
    for one in (plan.first, plan.second):
        services.override(claire, made, one, {"shift_days": 7})
    services.share(claire, made)
    shown = differences.of(made).expected
    plan.second.confidential = True
    plan.second.save()
    Grant.objects.create(user=lina, role=Role.SPONSOR, scope=Grant.Scope.ALL)
    services.override(claire, made, plan.second, {"shift_days": 14})
    portfolio.update(claire, plan.second, {"priority": 3})
    made.refresh_from_db()
    with pytest.raises(DomainError) as refused:
        services.publish(lina, made, decision="Yes", expected=shown)
    assert SECRET not in str(refused.value)
