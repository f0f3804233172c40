"""The state of a list is read from its address and written back to the same."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest

from orchestre.portfolio.queries.listing import choices
from orchestre.portfolio.rules.view import COLUMNS, View, read_view


def read(query: str) -> View:
    return read_view(parse_qs(query), choices())


@pytest.mark.parametrize(
    "query",
    [
        "",
        "q=caisse",
        "stage=deploy&stage=prepare&sponsor=Dupont&group=unit&sort=-title&col=stage&col=lead&v=3",
        "unit=12&starts_after=2026-01-01&ends_before=2026-06-30&dates=missing&news=stale&page=4",
        "health=off&health=unknown&mandatory=1&archived=1&objective=none",
    ],
)
def test_an_address_reads_back(query: str) -> None:
    view = read(query)
    assert not view.refused
    assert read(view.query()) == view


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("stage=gone", ("stage", "gone")),
        ("unit=x", ("unit", "x")),
        ("unit=" + "9" * 30, ("unit", "9" * 30)),
        ("ends_before=tomorrow", ("ends_before", "tomorrow")),
        ("group=colour", ("group", "colour")),
        ("sort=-mood", ("sort", "mood")),
        ("dates=all", ("dates", "all")),
    ],
)
def test_an_impossible_value_is_told_and_left_out(query: str, told: tuple[str, str]) -> None:
    view = read(query)
    assert view.refused == (told,)
    assert not view.is_narrowed
    assert not view.group
    assert not view.sort


def test_unknown_names_are_ignored() -> None:
    assert read("utm=1&stage=deploy") == read("stage=deploy")


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999", "²"])
def test_a_strange_page_is_the_first(page: str) -> None:
    assert read(f"page={page}").page == 1


def test_texts_are_trimmed_and_short() -> None:
    assert read("q=+a++b+").text == "a b"
    assert len(read("q=" + "x" * 5000).text) == 200


def test_conditions_come_and_go() -> None:
    view = read("stage=deploy&q=sirh&page=3")
    assert view.without("stage").query() == "q=sirh"
    assert view.without("q").query() == "stage=deploy"
    assert view.having("stage", "idea").values("stage") == ("idea",)
    assert view.values("unit") == ()
    assert not read("page=2").is_narrowed


def test_the_same_order_twice_is_reversed() -> None:
    once = View().sorted_by("title")
    twice = once.sorted_by("title")
    assert (once.query(), twice.query()) == ("sort=title", "sort=-title")
    assert twice.sorted_by("title").query() == "sort=title"


def test_columns_are_kept_in_the_order_asked_without_doubles() -> None:
    assert read("col=lead&col=stage&col=lead&col=a-b").columns == ("lead", "stage")
    assert len(set(COLUMNS)) == len(COLUMNS)


def test_an_empty_value_says_nothing() -> None:
    empty = {"stage": ["", "deploy"], "unit": [" "]}
    assert read_view(empty, choices()).query() == "stage=deploy"
