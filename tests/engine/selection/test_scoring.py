"""Scores, and what is not scored."""

import math

import pytest

from orchestre_engine.errors import ProblemError
from orchestre_engine.selection.scoring import (
    Criterion,
    Sizing,
    delay_over_duration,
    driver_score,
    not_relative,
    rice,
    shares,
    value_over_cost,
    weighted_score,
)

FIT = Criterion("fit", 3)
RISK = Criterion("risk", 1, 1, 5, more_is_better=False)


def test_scores_are_brought_to_one_scale_in_their_direction() -> None:
    found = weighted_score([FIT, RISK], {"fit": 5, "risk": 1})
    assert found.value == pytest.approx((3 * 0.5 + 1 * 1) / 4)
    assert found.coverage == 1
    assert found.ranked


def test_a_missing_score_is_not_nought() -> None:
    found = weighted_score([FIT, RISK], {"fit": 8, "risk": None})
    assert found.value == pytest.approx(0.8)
    assert found.coverage == pytest.approx(0.75)
    assert not found.ranked


def test_eighty_per_cent_is_enough() -> None:
    found = weighted_score([Criterion("a", 4), Criterion("b", 1)], {"a": 10})
    assert found.coverage == pytest.approx(0.8)
    assert found.ranked


def test_nothing_scored_is_nothing() -> None:
    found = weighted_score([FIT], {})
    assert found.value is None
    assert not found.ranked


def test_drivers_are_rated_in_words() -> None:
    weights = {"growth": 0.6, "safety": 0.4}
    found = driver_score(weights, {"growth": "extreme", "safety": "low"})
    assert found.value == pytest.approx(0.6 + 0.1)
    partly = driver_score(weights, {"growth": "strong", "safety": None})
    assert partly.coverage == pytest.approx(0.6)


def test_a_portfolio_is_worth_one() -> None:
    assert shares({"a": 3, "b": 1}) == {"a": 0.75, "b": 0.25}
    assert shares({"a": 0}) == {"a": 0}


def test_the_vectors_of_wsjf_and_rice() -> None:
    assert Sizing(8, 5, 3, 5).wsjf == pytest.approx(3.2)
    assert Sizing(8, 5, None, 5).wsjf is None
    assert rice(500, 2, 0.8, 4) == pytest.approx(200)
    assert rice(500, 2, 0.8, 0) is None


def test_sizes_are_relative_to_the_smallest() -> None:
    assert not_relative([Sizing(1, 1, 1, 1), Sizing(8, 5, 3, 5)]) == ()
    assert not_relative([Sizing(2, 1, None, 3), Sizing(8, 5, None, 5)]) == (
        "business_value",
        "job_size",
    )


def test_the_real_cost_of_delay_is_divided_by_the_duration() -> None:
    assert delay_over_duration(60_000, 3) == pytest.approx(20_000)
    assert delay_over_duration(None, 3) is None
    assert delay_over_duration(1, 0) is None


def test_value_over_cost() -> None:
    assert value_over_cost(10, 4) == pytest.approx(2.5)
    assert value_over_cost(10, 0) == math.inf
    assert value_over_cost(0, 0) is None
    assert value_over_cost(None, 4) is None


def test_what_is_not_a_score_is_refused_in_words() -> None:
    with pytest.raises(ProblemError, match="above 0"):
        Criterion("a", 0)
    with pytest.raises(ProblemError, match="ends where it starts"):
        Criterion("a", 1, 5, 5)
    with pytest.raises(ProblemError, match="give 0 to 10"):
        FIT.normalised(11)
    with pytest.raises(ProblemError, match="give one of"):
        Sizing(4, 1, 1, 1)
    with pytest.raises(ProblemError, match="0 to 1"):
        rice(1, 1, 2, 1)
