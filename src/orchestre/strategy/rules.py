"""Facts on values of the strategy: pure functions."""

from __future__ import annotations

from collections.abc import Iterable


def pulls_apart(directions: Iterable[str]) -> bool:
    """Tell whether initiatives push one indicator in opposite ways."""
    return len(set(directions)) > 1


def target_is_better(direction: str, baseline: float | None, target: float | None) -> bool | None:
    """Tell whether reaching the target improves the indicator; None when that is not known."""
    if baseline is None or target is None or baseline == target:
        return None
    return (target > baseline) == (direction == "up")
