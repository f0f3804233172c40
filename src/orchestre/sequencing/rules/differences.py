"""What two plans say differently, initiative by initiative: pure values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

WAVE = "wave:"
"""Begins the name of the fact that is the go-live of a wave."""
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
        steps += _waves(old.get("waves") or {}, new.get("waves") or {})
        if steps:
            found.append(Move(code, title, steps))
    return tuple(found)


def _waves(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[Step, ...]:
    return tuple(
        Step(f"{WAVE}{name}", old.get(name), new.get(name))
        for name in sorted({*old, *new})
        if old.get(name) != new.get(name)
    )
