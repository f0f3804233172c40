"""Time of the processor, told so that a limit means the same on every machine.

A slow machine, a busy neighbour and the tracer of coverage would judge the code in its place:
what is timed runs untraced, between two runs of a fixed piece of work, and is told in
milliseconds of a machine that does this work in `REFERENCE_MS`.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import process_time

REFERENCE_MS = 4.0


def typical_ms(work: Callable[[], object], times: int = 7) -> float:
    """Give the middle time of a piece of work."""
    return statistics.median(every_ms(work, times))


def every_ms(work: Callable[[], object], times: int) -> list[float]:
    """Give the time of each of several runs of a piece of work."""
    with _untraced():
        before = _yardstick_ms()
        spent = [_ms(work) for _time in range(times)]
        known = (before + _yardstick_ms()) / 2
    return [one * REFERENCE_MS / known for one in spent]


@contextmanager
def _untraced() -> Iterator[None]:
    tracer = sys.gettrace()
    sys.settrace(None)
    try:
        yield
    finally:
        sys.settrace(tracer)


def _ms(work: Callable[[], object]) -> float:
    began = process_time()
    work()
    return (process_time() - began) * 1000


def _yardstick_ms() -> float:
    return min(_ms(_yardstick) for _time in range(5))


def _yardstick() -> int:
    """Do what pages do: count, look up, write text."""
    seen: dict[str, int] = {}
    for number in range(9_000):
        name = f"{number % 997}:{number * 7 % 13}"
        seen[name] = seen.get(name, 0) + len(name)
    return len("".join(f"<td>{name}</td>" for name in sorted(seen)))
