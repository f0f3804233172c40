"""CP-SAT asked again each time a shorter schedule makes its question tighter."""

from __future__ import annotations

from dataclasses import replace
from threading import Event, Thread
from typing import TYPE_CHECKING

from orchestre_engine.sequencing.rcpsp.exact import Effort, Exact

if TYPE_CHECKING:
    from collections.abc import Callable

    from orchestre_engine.sequencing.rcpsp.breeding import Breeder
    from orchestre_engine.sequencing.rcpsp.incumbent import Incumbent
    from orchestre_engine.sequencing.rcpsp.plan import Layout

_PATIENCE_SECONDS = 0.02


def prove(plan: Layout, incumbent: Incumbent, effort: Effort) -> None:
    """Look once for a schedule shorter than the incumbent, or for the proof that none is."""
    if not incumbent.closed:
        _ask(
            Exact(plan, incumbent.makespan - 1, incumbent.bound, incumbent.starts),
            incumbent,
            effort,
        )


def _ask(question: Exact, incumbent: Incumbent, effort: Effort) -> None:
    answer = question.ask(effort, incumbent.offer, incumbent.prove)
    if answer.starts is not None:
        incumbent.offer(answer.starts)
    incumbent.prove(answer.bound)


class Companion:
    """Proves in its own thread while that gets somewhere, then breeds a population of its own.

    Parameters
    ----------
    evolution
        Founds the population when it comes to that.
    left
        Seconds left.
    patience
        Seconds without a higher bound or a shorter schedule after which it stops proving.
    """

    def __init__(
        self,
        plan: Layout,
        incumbent: Incumbent,
        evolution: Callable[[], Breeder],
        effort: Effort,
        left: Callable[[], float],
        patience: float,
    ) -> None:
        """Start at once."""
        self._plan = plan
        self._incumbent = incumbent
        self._evolution = evolution
        self._effort = effort
        self._left = left
        self._patience = patience
        self._progress = (incumbent.makespan, incumbent.bound)
        self._progress_at = left()
        self._question: Exact | None = None
        self._proving = True
        self._ended = Event()
        self.schedules = 0
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def look(self) -> None:
        """Ask again if a shorter schedule came from elsewhere; stop proving if it is in vain."""
        progress = (self._incumbent.makespan, self._incumbent.bound)
        if progress != self._progress:
            self._progress, self._progress_at = progress, self._left()
        if self._progress_at - self._left() > self._patience:
            self._proving = False
        question = self._question
        if question is not None and (
            not self._proving or self._incumbent.makespan < question.shortest
        ):
            question.stop()

    def end(self) -> None:
        """Stop and wait."""
        self._ended.set()
        while self._thread.is_alive():
            if self._question is not None:
                self._question.stop()
            self._thread.join(_PATIENCE_SECONDS)

    def _goes_on(self) -> bool:
        return not (self._incumbent.closed or self._ended.is_set()) and self._left() > 0

    def _run(self) -> None:
        incumbent = self._incumbent
        while self._proving and self._goes_on():
            self._question = Exact(
                self._plan, incumbent.makespan - 1, incumbent.bound, incumbent.starts
            )
            _ask(self._question, incumbent, replace(self._effort, seconds=self._left()))
        if self._goes_on():
            breeder = self._evolution()
            while self._goes_on():
                breeder.breed()
            self.schedules = breeder.evolution.schedules
