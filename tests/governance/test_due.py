"""Nothing due is cut without a word: how many more, all of them one click away, none stuck."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

import factories
from api.world import caller
from governance.conftest import Council, plan
from orchestre.governance.models import Action, Decision, Matter
from orchestre.governance.services import agenda, proposals
from orchestre.governance.services.proposals import MOST_OF_A_KIND
from orchestre.portfolio.models import Initiative
from orchestre.weather.models import WeatherReport

SignIn = Callable[[str], Client]


@pytest.fixture
def late(council: Council) -> list[Action]:
    """Twenty late actions: more than a page of a meeting shows."""
    day = timezone.localdate() - timedelta(days=1)
    return [
        Action.objects.create(
            code=f"A-1-{n:03}", what=f"Action {n}", body=council.body, due_on=day - timedelta(n)
        )
        for n in range(20)
    ]


@pytest.mark.usefixtures("late")
def test_a_page_says_how_many_more_are_due_and_shows_them_all(
    council: Council, as_person: SignIn
) -> None:
    client, url = as_person("claire"), f"/governance/meetings/{council.meeting.pk}/"
    page = client.get(url)
    assert len(page.context["page"].due) == MOST_OF_A_KIND
    assert "8 more things are due: show all." in page.content.decode()
    whole = client.get(f"{url}?due=all")
    assert len(whole.context["page"].due) == 20
    assert "more thing" not in whole.content.decode()


def test_what_is_dealt_with_leaves_its_place_to_the_next(
    council: Council, late: list[Action]
) -> None:
    for one in proposals.first_due(council.claire, council.meeting).first:
        agenda.set_aside(council.claire, council.meeting, one)
    found = proposals.first_due(council.claire, council.meeting)
    assert (len(found.first), found.more) == (8, 0)
    assert {one.key for one in found.first} <= {str(one.pk) for one in late}


def test_a_program_reads_and_accepts_all_that_is_due(council: Council, late: list[Action]) -> None:
    claire, url = caller("claire"), f"/meetings/{council.meeting.pk}/proposals"
    assert claire.get(url).json()["total"] == 20
    farthest = {"source": "action", "key": str(late[0].pk)}  # the last in the order of dates
    assert claire.post(url, farthest).status_code == 201
    assert claire.get(url).json()["total"] == 19
    assert claire.post(url, farthest).json()["code"] == "not-due"
    assert claire.post(url, {"source": "action", "key": "x"}).json()["code"] == "not-due"


def test_issues_and_changes_are_counted_too(council: Council) -> None:
    for n in range(15):
        Matter.objects.create(code=f"P-1-{n:03}", title="x", kind="issue", body=council.body)
    found = proposals.first_due(council.claire, council.meeting)
    assert (len(found.first), found.more) == (12, 3)


def test_old_weather_names_every_initiative_on_the_agenda(council: Council) -> None:
    rows = [factories.initiative(f"I {n}", code=f"IN-{n:03}", stage="deploy") for n in range(15)]
    WeatherReport.objects.create(initiative=rows[0], period_on=timezone.localdate(), thresholds=1)
    WeatherReport.objects.update(published_at=timezone.now() - timedelta(days=90))
    found = proposals.named(council.claire, council.meeting, "weather", str(council.meeting.pk))
    assert found is not None
    assert all(one.code in found.context for one in Initiative.objects.all())
    assert "…" not in found.why
    assert "3 others" in found.why


def test_a_body_and_the_home_say_what_they_do_not_show(council: Council, as_person: SignIn) -> None:
    decided = [
        Decision(code=f"D-1-{n:03}", question="?", chosen=f"Choix {n}", body=council.body,
                 decided_by="DG", decided_on=timezone.localdate(), meeting=None)
        for n in range(14)
    ]  # fmt: skip
    Decision.objects.bulk_create(decided)
    Decision.objects.filter(code="D-1-013").update(meeting=council.meeting)
    for n in range(8):
        plan(council.claire, council.body, days=10 + n)
    claire = as_person("claire")
    body = claire.get(f"/governance/bodies/{council.body.pk}/").content.decode()
    assert f"decisions/?body={council.body.pk}" in body
    home = claire.get("/governance/").content.decode()
    assert "3 more meetings are planned: each body shows its own." in home
    assert "Of the last 12 decisions before it:" in home
    few = Decision.objects.filter(code__gt="D-1-004").exclude(code="D-1-013")
    few.delete()
    assert "Of the 5 decisions before it:" in claire.get("/governance/").content.decode()
