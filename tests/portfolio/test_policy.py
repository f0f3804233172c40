"""What one may not see does not exist; what one may not change says why."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

import cast
import factories
from orchestre.access.models import Grant
from orchestre.access.rules import Role
from orchestre.portfolio import policy
from orchestre.portfolio.models import Initiative

pytestmark = pytest.mark.django_db
READ = ("", "plan/", "objectives/", "history/", "one-page/")
WRITE = ("edit/", "move/", "stop/", "preview/?shift=1", "dependencies/new/", "cell/stage/")


@pytest.mark.parametrize("page", [*READ, *WRITE])
def test_confidential_pages_do_not_exist_for_others(
    as_person: Callable[[str], Client], page: str
) -> None:
    factories.initiative("Plan X", code="SECRET", confidential=True)
    for name in ("paul", "rosa", "aude", "ada", "noam", "lina"):
        assert as_person(name).get(f"/initiatives/SECRET/{page}").status_code == 404, name
    assert as_person("claire").get(f"/initiatives/SECRET/{page}").status_code in {200, 302}


@pytest.mark.parametrize("page", WRITE)
def test_readers_are_told_that_they_do_not_write(
    as_person: Callable[[str], Client], page: str
) -> None:
    factories.initiative(code="A")
    answer = as_person("rosa").get(f"/initiatives/A/{page}")
    assert answer.status_code == 403
    assert "Only the lead of the initiative" in answer.content.decode()


@pytest.mark.parametrize("page", READ)
def test_readers_read(as_person: Callable[[str], Client], page: str) -> None:
    factories.initiative(code="A")
    shown = as_person("rosa").get(f"/initiatives/A/{page}")
    assert shown.status_code == 200
    assert "/initiatives/A/edit/" not in shown.content.decode()


def test_the_list_and_its_file_hide_the_confidential(as_person: Callable[[str], Client]) -> None:
    factories.initiative("Plan X", code="SECRET", confidential=True)
    factories.initiative(code="OPEN")
    for address in ("/portfolio/", "/portfolio/list.csv", "/portfolio/roadmap/?from=2026-01-01"):
        page = as_person("paul").get(address).content.decode()
        assert "Plan X" not in page
        assert "Plan X" in as_person("claire").get(address).content.decode()


def test_a_manager_sees_what_the_unit_owns_or_lives() -> None:
    cast.organisation()
    mine, other = factories.unit(), factories.unit()
    owned = factories.initiative(unit=mine)
    lived = factories.initiative(unit=other)
    factories.impact(lived, factories.population(at=mine))
    factories.impact(lived, factories.population(at=mine))
    factories.initiative(unit=other)
    marc = cast.manager_of(mine.pk)
    assert list(policy.visible_to(marc).order_by("pk")) == [owned, lived]
    assert not policy.editable_by(marc).exists()


def test_many_and_one_give_the_same_answer() -> None:
    cast.organisation()
    unit = factories.unit()
    led = factories.initiative(confidential=True)
    rows = [led, factories.initiative(unit=unit), factories.initiative()]
    lina = cast.lead_of(led.pk)
    Grant.objects.create(user=lina, role=Role.LEAD, scope=Grant.Scope.UNIT, scope_id=unit.pk)
    lina.__dict__.pop("_reach", None)
    own = factories.initiative(lead=lina)
    people = [lina, *(cast.person(name) for name in ("claire", "paul", "rosa", "noam", "ada"))]
    for person in people:
        visible = set(policy.visible_to(person))
        editable = set(policy.editable_by(person))
        for one in (*rows, own):
            allowed = one in visible and bool(policy.may_edit(person, one))
            assert (one in editable) == allowed, (person, one)
    assert set(policy.editable_by(lina)) == {led, rows[1], own}


def test_dependencies_and_milestones_follow_their_initiatives() -> None:
    cast.organisation()
    secret = factories.initiative(confidential=True)
    shown = factories.initiative()
    secret.milestones.create(name="Hidden")
    shown.milestones.create(name="Shown")
    secret.gives.create(successor=shown)
    rosa = cast.person("rosa")
    assert [row.name for row in policy.visible_milestones(rosa)] == ["Shown"]
    assert not policy.visible_dependencies(rosa).exists()
    assert policy.visible_dependencies(cast.person("claire")).count() == 1
    assert Initiative.objects.count() == 2


def test_sharing_is_for_the_office_and_sponsors() -> None:
    cast.organisation()
    assert policy.may_share(cast.person("claire"))
    assert not policy.may_share(cast.person("rosa"))


def test_strangers_and_closed_accounts_reach_nothing() -> None:
    cast.organisation()
    one = factories.initiative(lead=cast.person("lina"))
    lina = cast.person("lina")
    assert policy.may_edit(lina, one)
    lina.is_active = False
    assert not policy.visible_to(lina).exists()
    assert not policy.visible_to(AnonymousUser()).exists()
    assert not policy.editable_by(AnonymousUser()).exists()
