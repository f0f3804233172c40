"""Reads of the strategy, starting from what the person may see."""

from __future__ import annotations

from dataclasses import dataclass

from orchestre.access.reach import Person
from orchestre.strategy import policy
from orchestre.strategy.models import Indicator, Objective


@dataclass(frozen=True)
class Axis:
    """A strategic axis with its objectives; the name is empty for those that have none."""

    name: str
    objectives: tuple[Objective, ...]


def axes(person: Person) -> tuple[Axis, ...]:
    """Return the objectives by axis, with their indicators, in two statements."""
    grouped: dict[str, list[Objective]] = {}
    for objective in policy.visible_to(person).prefetch_related("indicators"):
        grouped.setdefault(objective.axis, []).append(objective)
    named = [name for name in grouped if name]
    return tuple(
        Axis(name, tuple(grouped[name])) for name in [*named, *([""] if "" in grouped else [])]
    )


def axis_names(person: Person) -> list[str]:
    """Return the axes in use, to be proposed in forms."""
    names = policy.visible_to(person).exclude(axis="").values_list("axis", flat=True)
    return sorted(set(names))


def lone_indicators(person: Person) -> list[Indicator]:
    """Return the indicators that measure no objective."""
    return list(policy.visible_indicators(person).filter(objective=None))
