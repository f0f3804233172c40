"""Cases worked out by hand: the two changes of the method page, and the corners of the ratio."""

import math
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from orchestre_engine.codec import decode, encode
from orchestre_engine.load import (
    AbsorptionRule,
    Activity,
    CapacityFactor,
    Impact,
    LoadProblem,
    PhasePlan,
    Population,
    Provenance,
    Unit,
    solve,
)
from orchestre_engine.periods import Horizon

HORIZON = Horizon(date(2026, 1, 5), 26)
SIRH = Impact("SIRH", "Agences", date(2026, 3, 30), hours=20)
TILL = Impact("Caisse", "Agences", date(2026, 3, 16), intensity=3, reach_ratio=0.5)
TRAINING = Activity("Caisse", "Agences", date(2026, 3, 16), date(2026, 3, 30), 0.7)
CASE = LoadProblem(
    HORIZON,
    (Unit("Groupe"), Unit("Ouest", "Groupe"), Unit("Vide")),
    (Population("Agences", "Ouest", 260), Population("Siège", "Groupe", 40)),
    (SIRH, TILL),
    (TRAINING,),
)
W12 = HORIZON.index(date(2026, 3, 16))
LIVE_ONLY = PhasePlan((0, 0, 1, 0), (0, 0, 1, 0))


def week_of(hours: float, population: str = "Agences", change: str = "C") -> Impact:
    """An impact that asks its hours in the week of 16 March 2026."""
    return Impact(change, population, date(2026, 3, 16), hours=hours, phases=LIVE_ONLY)


def test_two_changes_week_by_week() -> None:
    result = solve(CASE)
    assert result.weeks[W12] == "2026-W12"
    quiet = [0.05] * 2 + [0.3] * 2 + [0.55] * 2
    by_hand = [0.05, 0.05, 0.3, 0.3, 0.55, 0.55, *[1.8] * 4, 2.45, 2.45]
    by_hand += [3 + 0.8 / 6] * 2 + [4 / 6 + 0.8 / 6] * 4 + [4 / 6] * 2 + [0] * 6
    assert by_hand[:6] == quiet
    assert np.allclose(result.load_hours[0], by_hand)
    assert np.allclose(result.capacity_hours, 1.75)
    assert result.load_ratio[0, W12] == pytest.approx(1.4)
    assert result.load_hours[1].sum() == 0
    assert result.change_ids == ("Caisse", "SIRH")


def test_shares_of_a_week() -> None:
    first, second = solve(CASE).shares("Agences", W12)
    assert (first.change, second.change) == ("SIRH", "Caisse")
    assert first.load_hours == pytest.approx(1.5)
    assert first.ratio == pytest.approx(1.5 / 2.45)
    assert first.phase_hours == pytest.approx({"learn": 1.5})
    assert not first.assumed
    assert second.phase_hours == pytest.approx({"go_live": 0.6, "training": 0.35})
    assert second.assumed
    assert solve(CASE).shares("Siège", W12) == ()


def test_unknown_places_are_refused() -> None:
    result = solve(CASE)
    with pytest.raises(KeyError):
        result.shares("Usine", 0)
    with pytest.raises(IndexError):
        result.shares("Agences", 26)
    with pytest.raises(KeyError):
        result.unit_rollup("Est")


def test_the_part_of_assumptions() -> None:
    result = solve(CASE)
    assert result.assumed_ratio() == pytest.approx(4 / 24.7)
    assert result.assumed_ratio_at("Agences", W12) == pytest.approx(0.6 / 2.45)
    assert result.assumed_ratio_at("Siège", W12) is None
    assert solve(replace(CASE, impacts=(), activities=())).assumed_ratio() is None
    assert result.capacity_assumed.tolist() == [True, True]
    known = AbsorptionRule("Ouest", 0.05, Provenance.MEASURED)
    assert solve(replace(CASE, absorption=(known,))).capacity_assumed.tolist() == [False, True]


def test_one_overload_with_its_causes() -> None:
    result = solve(CASE)
    (found,) = result.overloads()
    assert (found.population, found.first, found.last) == ("Agences", 6, 14)
    assert found.peak_week == 12
    assert found.peak_ratio == pytest.approx((3 + 0.8 / 6) / 1.75)
    by_hand = 4 * 0.05 + 2 * 0.7 + 2 * (3 + 0.8 / 6 - 1.75)
    assert found.excess_hours_per_person == pytest.approx(by_hand)
    assert found.excess_person_hours == pytest.approx(260 * by_hand)
    sirh, till = found.contributions
    late = 3 + 0.8 / 6
    part = 4 * 0.05 * 1.5 / 1.8 + 2 * 0.7 * 1.5 / 2.45 + 2 * (late - 1.75) * 3 / late
    assert (sirh.change, till.change) == ("SIRH", "Caisse")
    assert sirh.excess_hours == pytest.approx(part)
    assert sirh.excess_share == pytest.approx(part / by_hand)
    assert till.excess_hours == pytest.approx(by_hand - part)
    assert result.excess_hours[0].sum() == pytest.approx(by_hand)


