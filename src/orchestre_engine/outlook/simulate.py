"""Thousands of worlds: when things end and what they cost when nothing is sure (Monte Carlo).

Worlds are drawn in blocks, each a Latin hypercube of its own: memory holds tasks × one block,
and draws × what is watched. Indices are summed block after block.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from orchestre_engine.errors import ProblemError
from orchestre_engine.outlook.cpm import CRITICAL_DAYS, likely_days
from orchestre_engine.outlook.money import Purse
from orchestre_engine.outlook.passes import Floats, Passes, StopDraw
from orchestre_engine.outlook.problem import Effect, OutlookProblem
from orchestre_engine.outlook.result import Driver, OutlookResult, Seen, spread_of
from orchestre_engine.outlook.sampling import Block, Copula, uniform

BLOCK = 2_500
"""Worlds drawn together."""


class OutlookStoppedError(Exception):
    """The caller asked to stop before the last block: there is no answer."""


@dataclass
class _Sums:
    """What the indices need, summed over the blocks; arrays have one figure per task."""

    worlds: int = 0
    days: Floats = field(default_factory=lambda: np.zeros(0))
    squares: Floats = field(default_factory=lambda: np.zeros(0))
    products: Floats = field(default_factory=lambda: np.zeros(0))
    critical: Floats = field(default_factory=lambda: np.zeros(0))
    weighted: Floats = field(default_factory=lambda: np.zeros(0))
    end: float = 0.0
    end_squares: float = 0.0

    def add(self, days: Floats, centre: Floats, spare: Floats, end: Floats, middle: float) -> None:
        """Add a block; days and ends are centred first, so that squares stay exact."""
        if not len(self.days):
            for name in ("days", "squares", "products", "critical", "weighted"):
                setattr(self, name, np.zeros(len(days)))
        moved, late = days - centre, end - middle
        self.worlds += len(end)
        self.days += moved.sum(axis=1)
        self.squares += np.einsum("ij,ij->i", moved, moved)
        self.products += moved @ late
        self.critical += (spare < CRITICAL_DAYS).sum(axis=1)
        whole = days + spare
        part = np.divide(days, whole, out=np.zeros_like(days), where=whole > 0)
        self.weighted += part @ end
        self.end += float(late.sum())
        self.end_squares += float(late @ late)


def simulate(
    problem: OutlookProblem,
    *,
    draws: int = 10_000,
    seed: int = 0,
    progress: Callable[[float], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> OutlookResult:
    """Draw worlds in which durations, risks and costs vary.

    Parameters
    ----------
    problem : OutlookProblem
        Tasks, doubts, risks and money.
    draws : int
        Number of worlds.
    seed : int
        0 or more; the same seed gives the same answer.
    progress : callable or None
        Told the part done, 0 to 1, after each block.
    should_stop : callable or None
        Asked before each block; when it says yes the simulation gives up.

    Returns
    -------
    OutlookResult
        Dates, money, and what drives the end of the target.

    Raises
    ------
    ProblemError
        When there is no task or no draw, or the seed is negative.
    OutlookStoppedError
        When `should_stop` said yes.
    """
    if draws < 1 or seed < 0 or not problem.tasks:
        raise ProblemError(
            f"Outlook: {len(problem.tasks)} tasks, {draws} draws, seed {seed}; give one task, one "
            "draw and a seed of 0 at least."
        )
    simulation = _Simulation(problem, draws, seed)
    for block, first in enumerate(range(0, draws, BLOCK)):
        if should_stop is not None and should_stop():
            raise OutlookStoppedError
        simulation.draw(block, first, min(BLOCK, draws - first))
        if progress is not None:
            progress(min(first + BLOCK, draws) / draws)
    return simulation.result()


class _Simulation:
    def __init__(self, problem: OutlookProblem, draws: int, seed: int) -> None:
        self.problem, self.draws, self.seed = problem, draws, seed
        self.copula, self.passes = Copula(problem, seed), Passes(problem)
        self.last = problem.row[problem.target] if problem.target else None
        count = len(problem.tasks)
        self.planned = self.passes.forward(likely_days(problem))[count:, 0]
        self.centre = np.array([[one.duration.mean] for one in problem.tasks])
        self.middle = float(self.planned.max() if self.last is None else self.planned[self.last])
        self.sums = _Sums()
        self.ends = np.empty((len(problem.watches), draws))
        self.finish = np.empty(draws)
        self.purse = Purse(problem, self.planned, draws)
        self.hits = np.zeros(len(problem.risks))

    def draw(self, number: int, first: int, worlds: int) -> None:
        block = self.copula.block(number, worlds)
        days, extra = self._days(block)
        both = self.passes.forward(days, self._stops(block))
        ends = both[len(days) :]
        here = slice(first, first + worlds)
        finish = ends.max(axis=0) if self.last is None else ends[self.last]
        self.finish[here] = finish
        for at, watch in enumerate(self.problem.watches):
            self.ends[at, here] = ends[self.problem.row[watch.task]]
        self.sums.add(days, self.centre, self.passes.floats(both, self.last), finish, self.middle)
        self.purse.draw(block, here, ends, extra)

    def _days(self, block: Block) -> tuple[Floats, Floats]:
        """Draw the durations, and what the risks that happen cost."""
        problem = self.problem
        days = np.empty((len(problem.tasks), block.worlds))
        for row, task in enumerate(problem.tasks):
            law = task.duration
            days[row] = law.likely if law.is_fixed else block.of(law, "task", task.id)
            if task.probability < 1:
                days[row] *= self._happens("branch", task.id, block, task.probability)
        np.maximum(days, 0.0, out=days)
        extra = self._risks(days, block)
        return days, extra

    def _risks(self, days: Floats, block: Block) -> Floats:
        """Make the risks happen: what multiplies first, then what adds; give what they cost."""
        extra = np.zeros(block.worlds)
        added: dict[int, Floats] = {}
        for at, risk in enumerate(self.problem.risks):
            probability, impact, cost = risk.facing(mitigated=self.problem.mitigated)
            hit = self._happens("risk", risk.id, block, probability)
            self.hits[at] += hit.sum()
            if cost is not None:
                extra += np.where(hit, cost.quantile(self._own("cost of", risk.id, block)), 0.0)
            if impact is None:
                continue
            value = impact.quantile(self._own("impact", risk.id, block))
            for row in (self.problem.row[one] for one in risk.tasks):
                if risk.effect is Effect.MULTIPLY:
                    days[row] *= np.where(hit, np.maximum(value, 0.0), 1.0)
                else:
                    added[row] = added.get(row, 0) + np.where(hit, value, 0.0)
        for row, more in added.items():
            days[row] = np.maximum(days[row] + more, 0.0)
        return extra

    def _own(self, what: str, name: str, block: Block) -> Floats:
        return uniform(what, name, block.number, block.worlds, self.seed)

    def _happens(self, what: str, name: str, block: Block, probability: float) -> Floats:
        return np.asarray(self._own(what, name, block) < probability)

    def _stops(self, block: Block) -> tuple[StopDraw, ...]:
        found = []
        for one in self.problem.stops:
            hit = self._happens("stop", one.id, block, one.probability)
            days = np.where(hit, one.days.quantile(self._own("stop of", one.id, block)), 0.0)
            rows = np.array([self.problem.row[task] for task in one.tasks]) if one.tasks else None
            found.append(StopDraw(one.starts, np.maximum(days, 0.0), rows))
        return tuple(found)

    def result(self) -> OutlookResult:
        costs, total = self.purse.costs()
        benefits, gained = self.purse.benefits()
        return OutlookResult(
            draws=self.draws,
            seed=self.seed,
            seen=tuple(self._seen(at) for at in range(len(self.problem.watches))),
            end=spread_of(self.finish),
            drivers=self._drivers(),
            costs=costs,
            total_cost=total,
            benefits=benefits,
            total_benefit=gained,
            npv=self.purse.npv(),
            risk_hits=tuple(
                (one.id, float(self.hits[at] / self.draws))
                for at, one in enumerate(self.problem.risks)
            ),
            lowered=self.copula.lowered,
            repaired=self.copula.repaired,
        )

    def _seen(self, at: int) -> Seen:
        watch, ends = self.problem.watches[at], self.ends[at]
        kept = joint = None
        if watch.promised is not None:
            on_time = ends <= watch.promised + CRITICAL_DAYS
            kept = float(on_time.mean())
            if watch.cost and watch.budget_eur is not None:
                within = self.purse.amount_of(watch.cost) <= watch.budget_eur
                joint = float((on_time & within).mean())
        planned = float(self.planned[self.problem.row[watch.task]])
        return Seen(watch.task, planned, spread_of(ends), watch.promised, kept, joint)

    def _drivers(self) -> tuple[Driver, ...]:
        sums, worlds = self.sums, self.sums.worlds
        centred = max(worlds - 1, 1)
        variance = np.maximum((sums.squares - sums.days**2 / worlds) / centred, 0.0)
        end_variance = max((sums.end_squares - sums.end**2 / worlds) / centred, 0.0)
        covariance = (sums.products - sums.days * sums.end / worlds) / centred
        mean_end = self.middle + sums.end / worlds
        found = []
        for row, task in enumerate(self.problem.tasks):
            criticality = float(sums.critical[row] / worlds)
            sensitivity = cruciality = None
            if variance[row] > 0 and end_variance > 0:
                deviation, end_deviation = np.sqrt(variance[row]), np.sqrt(end_variance)
                sensitivity = float(deviation / end_deviation * criticality)
                cruciality = float(abs(covariance[row]) / (deviation * end_deviation))
            significance = float(sums.weighted[row] / worlds / mean_end) if mean_end > 0 else 0.0
            found.append(Driver(task.id, criticality, significance, sensitivity, cruciality))
        return tuple(sorted(found, key=lambda one: (-(one.schedule_sensitivity or 0.0), one.task)))
