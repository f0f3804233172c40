"""Weeks as ISO 8601 counts them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestre_engine.errors import ProblemError
from orchestre_engine.periods import Horizon, monday, parse_week, week_label

days = st.dates(date(1990, 1, 1), date(2100, 12, 31))


def test_the_year_of_a_week_is_that_of_its_thursday() -> None:
    assert week_label(date(2026, 3, 4)) == "2026-W10"
    assert week_label(date(2027, 1, 1)) == "2026-W53"
    assert week_label(date(2024, 12, 30)) == "2025-W01"


@given(days)
def test_a_label_read_back_is_the_monday(day: date) -> None:
    assert parse_week(week_label(day)) == monday(day)
    assert monday(day).weekday() == 0
    assert timedelta(0) <= day - monday(day) < timedelta(7)


@pytest.mark.parametrize(
    ("label", "sentence"),
    [
        ("2026-10", "write the year and the week, as in 2026-W10"),
        ("W10", "not an ISO week"),
        ("2025-W53", "2025 has no week 53"),
        ("2026-W00", "2026 has no week 00"),
    ],
)
def test_a_label_that_is_no_week_is_refused(label: str, sentence: str) -> None:
    with pytest.raises(ProblemError, match=sentence):
        parse_week(label)


def test_a_horizon_numbers_its_weeks() -> None:
    horizon = Horizon(date(2026, 12, 21), 3)
    assert horizon.labels() == ("2026-W52", "2026-W53", "2027-W01")
    assert horizon.end == date(2027, 1, 11)
    assert horizon.monday(2) == date(2027, 1, 4)
    assert horizon.index(date(2026, 12, 27)) == 0
    assert horizon.index(date(2026, 12, 28)) == 1
    assert horizon.index(date(2026, 12, 20)) == -1
    assert horizon.index(horizon.end) == 3
    assert horizon.day_offset(date(2026, 12, 20)) == -1


def test_a_horizon_starts_on_a_monday_and_is_not_empty() -> None:
    with pytest.raises(ProblemError, match="2026-01-07 is not a Monday; start on 2026-01-05"):
        Horizon(date(2026, 1, 7), 3)
    with pytest.raises(ProblemError, match="0 weeks; give at least one"):
        Horizon(date(2026, 1, 5), 0)
