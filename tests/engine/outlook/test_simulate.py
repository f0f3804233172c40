"""Draws: the vectors of the method page, correlation, risks, money, convergence."""

from dataclasses import replace
from math import asin, pi, sqrt

import numpy as np
import pytest

from orchestre_engine.codec import canonical, fingerprint
from orchestre_engine.errors import ProblemError
from orchestre_engine.outlook import (
    Effect,
    Group,
    Kind,
    Law,
    Link,
    OutlookStoppedError,
    Pair,
    Risk,
    Shape,
    Stop,
    Task,
    Watch,
    exposure,
    fixed,
    margin_points,
    normal_correlation,
    order_statistics,
    repaired,
    schedule,
    simulate,
    spread_of,
)  # fmt: skip

from .plans import diamond, plan, sure, triangle


def chain(rank: float) -> object:
    tasks = [triangle(f"t{at}", 8, 10, 15, "team") for at in range(10)]
    links = [Link(f"t{at}", f"t{at + 1}") for at in range(9)]
    return plan(tasks, *links, groups=(Group("team", rank),), watches=(Watch("t9", 100),))


@pytest.mark.parametrize(
    ("correlation", "sd", "p80", "kept"),
    [(0, 4.64, 113.9, 0.012), (0.3, 8.87, 117.6, 0.13), (0.5, 10.88, 119.5, 0.19),
     (0.8, 13.30, 122.0, 0.25)],
)  # fmt: skip
def test_correlation_matters_more_than_the_shape(
    correlation: float, sd: float, p80: float, kept: float
) -> None:
    # the published table gives the normal correlation: the rank correlation that yields it
    found = simulate(chain(6 / pi * asin(correlation / 2)), draws=40_000, seed=7)  # type: ignore[arg-type]  # a problem
    assert found.end.mean == pytest.approx(110, abs=0.01)
    assert found.end.sd == pytest.approx(sd, rel=0.012)
    assert found.end.p80 == pytest.approx(p80, abs=0.25)
    assert found.seen[0].probability_kept == pytest.approx(kept, abs=0.006)


def test_a_rank_correlation_becomes_a_normal_one() -> None:
    assert normal_correlation(0.5) == pytest.approx(0.5176, abs=1e-4)
    assert normal_correlation(1) == pytest.approx(1)


def test_merge_bias() -> None:
    found = simulate(diamond(), draws=60_000, seed=3)
    seen = found.of("D")
    assert seen.planned == 35
    assert seen.end.mean == pytest.approx(40.90, abs=0.04)
    assert seen.end.p50 == pytest.approx(40.81, abs=0.08)
    assert seen.end.p80 == pytest.approx(44.00, abs=0.08)
    assert seen.probability_kept == pytest.approx(0.040, abs=0.003)
    assert seen.contingency == pytest.approx(9.0, abs=0.08)


def test_indices_of_sensitivity() -> None:
    found = {one.task: one for one in simulate(diamond(), draws=60_000, seed=3).drivers}
    expected = {
        "A": (1.000, 1.000, 0.417, 0.414), "B": (0.552, 0.936, 0.558, 0.632),
        "C": (0.448, 0.909, 0.382, 0.441), "D": (1.000, 1.000, 0.306, 0.307),
    }  # fmt: skip
    for task, (ci, si, ssi, cri) in expected.items():
        one = found[task]
        assert one.criticality == pytest.approx(ci, abs=0.01)
        assert one.significance == pytest.approx(si, abs=0.005)
        assert one.schedule_sensitivity == pytest.approx(ssi, abs=0.01)
        assert one.cruciality == pytest.approx(cri, abs=0.015)


def test_what_drives_most_comes_first() -> None:
    drivers = simulate(diamond(), draws=4000, seed=3).drivers
    assert [one.task for one in drivers] == ["B", "A", "C", "D"]


def test_what_does_not_vary_has_no_sensitivity() -> None:
    found = simulate(plan((sure("a", 3), sure("b", 2)), Link("a", "b")), draws=10, seed=0)
    assert [(one.schedule_sensitivity, one.cruciality) for one in found.drivers] == [
        (None, None)
    ] * 2
    assert (found.end.p50, found.end.sd) == (5, 0)


