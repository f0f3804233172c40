"""The roadmap: which period, which bars, which lines, and the same as a list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from urllib.parse import parse_qs

import pytest
from django.test import Client

import factories
from orchestre.org.models import CalendarPeriod
from orchestre.portfolio.models import Dependency
from orchestre.portfolio.rules.window import Window, beginning_at, read_window

TODAY = date(2026, 11, 22)


def window(query: str) -> Window:
    return read_window(parse_qs(query), TODAY)


@pytest.mark.parametrize(
    ("query", "starts_on", "ends_on"),
    [
        ("", date(2026, 10, 1), date(2027, 10, 1)),
        ("zoom=week", date(2026, 10, 1), date(2027, 1, 1)),
        ("zoom=quarter", date(2026, 5, 1), date(2029, 5, 1)),
        ("zoom=century", date(2026, 10, 1), date(2027, 10, 1)),
        ("from=2026-W10&to=2026-06-01", date(2026, 3, 2), date(2026, 6, 1)),
        ("from=2026-06-01&to=2026-01-01", date(2026, 6, 1), date(2027, 6, 1)),
        ("from=x&to=1500-01-01", date(2026, 10, 1), date(2027, 10, 1)),
        ("from=2000-01-01&to=2100-01-01", date(2000, 1, 1), date(2001, 1, 1)),
    ],
)
def test_periods_are_read_and_mended(query: str, starts_on: date, ends_on: date) -> None:
    found = window(query)
    assert (found.starts_on, found.ends_on) == (starts_on, ends_on)


def test_periods_move_zoom_and_read_back() -> None:
    found = window("from=2026-03-01&to=2026-09-01")
    assert window(found.query()) == found
    assert found.moved(6).starts_on == date(2026, 9, 1)
    assert found.zoomed("week").ends_on == date(2026, 6, 1)
    assert window("").query() == "zoom=month"
    assert beginning_at(date(2016, 9, 9), "month").ends_on == date(2017, 9, 1)


@pytest.mark.django_db
def test_bars_lines_freezes_and_the_list_are_there(as_person: Callable[[str], Client]) -> None:
    unit = factories.unit("Finance")
    giver = factories.initiative("Data", code="A", unit=unit)
    taker = factories.initiative("Till", code="B", starts_on=date(2026, 6, 1))
    giver.milestones.create(name="Pilot", forecast_on=date(2026, 3, 2))
    Dependency.objects.create(predecessor=giver, successor=taker)
    CalendarPeriod.objects.create(
        kind="freeze",
        name="Closing",
        starts_on=date(2026, 12, 14),
        ends_on=date(2027, 1, 4),
        factor=0,
    )
    page = as_person("claire").get("/portfolio/roadmap/?from=2026-01-01").content.decode()
    assert page.count("data-bar=") == 2
    assert "dep broken" in page
    assert "35 days too late" in page
    assert "Pilot – 2 March 2026" in page
    assert "Closing" in page
    assert page.index("<table") < page.index('<svg class="chart')
    assert 'data-preview="/initiatives/A/preview/"' in page
    reader = as_person("rosa").get("/portfolio/roadmap/?from=2026-01-01").content.decode()
    assert "data-preview" not in reader


@pytest.mark.django_db
def test_an_old_portfolio_is_shown_where_it_is(as_person: Callable[[str], Client]) -> None:
    old = {"starts_on": date(2016, 9, 5), "ends_on": date(2017, 1, 2)}
    factories.initiative("Old", code="A", go_live_on=None, **old)
    client = as_person("claire")
    assert "data-bar=" in client.get("/portfolio/roadmap/").content.decode()
    chosen = client.get("/portfolio/roadmap/?from=2026-01-01").content.decode()
    assert "1 initiative has its dates in another period." in chosen


@pytest.mark.django_db
def test_emptiness_says_why(as_person: Callable[[str], Client]) -> None:
    client = as_person("claire")
    assert "empty-new" in client.get("/portfolio/roadmap/").content.decode()
    assert "No initiative matches." in client.get("/portfolio/roadmap/?q=z").content.decode()
    factories.initiative(starts_on=None, ends_on=None)
    page = client.get("/portfolio/roadmap/").content.decode()
    assert "empty-cannot_compute" in page
    assert "1 initiative has no dates." in page
