"""Earned value and earned schedule: the vectors of the method page, and the guards."""

import pytest

from orchestre_engine.errors import ProblemError
from orchestre_engine.value import EarnedValue, earned_schedule

READING = EarnedValue(bac=100, pv=50, ev=40, ac=45)


def test_variances_and_indices() -> None:
    assert (READING.cv, READING.sv) == (-5, -10)
    assert READING.cpi == pytest.approx(0.8889, abs=1e-4)
    assert READING.spi == pytest.approx(0.80)


def test_the_five_estimates_at_completion() -> None:
    assert READING.eac_past == pytest.approx(112.50)
    assert READING.eac_once == pytest.approx(105.00)
    assert READING.eac_pressed == pytest.approx(129.375)
    assert READING.eac_weighted == pytest.approx(113.8776, abs=1e-4)
    assert READING.eac_bottom_up(52) == 97


def test_what_is_left_and_the_pace_it_needs() -> None:
    eac = READING.eac_past
    assert eac is not None
    assert READING.vac(eac) == pytest.approx(-12.5)
    assert READING.etc(eac) == pytest.approx(67.5)
    assert READING.tcpi == pytest.approx(1.0909, abs=1e-4)
    assert READING.tcpi_of(eac) == pytest.approx(0.8889, abs=1e-4)


def test_what_is_not_defined_is_none_and_never_zero() -> None:
    nothing = EarnedValue(bac=100, pv=0, ev=0, ac=0)
    assert (nothing.cpi, nothing.spi, nothing.eac_past) == (None, None, None)
    assert (nothing.eac_pressed, nothing.eac_weighted) == (None, None)
    idle = EarnedValue(bac=100, pv=10, ev=0, ac=5)
    assert (idle.eac_past, idle.eac_pressed, idle.eac_weighted) == (None, None, None)
    assert EarnedValue(bac=100, pv=100, ev=80, ac=100).tcpi is None
    assert READING.tcpi_of(45) is None


def test_earned_schedule_reads_the_plan() -> None:
    found = earned_schedule([10, 25, 45, 70, 100], ev=50, at=4)
    assert found.es == pytest.approx(3.2)
    assert found.sv_t == pytest.approx(-0.8)
    assert found.spi_t == pytest.approx(0.80)
    assert EarnedValue(100, 70, 50, 1).spi == pytest.approx(0.714, abs=1e-3)
    assert found.ieac_t == pytest.approx(6.25)
    assert found.tspi == pytest.approx(1.80)


def test_all_earned_is_the_planned_duration() -> None:
    found = earned_schedule([10, 25, 45, 70, 100, 100], ev=120, at=7)
    assert (found.es, found.pd) == (5, 5)
    assert found.spi_t == pytest.approx(5 / 7)
    assert found.tspi is None


def test_before_anything_there_is_no_pace() -> None:
    assert earned_schedule([10, 20], ev=0, at=0).spi_t is None
    assert earned_schedule([10, 20], ev=0, at=1).ieac_t is None
    assert earned_schedule([10, 20], ev=-5, at=1).es == 0


def test_a_flat_stretch_of_the_plan_is_passed_over() -> None:
    assert earned_schedule([10, 10, 10, 40], ev=10, at=2).es == 3


@pytest.mark.parametrize("planned", [[], [0, 0], [10, 5]])
def test_a_plan_that_falls_or_plans_nothing_is_refused(planned: list[float]) -> None:
    with pytest.raises(ProblemError, match="never falls"):
        earned_schedule(planned, ev=1, at=1)
