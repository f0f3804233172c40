"""A population of schedules, bred slice by slice so that others may look in between."""

from __future__ import annotations

import numpy as np

from orchestre_engine.sequencing.rcpsp import kernel
from orchestre_engine.sequencing.rcpsp.plan import Layout, Whole

FIRST_SIZE = 300
LARGEST_SIZE = 2_400
#: Children per member without a better schedule, after which a new population is founded; no more
#: than there are activities, since small problems settle sooner.
PATIENCE = 60
WAYS = {"picks": 3, "rivals": 1, "swap_per_mille": 100}
SCHEDULES_PER_CHILD = 3


class Evolution:
    """An evolutionary search that can be carried on, told of better schedules, and read.

    Parameters
    ----------
    plan
        What is scheduled.
    seed
        Same seed, same calls: same schedules.
    """

    def __init__(self, plan: Layout, seed: int, size: int = FIRST_SIZE) -> None:
        """Draw the first population."""
        self._plan = plan
        self._ground = kernel.Ground(
            plan.forward, plan.mirror, _tools(plan), kernel.Ways(**WAYS), plan.tails, _seeded(seed)
        )
        self._size = size
        self._stalled = 0
        self.schedules = 0
        self.makespan = plan.horizon
        self.starts: Whole = np.zeros_like(plan.forward.duration)
        self._found()

    def breed(self, children: int, target: int = 0) -> None:
        """Make some children; stop at a schedule no longer than the target."""
        before = int(self._population.ends.min())
        made = kernel.evolve(self._ground, self._population, children, target)
        self.schedules += made * SCHEDULES_PER_CHILD
        self._stalled = 0 if self._population.ends.min() < before else self._stalled + made
        self._keep()
        patience = min(PATIENCE, len(self._plan.codes)) * self._size
        if self._stalled > patience and self.makespan > target:
            self._size = min(2 * self._size, LARGEST_SIZE)
            self._found()

    def receive(self, starts: Whole) -> None:
        """Put a schedule found elsewhere in the place of the worst member."""
        order = _along(self._plan, starts)
        placed = self._ground.tools.starts
        end = kernel.justify(self._ground, order, placed)
        worst = int(self._population.ends.argmax())
        kernel.settle(self._population, worst, order, placed, end)
        self._keep()

    def _found(self) -> None:
        count = len(self._plan.codes)
        self._population = kernel.Population(
            np.zeros((self._size, count), np.int64),
            np.zeros(self._size, np.int64),
            np.zeros(self._size, np.int64),
            np.zeros(count, np.int64),
        )
        kernel.found(self._ground, self._population)
        self._stalled = 0
        self.schedules += self._size * SCHEDULES_PER_CHILD
        self._keep()

    def _keep(self) -> None:
        end = int(self._population.ends.min())
        if end < self.makespan:
            self.makespan = end
            self.starts = self._population.best.copy()


def _along(plan: Layout, starts: Whole) -> Whole:
    """Order activities by rising starts, along the links.

    A link that allows an overlap may let the second start before the first: it still comes after.
    """
    forward = plan.forward
    ranks = np.empty_like(forward.topological)
    ranks[forward.topological] = np.arange(len(ranks))
    keys = starts.copy()
    if forward.irregular:
        for i in forward.topological:
            before = forward.into_of[forward.into_at[i] : forward.into_at[i + 1]]
            keys[i] = max(keys[i], keys[before].max(initial=0))
    return np.lexsort((ranks, keys)).astype(np.int64)


def _tools(plan: Layout) -> kernel.Tools:
    count = len(plan.codes)
    rooms = [np.zeros(count, np.int64) for _ in range(5)]
    left = np.zeros((plan.horizon, len(plan.forward.full)), np.int64)
    return kernel.Tools(left, np.zeros(plan.horizon + 2, np.int64), *rooms)


def _seeded(seed: int) -> Whole:
    """Spread a seed over the two states of the random numbers."""
    first, second = np.random.SeedSequence(seed).generate_state(2).tolist()
    return np.array(
        [first % (kernel.FIRST_MODULUS - 1) + 1, second % (kernel.SECOND_MODULUS - 1) + 1],
        np.int64,
    )
