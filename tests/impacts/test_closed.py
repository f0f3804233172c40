"""Side doors of impacts: copies, assumptions, capacity, the other end of a dependency."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

import cast
import factories
from orchestre.access.models import Grant, User
from orchestre.access.rules import Role
from orchestre.impacts.models import Impact
from orchestre.journal.models import ChangeSet
from orchestre.org.models import CalendarPeriod, CapacityRule
from orchestre.org.policy import visible_capacity_rules, visible_periods
from orchestre.portfolio import services as portfolio
from orchestre.portfolio.models import Dependency

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


def test_a_copy_does_not_carry_what_its_author_does_not_read() -> None:
    unit, other = factories.unit("Agences"), factories.unit("Siège")
    source = factories.initiative("Caisse")
    own, foreign = (factories.population(at=place) for place in (unit, other))
    factories.impact(source, own, hours_per_person=417.25, from_state="Papier")
    factories.impact(source, foreign, hours_per_person=500.0)
    marc = cast.manager_of(unit.pk)
    led = factories.initiative("Menée")
    Grant.objects.create(user=marc, role=Role.LEAD, scope=Grant.Scope.INITIATIVE, scope_id=led.pk)
    copy = portfolio.duplicate(User.objects.get(pk=marc.pk), source)
    made = Impact.objects.get(initiative=copy)
    assert (made.population, made.from_state, made.hours_per_person) == (own, "Papier", None)
    whole = portfolio.duplicate(cast.person("claire"), source)
    hours = Impact.objects.filter(initiative=whole).order_by("pk").values_list("hours_per_person")
    assert [one for (one,) in hours] == [417.25, 500.0]


def test_the_end_of_a_dependency_that_is_closed_closes_it(as_person: SignIn) -> None:
    own = factories.initiative("Ouverte")
    secret = factories.initiative("Albatros", code="ALBATROS-1", confidential=True)
    link = Dependency.objects.create(predecessor=secret, successor=own, what="Plumes")
    cast.lead_of(own.pk)
    client = as_person("lina")
    for name in ("agree", "dependency-remove"):
        address = reverse(f"portfolio:{name}", args=[own.code, link.pk])
        assert client.post(address).status_code == 404, name
    page = client.get(reverse("portfolio:plan", args=[own.code])).content.decode()
    assert "A confidential initiative" in page
    assert f"/dependencies/{link.pk}/" not in page  # no button that leads nowhere
    assert Dependency.objects.filter(pk=link.pk).exists()
    assert not ChangeSet.objects.filter(label__contains="ALBATROS").exists()


def test_who_may_read_nothing_reads_no_assumption_nor_capacity(as_person: SignIn) -> None:
    rule = CapacityRule.objects.create(unit=None, absorption_ratio=0.07, reason="Canari")
    period = CalendarPeriod.objects.create(
        unit=None, name="Canari", kind="peak", factor=0.5,
        starts_on="2026-12-01", ends_on="2026-12-15",
    )  # fmt: skip
    noam, rosa = as_person("noam"), as_person("rosa")
    addresses = (
        "/api/v1/assumptions",
        f"/api/v1/capacity-rules/{rule.pk}",
        f"/api/v1/periods/{period.pk}",
        reverse("impacts:assumptions"),
        reverse("org:edit-period", args=[period.pk]),
    )
    assert [noam.get(address).status_code for address in addresses] == [404] * 5
    assert [rosa.get(address).status_code for address in addresses] == [200, 200, 200, 200, 403]
    for address in ("/api/v1/capacity-rules", "/api/v1/periods"):
        assert noam.get(address).json()["items"] == []
        assert len(rosa.get(address).json()["items"]) == 1
    assert "Canari" not in noam.get(reverse("org:capacity")).content.decode()


def test_capacity_is_seen_where_one_reads_and_everywhere_it_is_common() -> None:
    unit, other = factories.unit("Agences"), factories.unit("Siège")
    rows = {
        place: CapacityRule.objects.create(unit=place, absorption_ratio=0.1)
        for place in (None, unit, other)
    }
    for place in rows:
        CalendarPeriod.objects.create(
            unit=place, name="Paie", kind="peak", factor=0.5,
            starts_on="2026-12-01", ends_on="2026-12-15",
        )  # fmt: skip
    marc = cast.manager_of(unit.pk)
    assert set(visible_capacity_rules(marc)) == {rows[None], rows[unit]}
    assert {period.unit for period in visible_periods(marc)} == {None, unit}
    assert not visible_capacity_rules(cast.person("noam")).exists()
    assert visible_capacity_rules(cast.person("rosa")).count() == 3


@pytest.mark.parametrize("start", ["=", "+", "-", "@", " =", "\t=", "＝", "'="])
def test_no_cell_of_the_list_acts_as_a_formula(as_person: SignIn, start: str) -> None:
    factories.initiative(f"{start}HYPERLINK(1)", code="F-1")
    text = as_person("claire").get(reverse("portfolio:csv")).content.decode("utf-8-sig")
    [row] = [line for line in csv.reader(io.StringIO(text), delimiter=";") if line[0] == "F-1"]
    assert row[1] == f"'{start}HYPERLINK(1)"
