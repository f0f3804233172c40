"""The exact model of some waves, the others staying: CP-SAT over one choice of start per wave.

One literal per wave and start. On a row and a week, what a wave asks is cut at what the staying
waves leave; what it asks beyond is a cost of its literal alone, and only the sum of the cut parts
needs a variable: the relaxation is tighter and the answer the same (see `bounds`). Dependencies
and recovery are written over thresholds of time. Hours are whole numbers of `GRAINS` per hour;
the answer is judged again in floating point, and the rounding is taken off the bound.

Source: time-indexed formulation, A. A. B. Pritsker, L. J. Watters, P. M. Wolfe, 1969; solver:
OR-Tools CP-SAT.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from orchestre_engine.sequencing.clock import Clock
from orchestre_engine.sequencing.kernels import State, lay, state_at, total
from orchestre_engine.sequencing.tables import POSTPONED, Floats, Tables

GRAINS = 1 << 14
"""Whole numbers in an hour (or an equivalent): 0.2 second."""

SHORTEST_SECONDS = 0.01
NEARLY = 0.9
"""Part of the time left beyond which a search that ends was ended by the clock."""

LARGEST_COEFFICIENT = 1 << 30
"""Of a criterion kept as a constraint."""


@dataclass(frozen=True, slots=True)
class Term:
    """A literal or a whole variable with what one unit of it adds to the four levels."""

    variable: Any
    levels: tuple[float, float, float, float]
    is_start: bool


@dataclass
class Model:
    """The model of the free waves.

    Parameters
    ----------
    tables : Tables
        The problem.
    state : State
        Where every wave stands; it is left as it is.
    free : tuple of int
        Waves that may move.
    allowed : floats, shape (C,)
        1 for the candidates worth trying.
    """

    tables: Tables
    state: State
    free: tuple[int, ...]
    allowed: Floats
    cp: cp_model.CpModel = field(init=False, default_factory=cp_model.CpModel)
    literals: dict[int, Any] = field(init=False, default_factory=dict)
    terms: list[Term] = field(init=False, default_factory=list)
    rounding: list[float] = field(init=False)
    _cells: dict[tuple[int, int], list[tuple[int, float]]] = field(init=False)

    def __post_init__(self) -> None:
        self.rounding = [0.0, 0.0, 0.0, 0.0]
        self._cells = {}
        self._fixed = State(
            self.state.at, self.state.starts, self.state.use.copy(), self.state.spent.copy()
        )
        for wave in self.free:
            lay(self.tables, self._fixed.use, wave, self.state.starts[wave], -1.0)
            self._fixed.spent[:] -= self.tables.cand_spent[self.state.at[wave]]
        self._own = dict.fromkeys(self.free, ())
        for wave in self.free:
            self._choose(wave)
        self._excesses()
        self._envelopes()
        self._ties()
        self._recoveries()
        self.hint(self.state)

    def kept(self, wave: int) -> list[int]:
        """List the candidates of a free wave that are in the model, increasing starts."""
        first, last = self.tables.cand_ptr[wave], self.tables.cand_ptr[wave + 1]
        return [one for one in range(first, last) if one in self.literals]

    def _choose(self, wave: int) -> None:
        tables = self.tables
        first, last = int(tables.cand_ptr[wave]), int(tables.cand_ptr[wave + 1])
        tried = [one for one in range(first, last) if self.allowed[one]]
        agreed = [one for one in tried if self._agrees(wave, int(tables.cand_start[one]))]
        for one in agreed or [int(self.state.at[wave])]:
            literal = self.cp.new_bool_var("")
            self.literals[one] = literal
            self._collect(wave, one)
        self.cp.add_exactly_one(self.literals[one] for one in self.kept(wave))

    def hint(self, state: State) -> None:
        """Start the solver from a state."""
        self.cp.clear_hints()  # type: ignore[no-untyped-call]  # OR-Tools has no annotation there
        for wave in self.free:
            for one in self.kept(wave):
                self.cp.add_hint(self.literals[one], bool(one == state.at[wave]))

    def _agrees(self, wave: int, start: int) -> bool:
        """Whether a start keeps the ties with staying waves that may not be broken."""
        tables = self.tables
        for arc in range(int(tables.arc_ptr[wave]), int(tables.arc_ptr[wave + 1])):
            other = int(tables.arc_other[arc])
            if other in self._own or tables.arc_price[arc] >= 0:
                continue
            there = int(self.state.starts[other])
            one, two = (start, there) if tables.arc_first[arc] else (there, start)
            if _missing(int(tables.arc_gap[arc]), one, two, tables.weeks):
                return False
        return True

    def _collect(self, wave: int, candidate: int) -> None:
        """Read what a candidate asks, cell by cell, and what it costs alone."""
        tables = self.tables
        start = int(tables.cand_start[candidate])
        levels = [0.0, 0.0, float(tables.cand_benefits[candidate]), 0.0]
        levels[3] = float(tables.cand_dates[candidate])
        for segment in range(int(tables.seg_ptr[wave]), int(tables.seg_ptr[wave + 1])):
            if start == POSTPONED:
                break
            row = int(tables.seg_row[segment])
            level = 0 if row < tables.populations else 1
            first = start + int(tables.seg_offset[segment])
            values = tables.values[tables.seg_at[segment] : tables.seg_at[segment + 1]]
            for week, value in enumerate(values.tolist(), first):
                if not 0 <= week < tables.weeks or value <= 0:
                    continue
                left = float(tables.capacity[row, week] - self._fixed.use[row, week])
                cut = min(value, max(left, 0.0))
                levels[level] += float(tables.price[row]) * (value - cut)
                if cut > 0 and np.isfinite(left):
                    self._cells.setdefault((row, week), []).append((candidate, cut))
        levels = self._with_staying(wave, start, levels)
        self.terms.append(
            Term(self.literals[candidate], (levels[0], levels[1], levels[2], levels[3]), True)
        )

    def _with_staying(self, wave: int, start: int, levels: list[float]) -> list[float]:
        """Add what priced ties and recovery with staying waves cost."""
        tables = self.tables
        for arc in range(int(tables.arc_ptr[wave]), int(tables.arc_ptr[wave + 1])):
            other = int(tables.arc_other[arc])
            if other in self._own or tables.arc_price[arc] < 0:
                continue
            there = int(self.state.starts[other])
            one, two = (start, there) if tables.arc_first[arc] else (there, start)
            missing = _missing(int(tables.arc_gap[arc]), one, two, tables.weeks)
            levels[2] += missing * float(tables.arc_price[arc])
        for pair in range(int(tables.pair_ptr[wave]), int(tables.pair_ptr[wave + 1])):
            there = int(self.state.starts[tables.pair_other[pair]])
            if int(tables.pair_other[pair]) in self._own or POSTPONED in (start, there):
                continue
            lacking = max(0.0, float(tables.recovery[0]) - abs(start - there))
            price = float(tables.recovery[1])
            # not to be broken: dearer than anything, the judge has the last word
            rate = price if price >= 0 else 1e6
            levels[0] += lacking * float(tables.pair_people[pair]) * rate
        return levels

    def _excesses(self) -> None:
        """Give a variable to each cell that the free waves may fill beyond what is left."""
        tables = self.tables
        owner = {one: wave for wave in self.free for one in self.kept(wave)}
        for (row, week), parts in self._cells.items():
            left = float(tables.capacity[row, week] - self._fixed.use[row, week])
            most: dict[int, float] = {}
            for candidate, value in parts:
                wave = owner[candidate]
                most[wave] = max(most.get(wave, 0.0), value)
            top = sum(most.values())
            if top <= left:
                continue
            limit = round(left * GRAINS)
            excess = self.cp.new_int_var(0, max(0, round(top * GRAINS) - limit) + len(most), "")
            weights = [round(value * GRAINS) for _, value in parts]
            load = cp_model.LinearExpr.weighted_sum(
                [self.literals[one] for one, _ in parts], weights
            )
            self.cp.add(load <= limit + excess)
            level = 0 if row < tables.populations else 1
            price = float(tables.price[row]) / GRAINS
            self.rounding[level] += price * (len(most) + 1) / 2
            self._cost(excess, level, price)

    def _cost(self, variable: object, level: int, price: float) -> None:
        levels = [0.0, 0.0, 0.0, 0.0]
        levels[level] = price
        self.terms.append(Term(variable, (levels[0], levels[1], levels[2], levels[3]), False))

    def _envelopes(self) -> None:
        tables = self.tables
        for envelope in range(len(tables.amounts)):
            parts = [
                (literal, round(float(tables.cand_spent[one, envelope])))
                for one, literal in self.literals.items()
                if tables.cand_spent[one, envelope]
            ]
            left = round(float(tables.amounts[envelope] - self._fixed.spent[envelope]))
            top = sum(euros for _, euros in parts)
            if not parts or top <= left:
                continue
            excess = self.cp.new_int_var(0, max(top, top - left), "")
            spent = cp_model.LinearExpr.weighted_sum(
                [literal for literal, _ in parts], [euros for _, euros in parts]
            )
            # staying waves may already be over: only what goes further is counted
            self.cp.add(spent <= max(left, 0) + excess)
            self.rounding[1] += (len(self.free) + 1) / 2
            self._cost(excess, 1, 1.0)

    def _arcs(self) -> Iterable[tuple[int, int, int, float]]:
        tables = self.tables
        for wave in self.free:
            for arc in range(int(tables.arc_ptr[wave]), int(tables.arc_ptr[wave + 1])):
                other = int(tables.arc_other[arc])
                if tables.arc_first[arc] and other in self._own:
                    yield wave, other, int(tables.arc_gap[arc]), float(tables.arc_price[arc])

    def _until(self, wave: int, week: int) -> list[Any]:
        """List the literals of a wave that start by a week."""
        return [
            self.literals[one] for one in self.kept(wave) if self.tables.cand_start[one] <= week
        ]

    def _gone(self, wave: int) -> list[Any]:
        return [
            self.literals[one]
            for one in self.kept(wave)
            if self.tables.cand_start[one] == POSTPONED
        ]

    def _starts(self, wave: int) -> list[int]:
        found = [int(self.tables.cand_start[one]) for one in self.kept(wave)]
        return [one for one in found if one != POSTPONED]

    def _ties(self) -> None:
        """Tie free waves: the one after has not started by a week unless the one before has."""
        for before, after, gap, price in self._arcs():
            if price < 0:
                for week in self._starts(after):
                    self.cp.add(
                        sum(self._until(after, week)) <= sum(self._until(before, week - gap))
                    )
                continue
            first, last = self._starts(before), self._starts(after)
            for week in range(min(last, default=0), max(first, default=0) + gap):
                early = self.cp.new_bool_var("")
                behind = sum(self._until(before, week - gap)) + sum(self._gone(before))
                self.cp.add(sum(self._until(after, week)) <= behind + early)
                self._cost(early, 2, price)
            if self._gone(before):
                orphan = self.cp.new_bool_var("")
                gone = sum(self._gone(before)) - sum(self._gone(after))
                self.cp.add(gone <= orphan)
                self._cost(orphan, 2, price * self.tables.weeks)

    def _recoveries(self) -> None:
        """Count the windows of recovery that hold both go-lives: as many as weeks missing."""
        tables = self.tables
        span, price = int(tables.recovery[0]), float(tables.recovery[1])
        for wave in self.free:
            for pair in range(int(tables.pair_ptr[wave]), int(tables.pair_ptr[wave + 1])):
                other = int(tables.pair_other[pair])
                if other not in self._own or other < wave:
                    continue
                people = float(tables.pair_people[pair])
                for week in range(min(self._starts(wave), default=0) - span + 1, tables.weeks):
                    both = [*self._within(wave, week, span), *self._within(other, week, span)]
                    if len(both) < 2:
                        continue
                    if price < 0:
                        self.cp.add(sum(both) <= 1)
                        continue
                    close = self.cp.new_bool_var("")
                    self.cp.add(sum(both) <= 1 + close)
                    self._cost(close, 0, price * people)

    def _within(self, wave: int, week: int, span: int) -> list[Any]:
        return [
            self.literals[one]
            for one in self.kept(wave)
            if week <= self.tables.cand_start[one] < week + span
        ]

    def priced(self, criterion: Floats) -> list[tuple[Any, float]]:
        """Give the variables that a criterion counts and their coefficients."""
        found = []
        for term in self.terms:
            cost = float(np.dot(criterion, term.levels))
            if cost:
                found.append((term.variable, cost))
        return found

    def hold(self, criterion: Floats, solved: Callable[[Any], int]) -> None:
        """Ask that a criterion be no worse than in a solution, within the rounding."""
        parts = self.priced(criterion)
        if not parts:
            return
        scale = LARGEST_COEFFICIENT / max(abs(cost) for _, cost in parts)
        weights = [round(cost * scale) for _, cost in parts]
        reached = sum(
            weight * solved(variable) for (variable, _), weight in zip(parts, weights, strict=True)
        )
        self.cp.add(
            cp_model.LinearExpr.weighted_sum([one for one, _ in parts], weights)
            <= reached + len(self.free)
        )


def _missing(gap: int, before: int, after: int, weeks: int) -> int:
    if after == POSTPONED:
        return 0
    return weeks if before == POSTPONED else max(0, before + gap - after)


@dataclass(frozen=True, slots=True)
class Proof:
    """What the exact search says of one criterion: a state, a bound, whether it is the best."""

    state: State
    bound: float
    proved: bool


def solve_exactly(
    model: Model, criteria: Floats, *, effort: float, clock: Clock, seed: int
) -> tuple[list[Proof], bool]:
    """Minimise criteria one after the other, each held before the next.

    `effort` is CP-SAT's deterministic time for each criterion; the clock cuts it short. Ends at
    the first criterion that is not proved. Says also whether the clock, and not the effort, ended
    it: the answer may then differ next time.
    """
    found: list[Proof] = []
    state = model.state
    for criterion in np.atleast_2d(criteria):
        seconds = max(clock.left, SHORTEST_SECONDS)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = seed
        solver.parameters.max_deterministic_time = effort
        solver.parameters.max_time_in_seconds = seconds
        parts = model.priced(criterion)
        if parts:
            names, costs = zip(*parts, strict=True)
            model.cp.minimize(cp_model.LinearExpr.weighted_sum(names, costs))
        status = solver.solve(model.cp)
        cut = status != cp_model.OPTIMAL and solver.wall_time >= NEARLY * seconds
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return found, cut
        state = _read(model, state, solver)
        gap = max(solver.objective_value - solver.best_objective_bound, 0.0) if parts else 0.0
        off = float(np.dot(np.abs(criterion), model.rounding))
        reached = float(np.dot(criterion, total(model.tables, state)[1:]))
        proved = status == cp_model.OPTIMAL
        found.append(Proof(state, reached - gap - off, proved))
        if not proved:
            return found, cut
        model.hold(criterion, solver.value)
        model.hint(state)
    return found, False


def _read(model: Model, state: State, solver: cp_model.CpSolver) -> State:
    """Give the state that a solver chose for the free waves."""
    at = state.at.copy()
    for wave in model.free:
        at[wave] = next(one for one in model.kept(wave) if solver.value(model.literals[one]))
    return state_at(model.tables, at)
