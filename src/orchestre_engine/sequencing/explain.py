"""Why each change moves, why not less, why not more: each answer computed on the plan given.

An explanation that does not hold is not given: the alternative it speaks of is evaluated, and
must break a rule or be worse on the first level that tells the two plans apart.
"""

import numpy as np

from orchestre_engine.sequencing.evaluate import Evaluation
from orchestre_engine.sequencing.problem import LEVELS, Level, SequencingProblem
from orchestre_engine.sequencing.reasons import (
    Barrier,
    Cell,
    CloseImpact,
    EnvelopeMore,
    MoveExplanation,
    Other,
    RoleCell,
    Try,
)
from orchestre_engine.sequencing.result import Placement, Plan
from orchestre_engine.sequencing.variants import Around, Variant

WORST_TOLD, OTHERS_TOLD = 5, 3
EQUAL = 1e-6


def explain(
    problem: SequencingProblem,
    plan: Plan,
    *,
    changes: tuple[str, ...] | None = None,
    most: int | None = 50,
) -> tuple[MoveExplanation, ...]:
    """Explain the moves of a plan, those of the most people and weeks first.

    Parameters
    ----------
    problem : SequencingProblem
        The problem.
    plan : Plan
        Any plan of it.
    changes : tuple of str or None
        Only the moves of these.
    most : int or None
        Most moves explained; None: all.

    Returns
    -------
    tuple of MoveExplanation
        A move that nothing justifies (possible in a plan made by hand) is left out.
    """
    around = Around(Evaluation(problem, plan))
    moved = [one for one in plan.moved if changes is None or one.change in changes]
    weeks = problem.horizon.weeks
    moved.sort(key=lambda one: (-one.people * _distance(one, weeks), one.change, one.wave))
    told = [explanation_of(around, one) for one in moved[:most]]
    return tuple(one for one in told if one is not None)


def _distance(one: Placement, weeks: int) -> int:
    end = weeks if one.start is None else one.start
    return abs(end - one.current_start)


def explanation_of(around: Around, one: Placement) -> MoveExplanation | None:
    """Explain one move; None when the plan would be as good without it."""
    key = (one.change, one.wave)
    why = barrier(around, key, Try.STAY, one.current_start)
    if why is None:
        return None
    change = around.changes[one.change]
    part = around.seen.scales.parts_of(change)[one.wave]
    gone = one.start is None
    earlier = None if one.start is None else barrier(around, key, Try.EARLIER, one.start - 1)
    later = None if one.start is None else barrier(around, key, Try.LATER, one.start + 1)
    return MoveExplanation(
        change=one.change,
        wave=one.wave,
        current_start=one.current_start,
        start=one.start,
        people=one.people,
        why=why,
        not_earlier=earlier,
        not_later=later,
        delay_cost_eur=part * change.delay_cost_eur_per_week * (one.weeks or 0),
        value_lost_eur=part * (change.postponed_value_eur or 0.0) if gone else 0.0,
        moved_person_weeks=one.people * _distance(one, around.seen.problem.horizon.weeks),
    )


def barrier(around: Around, key: tuple[str, str], tried: Try, start: int) -> Barrier | None:
    """Say what speaks against a start of a wave, the rest of the plan staying; None: nothing."""
    now = around.seen.starts[key]
    already = () if now is None else around.rules_against(key, now)
    against = around.rules_against(key, start)
    rules = tuple(one for one in against if one not in already)
    variant = Variant(around, key, start)
    if not rules and variant.broken_weeks > EQUAL:
        rules = against  # already broken in the plan, but by fewer weeks
    # a start that mends broken rules is better, whatever it costs
    level = None if variant.broken_weeks < -EQUAL else first_worse(around, variant)
    if not rules and level is None:
        return None
    return Barrier(
        tried=tried,
        start=start,
        rules=rules,
        level=level,
        more=variant.levels,
        cells=worst_cells(around, variant),
        roles=_worst_roles(variant),
        envelopes=tuple(
            EnvelopeMore(one, more)
            for one, more in sorted(variant.more_eur.items(), key=lambda it: (-it[1], it[0]))
            if more > EQUAL
        ),
        close=_closer(around, key, start),
    )


def first_worse(around: Around, variant: Variant) -> Level | None:
    """Give the level that makes a variant worse, or None when it is as good or better.

    Plans are compared rank by rank; in the first rank that tells them apart, the level that
    weighs most is told.
    """
    for criterion in around.criteria:
        parts = np.array(criterion.coefficients) * np.array(variant.levels)
        total = float(parts.sum())
        if abs(total) > EQUAL * max(1.0, float(np.abs(parts).max())):
            return LEVELS[int(parts.argmax())] if total > 0 else None
    return None


def worst_cells(around: Around, variant: Variant) -> tuple[Cell, ...]:
    """List the population-weeks that a variant overloads more, the worst first."""
    heads = around.seen.scales.headcounts
    found = [
        (-float(more[week]) * heads[one], one, week)
        for one, more in variant.more_hours.items()
        for week in np.flatnonzero(more > EQUAL).tolist()
    ]
    return tuple(
        Cell(
            population=one,
            week=week,
            load_hours=float(variant.load_hours[one][week]),
            capacity_hours=float(around.capacity[one][week]),
            more_hours=float(variant.more_hours[one][week]),
            people=heads[one],
            others=_others(around, variant, one, week),
        )
        for _, one, week in sorted(found)[:WORST_TOLD]
    )


def _others(around: Around, variant: Variant, population: str, week: int) -> tuple[Other, ...]:
    asked = around.asked_in(population, week)
    found = [Other(*key, hours) for key, hours in asked.items() if key != variant.key]
    found.sort(key=lambda one: (-one.hours, one.change, one.wave))
    return tuple(found[:OTHERS_TOLD])


def _worst_roles(variant: Variant) -> tuple[RoleCell, ...]:
    found = [
        RoleCell(role, week, float(more[week]))
        for role, more in variant.more_fte.items()
        for week in np.flatnonzero(more > EQUAL).tolist()
    ]
    found.sort(key=lambda one: (-one.more_fte, one.role, one.week))
    return tuple(found[:WORST_TOLD])


def _closer(around: Around, key: tuple[str, str], start: int) -> tuple[CloseImpact, ...]:
    """List heavy go-lives that this start brings too close, or closer than the plan does."""
    now = around.seen.starts[key]
    known = {}
    if now is not None:
        known = {(who, other): weeks for who, other, weeks in around.close_to(key, now)}
    return tuple(
        CloseImpact(who, other[0], other[1], weeks)
        for who, other, weeks in around.close_to(key, start)
        if weeks > known.get((who, other), 0)
    )