def test_shapley_averages_both_orders_of_arrival() -> None:
    result = solve(CASE)
    (overload,) = result.overloads()
    parts = result.shapley(overload)
    assert parts is not None
    alone, total = 2 * (3 - 1.75), overload.excess_hours_per_person
    assert [one.change for one in parts] == ["SIRH", "Caisse"]
    assert parts[0].excess_hours == pytest.approx((alone + total) / 2)
    assert sum(one.excess_share for one in parts) == pytest.approx(1)


@pytest.mark.parametrize("count", [3, 8])
def test_shapley_gives_equal_changes_equal_parts(count: int) -> None:
    asked = tuple(week_of(1, change=f"C{one}") for one in range(count))
    result = solve(replace(CASE, impacts=asked, activities=()))
    parts = result.shapley(result.overloads()[0])
    assert parts is not None
    assert [one.excess_hours for one in parts] == pytest.approx([(count - 1.75) / count] * count)


def test_shapley_is_not_given_beyond_eight_changes() -> None:
    asked = tuple(week_of(1, change=f"C{one}") for one in range(9))
    result = solve(replace(CASE, impacts=asked, activities=()))
    assert result.shapley(result.overloads()[0]) is None


def test_a_freeze_makes_any_load_infinite_and_no_load_undefined() -> None:
    freeze = CapacityFactor(date(2026, 3, 16), date(2026, 3, 30), 0, "gel", unit="Groupe")
    result = solve(replace(CASE, factors=(freeze,)))
    assert result.capacity_hours[:, W12].tolist() == [0, 0]
    assert result.load_ratio[0, W12] == math.inf
    assert math.isnan(result.load_ratio[1, W12])
    (found,) = result.overloads()
    assert found.peak_ratio == math.inf
    assert found.peak_week == W12
    unit = result.unit_rollup("Groupe")
    assert unit.load_ratio[W12] == math.inf
    assert unit.worst_decile_ratio[W12] == math.inf
    assert unit.worst_population[W12] == "Agences"


def test_factors_multiply_day_by_day() -> None:
    peak = CapacityFactor(date(2026, 3, 18), date(2026, 3, 23), 0.5, "clôture", unit="Ouest")
    short = CapacityFactor(date(2026, 3, 20), date(2026, 3, 30), 0.8, population="Agences")
    result = solve(replace(CASE, factors=(peak, short)))
    days = (1 + 1 + 0.5 + 0.5 + 0.4 + 0.4 + 0.4) / 7
    assert result.capacity_hours[0, W12] == pytest.approx(1.75 * days)
    assert result.capacity_hours[0, W12 + 1] == pytest.approx(1.4)
    assert result.capacity_hours[1, W12] == pytest.approx(1.75)


def test_a_load_equal_to_its_capacity_is_not_an_overload() -> None:
    result = solve(replace(CASE, impacts=(week_of(1.75),), activities=()))
    assert result.load_ratio[0, W12] == 1
    assert result.overloads() == ()


@pytest.mark.parametrize("hundredths", [7, 33, 147, 210, 289, 331])
def test_rounding_to_grains_makes_no_overload(hundredths: int) -> None:
    hours = hundredths / 100
    people = (Population("Agences", None, 1, weekly_hours=hours * 20),)
    result = solve(replace(CASE, populations=people, impacts=(week_of(hours),), activities=()))
    assert result.load_ratio[0, W12] == pytest.approx(1)
    assert result.excess_hours.max() == 0
    assert result.overloads() == ()


def test_the_peak_is_the_highest_ratio_not_the_greatest_excess() -> None:
    tight = CapacityFactor(date(2026, 3, 23), date(2026, 3, 30), 0.1)
    after = replace(week_of(2), go_live_on=date(2026, 3, 23))
    asked = replace(CASE, impacts=(week_of(7), after), activities=(), factors=(tight,))
    (found,) = solve(asked).overloads()
    assert (found.first, found.last, found.peak_week) == (W12, W12 + 2, W12 + 1)
    assert found.peak_ratio == pytest.approx(2 / 0.175)


