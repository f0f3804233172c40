"""The roles of an initiative beside its page: who has them, what lacks, where to mend it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

import cast
import factories
from orchestre.governance.models import RaciRole
from orchestre.governance.presenters import beside
from orchestre.governance.services import raci
from orchestre.portfolio.models import Initiative

pytestmark = pytest.mark.django_db


@pytest.fixture
def initiative() -> Initiative:
    cast.organisation()
    return factories.initiative(
        "Nouvelle caisse", code="CH-014", stage="deploy", sponsor_name="Ada Lovelace"
    )


def told(name: str, initiative: Initiative) -> str:
    found = beside.panel(cast.person(name), initiative)
    assert found is not None
    return f"{found.body} {found.url} {found.url_label}"


def test_what_lacks_is_said_with_whom_the_record_names(initiative: Initiative) -> None:
    text = told("claire", initiative)
    assert "Nobody has a role" in text
    assert "Ada Lovelace (sponsor)" in text
    assert "Give or take back a role" in text
    raci.give(cast.person("claire"), initiative, "R", "Direction des caisses")
    text = told("claire", initiative)
    assert "Nobody answers for it" in text
    assert "Direction des caisses" in text


def test_complete_roles_leave_no_gap_and_recall_nobody(initiative: Initiative) -> None:
    claire = cast.person("claire")
    for letter, name in (("I", "Magasins"), ("A", "Ada"), ("R", "Caisses"), ("R", "DSI")):
        raci.give(claire, initiative, letter, name)
    text = told("claire", initiative)
    assert "Nobody" not in text
    assert "The record" not in text
    assert text.index("Caisses, DSI") < text.index("Ada") < text.index("Magasins")


def test_who_may_not_change_it_reads_the_gap_without_the_act(initiative: Initiative) -> None:
    text = told("rosa", initiative)
    assert "Nobody has a role" in text
    assert "See the roles" in text
    assert "Ada" not in text


def test_what_is_over_and_had_no_role_says_nothing(initiative: Initiative) -> None:
    Initiative.objects.filter(pk=initiative.pk).update(stage=Initiative.Stage.STOPPED)
    initiative.refresh_from_db()
    assert beside.panel(cast.person("claire"), initiative) is None
    RaciRole.objects.create(initiative=initiative, letter="I", name="Magasins")
    assert "Nobody" not in told("claire", initiative)


def test_the_page_of_the_initiative_bears_it(
    initiative: Initiative, as_person: Callable[[str], Client]
) -> None:
    page = (
        as_person("claire").get(reverse("portfolio:show", args=[initiative.code])).content.decode()
    )
    assert "Who answers for what" in page
    assert f"/governance/raci/of/{initiative.code}/" in page
