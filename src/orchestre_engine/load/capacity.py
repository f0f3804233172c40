"""What people can absorb: working hours × usable share × factors, per population and week."""

from collections.abc import Sequence

import numpy as np

from orchestre_engine.load.problem import (
    DEFAULT_ABSORPTION_RATIO,
    AbsorptionRule,
    CapacityFactor,
    LoadProblem,
    Population,
    Provenance,
    lineages,
)
from orchestre_engine.load.segments import Flags, Floats
from orchestre_engine.periods import DAYS_PER_WEEK, Horizon


def capacity_of(problem: LoadProblem) -> tuple[Floats, Flags]:
    """Work out the capacity of every population.

    Returns
    -------
    capacity_hours : floats, shape (populations, weeks)
        Hours per person and week usable for change.
    capacity_assumed : booleans, shape (populations,)
        Whether it rests on an assumed rule, or on the default when no rule speaks.
    """
    lines = lineages(problem.units)
    rules = {rule.unit: rule for rule in problem.absorption}
    applied = [_nearest(rules, lines[one.unit]) for one in problem.populations]
    usable = [
        one.weekly_hours * rule.absorption_ratio
        for one, rule in zip(problem.populations, applied, strict=True)
    ]
    assumed = [rule.provenance is Provenance.ASSUMED for rule in applied]
    profiles = _profiles(problem, lines)
    return np.array(usable)[:, None] * profiles, np.array(assumed, np.bool_)


def _nearest(
    rules: dict[str | None, AbsorptionRule], line: tuple[str | None, ...]
) -> AbsorptionRule:
    default = AbsorptionRule(None, DEFAULT_ABSORPTION_RATIO)
    return next((rules[unit] for unit in line if unit in rules), default)


def _profiles(problem: LoadProblem, lines: dict[str | None, tuple[str | None, ...]]) -> Floats:
    """Give the product of factors per population and week, shape (populations, weeks)."""
    known: dict[tuple[CapacityFactor, ...], Floats] = {}
    rows = []
    for one in problem.populations:
        applying = tuple(f for f in problem.factors if _applies(f, one, lines[one.unit]))
        if applying not in known:
            known[applying] = _weekly(applying, problem.horizon)
        rows.append(known[applying])
    return np.array(rows).reshape(len(rows), problem.horizon.weeks)


def _applies(factor: CapacityFactor, one: Population, line: tuple[str | None, ...]) -> bool:
    if factor.population is not None:
        return factor.population == one.id
    return factor.unit in line


def _weekly(factors: Sequence[CapacityFactor], horizon: Horizon) -> Floats:
    """Multiply factors day by day, then average the seven days of each week."""
    days = np.ones(horizon.weeks * DAYS_PER_WEEK)
    for factor in factors:
        first, last = horizon.day_offset(factor.starts_on), horizon.day_offset(factor.ends_on)
        days[max(first, 0) : max(last, 0)] *= factor.factor
    return np.asarray(days.reshape(horizon.weeks, DAYS_PER_WEEK).mean(axis=1))
