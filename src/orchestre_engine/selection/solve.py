"""What to keep under all the limits at once (`selection/1`)."""

from collections.abc import Iterable

import numpy as np

from orchestre_engine.errors import ProblemError
from orchestre_engine.selection.binding import bindings
from orchestre_engine.selection.frontier import POINTS, Progress, frontier, plateau
from orchestre_engine.selection.model import Model, Plan, model_of, plan_of
from orchestre_engine.selection.problem import Kind, SelectionProblem
from orchestre_engine.selection.refusals import CLOSE, kept_ids, refusals
from orchestre_engine.selection.result import Kept, Missing, SelectionResult, Standing, Use
from orchestre_engine.selection.search import best

COMPUTATION = "selection/1"


def solve(
    problem: SelectionProblem, *, points: int = POINTS, progress: Progress | None = None
) -> SelectionResult:
    """Choose, say what binds, and draw the frontier.

    Parameters
    ----------
    problem : SelectionProblem
        Candidates, limits, links.
    points : int
        Budgets tried along the frontier.
    progress : callable or None
        Told the part done, 0 to 1.
    """
    model = model_of(problem)
    plan = best(model)
    refused = refusals(model, plan)
    flat = plateau(model) if problem.candidates else None
    told = None if progress is None else _from(progress, 0.2)
    reference = model.reference
    return SelectionResult(
        value=plan.value,
        cost=plan.cost,
        bound=plan.bound,
        total_value=float(sum(one.value for one in problem.candidates)),
        budget=reference or None if _has_money(model) else None,
        kept=_kept(model, plan),
        refused=refused,
        uses=_uses(model, plan),
        binding=bindings(model, plan) if refused else (),
        frontier=() if flat is None else frontier(model, flat, plan, points, told),
        plateau=flat,
    )


def _from(progress: Progress, start: float) -> Progress:
    return lambda part: progress(start + (1 - start) * part)


def _has_money(model: Model) -> bool:
    return bool(np.isfinite(model.budget) or np.isfinite(model.amounts[model.money]).any())


def _kept(model: Model, plan: Plan) -> tuple[Kept, ...]:
    ids = model.problem.ids
    columns = np.flatnonzero(plan.chosen)
    return tuple(
        Kept(ids[row], start, value, cost)
        for row, start, value, cost in zip(
            model.candidate[columns].tolist(), model.shift[columns].tolist(),
            model.value[columns].tolist(), model.cost[columns].tolist(), strict=True,
        )
    )  # fmt: skip


def _uses(model: Model, plan: Plan) -> tuple[Use, ...]:
    used = model.use @ plan.chosen
    found = []
    for row, limit in enumerate(model.problem.limits):
        lifted = bool(model.amounts[row] > limit.amount + CLOSE * max(1.0, limit.amount))
        if used[row] > 0 or lifted or limit.kind is Kind.MONEY:
            found.append(
                Use(limit.kind, limit.holder, limit.period, limit.amount, float(used[row]), lifted)
            )
    if np.isfinite(model.budget):
        said = model.problem.budget or 0.0
        over = model.budget > said + CLOSE * max(1.0, said)
        found.append(Use(Kind.MONEY, "", "", said, plan.cost, bool(over)))
    return tuple(found)


def compare(problem: SelectionProblem, chosen: Iterable[str]) -> Standing:
    """Put somebody's own choice beside the best one for the same money.

    Raises
    ------
    ProblemError
        When the choice names a candidate that is not there.
    """
    model, picked = model_of(problem), frozenset(chosen)
    unknown = sorted(picked - set(problem.ids))
    if unknown:
        raise ProblemError(f"Choice: “{unknown[0]}” is not a candidate; leave it out.")
    rows = np.array([one in picked for one in problem.ids], bool)
    plan = plan_of(model, (model.shift == 0) & rows[model.candidate])
    used = model.use @ plan.chosen
    raised = np.where(model.money, model.amounts, np.maximum(model.amounts, used))
    rival_model = Model(**(vars(model) | {"amounts": raised})).within(plan.cost)
    rival = best(Model(**(vars(rival_model) | {"amounts": np.maximum(rival_model.amounts, used)})))
    theirs = kept_ids(model, rival)
    return Standing(
        value=plan.value,
        cost=plan.cost,
        exceeded=_exceeded(model, plan),
        broken=_broken(problem, picked),
        best_value=rival.value,
        enters=tuple(sorted(theirs - picked)),
        leaves=tuple(sorted(picked - theirs)),
    )


def _exceeded(model: Model, plan: Plan) -> tuple[Missing, ...]:
    used = model.use @ plan.chosen
    limits = model.problem.limits
    found = [
        Missing(one.kind, one.holder, one.period, float(used[row] - one.amount), one.amount)
        for row, one in enumerate(limits)
        if used[row] > one.amount + CLOSE * max(1.0, one.amount)
    ]
    said = model.problem.budget
    if said is not None and plan.cost > said + CLOSE * max(1.0, said):
        found.append(Missing(Kind.MONEY, "", "", plan.cost - said, said))
    return tuple(found)


def _broken(problem: SelectionProblem, picked: frozenset[str]) -> tuple[tuple[str, str], ...]:
    alone = [
        (one, two) for one, two in problem.prerequisites if one in picked and two not in picked
    ]
    alone += [pair for pair in problem.together if len(picked & set(pair)) == 1]
    alone += [pair for pair in problem.exclusions if set(pair) <= picked]
    return tuple(sorted(alone))
