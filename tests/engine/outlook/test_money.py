"""Costs, benefits of the year and value, in the same worlds as dates."""

from dataclasses import replace

import pytest

from orchestre_engine.errors import ProblemError
from orchestre_engine.outlook import (
    BenefitItem,
    CostItem,
    Group,
    Law,
    Shape,
    Task,
    Valuation,
    Watch,
    fixed,
    simulate,
)  # fmt: skip

from .plans import plan, sure, triangle

YEAR = 365.25


def test_benefits_of_the_year_wait_for_the_go_live() -> None:
    problem = plan((sure("go", 100),), benefits=(BenefitItem("b", "go", 365_250.0),), year=(0, 300))
    found = simulate(problem, draws=10, seed=0)
    assert found.total_benefit is not None
    assert found.total_benefit.p50 == pytest.approx(200_000)


def test_a_ramp_brings_half_of_its_length_less() -> None:
    benefit = BenefitItem("b", "go", 365_250.0, ramp_days=60)
    problem = plan((sure("go", 100),), benefits=(benefit,), year=(0, 300))
    assert simulate(problem, draws=10, seed=0).benefits[0].amount.mean == pytest.approx(170_000)
    inside = replace(problem, year=(0, 130))
    assert simulate(inside, draws=10, seed=0).benefits[0].amount.mean == pytest.approx(7_500)


def test_costs_add_up_and_grow_with_the_delay() -> None:
    cost = CostItem("c", fixed(1000), task="go", eur_per_day=10)
    problem = plan((triangle("go", 10, 10, 40),), costs=(cost,))
    found = simulate(problem, draws=20_000, seed=1)
    assert found.total_cost is not None
    assert found.total_cost.mean == pytest.approx(1000 + 10 * 10, abs=0.5)


def test_joint_confidence_is_at_most_each_and_more_when_correlated() -> None:
    def joint(rank: float) -> float:
        problem = plan(
            (triangle("go", 10, 20, 40, "g"),), groups=(Group("g", rank),),
            costs=(CostItem("c", Law(80, 100, 160, Shape.TRIANGULAR), groups=("g",)),),
            watches=(Watch("go", 22, "c", 110),),
        )  # fmt: skip
        seen = simulate(problem, draws=20_000, seed=1).of("go")
        assert seen.joint_probability is not None
        assert seen.probability_kept is not None
        assert seen.joint_probability <= seen.probability_kept
        return seen.joint_probability

    assert joint(0.0) < joint(0.8)


def test_a_joint_confidence_on_the_sum_of_costs() -> None:
    costs = (CostItem("a", fixed(60)), CostItem("b", fixed(50)))
    problem = plan((sure("go", 1),), costs=costs, watches=(Watch("go", 1, "*", 100),))
    assert simulate(problem, draws=10, seed=0).of("go").joint_probability == 0


def test_value_is_discounted_by_year() -> None:
    problem = plan(
        (Task("go", fixed(0)),),
        costs=(CostItem("c", fixed(400)),),
        benefits=(BenefitItem("b", "go", 150.0),),
        valuation=Valuation(0.08, 4),
    )
    found = simulate(problem, draws=5, seed=0)
    assert found.npv is not None
    assert found.npv.p50 == pytest.approx(-400 + 150 * sum(1.08**-t for t in range(4)))
    spread = replace(problem, costs=(CostItem("c", fixed(400), by_year=(0.5, 0.5)),))
    later = simulate(spread, draws=5, seed=0).npv
    assert later is not None
    assert later.p50 == pytest.approx(found.npv.p50 + 200 * (1 - 1 / 1.08))


def test_without_a_rate_there_is_no_value_and_without_money_no_total() -> None:
    found = simulate(plan((sure("a", 1),)), draws=5, seed=0)
    assert (found.npv, found.total_cost, found.total_benefit, found.costs) == (None, None, None, ())


@pytest.mark.parametrize(("rate", "years"), [(1.2, 3), (-0.1, 3), (0.03, 0)])
def test_a_rate_or_years_out_of_bounds_are_refused(rate: float, years: int) -> None:
    with pytest.raises(ProblemError, match="one year at least"):
        Valuation(rate, years)


def test_shares_by_year_sum_to_one() -> None:
    with pytest.raises(ProblemError, match="do not sum to 1"):
        CostItem("c", fixed(1), by_year=(0.5, 0.4))
