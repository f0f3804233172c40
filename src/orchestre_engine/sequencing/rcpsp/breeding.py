"""An evolution that shares what it finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestre_engine.sequencing.rcpsp.evolution import Evolution

if TYPE_CHECKING:
    from orchestre_engine.sequencing.rcpsp.incumbent import Incumbent
    from orchestre_engine.sequencing.rcpsp.plan import Layout

#: Activities placed between two looks at the clock: some milliseconds.
SLICE_ACTIVITIES = 20_000


class Breeder:
    """Breeds slice by slice, takes the schedules of others in, tells of its own."""

    def __init__(self, plan: Layout, incumbent: Incumbent, evolution: Evolution) -> None:
        """Breed nothing yet."""
        self.evolution = evolution
        self.slice = max(1, SLICE_ACTIVITIES // max(1, len(plan.codes)))
        self._incumbent = incumbent

    def breed(self, children: int | None = None) -> None:
        """Breed a slice."""
        if self._incumbent.makespan < self.evolution.makespan:
            self.evolution.receive(self._incumbent.starts)
        self.evolution.breed(children or self.slice, self._incumbent.bound)
        self._incumbent.offer(self.evolution.starts)
