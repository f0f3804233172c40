"""Milestones and dependencies: dated, agreed by both sides, told when broken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

import cast
import factories
from orchestre.access.models import User
from orchestre.kernel.errors import CannotDo, DomainError
from orchestre.portfolio import services as portfolio
from orchestre.portfolio.models import Dependency, Initiative
from orchestre.portfolio.queries.one import needs_of
from orchestre.portfolio.queries.plan import all_dependencies, knots

pytestmark = pytest.mark.django_db


@pytest.fixture
def claire() -> User:
    cast.organisation()
    return cast.person("claire")


@pytest.fixture
def pair() -> tuple[Initiative, Initiative]:
    giver = factories.initiative("Data", code="IN-801")
    taker = factories.initiative("Till", code="IN-802", starts_on=date(2026, 6, 1))
    return giver, taker


def test_the_first_forecast_is_the_baseline(claire: User) -> None:
    one = factories.initiative()
    made = portfolio.add_milestone(claire, one, {"name": "Pilot", "forecast_on": date(2026, 3, 2)})
    portfolio.change_milestone(claire, made, {"forecast_on": date(2026, 3, 16)})
    assert (made.baseline_on, made.forecast_on) == (date(2026, 3, 2), date(2026, 3, 16))
    with pytest.raises(DomainError, match="a name"):
        portfolio.add_milestone(claire, one, {"name": " "})
    portfolio.remove_milestone(claire, made)
    assert not one.milestones.exists()


def test_who_writes_agrees_and_the_other_has_yet_to(
    claire: User, pair: tuple[Initiative, Initiative]
) -> None:
    giver, taker = pair
    made = portfolio.add_dependency(claire, giver, taker, {"what": "Files"}, side="taker")
    assert (made.agreed_by_giver, made.agreed_by_taker) == (False, True)
    portfolio.agree(claire, made, side="giver")
    assert made.agreed_by_giver
    portfolio.change_dependency(claire, made, {"lag_days": 7}, side="taker")
    assert (made.agreed_by_giver, made.agreed_by_taker) == (False, True)
    assert portfolio.change_dependency(claire, made, {"lag_days": 7}, side="giver") is None
    portfolio.agree(claire, made, side="taker", agreed=False)
    assert not made.agreed_by_taker


def test_each_side_agrees_for_itself_only(pair: tuple[Initiative, Initiative]) -> None:
    cast.organisation()
    giver, taker = pair
    lina = cast.lead_of(taker.pk)
    made = portfolio.add_dependency(lina, giver, taker, {}, side="taker")
    with pytest.raises(CannotDo):
        portfolio.agree(lina, made, side="giver")
    with pytest.raises(CannotDo):
        portfolio.add_dependency(lina, giver, taker, {"what": "More"}, side="giver")
    portfolio.remove_dependency(lina, made)
    assert not Dependency.objects.exists()


def test_strange_dependencies_are_refused(
    claire: User, pair: tuple[Initiative, Initiative]
) -> None:
    giver, taker = pair
    with pytest.raises(DomainError, match="itself"):
        portfolio.add_dependency(claire, giver, giver, {}, side="giver")
    portfolio.add_dependency(claire, giver, taker, {}, side="giver")
    with pytest.raises(DomainError, match="already there"):
        portfolio.add_dependency(claire, giver, taker, {}, side="giver")


def test_broken_ones_come_first_and_circles_are_told(
    claire: User, pair: tuple[Initiative, Initiative]
) -> None:
    giver, taker = pair
    third = factories.initiative("Third", starts_on=date(2027, 1, 4), ends_on=date(2027, 2, 1))
    portfolio.add_dependency(claire, giver, third, {}, side="giver")
    portfolio.add_dependency(claire, giver, taker, {}, side="giver")
    portfolio.add_dependency(claire, taker, giver, {"kind": "FF"}, side="giver")
    needs = all_dependencies(claire)
    assert [need.is_broken for need in needs] == [True, False, False]
    assert knots(needs) == [[giver, taker]]


def test_a_hidden_end_stays_unnamed(pair: tuple[Initiative, Initiative]) -> None:
    cast.organisation()
    giver, taker = pair
    Initiative.objects.filter(pk=giver.pk).update(confidential=True)
    Dependency.objects.create(predecessor=giver, successor=taker, what="Files")
    rosa = cast.person("rosa")
    assert [need.other for need in needs_of(rosa, taker)] == [None]
    assert all_dependencies(rosa) == []
    assert len(all_dependencies(cast.person("claire"))) == 1


def test_the_pages_add_agree_and_delete(
    as_person: Callable[[str], Client], pair: tuple[Initiative, Initiative]
) -> None:
    giver, _taker = pair
    client = as_person("claire")
    added = {"name": "Pilot", "kind": "gate", "forecast_on": "S12 2026", "actual_on": ""}
    assert client.post("/initiatives/IN-802/plan/", added).status_code == 302
    row = Initiative.objects.get(code="IN-802").milestones.get()
    assert row.forecast_on == date(2026, 3, 16)
    address = f"/initiatives/IN-802/milestones/{row.pk}/"
    assert client.get(address).status_code == 200
    client.post(address, {**added, "name": "Pilot 2", "version": "1"})
    row.refresh_from_db()
    assert row.name == "Pilot 2"
    posted = {"direction": "needs", "other": giver.pk, "kind": "FS", "lag_days": "0", "what": "F"}
    assert client.post("/initiatives/IN-802/dependencies/new/", posted).status_code == 302
    made = Dependency.objects.get()
    assert (made.predecessor_id, made.agreed_by_taker) == (giver.pk, True)
    client.post(f"/initiatives/IN-801/dependencies/{made.pk}/agree/", {"agreed": "1"})
    made.refresh_from_db()
    assert made.agreed_by_giver
    page = client.get("/initiatives/IN-802/plan/").content.decode()
    assert "days too late" in page
    assert "IN-801 Data" in client.get("/portfolio/dependencies/").content.decode()
    other = factories.initiative(code="IN-803")
    elsewhere = f"/initiatives/{other.code}/dependencies/{made.pk}/remove/"
    assert client.post(elsewhere).status_code == 404
    client.post(f"/initiatives/IN-801/dependencies/{made.pk}/remove/")
    assert not Dependency.objects.exists()
    client.post(address, {"delete": "1"})
    assert not Initiative.objects.get(code="IN-802").milestones.exists()
