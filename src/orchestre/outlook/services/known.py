"""What the outlook of the portfolio rests on, kept in memory while nothing is written.

A page asks one small query: the last link of the journal that holds an act.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from orchestre.journal import queries as journal
from orchestre.outlook.snapshot.problem import Built, build
from orchestre.outlook.snapshot.rows import Inputs, take
from orchestre_engine.codec import fingerprint

Key = tuple[journal.Written, date]
Problem = tuple[Built, str]


@dataclass(frozen=True)
class Kept:
    """The rows of one state of the data, and the problems of the whole portfolio by year."""

    key: Key | None
    inputs: Inputs
    problems: dict[int, Problem] = field(default_factory=dict)


_lock = threading.Lock()
_last: list[Kept] = []


def forget() -> None:
    """Empty the memory of this process."""
    with _lock:
        _last.clear()


def today() -> date:
    """Return the day it is where the organisation lives."""
    return timezone.localdate()


def _key() -> Key | None:
    """Return what changes when anything is written; None when nothing ever was."""
    last = journal.written()
    return None if last is None else (last, today())


def inputs() -> Inputs:
    """Return everything that decides dates and money, from memory when nothing was written."""
    return _kept().inputs


def _kept() -> Kept:
    key = _key()
    with _lock:  # those who ask meanwhile wait for the same answer
        if key is not None and _last and _last[0].key == key:
            return _last[0]
        found = Kept(key, take(today()))
        _last[:] = [found]
    return found


def whole(year: int | None = None) -> tuple[Inputs, Built, str]:
    """Return the problem of the whole portfolio for a year, and its fingerprint."""
    kept = _kept()
    wanted = year or kept.inputs.today.year
    known = kept.problems.get(wanted)
    if known is None:
        built = build(kept.inputs, year=wanted)
        known = kept.problems[wanted] = built, fingerprint(built.problem)
    return kept.inputs, *known