def test_among_infinite_ratios_the_peak_is_the_greatest_excess() -> None:
    freeze = CapacityFactor(date(2026, 3, 16), date(2026, 3, 30), 0)
    after = replace(week_of(9), go_live_on=date(2026, 3, 23))
    asked = replace(CASE, impacts=(week_of(7), after), activities=(), factors=(freeze,))
    assert solve(asked).overloads()[0].peak_week == W12 + 1


def test_two_runs_are_two_overloads() -> None:
    again = replace(week_of(5), go_live_on=date(2026, 4, 13))
    calm = replace(CASE, impacts=(week_of(5), again), activities=())
    found = solve(calm).overloads()
    assert [(one.first, one.last) for one in found] == [(10, 11), (14, 15)]


def test_a_unit_is_the_mean_of_its_people_with_the_worst_in_sight() -> None:
    asked = (week_of(7), week_of(1, "Siège", "D"))
    people = (Population("Agences", "Ouest", 30), Population("Siège", "Groupe", 270))
    result = solve(replace(CASE, populations=people, impacts=asked, activities=()))
    unit = result.unit_rollup("Groupe")
    assert unit.headcount_known
    assert unit.load_hours[W12] == pytest.approx((30 * 7 + 270 * 1) / 300)
    assert unit.load_ratio[W12] == pytest.approx(1.6 / 1.75)
    assert unit.worst_decile_ratio[W12] == pytest.approx(4)
    assert unit.worst_population[W12] == "Agences"
    assert unit.worst_population[0] is None
    assert unit.overloaded_people is not None
    assert unit.excess_person_hours is not None
    assert unit.overloaded_people[W12] == 30
    assert unit.overloaded_ratio[W12] == pytest.approx(0.1)
    assert unit.excess_person_hours[W12] == pytest.approx(30 * 5.25)


def test_a_smaller_worst_group_does_not_make_the_worst_decile() -> None:
    asked = (week_of(7), week_of(1, "Siège", "D"))
    people = (Population("Agences", "Ouest", 29), Population("Siège", "Groupe", 271))
    result = solve(replace(CASE, populations=people, impacts=asked, activities=()))
    assert result.unit_rollup("Groupe").worst_decile_ratio[W12] == pytest.approx(1 / 1.75)


def test_unknown_headcounts_weigh_the_same_and_are_said_so() -> None:
    asked = (week_of(7), week_of(1, "Siège", "D"))
    people = (Population("Agences", "Ouest", 30), Population("Siège", "Groupe"))
    result = solve(replace(CASE, populations=people, impacts=asked, activities=()))
    unit = result.unit_rollup("Groupe")
    assert not unit.headcount_known
    assert unit.load_hours[W12] == pytest.approx(4)
    assert unit.overloaded_people is None
    assert unit.excess_person_hours is None
    assert unit.overloaded_ratio[W12] == pytest.approx(0.5)
    assert result.overloads()[0].excess_person_hours == pytest.approx(30 * 5.25)
    nobody_knows = replace(CASE, populations=(Population("Agences", None),))
    assert solve(nobody_knows).overloads()[0].excess_person_hours is None


@pytest.mark.parametrize("unit", ["Vide", "Ouest"])
def test_a_unit_without_people_has_no_figure(unit: str) -> None:
    people = (Population("Agences", "Ouest", 0),)
    found = solve(replace(CASE, populations=people)).unit_rollup(unit)
    assert np.isnan(found.load_hours).all()
    assert np.isnan(found.worst_decile_ratio).all()
    assert np.isnan(found.overloaded_ratio).all()


def test_an_empty_unit_names_no_worst_population() -> None:
    assert solve(CASE).unit_rollup("Vide").worst_population == (None,) * 26


def test_hours_outside_the_horizon_are_told() -> None:
    early = replace(SIRH, go_live_on=date(2026, 1, 5))
    late = replace(SIRH, go_live_on=HORIZON.end)
    assert solve(replace(CASE, impacts=(early,))).outside_hours[0] == pytest.approx(10)
    assert solve(replace(CASE, impacts=(late,))).outside_hours[0] == pytest.approx(10)


def test_results_cannot_be_written_over() -> None:
    result = solve(CASE)
    kept = (result.load_hours, result.capacity_hours, result.assumed_hours, result.outside_hours)
    for array in (*kept, result.load_ratio, result.excess_hours):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


def test_a_stored_result_is_read_back_whole_without_its_segments() -> None:
    result = solve(CASE)
    back = decode(encode(result))
    assert np.array_equal(back["load_hours"], result.load_hours)
    assert np.array_equal(back["capacity_hours"], result.capacity_hours)
    assert back["members"] == {"Groupe": [0, 1], "Ouest": [0], "Vide": []}
    assert back["weeks"] == list(result.weeks)
    assert "state" not in back
    assert decode(encode(result.overloads()[0]))["peak_week"] == 12
