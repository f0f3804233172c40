"""The search for plans: exact on portfolios of hundreds, with a bound on thousands.

Solver: HiGHS through `scipy.optimize.milp` and `linprog`; one thread, no clock, so that the same
problem has the same answer.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from orchestre_engine.selection.model import Model, Plan, plan_of
from orchestre_engine.selection.problem import Floats, Ints
from orchestre_engine.selection.rounding import rounded

DIRECT_UP_TO = 250
"""Number of columns up to which the search is exact."""

QUICK_UP_TO = 60
"""The same for the many solves of a frontier."""

NODES = 5_000
NODES_LARGE = 100
LARGE_FROM = 100
_UNIT = 1000.0
_TIE = 1e-7
_CLOSE = 1e-6
_SLACK = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Relaxed:
    """The linear relaxation.

    Parameters
    ----------
    x : floats, shape (n,)
        What it keeps of each column, 0 to 1.
    bound : float
        Its value: no plan is worth more.
    limit_prices : floats, shape (limits,)
        What one more unit of each limit would bring.
    budget_price : float
        What one more euro would bring.
    reduced : floats, shape (n,)
        What keeping each column gains, beyond what it takes from the others.
    """

    x: Floats
    bound: float
    limit_prices: Floats
    budget_price: float
    reduced: Floats


@dataclass(frozen=True, slots=True, eq=False)
class _Programme:
    """Rows brought to comparable sizes: limits, the budget, links."""

    matrix: sparse.csr_matrix
    low: Floats
    high: Floats
    active: Ints
    sizes: Floats
    aim: Floats
    unit: float

    @property
    def has_rows(self) -> bool:
        return bool(self.matrix.shape[0])


def _programme(model: Model) -> _Programme:
    most = np.asarray(model.use @ model.high).ravel()
    active = np.flatnonzero(np.isfinite(model.amounts) & (most > model.amounts))
    asked, amounts = model.use[active], model.amounts[active]
    if np.isfinite(model.budget):
        asked = sparse.vstack([asked, sparse.csr_matrix(model.cost)], format="csr")
        amounts = np.append(amounts, model.budget)
    sizes = np.where(amounts > 0, amounts, 1.0)
    asked = sparse.diags(1 / sizes) @ asked if len(sizes) else asked
    unit = _UNIT / (float(model.value.max(initial=0.0)) or 1.0)
    return _Programme(
        matrix=sparse.vstack([asked, model.links], format="csr"),
        low=np.concatenate([np.full(len(sizes), -np.inf), model.links_low]),
        high=np.concatenate([amounts / sizes + _SLACK, model.links_high]),
        active=active,
        sizes=sizes,
        aim=_aim(model) * unit,
        unit=unit,
    )


def _aim(model: Model) -> Floats:
    """What is maximised: the value; of two plans worth the same, the cheaper, then the earlier."""
    greatest, costs = float(model.value.max(initial=0.0)), float(model.cost.sum())
    tie = _TIE * greatest / costs if costs > 0 else 0.0
    return model.value - tie * model.cost - _TIE * greatest * model.shift


def optimise(model: Model, *, quick: bool = False) -> Plan | None:
    """Find the plan of greatest value within every limit and link; None when there is none.

    Exact up to `DIRECT_UP_TO` columns (`QUICK_UP_TO` when `quick`, what a frontier of fifty
    points can afford); beyond, a plan built from the linear relaxation, with the bound that says
    how far from the best it may be.
    """
    if len(model.value) <= (QUICK_UP_TO if quick else DIRECT_UP_TO):
        return _search(model)
    return _relaxed_plan(model)


def best(model: Model, *, quick: bool = False) -> Plan:
    """Find the plan of a programme that has one: what is compulsory always fits."""
    found = optimise(model, quick=quick)
    if found is None:
        raise LookupError("what is compulsory fits by construction")
    return found


def reach(model: Model) -> float | None:
    """Give the greatest value: exact up to `QUICK_UP_TO` columns, the relaxation's beyond."""
    found = optimise(model) if len(model.value) <= QUICK_UP_TO else relax(model)
    if found is None:
        return None
    return found.value if isinstance(found, Plan) else found.bound


def _search(model: Model) -> Plan | None:
    if not len(model.value):
        return plan_of(model, np.zeros(0, bool))
    made = _programme(model)
    found = milp(
        -made.aim,
        constraints=LinearConstraint(made.matrix, made.low, made.high) if made.has_rows else (),
        integrality=np.ones(len(made.aim)),
        bounds=Bounds(model.low, model.high),
        options={
            "mip_rel_gap": 0.0,
            "node_limit": NODES if len(made.aim) <= LARGE_FROM else NODES_LARGE,
        },
    )
    if found.x is None:
        return _relaxed_plan(model)
    plan = plan_of(model, found.x > 0.5)
    bound = plan.value + max(0.0, float(-found.mip_dual_bound + found.fun)) / made.unit
    near = bound - plan.value <= _CLOSE * max(bound, 1e-12)
    return plan if near else replace(plan, bound=bound)


def _relaxed_plan(model: Model) -> Plan | None:
    """Build a plan from the relaxation."""
    relaxed = relax(model)
    if relaxed is None:
        return None
    plan = rounded(model, relaxed.x, relaxed.reduced)
    sums = model.links @ plan.chosen
    if (sums < model.links_low - _CLOSE).any():
        return None
    return replace(plan, bound=max(plan.value, relaxed.bound))


def relax(model: Model) -> Relaxed | None:
    """Solve the linear relaxation; None when nothing satisfies every limit and link."""
    made = _programme(model)
    equal = made.low == made.high
    upper, lower = ~equal & np.isfinite(made.high), ~equal & np.isfinite(made.low)
    above = sparse.vstack([made.matrix[upper], -made.matrix[lower]], format="csr")
    found = linprog(
        -made.aim,
        A_ub=above,
        b_ub=np.concatenate([made.high[upper], -made.low[lower]]),
        A_eq=made.matrix[equal],
        b_eq=made.high[equal],
        bounds=np.column_stack([model.low, model.high]),
        method="highs",
    )
    if found.x is None:
        return None
    unit_prices = -found.ineqlin.marginals[: len(made.sizes)] / made.sizes / made.unit
    prices = np.zeros(len(model.amounts))
    prices[made.active] = unit_prices[: len(made.active)]
    return Relaxed(
        x=found.x,
        bound=max(float(model.value @ found.x), float(-found.fun) / made.unit),
        limit_prices=prices,
        budget_price=float(unit_prices[-1]) if len(made.sizes) > len(made.active) else 0.0,
        reduced=-(found.lower.marginals + found.upper.marginals) / made.unit,
    )
