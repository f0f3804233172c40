"""The state of the map and the classes of the scale."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestre.load.rules import dates, scale, view

TODAY = date(2026, 11, 22)


def test_a_usual_state_leaves_nothing_in_the_address() -> None:
    assert view.read({}, TODAY).query() == ""


@given(
    weeks=st.integers(1, 26),
    week=st.integers(1, 52),
    measure=st.sampled_from(view.MEASURES),
    zoom=st.sampled_from(view.ZOOMS),
    count=st.sampled_from(view.COUNTS),
    opened=st.none() | st.frozensets(st.integers(1, 999)),
)
def test_every_state_is_found_again_from_its_address(
    weeks: int, week: int, measure: str, zoom: str, count: str, opened: frozenset[int] | None
) -> None:
    first = dates.start_of(date.fromisocalendar(2026, week, 1), zoom)
    state = view.MapState(
        first, TODAY, weeks, zoom=zoom, measure=measure, count=count, opened=opened
    )
    asked = dict(pair.split("=", 1) for pair in state.query().split("&") if pair)
    assert view.read(asked, TODAY) == state


def test_what_makes_no_sense_becomes_the_nearest_and_is_told() -> None:
    state = view.read(
        {"weeks": "99", "unit": "colour", "from": "2026-W99", "zip": "1", "open": "3.x"}, TODAY
    )
    assert state.length == view.COLUMNS
    assert state.measure == "pct"
    assert state.first == date(2026, 11, 16)
    assert set(state.notices) == {"weeks", "unit", "from", "open"}
    assert state.ignored == ("zip",)


def test_months_hold_whole_weeks_by_their_thursday() -> None:
    state = view.read({"from": "2026-W10", "zoom": "month", "weeks": "2"}, TODAY)
    assert state.columns == (
        (date(2026, 3, 2), date(2026, 3, 30)),
        (date(2026, 3, 30), date(2026, 4, 27)),
    ) or state.columns[0][0] == date(2026, 3, 2)
    assert state.weeks == sum((end - start).days // 7 for start, end in state.columns)


@pytest.mark.parametrize(
    ("ratio", "expected"),
    [(0.0, 0), (0.5, 1), (0.51, 2), (0.8, 2), (1.0, 3), (1.01, 4), (1.2, 4), (1.5, 5), (9.0, 6)],
)
def test_a_hundred_percent_is_not_above(ratio: float, expected: int) -> None:
    assert scale.level(ratio) == expected


def test_nothing_known_of_a_ratio_is_no_class_and_infinite_is_the_highest() -> None:
    assert scale.level(float("nan")) == 0
    assert scale.level(float("inf")) == 6


def test_a_risk_of_one_in_two_is_drawn_as_above() -> None:
    assert [scale.risk_level(one) for one in (0.0, 0.05, 0.2, 0.49, 0.5, 0.7, 0.9)] == [
        0, 1, 2, 3, 4, 5, 6,
    ]  # fmt: skip


def test_odd_thresholds_fall_back_on_the_usual_ones() -> None:
    assert scale.thresholds_of([40, 70, 100, 130, 160]) == (0.4, 0.7, 1.0, 1.3, 1.6)
    assert scale.thresholds_of([1, 2]) == scale.DEFAULT_THRESHOLDS
    assert scale.thresholds_of([50, 80, 90, 120, 150]) == scale.DEFAULT_THRESHOLDS
