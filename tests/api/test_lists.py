"""Lists: every row once, in a stable order, in the same number of queries whatever the page."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import factories
from api import operations
from api.world import Caller, World, caller
from orchestre.portfolio.models import Initiative, Milestone

LISTS = [
    path.removeprefix("/api/v1")
    for name, _method, path, _told in operations.described()
    if name.startswith("list_") and "{" not in path  # lists below a row are walked with it
]


def walk(who: Caller, address: str) -> list[Any]:
    """Follow `next` to the end."""
    found, total = [], None
    while address:
        answer = who.get(address)
        assert answer.status_code == 200, answer.content
        page = answer.json()
        assert total in (None, page["total"])
        total = page["total"]
        found += page["items"]
        address = page["next"] or ""
    assert len(found) == total
    return found


def test_every_list_is_here() -> None:
    assert len(LISTS) > 18


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    limit=st.integers(1, 9),
    order=st.sampled_from(["code", "-code", "title", "-stage", "sponsor", "starts", "-cost"]),
)
def test_pages_hold_every_row_once_in_the_order_of_the_whole(
    world: World, limit: int, order: str
) -> None:
    if Initiative.objects.count() < 12:
        for n in range(12):
            factories.initiative(title="Même titre", stage=["idea", "deploy"][n % 2])
    claire = caller("claire")
    whole = walk(claire, f"/initiatives?limit=200&order={order}")
    cut = walk(claire, f"/initiatives?limit={limit}&order={order}")
    assert [one["id"] for one in cut] == [one["id"] for one in whole]
    assert len({one["id"] for one in whole}) == Initiative.objects.filter(archived_at=None).count()


def test_every_list_walks_page_by_page(world: World) -> None:
    claire = caller("claire")
    for path in LISTS:
        assert walk(claire, f"{path}?limit=1") == walk(claire, f"{path}?limit=200")


@pytest.mark.parametrize("name", ["claire", "marc", "lina"])
def test_the_number_of_queries_does_not_grow_with_the_page(world: World, name: str) -> None:
    for n in range(6):
        one = factories.initiative(unit=world.north, programme=world.programme)
        factories.impact(one, world.people)
        Milestone.objects.create(initiative=one, name=f"M{n}")
        factories.population(at=world.north)
        factories.unit(parent=world.north)
    who = caller(name)
    with time_machine.travel(timezone.now(), tick=False):  # calls are counted by ten seconds
        for path in LISTS:
            who.get(f"{path}?limit=200")  # computations are kept from the first call on
            few, many = (queries_of(who, f"{path}?limit={limit}") for limit in (1, 200))
            assert len(many) <= len(few) + 2, many
            assert len(many) <= 30, many


def queries_of(who: Caller, path: str) -> list[str]:
    with CaptureQueriesContext(connection) as seen:
        assert who.get(path).status_code == 200
    return [query["sql"] for query in seen]


def test_orders_are_the_ones_that_are_asked(world: World) -> None:
    for n in range(4):
        factories.initiative(title=f"Z{n}")
    titles = [one["title"] for one in walk(caller("claire"), "/initiatives?order=-title&limit=3")]
    assert all(a.casefold() >= b.casefold() for a, b in pairwise(titles))


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", {"IN-1", "IN-2", "IN-9"}),
        ("unit=NORD", {"IN-1"}),
        ("unit=TOP", {"IN-1", "IN-2", "IN-9"}),
        ("unit=NORD&unit=SUD", {"IN-1", "IN-2", "IN-9"}),
        ("programme=PG-1", {"IN-1"}),
        ("objective=OB-1", {"IN-1"}),
        ("objective=none", {"IN-2", "IN-9"}),
        ("q=entrepots", {"IN-1"}),
        ("stage=idea&unit=SUD", {"IN-9"}),
        ("stage=deploy", set()),
        ("confidential=1", {"IN-9"}),
        ("archived=1", set()),
        ("starts_after=2140-01-01", set()),
    ],
)
def test_filters_keep_what_they_say(world: World, query: str, codes: set[str]) -> None:
    found = walk(caller("claire"), f"/initiatives?limit=200&{query}")
    assert {one["code"] for one in found} == codes


def test_what_is_listed_is_what_can_be_opened(world: World) -> None:
    for name in ("claire", "rosa", "lina", "marc", "noam"):
        who = caller(name)
        for path in ("units", "populations", "objectives", "indicators", "initiatives"):
            listed = [one["code"] for one in walk(who, f"/{path}")]
            assert all(who.get(f"/{path}/{code}").status_code == 200 for code in listed)
        for path in ("milestones", "dependencies", "impacts", "activities", "findings", "runs"):
            listed = [one["id"] for one in walk(who, f"/{path}")]
            assert all(who.get(f"/{path}/{pk}").status_code == 200 for pk in listed)
