"""A variant equals the difference of two full evaluations."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.sequencing.worlds import every_plan, problems
from orchestre_engine.sequencing import Evaluation, RuleKind, SequencingProblem, plan_of
from orchestre_engine.sequencing.variants import Around, Variant


@settings(max_examples=150, deadline=None)
@given(problems(), st.data())
def test_a_variant_is_the_difference_of_two_plans(
    problem: SequencingProblem, data: st.DataObject
) -> None:
    plans = every_plan(problem)
    plan = data.draw(st.sampled_from(plans))
    at = data.draw(st.integers(0, len(plan.placements) - 1))
    goal = data.draw(st.sampled_from(plans)).placements[at].start
    seen = Evaluation(problem, plan)
    other = plan_of(problem, (*plan.starts[:at], goal, *plan.starts[at + 1 :]))
    moved = Evaluation(problem, other).figures
    one = plan.placements[at]
    variant = Variant(Around(seen), (one.change, one.wave), goal)
    expected = [
        after - before for after, before in zip(moved.levels, seen.figures.levels, strict=True)
    ]
    assert list(variant.levels) == pytest.approx(expected, abs=1e-6)
    assert variant.broken_weeks == pytest.approx(
        moved.broken_weeks - seen.figures.broken_weeks, abs=1e-9
    )
    if goal is not None and None not in plan.starts:
        broken = Around(seen).rules_against((one.change, one.wave), goal)
        lawful = {rule.kind for rule in broken} <= {RuleKind.HORIZON_CLOSES}
        assert variant.broken_weeks <= 1e-9 or not lawful