def test_the_same_seed_gives_the_same_bytes_and_the_order_of_parts_does_not_count() -> None:
    one = diamond()
    other = replace(one, tasks=one.tasks[::-1], links=one.links[::-1])
    assert fingerprint(one) == fingerprint(other)
    first, then = simulate(one, draws=3000, seed=5), simulate(other, draws=3000, seed=5)
    assert canonical(first) == canonical(then)
    assert canonical(first) != canonical(simulate(one, draws=3000, seed=6))


def test_a_task_meets_the_same_worlds_in_a_larger_plan() -> None:
    small = plan((triangle("a", 1, 2, 6, "g"),), groups=(Group("g", 0.4),), watches=(Watch("a"),))
    large = replace(small, tasks=(*small.tasks, triangle("b", 3, 4, 9, "g")))
    ends = [simulate(one, draws=5000, seed=2).of("a").end for one in (small, large)]
    assert np.array_equal(ends[0].quantiles, ends[1].quantiles)


def test_groups_beyond_a_whole_variance_are_lowered_and_named() -> None:
    groups = tuple(Group(name, 0.6) for name in "pq")
    problem = plan((triangle("a", 1, 2, 6, "p", "q"), triangle("b", 1, 2, 6, "p")), groups=groups)
    assert simulate(problem, draws=100, seed=0).lowered == ("a",)


def test_correlations_that_cannot_exist_are_repaired_and_said() -> None:
    pairs = (Pair("a", "b", 0.9), Pair("b", "c", 0.9), Pair("a", "c", -0.9))
    tasks = [triangle(name, 1, 2, 6) for name in "abc"]
    found = simulate(plan(tasks, Link("a", "b"), Link("b", "c"), pairs=pairs), draws=2000, seed=1)
    assert found.repaired
    good, changed = repaired(np.array([[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1.0]]))
    assert changed
    assert np.linalg.eigvalsh(good)[0] > 0
    assert np.diag(good) == pytest.approx([1, 1, 1])


def test_stated_pairs_correlate_tasks_in_series() -> None:
    tasks = [triangle(name, 8, 10, 15) for name in "ab"]
    problem = plan(tasks, Link("a", "b"), pairs=(Pair("a", "b", 0.8),))
    found = simulate(problem, draws=20_000, seed=1)
    assert not found.repaired
    assert found.end.sd == pytest.approx(sqrt(2 * 2.1667 * (1 + 0.8)), rel=0.02)
    opposite = replace(problem, pairs=(Pair("a", "b", -0.8),))
    assert simulate(opposite, draws=20_000, seed=1).end.sd < 1


def test_pairs_and_groups_hold_together() -> None:
    tasks = [triangle(name, 8, 10, 15, "g") for name in "abc"]
    problem = plan(
        tasks, Link("a", "b"), Link("b", "c"), pairs=(Pair("a", "b", 0.5),),
        groups=(Group("g", 0.5),),
    )  # fmt: skip
    assert not simulate(problem, draws=500, seed=1).repaired


def test_a_risk_adds_or_multiplies_and_its_mitigation_counts() -> None:
    risk = Risk("r", 0.3, ("a",), fixed(10), cost=fixed(200), residual_probability=0.1)
    problem = plan((sure("a", 20),), risks=(risk,))
    before = simulate(problem, draws=10_000, seed=1)
    assert before.end.mean == pytest.approx(23, abs=0.01)
    assert dict(before.risk_hits)["r"] == pytest.approx(0.3, abs=0.001)
    assert before.total_cost is not None
    assert before.total_cost.mean == pytest.approx(60, abs=0.5)
    after = simulate(replace(problem, mitigated=True), draws=10_000, seed=1)
    assert after.end.mean == pytest.approx(21, abs=0.01)
    times = replace(problem, risks=(replace(risk, impact=fixed(1.5), effect=Effect.MULTIPLY),))
    assert simulate(times, draws=10_000, seed=1).end.mean == pytest.approx(23, abs=0.01)


