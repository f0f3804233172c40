"""Money over time, against the figures worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestre_engine.errors import ProblemError
from orchestre_engine.value import CashFlows, appraise, internal_rate, net_present_value, payback
from orchestre_engine.value.cashflows import sign_changes

FLOWS = CashFlows((0, 120, 160, 180, 180), (400, 0, 0, 0, 0), 0.08, "test")


def test_the_vector_of_the_design() -> None:
    worth = appraise(FLOWS)
    assert worth.npv == pytest.approx(123.48, abs=0.005)
    assert worth.irr == pytest.approx(0.2026, abs=0.00005)
    assert worth.payback == pytest.approx(2.67, abs=0.005)
    assert worth.discounted_payback == pytest.approx(3.07, abs=0.005)
    assert worth.bcr == pytest.approx(1.309, abs=0.0005)


@pytest.mark.parametrize("net", [(100, 100), (-100, -5), (-100, 250, -155), (0, 0)], ids=str)
def test_no_rate_is_given_where_none_or_several_would_do(net: tuple[float, ...]) -> None:
    assert internal_rate(net) is None


def test_a_rate_below_nought_is_a_rate() -> None:
    assert internal_rate((-100, 90)) == pytest.approx(-0.1, abs=1e-6)


def test_a_rate_beyond_all_bounds_is_none() -> None:
    assert internal_rate((-1e-9, 1e9)) is None


def test_income_first_then_a_cost_has_a_rate_too() -> None:
    assert internal_rate((100, -110)) == pytest.approx(0.1, abs=1e-6)


def test_what_never_comes_back_has_no_payback() -> None:
    assert payback((-100, 40, 40)) is None


def test_what_comes_back_then_is_lost_again_has_not_come_back() -> None:
    assert payback((-100, 120, -50)) is None
    assert payback((-100, 120, -50, 30)) == pytest.approx(3)


def test_what_costs_nothing_is_paid_back_at_once() -> None:
    worth = appraise(CashFlows((10, 10), (0, 0), 0.035, "Green Book"))
    assert worth.payback == 0
    assert worth.bcr is None


def test_zeros_change_no_sign() -> None:
    assert sign_changes((-1, 0, 0, 2, 0, 3)) == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"costs": (1,)}, "as many"),
        ({"benefits": (), "costs": ()}, "no period"),
        ({"benefits": (1, 2, 3, 4, float("nan"))}, "not finite"),
        ({"costs": (0, 0, -1, 0, 0)}, "below 0"),
        ({"rate": -1}, "the rate is -1"),
        ({"source": " "}, "no source"),
    ],
)
def test_what_cannot_be_computed_with_is_refused(changes: dict[str, object], said: str) -> None:
    values: dict[str, object] = {
        "benefits": FLOWS.benefits, "costs": FLOWS.costs, "rate": 0.08, "source": "test"
    }  # fmt: skip
    with pytest.raises(ProblemError, match=said):
        CashFlows(**(values | changes))  # type: ignore[arg-type]


@given(st.lists(st.floats(1, 1e6), min_size=1, max_size=12), st.floats(1, 1e6))
def test_at_its_own_rate_an_investment_is_worth_nothing(gains: list[float], cost: float) -> None:
    net = (-cost, *gains)
    rate = internal_rate(net)
    if rate is not None:
        assert net_present_value(net, rate) == pytest.approx(0, abs=1e-5 * (cost + sum(gains)))
