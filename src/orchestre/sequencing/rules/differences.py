"""What two plans say differently, initiative by initiative: pure values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

FIELDS = ("starts_on", "ends_on", "go_live_on", "stopped", "priority", "cost_eur")


@dataclass(frozen=True, slots=True)
class Step:
    """One fact of one initiative before and after, as JSON holds it; None where it is unsaid."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Move:
    """All that changes for one initiative; `there` says in which of the two plans it is."""

    code: str
    title: str
    steps: tuple[Step, ...]
    there: str = "both"


Facts = Mapping[str, Mapping[str, Any]]


def between(before: Facts, after: Facts) -> tuple[Move, ...]:
    """Compare two plans: initiatives by code, facts by name."""
    found = []
    for code in sorted(set(before) | set(after)):
        old, new = before.get(code), after.get(code)
        title = str((new or old or {}).get("title", ""))
        if old is None or new is None:
            found.append(Move(code, title, (), "after" if old is None else "before"))
            continue
        steps = tuple(
            Step(name, old.get(name), new.get(name))
            for name in FIELDS
            if old.get(name) != new.get(name)
        )
        if steps:
            found.append(Move(code, title, steps))
    return tuple(found)
