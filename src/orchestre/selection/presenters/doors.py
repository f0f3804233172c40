"""Where a selection leads: features further up the street fill these doors when they start.

    doors.register(function)

`function(person, selection, kept)` returns a `Door`, or None when it has nothing to open.
`kept` are the codes of the initiatives that the selection keeps.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from orchestre.access.reach import Person
from orchestre.portfolio.rules.registry import Registry
from orchestre.selection.models import Selection
from orchestre.ui.component import Text


@dataclass(frozen=True)
class Door:
    """A button that takes the selection further: a form posts to `url`."""

    label: Text
    url: str
    icon: str = ""


Maker = Callable[[Person, Selection, tuple[str, ...]], Door | None]
registered: Registry[Maker] = Registry()


def register(maker: Maker) -> Maker:
    """Add a door; usable as a decorator."""
    return registered.register(maker)


def doors_of(person: Person, selection: Selection, kept: tuple[str, ...]) -> tuple[Door, ...]:
    """Return the doors that open, in the order of registration."""
    found = (maker(person, selection, kept) for maker in registered)
    return tuple(door for door in found if door is not None)
