"""A selection as a mixed-integer programme: matrices once, solved many times.

Rows are limits, then links; columns are choices. `search` finds plans in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy import sparse

from orchestre_engine.selection.problem import Floats, Forced, Ints, Kind, SelectionProblem

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Model:
    """Columns are (candidate, start) choices; rows are limits, then links.

    Parameters
    ----------
    candidate, shift : ints, shape (n,)
        What each column chooses.
    value, cost : floats, shape (n,)
        What it brings, and its money in all.
    use : sparse, shape (limits, n)
        What it asks of each limit.
    amounts : floats, shape (limits,)
        What can be given, raised where what is compulsory asks more by itself.
    budget : float
        Money in all, raised in the same way; infinite without.
    links : sparse, shape (m, n), with `links_low` and `links_high`
        Prerequisites, exclusions, one start each, what is compulsory.
    low, high : floats, shape (n,)
        Bounds of the columns.
    """

    problem: SelectionProblem
    candidate: Ints
    shift: Ints
    value: Floats
    cost: Floats
    use: sparse.csr_matrix
    amounts: Floats
    budget: float
    links: sparse.csr_matrix
    links_low: Floats
    links_high: Floats
    low: Floats
    high: Floats
    money: Flags

    @property
    def floor(self) -> float:
        """Money that what is compulsory asks by itself."""
        planned = self.shift == 0
        return float(self.cost[planned & np.isin(self.candidate, _compulsory_rows(self))].sum())

    def rows_of(self, kind: Kind) -> Flags:
        """Which limits are of a kind, shape (limits,)."""
        return np.array([one.kind is kind for one in self.problem.limits], bool)

    def lifted(self, rows: Flags, *, budget: bool = False) -> "Model":
        """Give the same programme without some limits."""
        amounts = np.where(rows, np.inf, self.amounts)
        return replace(self, amounts=amounts, budget=np.inf if budget else self.budget)

    def within(self, budget: float) -> "Model":
        """Give the same programme with another budget, that of each period in proportion."""
        reference = self.reference
        scale = budget / reference if reference else 1.0
        amounts = self.amounts.copy()
        amounts[self.money & np.isfinite(amounts)] *= scale
        compulsory = self.use @ chosen_at_once(self)
        return replace(self, amounts=np.maximum(amounts, compulsory), budget=budget)

    @property
    def reference(self) -> float:
        """The budget in all, else the sum of those of the periods; 0 when money has no limit."""
        if np.isfinite(self.budget):
            return float(self.budget)
        finite = self.money & np.isfinite(self.amounts)
        return float(self.amounts[finite].sum())

    def forced(self, columns: Ints) -> "Model":
        """Give the same programme with one of these columns kept."""
        row = sparse.csr_matrix(
            (np.ones(len(columns)), (np.zeros(len(columns), int), columns)), (1, len(self.value))
        )
        return replace(
            self,
            links=sparse.vstack([self.links, row], format="csr"),
            links_low=np.append(self.links_low, 1.0),
            links_high=np.append(self.links_high, 1.0),
        )

    def columns_of(self, candidate: int) -> Ints:
        """Give the columns of a candidate, in the order of its starts."""
        return np.flatnonzero(self.candidate == candidate)


def _compulsory_rows(model: Model) -> Ints:
    return np.array(
        [row for row, one in enumerate(model.problem.ids) if one in model.problem.compulsory], int
    )


def chosen_at_once(model: Model) -> Floats:
    """Give the plan that keeps what is compulsory, at its planned start, and nothing else."""
    compulsory = np.isin(model.candidate, _compulsory_rows(model))
    return np.where((model.shift == 0) & compulsory, 1.0, 0.0)


def model_of(problem: SelectionProblem) -> Model:
    """Write a problem as matrices."""
    candidate, shift = _columns(problem)
    at = {
        key: column
        for column, key in enumerate(zip(candidate.tolist(), shift.tolist(), strict=True))
    }
    asks = problem.demands
    kept = [
        (row, at[(one, start)], amount)
        for one, start, row, amount in zip(
            asks.candidate.tolist(), asks.shift.tolist(), asks.limit.tolist(),
            asks.amount.tolist(), strict=True,
        )
        if (one, start) in at
    ]  # fmt: skip
    rows, columns, amounts = zip(*kept, strict=True) if kept else ((), (), ())
    use = sparse.csr_matrix((amounts, (rows, columns)), (len(problem.limits), len(candidate)))
    money = np.array([one.kind is Kind.MONEY for one in problem.limits], bool)
    links, low, high = _links(problem, candidate, shift)
    ratio = np.array(problem.shift_values)[shift]
    out = np.array([one.forced is Forced.OUT for one in problem.candidates], bool)
    made = Model(
        problem=problem, candidate=candidate, shift=shift,
        value=np.array([one.value for one in problem.candidates], float)[candidate] * ratio,
        cost=np.asarray(use[money].sum(axis=0)).ravel(),
        use=use, amounts=np.array([one.amount for one in problem.limits], float),
        budget=np.inf if problem.budget is None else problem.budget,
        links=links, links_low=low, links_high=high,
        low=np.zeros(len(candidate)), high=np.where(out[candidate], 0.0, 1.0),
        money=money,
    )  # fmt: skip
    compulsory = chosen_at_once(made)
    return replace(
        made,
        amounts=np.maximum(made.amounts, use @ compulsory),
        budget=max(made.budget, made.floor),
    )


def _columns(problem: SelectionProblem) -> tuple[Ints, Ints]:
    """Offer the planned start to all, later ones to whom something is asked then."""
    asked = set(
        zip(problem.demands.candidate.tolist(), problem.demands.shift.tolist(), strict=True)
    )
    pairs = [
        (row, start)
        for row in range(len(problem.candidates))
        for start in range(len(problem.shift_values))
        if start == 0 or (row, start) in asked
    ]
    columns = np.array(pairs, np.int64).reshape(-1, 2)
    return columns[:, 0], columns[:, 1]


class _Rows:
    """Collects the rows of links."""

    def __init__(self, candidate: Ints, shift: Ints) -> None:
        self.columns: dict[int, list[tuple[int, int]]] = {}
        pairs = zip(candidate.tolist(), shift.tolist(), strict=True)
        for column, (one, start) in enumerate(pairs):
            self.columns.setdefault(one, []).append((start, column))
        self.size = len(candidate)
        self.entries: list[tuple[int, int, float]] = []
        self.low: list[float] = []
        self.high: list[float] = []

    def add(self, parts: Mapping[int, float], low: float, high: float) -> None:
        row = len(self.low)
        self.entries += [(row, column, factor) for column, factor in parts.items()]
        self.low.append(low)
        self.high.append(high)

    def upto(self, one: int, start: int | None = None) -> list[int]:
        return [column for at, column in self.columns[one] if start is None or at <= start]

    def matrix(self) -> sparse.csr_matrix:
        rows, columns, factors = zip(*self.entries, strict=True) if self.entries else ((), (), ())
        return sparse.csr_matrix((factors, (rows, columns)), (len(self.low), self.size))


def _links(
    problem: SelectionProblem, candidate: Ints, shift: Ints
) -> tuple[sparse.csr_matrix, Floats, Floats]:
    rows = _Rows(candidate, shift)
    at = {one: row for row, one in enumerate(problem.ids)}
    for columns in rows.columns.values():
        if len(columns) > 1:
            rows.add({column: 1.0 for _start, column in columns}, 0, 1)
    for one_id in problem.compulsory:
        rows.add(dict.fromkeys(rows.upto(at[one_id]), 1.0), 1, 1)
    for one_id, two_id in problem.prerequisites:
        _after(rows, at[one_id], at[two_id])
    for one_id, two_id in problem.together:
        _after(rows, at[one_id], at[two_id])
        _after(rows, at[two_id], at[one_id])
    for one_id, two_id in problem.exclusions:
        both = [*rows.upto(at[one_id]), *rows.upto(at[two_id])]
        rows.add(dict.fromkeys(both, 1.0), 0, 1)
    return rows.matrix(), np.array(rows.low), np.array(rows.high)


def _after(rows: _Rows, one: int, two: int) -> None:
    """Keep the first only with the second, which does not start later than the first allows."""
    starts = sorted({start for start, _column in rows.columns[one]})
    for start in starts:
        parts = dict.fromkeys(rows.upto(one, start), 1.0)
        parts |= dict.fromkeys(rows.upto(two, start), -1.0)
        rows.add(parts, -np.inf, 0)


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """A plan found: which columns, their value and cost, and the most that could be hoped for."""

    chosen: Flags
    value: float
    cost: float
    bound: float

    @property
    def gap(self) -> float:
        """How far the plan may be from the best, as a ratio of the best; 0 when proved."""
        return max(0.0, self.bound - self.value) / self.bound if self.bound > 0 else 0.0


def plan_of(model: Model, chosen: Flags, bound: float | None = None) -> Plan:
    """Sum a plan."""
    value = float(model.value[chosen].sum())
    cost = float(model.cost[chosen].sum())
    return Plan(chosen, value, cost, value if bound is None else max(bound, value))
