"""CP-SAT asked again each time a shorter schedule makes its question tighter."""

from __future__ import annotations

from threading import Event, Thread
from typing import TYPE_CHECKING

from orchestre_engine.sequencing.rcpsp.exact import Effort, Exact

if TYPE_CHECKING:
    from collections.abc import Callable

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


class Prover:
    """Proves in its own thread until told to stop.

    Parameters
    ----------
    left
        Seconds left.
    """

    def __init__(
        self,
        plan: Layout,
        incumbent: Incumbent,
        left: Callable[[], float],
        workers: int,
        seed: int,
    ) -> None:
        """Start at once."""
        self._plan = plan
        self._incumbent = incumbent
        self._left = left
        self._workers = workers
        self._seed = seed
        self._question: Exact | None = None
        self._ended = Event()
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def refresh(self) -> None:
        """Have the question asked again if a shorter schedule came from elsewhere."""
        question = self._question
        if question is not None and self._incumbent.makespan < question.shortest:
            question.stop()

    def end(self) -> None:
        """Stop and wait."""
        self._ended.set()
        while self._thread.is_alive():
            if self._question is not None:
                self._question.stop()
            self._thread.join(_PATIENCE_SECONDS)

    def _run(self) -> None:
        incumbent = self._incumbent
        while not (incumbent.closed or self._ended.is_set()) and self._left() > 0:
            self._question = Exact(
                self._plan, incumbent.makespan - 1, incumbent.bound, incumbent.starts
            )
            effort = Effort(seconds=self._left(), workers=self._workers, seed=self._seed)
            _ask(self._question, incumbent, effort)
