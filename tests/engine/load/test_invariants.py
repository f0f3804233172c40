"""What must hold for every organisation: the sentences of the method, on random worlds."""

from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine.load.twin import capacity_by_hand, load_by_hand
from engine.load.worlds import START, WEEKS, activities, impacts, inner_days, worlds
from orchestre_engine.codec import fingerprint
from orchestre_engine.load import (
    AbsorptionRule,
    Activity,
    CapacityFactor,
    Impact,
    LoadProblem,
    LoadResult,
    Population,
    Unit,
    solve,
)
from orchestre_engine.load.segments import Floats
from orchestre_engine.periods import Horizon

CLOSE = 1e-6
some = settings(deadline=None, max_examples=60)


def grid(problem: LoadProblem, cells: dict[tuple[str, int], float]) -> Floats:
    return np.array(
        [
            [cells.get((one.id, week), 0.0) for week in range(problem.horizon.weeks)]
            for one in problem.populations
        ]
    )


@some
@given(worlds())
def test_equals_the_computation_written_plainly(world: LoadProblem) -> None:
    result = solve(world)
    assert np.allclose(result.load_hours, grid(world, load_by_hand(world)), atol=CLOSE)
    assert np.allclose(result.capacity_hours, grid(world, capacity_by_hand(world)), atol=CLOSE)


@some
@given(worlds(inner_days))
def test_conservation_within_the_horizon(world: LoadProblem) -> None:
    asked = sum(one.reach_ratio * world.hours_per_person(one) for one in world.impacts)
    asked += sum(one.reach_ratio * one.hours_per_person for one in world.activities)
    result = solve(world)
    assert abs(result.load_hours.sum() - asked) < CLOSE
    assert result.outside_hours.sum() == 0


@some
@given(worlds())
def test_conservation_counts_what_falls_outside_the_horizon(world: LoadProblem) -> None:
    result = solve(world)
    asked = sum(one.reach_ratio * world.hours_per_person(one) for one in world.impacts)
    asked += sum(one.reach_ratio * one.hours_per_person for one in world.activities)
    assert abs(result.load_hours.sum() + result.outside_hours.sum() - asked) < CLOSE
    assert (result.load_hours >= 0).all()
    assert (result.assumed_hours <= result.load_hours + CLOSE).all()


@some
@given(worlds(), st.integers(0, 100), st.integers(0, 100))
def test_splitting_a_population_leaves_its_people_as_they_were(
    world: LoadProblem, left: int, right: int
) -> None:
    assume(left + right > 0)
    whole = replace(world.populations[0], headcount=left + right)
    others = world.populations[1:]
    halves = (replace(whole, headcount=left), replace(whole, id="Moitié", headcount=right))
    doubled = [replace(one, population="Moitié") for one in world.impacts + world.activities
               if one.population == whole.id]  # fmt: skip
    twin_factors = [
        replace(one, population="Moitié") for one in world.factors if one.population == whole.id
    ]
    split = replace(
        world,
        populations=(*halves, *others),
        impacts=(*world.impacts, *(one for one in doubled if isinstance(one, Impact))),
        activities=(*world.activities, *(one for one in doubled if not isinstance(one, Impact))),
        factors=(*world.factors, *twin_factors),
    )
    before, after = solve(replace(world, populations=(whole, *others))), solve(split)
    for name in (whole.id, "Moitié"):
        row = after.population_row(name)
        assert np.array_equal(after.load_hours[row], before.load_hours[0])
        assert np.allclose(after.capacity_hours[row], before.capacity_hours[0])
    for unit in before.unit_ids:
        means = before.unit_rollup(unit), after.unit_rollup(unit)
        if means[0].headcount_known:
            assert np.allclose(means[0].load_hours, means[1].load_hours, equal_nan=True)
            assert np.allclose(means[0].excess_person_hours, means[1].excess_person_hours)
            assert np.allclose(means[0].overloaded_ratio, means[1].overloaded_ratio, equal_nan=True)


@some
@given(worlds(), st.lists(st.sampled_from(("Groupe", "Est", None)), min_size=4, max_size=4))
def test_recutting_the_tree_changes_no_population(
    world: LoadProblem, homes: list[str | None]
) -> None:
    flat = replace(
        world,
        absorption=tuple(rule for rule in world.absorption if rule.unit is None),
        factors=tuple(one for one in world.factors if one.unit is None),
    )
    moved = [replace(one, unit=unit) for one, unit in zip(flat.populations, homes, strict=True)]
    recut = replace(flat, units=(Unit("Groupe"), Unit("Est", "Groupe")), populations=tuple(moved))
    before, after = solve(flat), solve(recut)
    assert np.array_equal(before.load_hours, after.load_hours)
    assert np.array_equal(before.capacity_hours, after.capacity_hours)
    assert before.overloads() == after.overloads()


