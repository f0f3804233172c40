"""Which limits hold the value back: each is lifted in turn, and the problem solved again."""

from collections import defaultdict

import numpy as np

from orchestre_engine.selection.model import Model, Plan
from orchestre_engine.selection.problem import Floats, Kind
from orchestre_engine.selection.refusals import CLOSE, room
from orchestre_engine.selection.result import Binding, HolderGain
from orchestre_engine.selection.search import QUICK_UP_TO, reach, relax

MOST_HOLDERS = 8
"""Roles or populations lifted one by one, the most promising first."""


def bindings(model: Model, plan: Plan) -> tuple[Binding, ...]:
    """Measure what each kind of limit costs in value, the costliest first."""
    exact = len(model.value) <= QUICK_UP_TO
    base = plan.value if exact else (reach(model) or plan.value)
    stops = _stopped(model, plan)
    found = []
    for kind in Kind:
        rows = model.rows_of(kind)
        if not np.isfinite(model.amounts[rows]).any() and not (
            kind is Kind.MONEY and np.isfinite(model.budget)
        ):
            continue
        gain = _gain(model.lifted(rows, budget=kind is Kind.MONEY), base)
        holders = _holders(model, kind, stops, base) if gain > 0 else ()
        found.append(Binding(kind, gain, holders))
    return tuple(sorted(found, key=lambda one: -one.gain))


def _gain(lifted: Model, base: float) -> float:
    reached = reach(lifted)
    gain = 0.0 if reached is None else reached - base
    return gain if gain > CLOSE * max(base, 1e-9) else 0.0


def _stopped(model: Model, plan: Plan) -> Floats:
    """Sum, for each limit, the value of what it stops, plus what the relaxation pays for it."""
    left = room(model, plan)
    asked = model.use.tocoo()
    waiting = ~plan.chosen & (model.high > 0) & (model.shift == 0)
    over = waiting[asked.col] & (asked.data > left[asked.row] + CLOSE)
    stopped = np.bincount(
        asked.row[over], weights=model.value[asked.col[over]], minlength=len(left)
    ).astype(np.float64)
    relaxed = relax(model)
    if relaxed is not None:
        finite = np.where(np.isfinite(model.amounts), model.amounts, 0.0)
        stopped = stopped + relaxed.limit_prices * finite
    return np.where(np.isfinite(model.amounts), stopped, 0.0)


def _holders(model: Model, kind: Kind, stops: Floats, base: float) -> tuple[HolderGain, ...]:
    rows: dict[str, list[int]] = defaultdict(list)
    for row, limit in enumerate(model.problem.limits):
        if limit.kind is kind and stops[row] > 0:
            rows[limit.holder].append(row)
    likely = sorted(rows, key=lambda holder: (-stops[rows[holder]].sum(), holder))[:MOST_HOLDERS]
    found = []
    for holder in likely:
        lifted = np.array(
            [one.kind is kind and one.holder == holder for one in model.problem.limits], bool
        )
        gain = _gain(model.lifted(lifted, budget=False), base)
        periods = tuple(model.problem.limits[row].period for row in rows[holder])
        found.append(HolderGain(holder, gain, periods))
    return tuple(sorted(found, key=lambda one: (-one.gain, likely.index(one.holder))))
