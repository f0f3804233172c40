"""The search: rounds of annealing and descent, each a fixed amount of work.

Nothing in a round looks at a clock, so that a problem, a seed and a number of rounds give one
plan. Cycles of annealing get longer: the first ones give good plans at once, the later ones
better plans. Every cycle starts again from the best plan so far.
"""

from dataclasses import dataclass, field

import numpy as np

from orchestre_engine.sequencing import greedy, kernels
from orchestre_engine.sequencing.kernels import State
from orchestre_engine.sequencing.tables import Floats, Ints, Tables

STEPS, STEPS_A_WAVE = 150_000, 3_000
"""Random moves in a round, at most in all and for each wave."""

LONGEST_CYCLE = 64
SAMPLED = 60
HOTTEST, COLDEST, COLD = 5.0, 0.2, 0.01
"""Temperatures, in parts of the typical change of energy of one move: a cycle starts between the
first two and ends at the third."""

MOVES_FOR_HEAT = 500
"""Moves per wave that a cycle needs to start one typical change hotter."""

RULES_FIRST = 20.0
"""Price of a week of broken rule in the energy, in typical changes of one move."""

RANKS_APART = 1e-2
"""What a rank weighs in the energy beside the one before; the descent compares them exactly."""


@dataclass
class Search:
    """A search in progress.

    Parameters
    ----------
    tables : Tables
        The problem as columns.
    seed : int
        Same seed, same rounds, same plan.
    """

    tables: Tables
    seed: int
    best: State = field(init=False)
    cost: Floats = field(init=False)
    rounds: int = field(init=False, default=0)
    _mix: Floats = field(init=False)
    _step: float = field(init=False)
    _movers: Ints = field(init=False)
    _walk: State | None = field(init=False, default=None)
    _cycle: int = field(init=False, default=1)
    _place: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self.best = greedy.home_state(self.tables)
        lengths = np.diff(self.tables.cand_ptr)
        self._movers = np.flatnonzero(lengths > 1).astype(np.int64)

    @property
    def movers(self) -> tuple[int, ...]:
        """Waves that have a choice."""
        return tuple(self._movers.tolist())

    @property
    def may_move(self) -> bool:
        """Whether any wave has a choice."""
        return bool(len(self._movers))

    def start(self) -> None:
        """Take what `best` holds as the plan to improve."""
        self.cost = kernels.total(self.tables, self.best)
        self._mix, self._step = energy_of(self.tables, self.best, self._movers, self.seed)
        self.consider(self.settled(self.best.copy()))

    def consider(self, state: State) -> bool:
        """Keep a state when it is better than the best so far; say whether it was."""
        state = kernels.state_at(self.tables, state.at)
        cost = kernels.total(self.tables, state)
        if kernels.compare(self.tables, cost, self.cost) >= 0:
            return False
        self.best, self.cost = state, cost
        return True

    def round(self) -> bool:
        """Anneal for a round, settle a copy, keep it when better; say whether it was."""
        self.rounds += 1
        if self._walk is None or self._place == 0:
            self._walk = self.best.copy()
        first, last = self._temperatures()
        heat = np.array([first, last])
        pace = (self._steps, self.seed * 1_000_003 + self.rounds)
        kernels.anneal(self.tables, self._walk, self._movers, self._mix, heat, pace)
        self._walk = kernels.state_at(self.tables, self._walk.at)
        self._place += 1
        better = self.consider(self.settled(self._walk.copy()))
        if self._place == self._cycle:
            self._place = 0
            self._cycle = min(self._cycle * 2, LONGEST_CYCLE)
        return better

    @property
    def _steps(self) -> int:
        return min(STEPS, STEPS_A_WAVE * len(self._movers))

    def _temperatures(self) -> tuple[float, float]:
        moves = self._steps * self._cycle / len(self._movers)
        hot = min(max(moves / MOVES_FOR_HEAT, COLDEST), HOTTEST)
        first = hot * (COLD / hot) ** (self._place / self._cycle)
        last = hot * (COLD / hot) ** ((self._place + 1) / self._cycle)
        return first * self._step, last * self._step

    def settled(self, state: State) -> State:
        """Settle every wave of a state where it costs least, until none moves."""
        random = np.random.default_rng((self.seed, self.rounds))
        order = random.permutation(self._movers)
        kernels.descend(self.tables, state, order, 30)
        return state


def energy_of(tables: Tables, state: State, movers: Ints, seed: int) -> tuple[Floats, float]:
    """Give the weights of a cost in the energy, shape (5,), and the typical change of one move.

    Ranks are weighed by how much single moves change them, each a hundred times less than the
    one before.
    """
    random = np.random.default_rng(seed)
    sampled = random.permutation(movers)[:SAMPLED]
    spread = np.zeros(5)
    for wave in sampled.tolist():
        kernels.take_up(tables, state, wave)
        costs = greedy.costs_of(tables, state, wave)
        kernels.put_down(tables, state, wave, int(state.at[wave]))
        spread += np.abs(costs - np.median(costs, axis=0)).mean(axis=0)
    spread /= max(len(sampled), 1)
    moved = tables.criteria @ spread[1:]
    mix, step, weight = np.zeros(5), 0.0, 1.0
    for rank, typical in enumerate(moved.tolist()):
        if typical <= 0:
            continue
        step = step or typical
        mix[1:] += weight * (step / typical) * tables.criteria[rank]
        weight *= RANKS_APART
    step = step or 1.0
    mix[0] = RULES_FIRST * step
    return mix, step
