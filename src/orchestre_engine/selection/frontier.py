"""The efficient frontier: the most value for each budget, and where money stops counting."""

from collections.abc import Callable

import numpy as np

from orchestre_engine.selection.binding import bindings
from orchestre_engine.selection.model import Model, Plan
from orchestre_engine.selection.problem import Kind
from orchestre_engine.selection.refusals import CLOSE
from orchestre_engine.selection.result import Plateau, Point
from orchestre_engine.selection.search import best

POINTS = 50
BEYOND = 1.25
"""How far past the last useful euro the curve goes, so that the plateau is seen."""

Progress = Callable[[float], None]


def plateau(model: Model) -> Plateau:
    """Find the smallest budget that reaches all the value that money can buy, and what binds."""
    free = model.lifted(model.rows_of(Kind.MONEY), budget=True)
    plan = best(free, quick=True)
    return Plateau(_needed(model, plan), plan.value, bindings(free, plan))


def _needed(model: Model, plan: Plan) -> float:
    """Give the budget in all that a plan needs, when the budgets of periods follow it."""
    reference = model.reference
    rows = model.money & np.isfinite(model.amounts) & (model.amounts > 0)
    if not reference or not rows.any():
        return plan.cost
    asked = (model.use @ plan.chosen)[rows]
    return max(plan.cost, float((asked / model.amounts[rows]).max()) * reference)


def frontier(
    model: Model, flat: Plateau, own: Plan, points: int = POINTS, progress: Progress | None = None
) -> tuple[Point, ...]:
    """Solve for budgets in equal steps, from what is compulsory to past the plateau.

    A plan that fits a budget fits a larger one: the curve never goes down.
    """
    last = max(flat.budget * BEYOND, model.reference * 1.05, model.floor)
    budgets = np.linspace(model.floor, last, points) if last > model.floor else [model.floor]
    found: list[Point] = []
    kept: Plan | None = None
    for step, budget in enumerate(map(float, budgets)):
        if progress is not None:
            progress(step / len(budgets))
        if kept is None or kept.value < flat.value - CLOSE * max(flat.value, 1e-9):
            plan = best(model.within(budget), quick=True)
            if own.cost <= budget and budget >= model.reference > 0 and own.value > plan.value:
                plan = own
            kept = plan if kept is None or plan.value > kept.value else kept
            bound = max(plan.bound, kept.value)
        found.append(Point(budget, kept.value, kept.cost, int(kept.chosen.sum()), bound))
    return tuple(found)