@some
@given(worlds(), impacts(), activities())
def test_one_more_demand_never_lowers_a_load(
    world: LoadProblem, impact: Impact, activity: Activity
) -> None:
    before = solve(world).load_hours
    assert (solve(replace(world, impacts=(*world.impacts, impact))).load_hours >= before).all()
    more = replace(world, activities=(*world.activities, activity))
    assert (solve(more).load_hours >= before).all()


@some
@given(worlds(), impacts(), st.floats(1, 3))
def test_more_reach_or_hours_never_lowers_a_load(
    world: LoadProblem, impact: Impact, times: float
) -> None:
    base = replace(impact, hours=20.0, reach_ratio=0.3)
    wider = replace(base, reach_ratio=min(1.0, 0.3 * times))
    heavier = replace(base, hours=20.0 * times)
    before = solve(replace(world, impacts=(*world.impacts, base))).load_hours
    for more in (wider, heavier):
        after = solve(replace(world, impacts=(*world.impacts, more))).load_hours
        assert (after >= before - 1e-9).all()


@some
@given(worlds(), st.floats(1, 4))
def test_more_capacity_never_raises_a_ratio_or_an_excess(world: LoadProblem, times: float) -> None:
    far = CapacityFactor(START, START + timedelta(weeks=WEEKS), times)
    before, after = solve(world), solve(replace(world, factors=(*world.factors, far)))
    assert (after.capacity_hours >= before.capacity_hours - 1e-12).all()
    assert np.all((after.load_ratio <= before.load_ratio + 1e-9) | np.isnan(before.load_ratio))
    assert (after.excess_hours <= before.excess_hours + CLOSE).all()


@some
@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_the_inputs_changes_nothing(world: LoadProblem, random: Random) -> None:
    def mixed(parts: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(random.sample(parts, len(parts)))

    other = LoadProblem(
        world.horizon,
        mixed(world.units),
        mixed(world.populations),
        mixed(world.impacts),
        mixed(world.activities),
        mixed(world.absorption),
        mixed(world.factors),
    )
    assert other == world
    assert fingerprint(other) == fingerprint(world)
    assert np.array_equal(solve(other).load_hours, solve(world).load_hours)
    assert np.array_equal(solve(other).capacity_hours, solve(world).capacity_hours)


@some
@given(worlds(), st.integers(-60, 60))
def test_shifting_every_date_by_whole_weeks_shifts_the_result(
    world: LoadProblem, weeks: int
) -> None:
    by = timedelta(weeks=weeks)
    moved = replace(
        world,
        horizon=Horizon(world.horizon.first_monday + by, world.horizon.weeks),
        impacts=tuple(replace(one, go_live_on=one.go_live_on + by) for one in world.impacts),
        activities=tuple(
            replace(one, starts_on=one.starts_on + by, ends_on=one.ends_on + by)
            for one in world.activities
        ),
        factors=tuple(
            replace(one, starts_on=one.starts_on + by, ends_on=one.ends_on + by)
            for one in world.factors
        ),
    )
    assert np.array_equal(solve(moved).load_hours, solve(world).load_hours)
    assert np.array_equal(solve(moved).capacity_hours, solve(world).capacity_hours)


@some
@given(worlds(inner_days), st.integers(-8, 8))
def test_moving_the_changes_inside_a_still_horizon_moves_the_load(
    world: LoadProblem, weeks: int
) -> None:
    by = timedelta(weeks=weeks)
    moved = replace(
        world,
        impacts=tuple(replace(one, go_live_on=one.go_live_on + by) for one in world.impacts),
        activities=(),
    )
    before = solve(replace(world, activities=())).load_hours
    after = solve(moved).load_hours
    shifted = np.roll(before, weeks, axis=1)
    inside = slice(max(weeks, 0), WEEKS + min(weeks, 0))
    assert np.array_equal(after[:, inside], shifted[:, inside])


def test_one_strong_impact_is_not_ten() -> None:
    people = (Population("Agences", None, 12),)
    horizon = Horizon(START, WEEKS)
    day = START + timedelta(weeks=12)

    def strong(count: int) -> LoadResult:
        asked = tuple(Impact(f"C{one}", "Agences", day, intensity=4) for one in range(count))
        return solve(LoadProblem(horizon, (), people, asked))

    assert np.allclose(strong(10).load_hours, 10 * strong(1).load_hours)
    assert strong(1).load_ratio.max() < strong(10).load_ratio.max()
    assert len(strong(1).overloads()) != len(strong(10).overloads()) or (
        strong(1).overloads() != strong(10).overloads()
    )


@some
@given(worlds(), st.floats(0, 0.3))
def test_the_nearest_rule_wins(world: LoadProblem, ratio: float) -> None:
    ruled = replace(
        world, absorption=(AbsorptionRule(None, 0.2), AbsorptionRule("Groupe", ratio)), factors=()
    )
    result = solve(ruled)
    for row, one in enumerate(ruled.populations):
        expected = one.weekly_hours * (0.2 if one.unit is None else ratio)
        assert np.allclose(result.capacity_hours[row], expected)
