"""What it takes to keep one candidate that is refused: three ways, each solved again."""

from dataclasses import replace

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from orchestre_engine.errors import ProblemError
from orchestre_engine.selection.model import Flags, Model, Plan, model_of, plan_of
from orchestre_engine.selection.problem import Floats, Kind, SelectionProblem
from orchestre_engine.selection.refusals import CLOSE, kept_ids, refusal_of
from orchestre_engine.selection.result import Admission, Cause, Missing, Refused
from orchestre_engine.selection.search import NODES, best, optimise

_GAP = 1e-4
_SHAVE = 1e-7


def admit(problem: SelectionProblem, candidate: str) -> Admission:
    """Say what it takes to keep a candidate: more room, somebody's place, or the least of both.

    Raises
    ------
    ProblemError
        When it is not a candidate, or is kept already.
    """
    model = model_of(problem)
    if candidate not in problem.ids:
        raise ProblemError(f"Candidate “{candidate}”: not in this selection.")
    plan = best(model)
    kept = kept_ids(model, plan)
    if candidate in kept:
        raise ProblemError(f"Candidate “{candidate}”: it is kept already.")
    refused = refusal_of(model, plan, candidate)
    columns = model.columns_of(problem.ids.index(candidate))
    raised = _with_room(model, refused)
    raised_plan = None if raised is None else best(raised)
    forced = None if refused.cause is Cause.ORDER else optimise(model.forced(columns))
    forced_ids = kept_ids(model, forced) if forced else kept | {candidate}
    smallest, swapped = (
        _least(model, plan, candidate) if forced is not None or raised else ((), None)
    )
    swapped_ids = kept_ids(model, swapped) if swapped else kept | {candidate}
    return Admission(
        refused=refused,
        raised_value=None if raised_plan is None else raised_plan.value,
        raised_keeps=raised_plan is not None and candidate in kept_ids(model, raised_plan),
        forced_value=None if forced is None else forced.value,
        enters=tuple(sorted(forced_ids - kept - {candidate})),
        leaves=tuple(sorted(kept - forced_ids)),
        smallest=smallest,
        smallest_enters=tuple(sorted(swapped_ids - kept - {candidate})),
        smallest_leaves=tuple(sorted(kept - swapped_ids)),
    )


def _with_room(model: Model, refused: Refused) -> Model | None:
    """Raise the limits by what is missing; None when no limit is the cause."""
    if refused.cause is not Cause.LIMITS:
        return None
    more = {(one.kind, one.holder, one.period): one.missing for one in refused.missing}
    amounts = model.amounts.copy()
    for row, limit in enumerate(model.problem.limits):
        amounts[row] += more.get((limit.kind, limit.holder, limit.period), 0.0)
    # the money of everything has no period of its own
    return replace(
        model, amounts=amounts, budget=model.budget + more.get((Kind.MONEY, "", ""), 0.0)
    )


def _least(model: Model, plan: Plan, candidate: str) -> tuple[tuple[Missing, ...], Plan | None]:
    """Find the smallest raise of limits that keeps the candidate and loses no value.

    Columns are the choices, then the raise of each limit as a part of that limit; the sum of
    the raises is the least. The value is held at that of the plan.
    """
    asked, amounts, rows = _limited(model)
    if not len(amounts):
        return (), None
    sizes = np.where(amounts > 0, amounts, 1.0)
    limits = sparse.hstack([sparse.diags(1 / sizes) @ asked, -sparse.identity(len(sizes))])
    kept = np.isin(
        np.arange(len(model.value)), model.columns_of(model.problem.ids.index(candidate))
    )
    worth = np.vstack([model.value, kept.astype(float)])
    fixed = sparse.hstack([sparse.vstack([model.links, worth]), _blank(model, len(sizes))])
    unit = float(model.value.max(initial=0.0)) or 1.0
    found = milp(
        np.concatenate([-_SHAVE * model.value / unit, np.ones(len(sizes))]),
        constraints=LinearConstraint(
            sparse.vstack([limits, fixed], format="csr"),
            np.concatenate([
                np.full(len(sizes), -np.inf), model.links_low, [plan.value * (1 - _SHAVE), 1.0]
            ]),
            np.concatenate([amounts / sizes, model.links_high, [np.inf, 1.0]]),
        ),
        integrality=np.concatenate([np.ones(len(model.value)), np.zeros(len(sizes))]),
        bounds=Bounds(
            np.concatenate([model.low, np.zeros(len(sizes))]),
            np.concatenate([model.high, np.full(len(sizes), np.inf)]),
        ),
        options={"mip_rel_gap": _GAP, "node_limit": NODES},
    )  # fmt: skip
    if found.x is None:
        return (), None
    chosen = plan_of(model, found.x[: len(model.value)] > 0.5)
    return _raises(model, rows, asked @ chosen.chosen - amounts, amounts), chosen


def _blank(model: Model, columns: int) -> sparse.csr_matrix:
    return sparse.csr_matrix((model.links.shape[0] + 2, columns))


def _limited(model: Model) -> tuple[sparse.csr_matrix, Floats, list[int]]:
    """Give the limits that could be exceeded at all, the budget last with a row of -1."""
    most = np.asarray(model.use @ model.high).ravel()
    rows = np.flatnonzero(np.isfinite(model.amounts) & (most > model.amounts)).tolist()
    asked, amounts = model.use[rows], model.amounts[rows]
    if np.isfinite(model.budget):
        asked = sparse.vstack([asked, sparse.csr_matrix(model.cost)], format="csr")
        amounts, rows = np.append(amounts, model.budget), [*rows, -1]
    return asked, amounts, rows


def _raises(model: Model, rows: list[int], over: Floats, amounts: Floats) -> tuple[Missing, ...]:
    above: Flags = over > CLOSE * np.maximum(1.0, amounts)
    found = []
    for at in np.flatnonzero(above).tolist():
        limit = None if rows[at] < 0 else model.problem.limits[rows[at]]
        found.append(
            Missing(Kind.MONEY, "", "", float(over[at]), float(amounts[at]))
            if limit is None
            else Missing(limit.kind, limit.holder, limit.period, float(over[at]), limit.amount)
        )
    return tuple(found)
