"""How far the best plan is from the best there can be: relaxations, then exact search.

Small problems are solved exactly, with more effort at each attempt, until proved. Larger ones
are improved by the same model on a few waves at a time: those that meet around an overload
(large-neighbourhood search).

Source: P. Shaw, “Using constraint programming and local search methods to solve vehicle routing
problems”, CP 1998.
"""

from dataclasses import dataclass, field

import numpy as np

from orchestre_engine.sequencing.bounds import Lagrangian, lawful
from orchestre_engine.sequencing.clock import Clock
from orchestre_engine.sequencing.exact import Model, Proof, solve_exactly
from orchestre_engine.sequencing.kernels import State
from orchestre_engine.sequencing.search import Search
from orchestre_engine.sequencing.tables import Floats, Ints

LARGEST_EXACT = 9_000
"""Candidates up to which the whole problem is given to the exact search."""

AT_ONCE = 1_500
"""Candidates up to which the exact search comes at once, and makes neighbourhoods needless."""

FIRST_ATTEMPT, LATE_ATTEMPT = 2, 12
"""Round of the first exact attempt, at once or not; each next one comes twice as late, four times
as long."""

EFFORT = 2.0
STEPS_A_ROUND = 24
NEIGHBOURS = 14
NEIGHBOURHOOD_EFFORT = 0.15
AROUND_WEEKS = 8
NEIGHBOURHOOD_EVERY = 6
FIRST_NEIGHBOURHOOD = 8


@dataclass
class Prover:
    """Bounds and exact search beside a search.

    Parameters
    ----------
    search : Search
        Its best plan is read, and improved.
    clock : Clock
        Cuts the exact search short.
    """

    search: Search
    clock: Clock
    relaxed: list[Lagrangian] = field(init=False)
    proofs: list[Proof] = field(init=False, default_factory=list)
    was_cut: bool = field(init=False, default=False)
    _allowed: Floats = field(init=False)
    _next: int = field(init=False)
    _effort: float = field(init=False, default=EFFORT)

    def __post_init__(self) -> None:
        tables = self.search.tables
        self._allowed = lawful(tables)
        self.relaxed = [Lagrangian(tables, row, self._allowed) for row in tables.criteria]
        self._next = FIRST_ATTEMPT if self.choices <= AT_ONCE else LATE_ATTEMPT

    @property
    def choices(self) -> int:
        """Candidates among which the search chooses."""
        lengths = np.diff(self.search.tables.cand_ptr)
        return int(lengths[lengths > 1].sum())

    @property
    def is_done(self) -> bool:
        """Whether the best plan is proved the best on every criterion."""
        return len(self.proofs) == len(self.relaxed) and all(one.proved for one in self.proofs)

    def begin(self) -> None:
        """Start the relaxations from the best plan."""
        for one in self.relaxed:
            one.begin(self.search.best.use, self.search.best.spent)

    def work(self) -> bool:
        """Do the share of one round; say whether a better plan came out."""
        found = self.search.tables.criteria @ self.search.cost[1:]
        for rank, one in enumerate(self.relaxed):
            if rank == 0 or self.search.rounds % len(self.relaxed) == rank:
                one.improve(float(found[rank]), STEPS_A_ROUND)
        if self.choices <= LARGEST_EXACT and self.search.rounds >= self._next:
            return self._attempt()
        late = self.choices > AT_ONCE and self.search.rounds >= FIRST_NEIGHBOURHOOD
        if late and self.search.rounds % NEIGHBOURHOOD_EVERY == 0:
            return self._neighbourhood()
        return False

    def _attempt(self) -> bool:
        """Solve the whole problem exactly, as far as the effort goes."""
        search = self.search
        model = Model(search.tables, search.best, self.search.movers, self._allowed)
        proofs, cut = solve_exactly(
            model,
            search.tables.criteria,
            effort=self._effort,
            clock=self.clock,
            seed=search.seed,
        )
        self._next, self._effort = 2 * self._next, 4 * self._effort
        self.was_cut = self.was_cut or cut
        better = sum(search.consider(one.state) for one in proofs) > 0
        if len([one for one in proofs if one.proved]) >= self.proved:
            self.proofs = proofs
        return better

    @property
    def proved(self) -> int:
        """Number of criteria, in rank order, proved so far."""
        return len([one for one in self.proofs if one.proved])

    def _neighbourhood(self) -> bool:
        """Solve exactly a few waves that meet around an overload."""
        search = self.search
        free = around_an_overload(search, search.best)
        if len(free) < 2:
            return False
        model = Model(search.tables, search.best, free, self._allowed)
        proofs, cut = solve_exactly(
            model,
            search.tables.criteria[:1],
            effort=NEIGHBOURHOOD_EFFORT,
            clock=self.clock,
            seed=search.rounds,
        )
        self.was_cut = self.was_cut or cut
        return sum(search.consider(search.settled(one.state)) for one in proofs) > 0

    def bound_of(self, rank: int) -> tuple[float | None, bool]:
        """Give the bound known for a criterion, and whether it is proved reached."""
        relaxed = self.relaxed[rank].value
        known = relaxed if np.isfinite(relaxed) else None
        if rank < len(self.proofs):
            exact = self.proofs[rank]
            return max(exact.bound, exact.bound if known is None else known), exact.proved
        return known, False


def around_an_overload(search: Search, state: State) -> tuple[int, ...]:
    """Draw an overloaded cell, the dearer the likelier, and the waves that may act on it.

    Those laid around it come first, then some that could come there.
    """
    tables = search.tables
    random = np.random.default_rng((search.seed, search.rounds, 1))
    over = np.maximum(0.0, state.use - tables.capacity) * tables.price[:, None]
    weight = over.ravel()
    if weight.sum() <= 0:
        return ()
    cell = int(random.choice(len(weight), p=weight / weight.sum()))
    row, week = divmod(cell, over.shape[1])
    mine = tables.seg_row == row
    owner = np.repeat(np.arange(tables.waves), np.diff(tables.seg_ptr))
    first = state.starts[owner] + tables.seg_offset
    last = first + np.diff(tables.seg_at)
    near = mine & (first < week + AROUND_WEEKS) & (last > week - AROUND_WEEKS)
    movers = set(search.movers)
    close = [one for one in _shuffled(random, owner[near]) if one in movers]
    far = [one for one in _shuffled(random, owner[mine & ~near]) if one in movers]
    return tuple(sorted(dict.fromkeys((close + far)[:NEIGHBOURS])))


def _shuffled(random: np.random.Generator, waves: Ints) -> list[int]:
    return [int(one) for one in random.permutation(np.unique(waves))]
