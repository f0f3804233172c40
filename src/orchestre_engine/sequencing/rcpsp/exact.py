"""The same question put to OR-Tools CP-SAT: a shorter schedule, or the proof that there is none."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

import numpy as np
from ortools.sat.python import cp_model

if TYPE_CHECKING:
    from collections.abc import Callable

    from orchestre_engine.sequencing.rcpsp.plan import Layout, Whole

SMALLEST_SECONDS = 0.01


@dataclass(frozen=True, slots=True)
class Effort:
    """How long CP-SAT may try: seconds by the clock, or its own repeatable measure of time."""

    seconds: float | None = None
    deterministic: float | None = None
    workers: int = 1
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What CP-SAT found: a shorter schedule if any, and the length nothing can beat."""

    starts: Whole | None
    bound: int


class Exact:
    """A model of the schedules that end by a given period; asked once.

    Parameters
    ----------
    plan
        What is scheduled.
    within
        Only schedules of this length or less are looked for.
    bound
        What is already proved.
    hint
        Starts close to which to look first.

    Attributes
    ----------
    shortest
        Length of the shortest schedule it knows of.
    variables
        Its starts.
    """

    def __init__(self, plan: Layout, within: int, bound: int, hint: Whole | None = None) -> None:
        """Write the model."""
        self.shortest = within + 1
        self._plan = plan
        self._within = within
        self._bound = bound
        self._solver = cp_model.CpSolver()
        self._model = cp_model.CpModel()
        self.variables = self._placed()
        self._end = self._model.new_int_var(bound, within, "end")
        self._close()
        if hint is not None:
            for variable, start in zip(self.variables, hint.tolist(), strict=True):
                self._model.add_hint(variable, start)

    def _placed(self) -> list[cp_model.IntVar]:
        plan, model = self._plan, self._model
        latest = self._within - plan.tails - plan.forward.duration
        starts = [
            model.new_int_var(head, last, code)
            for code, head, last in zip(
                plan.codes, plan.heads.tolist(), latest.tolist(), strict=True
            )
        ]
        for i, j, lag in plan.edges:
            model.add(starts[j] >= starts[i] + lag)
        spans = [
            model.new_fixed_size_interval_var(start, length, f"{code} in time")
            for start, length, code in zip(
                starts, plan.forward.duration.tolist(), plan.codes, strict=True
            )
        ]
        for resource, capacity in enumerate(plan.capacities.tolist()):
            amounts = plan.demands[:, resource].tolist()
            users = [at for at, amount in enumerate(amounts) if amount]
            model.add_cumulative(
                [spans[at] for at in users], [amounts[at] for at in users], capacity
            )
        return starts

    def _close(self) -> None:
        for start, length in zip(self.variables, self._plan.forward.duration.tolist(), strict=True):
            self._model.add(self._end >= start + length)
        self._model.minimize(self._end)

    def stop(self) -> None:
        """Ask for the end of the search, from another thread."""
        self._solver.stop_search()

    def ask(
        self,
        effort: Effort,
        on_better: Callable[[Whole], None] | None = None,
        on_bound: Callable[[int], None] | None = None,
    ) -> Answer:
        """Search; tell of shorter schedules and of higher bounds as they come."""
        solver = self._solver
        parameters = solver.parameters
        parameters.num_workers = effort.workers
        parameters.random_seed = effort.seed % 2**31
        parameters.linearization_level = 0  # measured: relaxations cost more than they prune here
        if effort.seconds is not None:
            parameters.max_time_in_seconds = max(SMALLEST_SECONDS, effort.seconds)
        if effort.deterministic is not None:
            parameters.max_deterministic_time = effort.deterministic
        if on_bound is not None:
            solver.best_bound_callback = lambda value: on_bound(round(value))
        status = solver.solve(self._model, _Listener(self, on_better))
        if status == cp_model.INFEASIBLE:
            return Answer(None, self._within + 1)
        proved = solver.best_objective_bound
        bound = max(self._bound, round(proved) if isfinite(proved) else 0)
        if status in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
            starts = np.array([solver.value(one) for one in self.variables], np.int64)
            return Answer(starts, bound)
        return Answer(None, bound)


class _Listener(cp_model.CpSolverSolutionCallback):
    """Passes each shorter schedule on."""

    def __init__(self, question: Exact, on_better: Callable[[Whole], None] | None) -> None:
        super().__init__()
        self._question = question
        self._on_better = on_better

    def on_solution_callback(self) -> None:
        """Note the length and pass the schedule on."""
        self._question.shortest = round(self.objective_value)
        if self._on_better is not None:
            variables = self._question.variables
            self._on_better(np.array([self.value(one) for one in variables], np.int64))
