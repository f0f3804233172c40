"""Time given to a search, and when to stop it."""

import time
from collections.abc import Callable


class Clock:
    """Seconds since a start, and whether a limit has passed or the caller asked to stop."""

    def __init__(self, seconds: float | None, should_stop: Callable[[], bool] | None) -> None:
        self._start = time.monotonic()
        self._seconds = seconds
        self._asked = should_stop
        self.was_stopped = False

    @property
    def spent(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self._start

    @property
    def left(self) -> float:
        """Seconds left; infinite without a limit."""
        return float("inf") if self._seconds is None else self._seconds - self.spent

    def is_stopped(self) -> bool:
        """Whether the caller asked to stop, now or before."""
        if self._asked is not None and not self.was_stopped and self._asked():
            self.was_stopped = True
        return self.was_stopped

    def over(self) -> bool:
        """Whether it is time to give an answer."""
        return self.is_stopped() or self.left <= 0
