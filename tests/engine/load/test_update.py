"""Editing one change must give what computing everything again gives, to the last bit."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.load.worlds import activities, impacts, worlds
from orchestre_engine.errors import ProblemError
from orchestre_engine.load import (
    Activity,
    Impact,
    LoadProblem,
    LoadResult,
    Population,
    Segments,
    accumulate,
    replace_change,
    segments_of,
    solve,
    state_of,
    summed,
    update,
)
from orchestre_engine.periods import Horizon

START = date(2026, 1, 5)
SMALL = LoadProblem(
    Horizon(START, 4),
    (),
    (Population("A", None),),
    (Impact("CRM", "A", START, hours=10),),
    (Activity("CRM", "A", START, START + timedelta(days=7), 1),),
)


def assert_same(one: LoadResult, other: LoadResult) -> None:
    for name in ("load_hours", "assumed_hours", "outside_hours", "capacity_hours"):
        assert np.array_equal(getattr(one, name), getattr(other, name)), name
    assert one.change_ids == other.change_ids
    assert one.overloads() == other.overloads()
    week = int(one.load_hours.sum(axis=0).argmax()) if one.population_ids else 0
    for population in one.population_ids:
        assert one.shares(population, week) == other.shares(population, week)


def edited(
    world: LoadProblem, change: str, new: list[Impact], support: list[Activity]
) -> LoadProblem:
    """Give the world in which one change asks something else."""
    kept = [one for one in world.impacts if one.change != change]
    helped = [one for one in world.activities if one.change != change]
    return replace(
        world,
        impacts=(*kept, *(replace(one, change=change) for one in new)),
        activities=(*helped, *(replace(one, change=change) for one in support)),
    )


@settings(deadline=None, max_examples=60)
@given(
    worlds(),
    st.sampled_from(("CRM", "Fusion", "Nouveau")),
    st.lists(impacts(), max_size=3),
    st.lists(activities(), max_size=2),
)
def test_an_update_equals_a_full_computation(
    world: LoadProblem, change: str, new: list[Impact], support: list[Activity]
) -> None:
    after = edited(world, change, new, support)
    before = solve(world)
    kept = before.load_hours.copy()
    assert_same(update(before, after, change), solve(after))
    assert np.array_equal(before.load_hours, kept)


@settings(deadline=None, max_examples=20)
@given(worlds(), st.lists(st.tuples(st.sampled_from(("CRM", "Paie")), impacts()), max_size=6))
def test_many_updates_do_not_drift(world: LoadProblem, edits: list[tuple[str, Impact]]) -> None:
    result = solve(world)
    for change, impact in edits:
        world = edited(world, change, [impact], [])
        result = update(result, world, change)
    assert_same(result, solve(world))


def test_a_new_kind_of_activity_gets_its_word() -> None:
    world = SMALL
    more = replace(world, activities=(replace(world.activities[0], kind="atelier"),))
    (share,) = update(solve(world), more, "CRM").shares("A", 0)
    assert set(share.phase_hours) == {"go_live", "atelier"}


def test_replacing_with_the_same_segments_changes_nothing() -> None:
    state = state_of(SMALL)
    again = replace_change(state, 0, state.changes[0])
    assert np.array_equal(again.load_hours, state.load_hours)
    assert np.array_equal(again.outside_hours, state.outside_hours)


def test_segments_wholly_outside_the_horizon_leave_no_trace() -> None:
    state = state_of(SMALL)
    far = Segments.of([0, 0], [0, 0], [-70, 700], [-7, 777], [3, 4])
    moved = replace_change(state, 0, far)
    assert moved.load_hours.sum() == 0
    assert moved.outside_hours.tolist() == [7]


def test_segments_come_out_in_order_of_change() -> None:
    world = SMALL
    world = edited(world, "AAA", list(world.impacts), [])
    lines = segments_of(world)
    assert lines.change.tolist() == sorted(lines.change.tolist())
    assert np.array_equal(state_of(world).lines.change, lines.change)
    assert len(summed(lines.take(slice(0, 0)), (), 1, 4).lines) == 0


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        (([0], [0], [0], [0], [1]), "line 0 ends where it starts or before"),
        (([0, 0], [0, 0], [0, 0], [7, 7], [1, -1]), "line 1 has hours that are negative"),
        (([0], [0], [0], [7], [float("nan")]), "line 0 has hours that are negative or not finite"),
        (([0], [0], [float("-inf")], [7], [1]), "line 0 has a date that is not finite"),
        (([-1], [0], [0], [7], [1]), "line 0 has a negative position"),
        (([0, 0], [0], [0], [7], [1]), "columns of [1, 2] lines"),
    ],
)
def test_columns_are_checked(columns: tuple[list[float], ...], sentence: str) -> None:
    with pytest.raises(ProblemError) as refused:
        Segments.of(*columns)
    assert sentence in str(refused.value)


def test_a_load_too_large_to_be_exact_is_refused() -> None:
    with pytest.raises(ProblemError, match="hours given in minutes"):
        accumulate(Segments.of([0], [0], [0], [7], [3e6]), 1, 1)


def test_more_segments_than_one_block() -> None:
    count = 140_000
    lines = Segments.of(
        np.zeros(count),
        np.zeros(count),
        np.full(count, 3.0),
        np.full(count, 10.0),
        np.full(count, 1),
    )
    assert accumulate(lines, 1, 3)[0] == pytest.approx([count * 4 / 7, count * 3 / 7, 0], rel=1e-8)


def test_nothing_asked_of_nobody() -> None:
    assert accumulate(state_of(SMALL).lines.take(slice(0, 0)), 2, 3).sum() == 0
    world = LoadProblem(SMALL.horizon, (), (), ())
    assert solve(world).load_hours.shape == (0, 4)
    assert solve(world).overloads() == ()
