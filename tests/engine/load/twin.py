"""The same computation written plainly, as the text of the method says it, one cell at a time.

It shares no code with the engine but its inputs; it is slow and easy to check by eye.
"""

from collections import defaultdict
from datetime import timedelta
from itertools import pairwise

from orchestre_engine.load import LoadProblem

Cell = tuple[str, int]


def load_by_hand(problem: LoadProblem) -> dict[Cell, float]:
    """Hours per person by (population, week)."""
    found: dict[Cell, float] = defaultdict(float)
    for impact in problem.impacts:
        plan = impact.phases or problem.phases
        hours = impact.hours
        if hours is None:
            hours = interpolated(impact.intensity, problem.hours_by_intensity)
        go_live = (impact.go_live_on - problem.horizon.first_monday).days
        announce, learn, live, recover = (7 * weeks for weeks in plan.weeks)
        cuts = [go_live - learn - announce]
        for length in (announce, learn, live, recover):
            cuts.append(cuts[-1] + length)
        for share, (start, end) in zip(plan.shares, pairwise(cuts), strict=True):
            spread(
                found, problem, impact.population, start, end, impact.reach_ratio * hours * share
            )
    for one in problem.activities:
        start = (one.starts_on - problem.horizon.first_monday).days
        end = (one.ends_on - problem.horizon.first_monday).days
        hours = one.reach_ratio * one.hours_per_person
        spread(found, problem, one.population, start, end, hours)
    return found


def interpolated(intensity: float, table: tuple[float, ...]) -> float:
    """Hours of an intensity, on the line between its two neighbours."""
    for low in range(5):
        if low <= intensity <= low + 1:
            return table[low] * (low + 1 - intensity) + table[low + 1] * (intensity - low)
    raise AssertionError(intensity)


def spread(
    found: dict[Cell, float],
    problem: LoadProblem,
    population: str,
    start: float,
    end: float,
    hours: float,
) -> None:
    """Spread hours over the days from start to end, week by week."""
    for week in range(problem.horizon.weeks):
        inside = min(end, 7 * week + 7) - max(start, 7 * week)
        if inside > 0 and hours > 0:
            found[population, week] += hours * inside / (end - start)


def capacity_by_hand(problem: LoadProblem) -> dict[Cell, float]:
    """Hours per person by (population, week), factors multiplied day by day."""
    parents = {unit.id: unit.parent for unit in problem.units}
    found: dict[Cell, float] = {}
    for one in problem.populations:
        above: list[str | None] = []
        unit = one.unit
        while unit is not None:
            above.append(unit)
            unit = parents[unit]
        above.append(None)
        ratio = 0.05
        for rule in problem.absorption:
            if rule.unit in above:
                nearer = [r.unit for r in problem.absorption if r.unit in above]
                if min(above.index(u) for u in nearer) == above.index(rule.unit):
                    ratio = rule.absorption_ratio
        for week in range(problem.horizon.weeks):
            days = [problem.horizon.monday(week) + timedelta(days=d) for d in range(7)]
            kept = 0.0
            for day in days:
                product = 1.0
                for factor in problem.factors:
                    aimed = (
                        factor.population == one.id
                        if factor.population is not None
                        else factor.unit in above
                    )
                    if aimed and factor.starts_on <= day < factor.ends_on:
                        product *= factor.factor
                kept += product / 7
            found[one.id, week] = one.weekly_hours * ratio * kept
    return found
