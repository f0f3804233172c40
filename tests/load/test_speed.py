"""What a page may cost on a large portfolio: queries, writes, memory, time of the processor."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import cast
import factories as make
from orchestre.impacts.models import Impact
from orchestre.journal.services import act
from orchestre.load.presenters import beside
from orchestre.load.services import compute
from orchestre.portfolio.models import Initiative
from orchestre.runs import jobs
from orchestre.runs.models import Run
from support import clock, portfolio
from support.portfolio import Size

As = Callable[[str], Client]
WRITES = ("INSERT", "UPDATE", "DELETE")
LIST = "/portfolio/?col=title&col=saturation"


@pytest.fixture
def large(db: None) -> list[int]:
    """Eight hundred impacts and more: too many to draw while a person waits."""
    portfolio.fill(Size(100, 30), date(2026, 3, 2))
    assert Impact.objects.count() > compute.IMPACTS_WHILE_WAITING
    return list(Initiative.objects.values_list("pk", flat=True)[:50])


def change() -> None:
    with act(cast.person("claire"), "impacts.change", "x", undoable=False) as done:
        done.note(what="x")


def double() -> None:
    for row in Impact.objects.filter(hours_per_person__isnull=False):
        row.hours_per_person = (row.hours_per_person or 0) * 2
        row.save()
    change()


def writes(queries: CaptureQueriesContext) -> list[str]:
    """Give what was written, but the address of the list that the session remembers."""
    found = [one["sql"] for one in queries if one["sql"].startswith(WRITES)]
    return [one for one in found if "django_session" not in one]


def test_the_list_and_the_panel_write_nothing_even_from_cold(
    as_person: As, large: list[int]
) -> None:
    client = as_person("claire")
    code = Initiative.objects.get(pk=large[0]).code
    for address in (LIST, f"/initiatives/{code}/"):
        compute.forget()
        change()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        # the panel of dates keeps its own draws, found again by every reader
        assert not [one for one in writes(queries) if "outlook" not in one], address
    assert not Run.objects.filter(kind=compute.KIND).exists()


def test_a_known_load_costs_two_queries_beside_a_list(large: list[int]) -> None:
    told = beside.worst_caused(large)
    assert told
    with CaptureQueriesContext(connection) as queries:
        assert beside.worst_caused(large) == told
    assert len(queries) <= 2


def test_a_large_portfolio_that_changed_is_told_as_it_stood(large: list[int]) -> None:
    before = beside.worst_caused(large)
    double()
    with CaptureQueriesContext(connection) as queries:
        told = beside.worst_caused(large)
    assert len(queries) <= 3
    assert {pk: text.split(" (as of ")[0] for pk, text in told.items()} == before
    assert all("(as of " in text for text in told.values())


def test_the_map_counts_the_change_and_the_list_follows(as_person: As, large: list[int]) -> None:
    before = beside.worst_caused(large)
    double()
    assert as_person("claire").get("/load/").status_code == 200
    after = beside.worst_caused(large)
    assert after != before
    assert not any("(as of " in text for text in after.values())


def test_a_change_is_not_left_out_for_long_though_others_follow(large: list[int]) -> None:
    before = beside.worst_caused(large)
    double()
    later = timezone.now() + compute.UNCOUNTED_FOR
    with time_machine.travel(later - timedelta(minutes=1), tick=False):
        change()
        assert all("(as of " in text for text in beside.worst_caused(large).values())
    with time_machine.travel(later, tick=False):
        after = beside.worst_caused(large)
    assert after != before
    assert not any("(as of " in text for text in after.values())


def test_a_small_portfolio_is_always_counted(small: SimpleNamespace) -> None:
    change()
    ids = [small.first.pk, small.second.pk]
    before = beside.worst_caused(ids)
    Impact.objects.update(hours_per_person=16.0)
    change()
    after = beside.worst_caused(ids)
    assert set(after) == set(before)
    assert after != before
    assert not any("as of" in text for text in after.values())


def test_a_load_without_draws_gets_them_on_the_map(as_person: As, large: list[int]) -> None:
    beside.worst_caused(large)
    bare = compute.undrawn()
    assert (bare.run_status, bare.fingerprint) == ("", "")
    as_person("claire").get("/load/")
    drawn = compute.current()
    assert drawn.is_pending
    assert drawn.result is bare.result  # computed once
    jobs.compute(Run.objects.get())
    assert compute.current().uncertainty is not None
    assert compute.undrawn() is compute.current()


def test_what_was_worked_out_is_kept_while_the_draws_wait(large: list[int]) -> None:
    first = compute.current()
    assert first.is_pending
    overloads, heaviest = first.overloads, first.heaviest(0)
    again = compute.current()
    assert again.is_pending
    assert again.overloads is overloads
    assert again.heaviest(0) is heaviest


def test_the_memory_holds_one_state_of_the_data_and_few_horizons(small: SimpleNamespace) -> None:
    for _time in range(3):
        change()
        compute.current()
        compute.undrawn()
    assert len(compute._kept) == 1
    for weeks in range(1, compute.KEPT + 4):
        compute.compute(date(2026, 3, 2), weeks)
    assert len(compute._kept) == compute.KEPT


@pytest.mark.parametrize(
    ("address", "most_ms", "most_queries"),
    [("/load/", 60, 10), ("/load/overloads/", 80, 10), (LIST, 150, 16)],
)
def test_warm_pages_stay_quick(
    as_person: As, large: list[int], address: str, most_ms: int, most_queries: int
) -> None:
    client = as_person("claire")
    change()
    client.get(address)
    assert clock.typical_ms(lambda: client.get(address)) <= most_ms
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    assert len(queries) <= most_queries
    assert not writes(queries)


def test_reading_the_rows_of_the_load_is_quick(db: None) -> None:
    portfolio.fill(Size(600, 100), date(2026, 3, 2))

    def read() -> None:
        compute.forget()
        compute.undrawn()

    assert clock.typical_ms(read) <= 250


def test_a_load_made_by_hand_and_by_the_list_is_the_same(small: SimpleNamespace) -> None:
    make.impact(make.initiative("Intensité"), small.people, aspects={"tools": 4})
    change()
    by_list = compute.undrawn()
    compute.forget()
    by_map = compute.current()
    assert by_list.result.load_hours.tolist() == by_map.result.load_hours.tolist()
    assert by_list.heaviest(0) == by_map.heaviest(0)
