"""Drawn worlds against closed forms, against plain recomputation, and against themselves."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from orchestre_engine.errors import ProblemError
from orchestre_engine.load import (
    Activity,
    ChangeUncertainty,
    Impact,
    LoadProblem,
    PhasePlan,
    Population,
    SimulationStoppedError,
    Uncertainty,
    UncertaintyResult,
    simulate,
    solve,
)
from orchestre_engine.load.montecarlo import Worlds, drawn_worlds
from orchestre_engine.periods import Horizon

DAY = date(2026, 3, 16)
HORIZON = Horizon(date(2026, 1, 5), 26)
W12 = HORIZON.index(DAY)
LIVE_ONLY = PhasePlan((0, 0, 1, 0), (0, 0, 1, 0))
ONE_WEEK = Impact("CRM", "Agences", DAY, hours=7, phases=LIVE_ONLY)
CASE = LoadProblem(
    HORIZON,
    (),
    (Population("Agences", None, 12, weekly_hours=70), Population("Siège", None, 3)),
    (ONE_WEEK,),
)


def doubtful(**given: object) -> LoadProblem:
    return replace(CASE, uncertainty=Uncertainty(**given))


def test_without_doubt_every_world_is_the_plan() -> None:
    impacts = (ONE_WEEK, Impact("SIRH", "Siège", date(2026, 4, 2), intensity=4.5))
    problem = replace(CASE, impacts=impacts)
    plan, drawn = solve(problem), simulate(problem, draws=7)
    for percentile in (drawn.p10, drawn.p50, drawn.p90):
        assert np.allclose(percentile, plan.load_hours, atol=1e-6)
    assert np.array_equal(drawn.probability_over, (plan.excess_hours > 0).astype(float))
    assert np.allclose(drawn.expected_excess_hours, plan.excess_hours, atol=1e-6)
    assert drawn.standard_error.max() == 0
    assert drawn.weeks == plan.weeks
    assert drawn.population_ids == plan.population_ids


def test_a_triangular_shift_against_its_closed_form() -> None:
    """One hour a day for a week, capacity 3.5 h: over when the shift is under 3.5 days."""
    problem = doubtful(changes=(ChangeUncertainty("CRM", 2, 4),))
    drawn = simulate(problem, draws=20_000)

    def below(days: float) -> float:
        if days < 0:
            return (days + 14) ** 2 / (42 * 14)
        return 1 - (28 - days) ** 2 / (42 * 28)

    cell = 0, W12
    assert drawn.probability_over[cell] == pytest.approx(below(3.5) - below(-3.5), abs=2e-4)
    by_day = [(7 - abs(d), below(d + 0.5) - below(d - 0.5)) for d in range(-6, 7)]
    excess = sum(max(hours - 3.5, 0) * probability for hours, probability in by_day)
    assert drawn.expected_excess_hours[cell] == pytest.approx(excess, abs=2e-3)
    week_before = below(-3.5) - below(-10.5)
    assert drawn.probability_over[0, W12 - 1] == pytest.approx(week_before, abs=2e-4)
    probability = drawn.probability_over[cell]
    assert drawn.standard_error[cell] == pytest.approx(
        (probability * (1 - probability) / 2e4) ** 0.5
    )


def test_doubtful_hours_against_their_closed_form() -> None:
    drawn = simulate(doubtful(hours_ratio=0.2), draws=20_000)
    spread = 0.2 * (1 - 0.2**0.5)
    assert drawn.p10[0, W12] == pytest.approx(7 * (1 - spread), abs=1e-3)
    assert drawn.p50[0, W12] == pytest.approx(7, abs=1e-3)
    assert drawn.p90[0, W12] == pytest.approx(7 * (1 + spread), abs=1e-3)


def test_doubtful_capacity_against_its_closed_form() -> None:
    """Load 4 h, capacity 3.5 h ± 50 %: over when the factor is under 8/7."""
    problem = replace(doubtful(capacity_ratio=0.5), impacts=(replace(ONE_WEEK, hours=4.0),))
    drawn = simulate(problem, draws=20_000)
    t = (8 / 7 - 1) / 0.5
    assert drawn.probability_over[0, W12] == pytest.approx(1 - (1 - t) ** 2 / 2, abs=2e-4)
    assert drawn.p10[0, W12] == drawn.p90[0, W12] == pytest.approx(4)


def test_every_draw_is_the_load_of_a_shifted_problem() -> None:
    """Solve each drawn world from scratch: same probabilities, means and percentiles."""
    changes = [f"C{one:02d}" for one in range(40)]
    days = [HORIZON.first_monday + timedelta(days=5 * one) for one in range(40)]
    impacts = [
        Impact(change, people, day, hours=9 + at % 5, reach_ratio=0.6)
        for at, (change, day) in enumerate(zip(changes, days, strict=True))
        for people in ("Agences", "Siège")
    ]
    support = (Activity("C03", "Siège", DAY, DAY + timedelta(days=10), 3.0),)
    doubts = [ChangeUncertainty(one, at % 3, at % 7) for at, one in enumerate(changes)]
    problem = replace(
        CASE,
        impacts=tuple(impacts),
        activities=support,
        uncertainty=Uncertainty(tuple(doubts), hours_ratio=0.3),
    )
    draws = 21
    found = simulate(problem, draws=draws, seed=5)
    worlds = drawn_worlds(problem, draws, 5)
    loads = np.array([solve(_world(problem, worlds, draw)).load_hours for draw in range(draws)])
    capacity = solve(problem).capacity_hours
    assert np.allclose(found.probability_over, (loads > capacity + 1e-6).mean(axis=0))
    assert np.allclose(found.expected_excess_hours, np.maximum(loads - capacity, 0).mean(axis=0))
    ranked = np.sort(loads, axis=0)
    assert np.allclose(found.p10, ranked[2], atol=1e-6)
    assert np.allclose(found.p50, ranked[10], atol=1e-6)
    assert np.allclose(found.p90, ranked[18], atol=1e-6)


def _world(problem: LoadProblem, worlds: Worlds, draw: int) -> LoadProblem:
    row = {change: at for at, change in enumerate(problem.change_ids)}

    def by(change: str) -> timedelta:
        return timedelta(days=int(worlds.shift[row[change], draw]))

    return replace(
        problem,
        impacts=tuple(
            replace(
                one,
                go_live_on=one.go_live_on + by(one.change),
                hours=(one.hours or 0) * worlds.hours[row[one.change], draw],
            )
            for one in problem.impacts
        ),
        activities=tuple(
            replace(
                one,
                starts_on=one.starts_on + by(one.change),
                ends_on=one.ends_on + by(one.change),
                hours_per_person=one.hours_per_person * worlds.hours[row[one.change], draw],
            )
            for one in problem.activities
        ),
    )


def test_one_shift_is_shared_by_all_the_populations_of_a_change() -> None:
    both = (ONE_WEEK, replace(ONE_WEEK, population="Siège"))
    people = tuple(replace(one, weekly_hours=70) for one in CASE.populations)
    doubt = Uncertainty((ChangeUncertainty("CRM", 3, 3),))
    drawn = simulate(replace(CASE, populations=people, impacts=both, uncertainty=doubt))
    assert np.array_equal(drawn.p50[0], drawn.p50[1])
    assert np.array_equal(drawn.probability_over[0], drawn.probability_over[1])


def test_two_changes_do_not_share_their_shift() -> None:
    """Both in the same week with probability p² only, were they independent: not p."""
    two = (replace(ONE_WEEK, hours=3.0), replace(ONE_WEEK, change="ERP", hours=3.0))
    doubt = Uncertainty((ChangeUncertainty("CRM", 8, 8), ChangeUncertainty("ERP", 8, 8)))
    drawn = simulate(replace(CASE, impacts=two, uncertainty=doubt), draws=8000)
    assert 0 < drawn.probability_over[0, W12] < 0.02


def test_a_seed_gives_the_same_worlds_whatever_else_is_in_the_plan() -> None:
    doubt = Uncertainty((ChangeUncertainty("CRM", 2, 4),), 0.1, 0.1)
    alone = replace(CASE, uncertainty=doubt)
    other = replace(alone, impacts=(ONE_WEEK, replace(ONE_WEEK, change="A", population="Siège")))
    first, again, grown = simulate(alone), simulate(alone), simulate(other)
    assert np.array_equal(first.probability_over, again.probability_over)
    assert np.array_equal(first.probability_over[0], grown.probability_over[0])
    assert not np.array_equal(first.p50, simulate(alone, seed=1).p50)


def test_a_load_outside_may_be_drawn_inside() -> None:
    late = replace(ONE_WEEK, go_live_on=HORIZON.end)
    doubt = Uncertainty((ChangeUncertainty("CRM", 6, 0),))
    drawn = simulate(replace(CASE, impacts=(late,), uncertainty=doubt))
    assert drawn.p90[0, -1] > 0
    assert solve(replace(CASE, impacts=(late,))).load_hours.sum() == 0


def test_progress_is_told_and_a_stop_is_heard() -> None:
    told: list[float] = []
    simulate(CASE, draws=10, progress=told.append)
    assert told == [0.5, 1.0]
    with pytest.raises(SimulationStoppedError):
        simulate(CASE, draws=10, should_stop=lambda: True)
    assert simulate(CASE, draws=10, should_stop=lambda: False).draws == 10


@pytest.mark.parametrize(("draws", "seed"), [(0, 0), (10, -1)])
def test_a_simulation_without_draws_is_refused(draws: int, seed: int) -> None:
    with pytest.raises(ProblemError, match="give 1 and 0 at least"):
        simulate(CASE, draws=draws, seed=seed)


def test_a_review_is_called_when_an_overload_is_likely_and_lasts() -> None:
    over = np.array([[0.6, 0.5, 0.4, 0.9, 0.1, 0.5, 0.7, 0.8], [0.0] * 8])
    nothing = np.zeros_like(over)
    weeks = tuple(f"2026-W{one:02d}" for one in range(2, 10))
    drawn = UncertaintyResult(
        weeks, ("Agences", "Siège"), 100, 0, over, nothing, nothing, nothing, nothing, nothing
    )
    found = drawn.review_triggers()
    assert [(one.population, one.first, one.last) for one in found] == [
        ("Agences", 0, 2),
        ("Agences", 5, 8),
    ]
    assert [one.peak_probability for one in found] == [0.6, 0.8]
    assert [one.first for one in drawn.review_triggers(0.85, 1)] == [3]
