"""Weights from comparisons two by two."""

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestre_engine.errors import ProblemError
from orchestre_engine.selection.pairwise import Comparison, Judgement, weigh, weigh_group


def comparison(matrix: list[list[float]], names: str = "abcdefghij") -> Comparison:
    size = len(matrix)
    items = tuple(names[:size])
    pairs = combinations(range(size), 2)
    return Comparison(
        items, tuple(Judgement(items[i], items[j], matrix[i][j]) for i, j in pairs), size > 7
    )


CONSISTENT = [[1, 3, 5, 7], [1 / 3, 1, 3, 5], [1 / 5, 1 / 3, 1, 3], [1 / 7, 1 / 5, 1 / 3, 1]]
CIRCULAR = [[1, 3, 1 / 5], [1 / 3, 1, 3], [5, 1 / 3, 1]]


def test_the_vector_that_is_accepted() -> None:
    found = weigh(comparison(CONSISTENT))
    assert found.weights == pytest.approx((0.5650, 0.2622, 0.1175, 0.0553), abs=5e-5)
    assert found.lambda_max == pytest.approx(4.1170, abs=5e-5)
    assert found.consistency_index == pytest.approx(0.0390, abs=5e-5)
    assert found.consistency_ratio == pytest.approx(0.0433, abs=5e-5)
    assert found.geometric == pytest.approx((0.5638, 0.2634, 0.1178, 0.0550), abs=5e-5)
    assert found.accepted
    assert found.triad is not None
    assert not found.triad.circular


def test_the_vector_that_is_refused_names_its_circle() -> None:
    found = weigh(comparison(CIRCULAR))
    assert found.lambda_max == pytest.approx(4.8380, abs=5e-5)
    assert found.consistency_ratio == pytest.approx(1.58, abs=0.005)
    assert not found.accepted
    assert found.triad is not None
    assert found.triad.circular
    assert set(found.triad.items) == {"a", "b", "c"}


def test_the_judgement_to_revisit_is_the_one_that_was_spoilt() -> None:
    weights = [8, 4, 2, 1]
    matrix = [[a / b for b in weights] for a in weights]
    assert weigh(comparison(matrix)).revisit is None
    matrix[0][3] = 1 / 3
    found = weigh(comparison(matrix)).revisit
    assert found is not None
    assert (found.first, found.second) == ("a", "d")
    assert found.ratio == pytest.approx(1 / 3)
    assert found.consistent == pytest.approx(8)


def test_two_items_always_agree() -> None:
    found = weigh(comparison([[1, 3], [1 / 3, 1]]))
    assert found.weights == pytest.approx((0.75, 0.25))
    assert found.consistency_ratio == 0
    assert found.accepted
    assert found.triad is None


def test_one_item_weighs_everything() -> None:
    found = weigh(Comparison(("a",), ()))
    assert found.weights == (1.0,)
    assert found.revisit is None
    assert found.accepted


def test_while_answers_come_weights_appear_as_soon_as_all_is_linked() -> None:
    one = Comparison(("a", "b", "c"), (Judgement("a", "b", 2),))
    assert weigh(one).weights is None
    two = Comparison(("a", "b", "c"), (Judgement("a", "b", 2), Judgement("b", "c", 2)))
    found = weigh(two)
    assert found.weights == pytest.approx((4 / 7, 2 / 7, 1 / 7))
    assert found.geometric is None
    assert not found.complete
    assert not found.accepted


def test_a_group_is_the_geometric_mean_and_its_dispersion_is_shown() -> None:
    people = [comparison([[1, ratio], [1 / ratio, 1]]) for ratio in (1, 3, 9)]
    group = weigh_group(people)
    assert group.together.weights == pytest.approx((0.75, 0.25))
    (spread,) = group.spreads
    assert (spread.lowest, spread.highest) == pytest.approx((1, 9))
    assert spread.factor == pytest.approx(math.exp(np.log([1, 3, 9]).std()))
    assert group.lowest == pytest.approx((0.5, 0.1))
    assert group.highest == pytest.approx((0.9, 0.5))
    assert len(group.each) == 3


def test_a_group_that_has_not_answered_yet_has_no_weights() -> None:
    group = weigh_group([Comparison(("a", "b"), ())])
    assert group.together.weights is None
    assert group.lowest is None


@pytest.mark.parametrize("many", [10, 12])
def test_many_items_only_when_told(many: int) -> None:
    items = tuple(str(n) for n in range(many))
    with pytest.raises(ProblemError, match="questions"):
        Comparison(items, ())
    pairs = tuple(Judgement(a, b, 1) for a, b in combinations(items, 2))
    assert weigh(Comparison(items, pairs, allow_many=True)).consistency_ratio == pytest.approx(0)


def test_what_is_not_a_comparison_is_refused_in_words() -> None:
    with pytest.raises(ProblemError, match="itself"):
        Judgement("a", "a", 1)
    with pytest.raises(ProblemError, match="1/9 to 9"):
        Judgement("a", "b", 10)
    with pytest.raises(ProblemError, match="each once"):
        Comparison(("a", "a"), ())
    with pytest.raises(ProblemError, match="not both"):
        Comparison(("a", "b"), (Judgement("a", "c", 1),))
    with pytest.raises(ProblemError, match="given twice"):
        Comparison(("a", "b"), (Judgement("a", "b", 1), Judgement("b", "a", 2)))
    with pytest.raises(ProblemError, match="nobody"):
        weigh_group([])
    with pytest.raises(ProblemError, match="same items"):
        weigh_group([Comparison(("a",), ()), Comparison(("b",), ())])


RATIOS = st.sampled_from([1 / 9, 1 / 7, 1 / 5, 1 / 3, 1, 3, 5, 7, 9])


@given(st.lists(RATIOS, min_size=10, max_size=10), st.permutations(range(5)))
def test_the_order_of_the_items_changes_nothing(ratios: list[float], order: list[int]) -> None:
    items = tuple("abcde")
    judgements = tuple(
        Judgement(a, b, ratio) for (a, b), ratio in zip(combinations(items, 2), ratios, strict=True)
    )
    first = weigh(Comparison(items, judgements))
    second = weigh(Comparison(tuple(items[one] for one in order), judgements))
    assert first.weights is not None
    assert second.weights is not None
    by_name = dict(zip(second.items, second.weights, strict=True))
    assert [by_name[item] for item in items] == pytest.approx(list(first.weights), abs=1e-9)
    assert first.consistency_ratio == pytest.approx(second.consistency_ratio, abs=1e-9)
    assert sum(first.weights) == pytest.approx(1)
