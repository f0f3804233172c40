"""Orders: ranks, parts of a score, agreement of two orders."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestre_engine.selection import Agreement, agreement, driver_score, parts, ranks

LEVEL = st.sampled_from([None, "none", "low", "moderate", "strong", "extreme"])


def test_equals_share_a_rank_and_what_is_undefined_has_none() -> None:
    assert ranks({"a": 2.0, "b": None, "c": 2.0, "d": 5.0, "e": 0.0}) == {
        "d": 1,
        "a": 2,
        "c": 2,
        "e": 4,
    }
    assert ranks({"a": 0.1 + 0.2, "b": 0.3}) == {"a": 1, "b": 1}
    assert ranks({}) == {}


@given(st.lists(st.tuples(st.floats(0.1, 9), LEVEL), min_size=1, max_size=7))
def test_the_parts_add_up_to_the_score(said: list[tuple[float, str | None]]) -> None:
    weights = {f"d{at}": weight for at, (weight, _level) in enumerate(said)}
    levels = {f"d{at}": level for at, (_weight, level) in enumerate(said)}
    score = driver_score(weights, levels)
    found = parts(weights, levels)
    assert sum(one.weight for one in found) == pytest.approx(1)
    if score.value is None:
        assert all(one.points is None and one.used_ratio == 0 for one in found)
    else:
        assert sum(one.points or 0 for one in found) == pytest.approx(score.value)
        assert sum(one.used_ratio for one in found) == pytest.approx(1)
        rated = sum(one.weight for one in found if one.level is not None)
        assert rated == pytest.approx(score.coverage)


def test_parts_without_a_weight_are_nothing() -> None:
    (one,) = parts({"a": 0.0}, {"a": "low"})
    assert (one.weight, one.used_ratio, one.points) == (0, 0, 0)


def test_agreement_counts_pairs_and_leaves_ties_out() -> None:
    one = {"a": 1, "b": 2, "c": 3, "d": 4}
    assert agreement(one, one) == Agreement(4, 6, 6)
    assert agreement(one, {"a": 4, "b": 3, "c": 2, "d": 1}).ratio == 0
    assert agreement(one, {"a": 1, "b": 1, "d": 3}) == Agreement(3, 2, 2)
    assert agreement(one, {"a": 1}).ratio is None
