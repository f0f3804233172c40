"""Three-point estimates: the vectors of the method page, and what must always hold."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from orchestre_engine.errors import ProblemError
from orchestre_engine.outlook import Law, Shape, fixed

days = st.floats(0, 1000, allow_nan=False)


def test_pert_mean_shape_exact_deviation_and_p80() -> None:
    law = Law(10, 14, 24)
    assert law.mean == 15
    assert law.beta == pytest.approx((2.1429, 3.8571), abs=1e-4)
    assert law.sd == pytest.approx(2.5355, abs=1e-4)
    assert (law.high - law.low) / 6 == pytest.approx(2.3333, abs=1e-4)
    assert law.percentile(80) == pytest.approx(17.252, abs=1e-3)


def test_triangular_mean_deviation_and_p80() -> None:
    law = Law(10, 14, 24, Shape.TRIANGULAR)
    assert law.mean == 16
    assert law.sd == pytest.approx(2.9439, abs=1e-4)
    assert law.percentile(80) == pytest.approx(18.708, abs=1e-3)


def test_the_weight_of_the_likely_value_draws_the_law_to_it() -> None:
    light, heavy = Law(10, 14, 24, weight=2), Law(10, 14, 24, weight=8)
    assert light.mean == (10 + 2 * 14 + 24) / 4
    assert heavy.mean == (10 + 8 * 14 + 24) / 10
    assert heavy.sd < light.sd
    for law in (light, heavy):
        exact = stats.beta(*law.beta, loc=10, scale=14)
        assert law.mean == pytest.approx(exact.mean())
        assert law.sd == pytest.approx(exact.std())


def test_trigen_reads_low_and_high_as_p10_and_p90() -> None:
    law = Law(10, 14, 24, Shape.TRIGEN)
    assert law.percentile(10) == pytest.approx(10, abs=1e-6)
    assert law.percentile(90) == pytest.approx(24, abs=1e-6)
    least, most = law.bounds
    assert least < law.low
    assert most > law.high


@given(st.tuples(days, days, days))
def test_trigen_holds_for_any_three_values(values: tuple[float, float, float]) -> None:
    low, likely, high = sorted(values)
    law = Law(low, likely, high, Shape.TRIGEN)
    if high - low > 1e-3:
        assert law.percentile(10) == pytest.approx(low, abs=1e-4 * (high - low))
        assert law.percentile(90) == pytest.approx(high, abs=1e-4 * (high - low))


@pytest.mark.parametrize("values", [(10, 14, 24), (0, 0, 5), (3, 9, 9), (10, 10.1, 40)])
def test_pert_is_inverted_within_the_error_that_is_claimed(values: tuple[float, ...]) -> None:
    law = Law(*values)
    ratio = np.linspace(0.001, 0.999, 999)
    exact = stats.beta(*law.beta, loc=law.low, scale=law.high - law.low).ppf(ratio)
    assert np.abs(law.quantile(ratio) - exact).max() <= 1e-5 * (law.high - law.low)


@given(st.tuples(days, days, days), st.sampled_from([Shape.PERT, Shape.TRIANGULAR]))
def test_draws_stay_within_the_three_values(
    values: tuple[float, float, float], shape: Shape
) -> None:
    low, likely, high = sorted(values)
    drawn = Law(low, likely, high, shape).quantile(np.linspace(0, 1, 101))
    slack = 1e-9 * max(high, 1)
    assert drawn.min() >= low - slack
    assert drawn.max() <= high + slack
    assert (np.diff(drawn) >= -slack).all()


def test_a_fixed_value_does_not_vary() -> None:
    law = fixed(7)
    assert (law.mean, law.sd, law.bounds) == (7, 0, (7, 7))
    assert law.quantile(np.array([0.1, 0.9])).tolist() == [7, 7]


@pytest.mark.parametrize("values", [(5, 4, 6), (5, 7, 6), (5, float("nan"), 6)])
def test_values_out_of_order_are_refused_with_what_to_give(values: tuple[float, ...]) -> None:
    with pytest.raises(ProblemError, match="optimistic, a likely and a pessimistic"):
        Law(*values)


def test_a_weight_of_nothing_is_refused() -> None:
    with pytest.raises(ProblemError, match="more than 0"):
        Law(1, 2, 3, weight=0)
