"""Refusals shared by the parts of a sequencing problem: where, what, how to mend it."""

import math
from collections import Counter
from collections.abc import Iterable

from orchestre_engine.errors import ProblemError


def named(kind: str, identifier: str) -> None:
    """Refuse an empty identifier."""
    if not identifier.strip():
        raise ProblemError(f"{kind}: the identifier is empty; give each one a distinct name.")


def figures(where: str, what: str, values: Iterable[float]) -> None:
    """Refuse figures that are negative or not finite."""
    for value in values:
        if not (math.isfinite(value) and value >= 0):
            raise ProblemError(f"{where}: {what} hold {value:g}; give figures of 0 or more.")


def figure(where: str, what: str, value: float) -> None:
    """Refuse a figure that is negative or not finite."""
    if not (math.isfinite(value) and value >= 0):
        raise ProblemError(f"{where}: {what} is {value:g}; give a figure of 0 or more.")


def ranged(where: str, first_week: int, end_week: int) -> None:
    """Refuse an empty range of weeks."""
    if end_week <= first_week:
        raise ProblemError(
            f"{where}: it ends in week {end_week}, not after week {first_week}; "
            "the end is the first week outside, so give a later one."
        )


def distinct(kind: str, identifiers: Iterable[str]) -> None:
    """Refuse an identifier given twice."""
    for identifier, times in Counter(identifiers).items():
        if times > 1:
            raise ProblemError(f"{kind} “{identifier}”: given {times} times; keep one.")


def known(where: str, what: str, identifiers: Iterable[str], known: set[str]) -> None:
    """Refuse a name that is not in the problem."""
    for identifier in identifiers:
        if identifier not in known:
            raise ProblemError(
                f"{where}: {what} “{identifier}” is not in the problem; add it or correct the name."
            )
