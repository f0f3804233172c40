"""Shifts, dependencies kept or broken, circles, frozen weeks."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestre.portfolio.rules.dates import (
    Frozen,
    Link,
    Span,
    can_shift,
    cycles,
    freezes_hit,
    shift,
    slack_days,
    verdicts,
)
from orchestre.portfolio.rules.registry import Registry

GIVER = Span(date(2026, 1, 5), date(2026, 3, 2))
TAKER = Span(date(2026, 3, 2), date(2026, 6, 1))


@pytest.mark.parametrize(
    ("kind", "lag", "slack"),
    [
        ("FS", 0, 0),
        ("FS", 7, -7),
        ("FS", -7, 7),
        ("SS", 0, 56),
        ("FF", 0, 91),
        ("SF", 0, 147),
        ("SF", 150, -3),
    ],
)
def test_slack_by_kind_and_lag(kind: str, lag: int, slack: int) -> None:
    assert slack_days(kind, GIVER, TAKER, lag) == slack


@pytest.mark.parametrize("kind", ["FS", "SS", "FF", "SF"])
def test_an_unknown_date_breaks_nothing(kind: str) -> None:
    assert slack_days(kind, Span(None, None), TAKER) is None
    assert slack_days(kind, GIVER, Span(None, None)) is None


def test_a_span_moves_as_a_whole_and_the_unknown_stays_unknown() -> None:
    moved = Span(date(2026, 1, 5), None, date(2026, 2, 2)).shifted(7)
    assert moved == Span(date(2026, 1, 12), None, date(2026, 2, 9))
    assert not moved.complete
    assert GIVER.complete
    assert shift(None, 3) is None


@given(st.integers(-2000, 2000), st.dates(date(2000, 1, 1), date(2060, 1, 1)))
def test_moving_back_and_forth_changes_nothing(days: int, day: date) -> None:
    span = Span(day, None, day)
    assert span.shifted(days).shifted(-days) == span


def test_no_move_leaves_the_calendar() -> None:
    assert can_shift([date(2026, 1, 1), None], 365)
    assert not can_shift([date(2026, 1, 1)], 365 * 130)
    assert not can_shift([date(2026, 1, 1)], 10**9)
    assert not can_shift([], -(10**9))


def test_a_move_breaks_mends_or_leaves_each_dependency() -> None:
    spans = {1: GIVER, 2: TAKER, 3: Span(date(2026, 2, 1), date(2026, 4, 1))}
    links = [Link(10, 1, 2, "FS"), Link(11, 1, 3, "FS"), Link(12, 2, 3, "FS")]
    later = {one.link.key: one for one in verdicts(1, GIVER.shifted(7), links, spans)}
    assert later[10].breaks
    assert not later[10].mends
    assert later[11].stays_broken
    assert not later[11].breaks
    assert 12 not in later
    earlier = {one.link.key: one for one in verdicts(1, GIVER.shifted(-60), links, spans)}
    assert earlier[11].mends
    assert not earlier[10].breaks


def test_the_last_day_of_a_freeze_is_free() -> None:
    close = Frozen("Year end", date(2026, 12, 15), date(2027, 1, 4))
    assert freezes_hit(date(2026, 12, 15), [close]) == (close,)
    assert freezes_hit(date(2027, 1, 4), [close]) == ()
    assert freezes_hit(None, [close]) == ()


def test_circles_are_told_once_each() -> None:
    assert cycles([(1, 2), (2, 3)]) == ()
    assert cycles([(1, 2), (2, 3), (3, 1), (3, 4)]) == ((1, 2, 3),)
    assert cycles([(1, 2), (2, 1), (5, 6), (6, 5), (2, 5)]) == ((1, 2), (5, 6))


def test_a_circle_reached_from_outside_is_found() -> None:
    assert cycles([(1, 2), (2, 3), (3, 2)]) == ((2, 3),)


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(9, 16)), max_size=30))
def test_two_layers_never_make_a_circle(edges: list[tuple[int, int]]) -> None:
    assert cycles(edges) == ()


def test_an_initiative_between_two_circles_is_in_none() -> None:
    edges = [(2, 3), (3, 2), (3, 1), (1, 4), (4, 5), (5, 4)]
    assert cycles(edges) == ((2, 3), (4, 5))


def test_a_circle_with_a_shortcut_is_told_by_its_shortest_path() -> None:
    edges = [(1, 2), (2, 3), (3, 1), (2, 4), (4, 3), (1, 3)]
    assert cycles(edges) == ((1, 3),)


def test_a_registry_keeps_each_item_once_in_order() -> None:
    items: Registry[str] = Registry()
    for item in ("b", "a", "b"):
        items.register(item)
    assert list(items) == ["b", "a"]
    items.unregister("b")
    items.unregister("never there")
    assert len(items) == 1
