"""Benefits: the vectors of the design, and what is undefined."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestre_engine.value import realisation
from orchestre_engine.value.realisation import AUDIT_FACTS, Claim

YEAR = (date(2027, 1, 1), date(2028, 1, 1))


def test_the_vector_of_the_design() -> None:
    found = realisation.rates(planned=400, declared=310, validated=250, forecast=900, baseline=1000)
    assert found.declared_ratio == pytest.approx(0.775)
    assert found.validated_ratio == pytest.approx(0.625)
    assert found.forecast_ratio == pytest.approx(0.90)


def test_nothing_planned_is_no_rate_and_not_zero() -> None:
    found = realisation.rates(planned=0, declared=10, validated=None)
    assert (found.declared_ratio, found.validated_ratio, found.forecast_ratio) == (None,) * 3
    nothing = realisation.rates(planned=100, declared=0, validated=None)
    assert (nothing.declared_ratio, nothing.validated_ratio) == (0.0, None)


def test_a_ramp_goes_up_in_a_straight_line_from_its_anchor() -> None:
    found = realisation.expected(100.0, months=6, anchor=2, ramp=2, attribution=0.5, confidence=0.8)
    assert found == pytest.approx([0, 0, 40 / 3, 80 / 3, 40, 40])
    at_once = realisation.expected(10.0, months=3, anchor=0, ramp=0, attribution=1, confidence=1)
    assert at_once == pytest.approx([10, 10, 10])


@given(
    target=st.floats(0, 1e9),
    anchor=st.integers(-24, 24),
    ramp=st.integers(0, 36),
    part=st.floats(0, 1),
)
def test_what_is_expected_never_goes_down_nor_beyond_the_target(
    target: float, anchor: int, ramp: int, part: float
) -> None:
    found = realisation.expected(
        target, months=24, anchor=anchor, ramp=ramp, attribution=part, confidence=1.0
    )
    assert (np.diff(found) >= -1e-6).all()
    assert (found <= target * part + 1e-6).all()


def test_the_ladder_filters_and_never_adds_levels() -> None:
    found = realisation.ladder([(0, 10.0), (3, 5.0), (5, 2.0)])
    assert found == pytest.approx([17, 7, 7, 7, 2, 2])
    assert realisation.level_of([True, True, False, True, True]) == 2


def test_one_fact_that_lacks_is_enough_not_to_be_audited() -> None:
    whole = dict.fromkeys(AUDIT_FACTS, True)
    assert realisation.lacking(whole) == ()
    assert realisation.lacking(whole | {"method": False}) == ("method",)
    assert realisation.auditable_ratio([(60.0, True), (40.0, False)]) == pytest.approx(0.6)
    assert realisation.auditable_ratio([(0.0, True)]) is None


def test_two_benefits_may_share_a_line_up_to_the_whole() -> None:
    half = Claim("B-1", "FIN", "Courrier", *YEAR, 0.5)
    other = Claim("B-2", "FIN", "Courrier", *YEAR, 0.5)
    more = Claim("B-3", "FIN", "Courrier", *YEAR, 0.6)
    later = Claim("B-4", "FIN", "Courrier", date(2028, 1, 1), date(2029, 1, 1), 0.6)
    elsewhere = Claim("B-5", "RH", "Courrier", *YEAR, 1.0)
    unsaid = Claim("B-6", "FIN", "", *YEAR, 1.0)
    assert realisation.double_counts([half, other, later, elsewhere, unsaid]) == ()
    (found,) = realisation.double_counts([half, more, later])
    assert found.keys == ("B-1", "B-3")
    assert found.claimed == pytest.approx(1.1)
