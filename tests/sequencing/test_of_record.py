"""A plan of record opened again shows the gauges of its day, whatever became of the rest."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest
import time_machine
from django.test import Client
from django.urls import reverse

import cast
from orchestre.portfolio import services as portfolio
from orchestre.resources.models import RoleCapacity
from orchestre.sequencing import services
from orchestre.sequencing.models import Plan
from orchestre.sequencing.presenters.of_record import of_record
from orchestre.sequencing.services import differences, frozen, gauges, live, plans

SignIn = Callable[[str], Client]


@pytest.fixture
def published(plan: SimpleNamespace) -> Plan:
    claire = cast.person("claire")
    made = services.draft(claire, "Earlier")
    services.override(claire, made, plan.second, {"shift_days": 7})
    found = differences.of(made)
    return services.publish(claire, made, decision="Decided.", expected=found.expected)


def test_the_frozen_gauges_are_those_of_the_day(published: Plan) -> None:
    kept = frozen.gauges_of(plans.opened(published))
    assert kept is not None
    then, names = kept
    now = gauges.measure()
    for name in ("cost_eur", "envelope_eur", "asked_fte", "available_fte", "excess_hours"):
        assert np.array_equal(getattr(then, name), getattr(now, name), equal_nan=True)
    assert then.measures == now.measures
    assert then.envelopes == now.envelopes
    assert then.over == now.over
    assert names == frozen.named(live.live())
    told = plans.opened(published)["formulas"]
    assert told == {"gauges": "scenario/1", "load": "load/1.0.0", "seed": None}


def page_of(client: Client, plan: Plan) -> str:
    page = client.get(reverse("sequencing:plan", args=[plan.number])).content.decode()
    return page.split('aria-labelledby="record"')[1].split("Initiatives of this plan")[0]


def test_next_year_the_page_shows_the_same_numbers(
    published: Plan, plan: SimpleNamespace, as_person: SignIn
) -> None:
    claire = as_person("claire")
    then = page_of(claire, published)
    assert "April 2026: Architects, 5.3 FTE asked for 4.0 available" in then
    assert "260 people above capacity; at most" in then
    assert "FTE asked / available, by role and month" in then
    assert "People above capacity, by population and month" in then
    portfolio.move(cast.person("claire"), plan.first, 70)
    plan.role.name = "Renamed"
    plan.role.save()
    plan.people.name, plan.people.headcount = "Merged", 12
    plan.people.save()
    RoleCapacity.objects.update(fte=1.0)
    live.forget()
    with time_machine.travel("2027-03-01T09:00:00+00:00", tick=False):
        later = as_person("claire")
        assert page_of(later, published) == then


def test_a_plan_of_before_says_why_it_has_none(published: Plan, as_person: SignIn) -> None:
    old = plans.opened(published)
    old["format"] = "plan/1"
    del old["formulas"]
    for name in ("role_names", "people", "envelopes", "unknown_headcounts", "unvalued"):
        del old["gauges"][name]
    Plan.objects.filter(pk=published.pk).update(content=json.dumps(old).encode())
    page = as_person("claire").get(reverse("sequencing:plan", args=[published.number]))
    told = page.content.decode()
    assert "This plan was published before the gauges were kept" in told
    assert 'sc-gauge"' not in told
    assert "scenario/1" in told


def test_who_does_not_read_the_money_sees_none_of_it(
    published: Plan, plan: SimpleNamespace, as_person: SignIn
) -> None:
    lina = cast.lead_of(plan.first.pk)
    found = of_record(lina, plans.opened(published))
    assert [one.name for one in found.gauges] == ["roles", "people"]
    page = as_person("lina").get(reverse("sequencing:plan", args=[published.number]))
    assert page.status_code == 200
    assert "People above capacity" in page.content.decode()
    assert "Value in the period" not in page.content.decode()
    assert "€" not in page.content.decode()


def test_a_plan_of_nothing_is_read_again(published: Plan) -> None:
    content = plans.opened(published)
    months = len(content["gauges"]["months"])
    bare = {**content["gauges"], "roles": [], "asked_fte": [], "available_fte": [],
            "populations": [], "worst_ratio": [], "excess_hours": [], "role_names": {},
            "people": {}}  # fmt: skip
    found = frozen.gauges_of({**content, "gauges": bare})
    assert found is not None
    assert found[0].asked_fte.shape == (0, months)
    assert found[0].months[0] == date(2026, 3, 1)
    told = of_record(cast.person("claire"), {**content, "gauges": bare})
    assert len(told.gauges) == 3
    assert not told.tables
