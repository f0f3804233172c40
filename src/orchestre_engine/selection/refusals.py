"""Why each candidate is left out, and exactly what is missing to admit it beside the others."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from orchestre_engine.selection.model import Model, Plan
from orchestre_engine.selection.problem import Floats, Forced, Kind
from orchestre_engine.selection.result import Cause, Missing, Refused

CLOSE = 1e-6


@dataclass(frozen=True, eq=False)
class Links:
    """Who needs and who excludes whom, by name."""

    needs: dict[str, frozenset[str]]
    excludes: dict[str, frozenset[str]]
    out: frozenset[str]

    @classmethod
    def of(cls, model: Model) -> "Links":
        """Read the links of a problem."""
        problem = model.problem
        needs: dict[str, set[str]] = {}
        excludes: dict[str, set[str]] = {}
        for one, two in problem.prerequisites:
            needs.setdefault(one, set()).add(two)
        for one, two in problem.together:
            needs.setdefault(one, set()).add(two)
            needs.setdefault(two, set()).add(one)
        for one, two in problem.exclusions:
            excludes.setdefault(one, set()).add(two)
            excludes.setdefault(two, set()).add(one)
        return cls(
            {one: frozenset(others) for one, others in needs.items()},
            {one: frozenset(others) for one, others in excludes.items()},
            frozenset(one.id for one in problem.candidates if one.forced is Forced.OUT),
        )

    def brings(self, candidate: str) -> tuple[str, ...]:
        """Give all that a candidate needs, near and far, sorted."""
        found: set[str] = set()
        waiting = [candidate]
        while waiting:
            for other in self.needs.get(waiting.pop(), frozenset()):
                if other not in found and other != candidate:
                    found.add(other)
                    waiting.append(other)
        return tuple(sorted(found))


def kept_ids(model: Model, plan: Plan) -> frozenset[str]:
    """Name what a plan keeps."""
    ids = model.problem.ids
    return frozenset(ids[row] for row in model.candidate[plan.chosen].tolist())


def room(model: Model, plan: Plan) -> Floats:
    """Give what is left of each limit."""
    left: Floats = model.amounts - model.use @ plan.chosen
    return left


@dataclass(frozen=True, eq=False)
class _Stand:
    """What is the same for every refusal: the plan, what it leaves, the column of each one."""

    model: Model
    plan: Plan
    kept: frozenset[str]
    links: Links
    left: Floats
    column: dict[str, int]
    matrix: sparse.csc_matrix


def _stand(model: Model, plan: Plan) -> _Stand:
    ids = model.problem.ids
    planned = np.flatnonzero(model.shift == 0).tolist()
    columns = {ids[model.candidate[column]]: column for column in planned}
    return _Stand(
        model, plan, kept_ids(model, plan), Links.of(model), room(model, plan), columns,
        model.use.tocsc(),
    )  # fmt: skip


def refusals(model: Model, plan: Plan) -> tuple[Refused, ...]:
    """Say why each candidate that is not kept is not."""
    stand = _stand(model, plan)
    return tuple(_refusal(stand, one) for one in model.problem.ids if one not in stand.kept)


def refusal_of(model: Model, plan: Plan, candidate: str) -> Refused:
    """Say why one candidate is not kept."""
    return _refusal(_stand(model, plan), candidate)


def _refusal(stand: _Stand, candidate: str) -> Refused:
    links, model = stand.links, stand.model
    column = stand.column[candidate]
    value, cost = float(model.value[column]), float(model.cost[column])
    brought = tuple(one for one in links.brings(candidate) if one not in stand.kept)
    together = (candidate, *brought)
    if candidate in links.out:
        return Refused(candidate, value, cost, Cause.ORDER)
    against = {other for one in together for other in links.excludes.get(one, ())}
    apart = tuple(sorted(against & (stand.kept | set(together))))
    if apart:
        return Refused(candidate, value, cost, Cause.EXCLUDED, needs=brought, against=apart)
    ordered = tuple(one for one in brought if one in links.out)
    if ordered:
        return Refused(candidate, value, cost, Cause.NEEDS, needs=brought, against=ordered)
    columns = [stand.column[one] for one in together]
    missing = _missing(stand, columns)
    if missing:
        return Refused(candidate, value, cost, Cause.LIMITS, missing, brought)
    cause = Cause.UNPROVED if model.value[columns].sum() > 0 else Cause.WORTHLESS
    return Refused(candidate, value, cost, cause, needs=brought)


def _missing(stand: _Stand, columns: list[int]) -> tuple[Missing, ...]:
    model, plan = stand.model, stand.plan
    total = np.asarray(stand.matrix[:, columns].sum(axis=1)).ravel()
    short = total - stand.left
    limits = model.problem.limits
    sizes = np.maximum(1.0, np.where(np.isfinite(model.amounts), model.amounts, 1.0))
    found = [
        Missing(limits[row].kind, limits[row].holder, limits[row].period, float(short[row]),
                float(model.amounts[row]))
        for row in np.flatnonzero((short > CLOSE * sizes) & (total > 0)).tolist()
    ]  # fmt: skip
    money = float(model.cost[columns].sum()) - (model.budget - plan.cost)
    if money > CLOSE * max(1.0, model.budget if np.isfinite(model.budget) else 1.0):
        found.append(Missing(Kind.MONEY, "", "", money, model.budget))
    return tuple(sorted(found, key=lambda one: (-_part(one), one.kind, one.holder, one.period)))


def _part(one: Missing) -> float:
    return one.missing / one.amount if one.amount > 0 else float("inf")
