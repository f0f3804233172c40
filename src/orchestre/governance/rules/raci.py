"""RACI: exactly one accountable, at least one responsible."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

GAPS = ("nobody", "no_accountable", "several_accountable", "no_responsible")


def gaps(letters: Iterable[str]) -> tuple[str, ...]:
    """Return what is wrong with the roles given."""
    counts = Counter(letters)
    if not counts:
        return ("nobody",)
    found = []
    if not counts["A"]:
        found.append("no_accountable")
    elif counts["A"] > 1:
        found.append("several_accountable")
    if not counts["R"]:
        found.append("no_responsible")
    return tuple(found)