def test_a_risk_on_two_tasks_hits_both_at_once() -> None:
    risk = Risk("r", 0.5, ("a", "b"), fixed(10))
    problem = plan((sure("a", 5), sure("b", 5)), Link("a", "b"), risks=(risk,))
    found = simulate(problem, draws=1000, seed=1).end
    assert set(found.quantiles.tolist()) == {10, 30}


def test_a_branch_may_not_be_taken() -> None:
    problem = plan((Task("a", fixed(10), probability=0.25),))
    assert simulate(problem, draws=4000, seed=1).end.mean == pytest.approx(2.5, abs=0.01)


def test_a_stop_of_the_work_delays_what_it_interrupts_or_forbids_to_start() -> None:
    stop = Stop("strike", 1.0, 4, fixed(3))
    ends = lambda *tasks, **more: simulate(plan(tasks, **more), draws=10, seed=0).end.p50  # noqa: E731 - two lines of the same
    assert ends(sure("a", 10), stops=(stop,)) == 13
    assert ends(Task("a", fixed(2), not_before=5), stops=(stop,)) == 9
    assert ends(sure("a", 3), stops=(stop,)) == 3
    spared = replace(stop, tasks=("b",))
    assert ends(sure("a", 10), sure("b", 1), stops=(spared,)) == 10
    assert ends(sure("a", 10), stops=(replace(stop, probability=0.0),)) == 10


def test_expected_value_of_threats_less_opportunities() -> None:
    assert exposure([(0.3, 200), (0.1, 500), (0.2, -100)]) == pytest.approx(90)


def test_margins_of_percentiles() -> None:
    assert margin_points(5000, 0.8) == pytest.approx(1.11, abs=0.005)
    assert margin_points(5000, 0.5) == pytest.approx(1.39, abs=0.005)
    low, high = order_statistics(5000, 0.8)
    assert (high - low) / 5000 / 2 * 100 == pytest.approx(1.11, abs=0.03)


def test_the_interval_of_p80_holds_the_truth_about_19_times_in_20() -> None:
    random = np.random.default_rng(11)
    held = 0
    for _time in range(400):
        found = spread_of(random.random(500))
        held += found.p80_low <= 0.8 <= found.p80_high
    assert 0.92 <= held / 400 <= 0.99


def test_convergence_is_told() -> None:
    assert simulate(diamond(), draws=10_000, seed=1).end.has_converged
    assert not simulate(diamond(), draws=100, seed=1).end.has_converged


def test_progress_is_told_and_the_draws_can_be_stopped() -> None:
    told: list[float] = []
    simulate(diamond(), draws=6000, seed=1, progress=told.append)
    assert told == [2500 / 6000, 5000 / 6000, 1.0]
    with pytest.raises(OutlookStoppedError):
        simulate(diamond(), draws=6000, seed=1, should_stop=lambda: True)


@pytest.mark.parametrize(("draws", "seed"), [(0, 1), (10, -1)])
def test_no_draw_or_a_negative_seed_is_refused(draws: int, seed: int) -> None:
    with pytest.raises(ProblemError, match="give one task"):
        simulate(diamond(), draws=draws, seed=seed)


def test_likely_durations_drawn_alone_give_the_plan() -> None:
    problem = diamond()
    still = replace(
        problem,
        tasks=tuple(replace(one, duration=fixed(one.duration.likely)) for one in problem.tasks),
    )
    found = simulate(still, draws=20, seed=0)
    assert found.end.p50 == schedule(problem).finish
    assert {one.task: one.criticality for one in found.drivers} == {"A": 1, "B": 1, "C": 0, "D": 1}


def test_finish_to_finish_links_are_drawn_as_planned() -> None:
    problem = plan(
        (sure("a", 10), Task("b", Law(2, 3, 4, Shape.TRIANGULAR))), Link("a", "b", Kind.FF),
        target="b",
    )  # fmt: skip
    found = simulate(problem, draws=50, seed=0)
    assert found.end.p80 == pytest.approx(10)
    assert {one.task: one.criticality for one in found.drivers} == {"a": 1, "b": 1}
