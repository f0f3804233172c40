"""From which day a portfolio is read, and figures that any program reads."""

from __future__ import annotations

import math
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from orchestre.reports.rules import choose_as_of, first_monday, is_alive, plain

TODAY = date(2026, 11, 22)
DAYS = st.dates(date(2000, 1, 1), date(2060, 1, 1))


def test_the_first_monday_of_a_year() -> None:
    assert first_monday(2017) == date(2017, 1, 2)
    assert first_monday(2018) == date(2018, 1, 1)
    assert first_monday(2023) == date(2023, 1, 2)


def test_a_day_that_is_asked_for_is_obeyed_from_its_monday() -> None:
    found = choose_as_of(date(2017, 3, 15), 104, TODAY, [], [date(2017, 6, 1), date(2030, 1, 1)])
    assert (found.on, found.reason) == (date(2017, 3, 13), "asked")
    assert (found.held, found.total) == (1, 2)


def test_a_portfolio_that_lives_today_is_read_today() -> None:
    spans = [(date(2026, 1, 1), date(2027, 1, 1)), (date(2020, 1, 1), date(2021, 1, 1))]
    found = choose_as_of(None, 52, TODAY, spans, [date(2020, 6, 1), date(2020, 7, 1)])
    assert (found.on, found.reason) == (date(2026, 11, 16), "today")


def test_an_old_edition_is_read_from_the_year_of_most_go_lives() -> None:
    spans = [(date(2015, 1, 1), date(2018, 1, 1))] * 3
    go_lives = [date(2017, 6, 1), date(2017, 9, 1), date(2019, 1, 1)]
    found = choose_as_of(None, 104, TODAY, spans, go_lives)
    assert (found.on, found.reason, found.held, found.total) == (date(2017, 1, 2), "busiest", 2, 3)


def test_equal_years_give_the_earliest() -> None:
    found = choose_as_of(None, 104, TODAY, [], [date(2019, 5, 5), date(2016, 5, 5)])
    assert found.on == date(2016, 1, 4)


def test_a_few_late_initiatives_do_not_make_an_old_edition_alive() -> None:
    old = (date(2015, 1, 1), date(2018, 1, 1))
    late = (date(2016, 1, 1), date(2030, 1, 1))
    assert not is_alive([old] * 7 + [late], TODAY)
    assert is_alive([old] * 3 + [late], TODAY)


def test_without_an_end_nobody_can_tell_that_it_runs() -> None:
    assert not is_alive([(date(2020, 1, 1), None)], TODAY)


@given(st.lists(DAYS, max_size=20), st.integers(4, 156), st.none() | DAYS)
def test_what_is_chosen_is_a_monday_and_counts_no_more_than_there_is(
    go_lives: list[date], weeks: int, asked: date | None
) -> None:
    found = choose_as_of(asked, weeks, TODAY, [], go_lives)
    assert found.on.weekday() == 0
    assert 0 <= found.held <= found.total == len(go_lives)
    assert found.ends_on == found.on + timedelta(weeks=weeks)


@given(st.floats() | st.none())
def test_a_plain_figure_is_finite_or_nothing(value: float | None) -> None:
    found = plain(value)
    assert found is None or math.isfinite(found)
    assert (found is None) == (value is None or not math.isfinite(value))
