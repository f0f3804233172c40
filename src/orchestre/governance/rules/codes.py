"""Numbers of decisions, actions and points: D-2026-014."""

from __future__ import annotations

import re
from collections.abc import Iterable


def next_code(prefix: str, year: int, known: Iterable[str]) -> str:
    """Return the number after the highest of its year."""
    pattern = re.compile(rf"{re.escape(prefix)}-{year}-(\d+)$")
    numbers = [int(found[1]) for found in map(pattern.match, known) if found]
    return f"{prefix}-{year}-{max(numbers, default=0) + 1:03}"
