"""The best schedule and the best bound, shared by those who search."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from orchestre_engine.sequencing.rcpsp.plan import Layout, Whole


class Incumbent:
    """Schedules only get shorter and bounds only rise, whoever tells of them."""

    def __init__(self, plan: Layout, bound: int, starts: Whole) -> None:
        """Begin with a schedule and what the bounds say."""
        self._durations = plan.forward.duration
        self._lock = Lock()
        self.starts = starts.copy()
        self.makespan = self._end(starts)
        self.bound = bound

    @property
    def closed(self) -> bool:
        """Tell whether the schedule is proved the shortest."""
        return self.bound >= self.makespan

    def offer(self, starts: Whole) -> None:
        """Keep a schedule if it is shorter."""
        end = self._end(starts)
        with self._lock:
            if end < self.makespan:
                self.starts, self.makespan = starts.copy(), end

    def prove(self, bound: int) -> None:
        """Keep a bound if it is higher."""
        with self._lock:
            self.bound = max(self.bound, bound)

    def _end(self, starts: Whole) -> int:
        return int((starts + self._durations).max(initial=0))
