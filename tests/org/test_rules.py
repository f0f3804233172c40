"""Trees, inherited shares, weeks and days: pure facts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestre.org import rules
from orchestre.sheets.cells import parse_date


@st.composite
def trees(draw: st.DrawFn) -> dict[int, int | None]:
    """Draw a tree as links to parents: each unit hangs under an earlier one, or at the top."""
    size = draw(st.integers(1, 14))
    links: dict[int, int | None] = {}
    for pk in range(1, size + 1):
        links[pk] = draw(st.sampled_from([None, *links]))
    return links


@given(trees(), st.data())
def test_moves_keep_paths_equal_to_the_links(
    links: dict[int, int | None], data: st.DataObject
) -> None:
    paths = rules.paths_from_parents(links)
    for _move in range(4):
        unit = data.draw(st.sampled_from(sorted(links)))
        parent = data.draw(st.sampled_from([None, *sorted(links)]))
        moved = rules.moved_paths(paths, unit, parent)
        under_itself = parent is not None and rules.is_within(paths[parent], paths[unit])
        assert (moved is None) == under_itself
        if moved is None:
            continue
        links[unit] = parent
        paths = paths | moved
        assert paths == rules.paths_from_parents(links)


def test_path_facts() -> None:
    assert rules.path_of(None, 3) == "/3/"
    assert rules.path_of("/3/", 17) == "/3/17/"
    assert rules.path_ids("/3/17/") == (3, 17)
    assert rules.depth("/3/17/") == 1
    assert not rules.is_within("/31/", "/3/")


def test_the_nearest_share_wins_and_says_where_it_comes_from() -> None:
    ratios: dict[int | None, float] = {None: 0.04, 3: 0.08}
    assert rules.inherited_absorption("/3/17/", ratios, 0.05) == rules.Absorption(0.08, 3)
    assert rules.inherited_absorption("/9/", ratios, 0.05) == rules.Absorption(0.04)
    assumed = rules.inherited_absorption("/9/", {}, 0.05)
    assert assumed == rules.Absorption(0.05, assumed=True)
    assert rules.inherited_absorption("/9/", {}, None).ratio is None


def test_capacity_is_unknown_without_a_share_and_never_zero() -> None:
    assert rules.capacity_hours(35, 0.05) == pytest.approx(1.75)
    assert rules.capacity_hours(35, 0.05, 0.5) == pytest.approx(0.875)
    assert rules.capacity_hours(35, None) is None


def test_weeks_take_the_mean_of_their_days() -> None:
    freeze = rules.PeriodFacts(1, date(2026, 12, 16), date(2026, 12, 23), 0.0)
    peak = rules.PeriodFacts(2, date(2026, 12, 14), date(2026, 12, 21), 0.5)
    first, second, third = rules.week_factors([freeze, peak], date(2026, 12, 16), 3)
    assert first.starts_on == date(2026, 12, 14)
    assert first.factor == pytest.approx(2 * 0.5 / 7)
    assert first.period_ids == (1, 2)
    assert second.factor == pytest.approx(5 / 7)
    assert third == rules.WeekFactor(date(2026, 12, 28), 1.0)
    assert len(rules.week_factors([], date(2026, 12, 16))) == 52


@given(
    st.integers(0, 40), st.integers(1, 40), st.floats(0, 2), st.integers(0, 40), st.integers(0, 30)
)
def test_week_factors_stay_between_the_extremes(
    start: int, length: int, factor: float, look: int, weeks: int
) -> None:
    begin = date(2026, 1, 1) + timedelta(days=start)
    period = rules.PeriodFacts(1, begin, begin + timedelta(days=length), factor)
    for week in rules.week_factors([period], date(2026, 1, 1) + timedelta(days=look), weeks):
        assert min(1.0, factor) - 1e-9 <= week.factor <= max(1.0, factor) + 1e-9


def test_heads_add_up_the_tree_and_say_what_nobody_counted() -> None:
    paths = {1: "/1/", 2: "/1/2/", 3: "/1/3/"}
    heads = rules.heads_by_unit(paths, [(2, 10), (2, None), (3, None), (99, 5)])
    assert heads[2] == rules.Heads(10, 2, 1)
    assert heads[1] == rules.Heads(10, 3, 2)
    assert heads[1].total == 10
    assert heads[3].total is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-03-16", date(2026, 3, 16), date(2026, 3, 16)),
        ("S12 2026", date(2026, 3, 16), date(2026, 3, 22)),
        ("mars 2026", date(2026, 3, 1), date(2026, 3, 31)),
        ("T1 2026", date(2026, 1, 1), date(2026, 3, 31)),
        ("H2 2026", date(2026, 7, 1), date(2026, 12, 31)),
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("", None, None),
    ],
)
def test_a_date_that_is_not_exact_covers_days(
    text: str, first: date | None, last: date | None
) -> None:
    cell = parse_date(text)
    assert rules.first_day(cell) == first
    assert rules.last_day(cell) == last
