"""Facts on values of the strategy: pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterable

WIDTH = 3


def next_code(prefix: str, known: Iterable[str]) -> str:
    """Return the first free code after the largest number in use: IN-001, IN-002…"""
    numbered = re.compile(rf"{re.escape(prefix)}-(\d+)", re.IGNORECASE)
    taken = [int(found[1]) for code in known if (found := numbered.fullmatch(code.strip()))]
    return f"{prefix}-{max(taken, default=0) + 1:0{WIDTH}}"


def pulls_apart(directions: Iterable[str]) -> bool:
    """Tell whether initiatives push one indicator in opposite ways."""
    return len(set(directions)) > 1


def target_is_better(direction: str, baseline: float | None, target: float | None) -> bool | None:
    """Tell whether reaching the target improves the indicator; None when that is not known."""
    if baseline is None or target is None or baseline == target:
        return None
    return (target > baseline) == (direction == "up")
