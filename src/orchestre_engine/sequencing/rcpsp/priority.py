"""Schedules by a priority rule, as levelling tools make them: the named alternative.

Source: Kolisch (1996) for the two schemes and the rules.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

import numpy as np

from orchestre_engine.sequencing.rcpsp.plan import Layout, Whole, layout

if TYPE_CHECKING:
    from orchestre_engine.sequencing.rcpsp.problem import Problem


class Rule(Enum):
    """Which ready activity goes first."""

    LATEST_FINISH = "latest finish time"
    MINIMUM_SLACK = "minimum slack"


class Scheme(Enum):
    """How time is gone through.

    `SERIAL` places the activity of highest priority as early as it fits; `PARALLEL` goes from
    period to period and starts what fits, as MS Project's levelling does.
    """

    SERIAL = "serial"
    PARALLEL = "parallel"


class _Profile:
    """What is left of each resource, period by period."""

    def __init__(self, plan: Layout) -> None:
        self._plan = plan
        self._left = np.repeat(plan.capacities[None, :], plan.horizon, axis=0)

    def fits(self, activity: int, start: int) -> bool:
        """Tell whether an activity can start then."""
        return bool((self._span(activity, start) >= self._plan.demands[activity]).all())

    def take(self, activity: int, start: int) -> None:
        """Use what it needs."""
        self._span(activity, start)[:] -= self._plan.demands[activity]

    def _span(self, activity: int, start: int) -> Whole:
        return self._left[start : start + int(self._plan.forward.duration[activity])]


def by_rule(problem: Problem, rule: Rule, scheme: Scheme = Scheme.PARALLEL) -> dict[str, int]:
    """Give the starts of a feasible schedule made in one pass, by code of activity."""
    plan = layout(problem)
    starts = _serial(plan, rule) if scheme is Scheme.SERIAL else _parallel(plan, rule)
    return {code: start * plan.unit for code, start in zip(plan.codes, starts, strict=True)}


def _serial(plan: Layout, rule: Rule) -> list[int]:
    profile, waits, ready = _Profile(plan), _waits(plan), _first(plan)
    starts = [0] * len(plan.codes)
    heads = plan.heads.tolist()
    while ready:
        urgency = {i: _urgency(plan, rule, i, heads[i]) for i in ready}
        chosen = min(ready, key=lambda i: (urgency[i], i))
        ready.remove(chosen)
        start = heads[chosen]
        while not profile.fits(chosen, start):
            start += 1
        profile.take(chosen, start)
        starts[chosen] = start
        _free(plan, chosen, start, waits, heads, ready)
    return starts


def _parallel(plan: Layout, rule: Rule) -> list[int]:
    profile, waits, ready = _Profile(plan), _waits(plan), _first(plan)
    starts = [0] * len(plan.codes)
    heads = plan.heads.tolist()
    now = 0
    while ready:
        eligible = [i for i in ready if heads[i] <= now and profile.fits(i, now)]
        if not eligible:
            now += 1
            continue
        chosen = min(eligible, key=lambda i: (_urgency(plan, rule, i, now), i))
        ready.remove(chosen)
        profile.take(chosen, now)
        starts[chosen] = now
        _free(plan, chosen, now, waits, heads, ready)
    return starts


def _urgency(plan: Layout, rule: Rule, activity: int, earliest: int) -> int:
    """Give what the rule compares; the least goes first."""
    latest_start = plan.critical_path - int(plan.tails[activity] + plan.forward.duration[activity])
    if rule is Rule.MINIMUM_SLACK:
        return latest_start - earliest
    return latest_start + int(plan.forward.duration[activity])


def _waits(plan: Layout) -> list[int]:
    return [int(count) for count in plan.forward.into_at[1:] - plan.forward.into_at[:-1]]


def _first(plan: Layout) -> list[int]:
    return [i for i, count in enumerate(_waits(plan)) if not count]


def _free(
    plan: Layout, chosen: int, start: int, waits: list[int], heads: list[int], ready: list[int]
) -> None:
    """Move the heads of what waited for an activity, and make ready what waits no longer."""
    for i, j, lag in plan.edges:
        if i == chosen:
            heads[j] = max(heads[j], start + lag)
            waits[j] -= 1
            if not waits[j]:
                ready.append(j)
