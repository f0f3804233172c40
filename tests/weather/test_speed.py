"""What the pages cost: queries that do not grow with the rows, and answers kept while they hold."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from orchestre.journal.services import act
from orchestre.load.services.compute import today
from orchestre.portfolio.models import Initiative
from orchestre.weather.services import readings
from support import portfolio, weathers
from support.portfolio import Size

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
# queries of a page already asked once; they may only go down
BUDGETS = {
    "/weather/": 9,
    "/weather/?only=mine": 10,
    "/weather/zombies/?least=1": 12,
    "/weather/promises/": 12,
}
READING = 20


def asked(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_queries_do_not_grow_with_the_rows(as_person: As) -> None:
    portfolio.fill(Size(160, 8, 3), today())
    weathers.tell(today())
    client = as_person("claire")
    spent = {address: asked(client, address) for address in BUDGETS}
    assert {name: n for name, n in spent.items() if n > BUDGETS[name]} == {}
    readings.forget()
    with CaptureQueriesContext(connection) as queries:
        readings.current()
    assert len(queries) <= READING


def test_an_act_makes_the_weather_be_read_again(as_person: As) -> None:
    portfolio.fill(Size(12, 4, 2), today())
    before = readings.current()
    assert readings.current() is before
    one = Initiative.objects.get(pk=next(iter(before.by_key)))
    with act(None, "portfolio.change", "x") as doing:
        doing.update(one, {"title": "Autre titre"})
    assert readings.current().by_key[one.pk].known.title == "Autre titre"
    assert "Autre titre" in as_person("claire").get("/weather/?q=Autre").content.decode()


def test_long_lists_are_cut_into_pages(as_person: As) -> None:
    portfolio.fill(Size(240, 8, 3), today())
    weathers.tell(today())
    client = as_person("claire")
    first = client.get("/weather/zombies/?least=1").content.decode()
    assert first.count('<li class="card">') == 50
    assert "?least=1&amp;page=2" in first
    assert "page=2" in client.get("/weather/").content.decode()
