"""Which names answer to what a person types: every word, whatever accents and case."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from orchestre.kernel.text import fold

folded = lru_cache(maxsize=50_000)(fold)


class Named(NamedTuple):
    """Something that can be found by its code, its name or other words."""

    code: str
    name: str
    ref: str
    words: str = ""


def best(rows: Iterable[Named], text: str, most: int) -> list[Named]:
    """Return what answers best: by code first, then by the start of the name, of a word."""
    wanted = folded(text).split()
    if not wanted:
        return []
    ranked = []
    for row in rows:
        rank = _rank(row, wanted)
        if rank is not None:
            ranked.append((rank, len(row.name), row.name, row))
    ranked.sort(key=lambda one: one[:3])
    return [row for _rank_of, _length, _name, row in ranked[:most]]


def _rank(row: Named, wanted: list[str]) -> int | None:
    code, name = folded(row.code), folded(row.name)
    haystack = f"{code} {name} {folded(row.words)}" if row.words else f"{code} {name}"
    if not all(word in haystack for word in wanted):
        return None
    whole = " ".join(wanted)
    if code == whole:
        return 0
    if code.startswith(whole):
        return 1
    if name.startswith(whole):
        return 2
    starts = f" {haystack}"
    return 3 if all(f" {word}" in starts for word in wanted) else 4
