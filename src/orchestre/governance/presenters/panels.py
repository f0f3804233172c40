"""Panels beside a meeting that features further up the street fill.

    panels.register(function)

`function(person, meeting)` returns a `MeetingPanel`, or None when it has nothing to say.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from orchestre.access.reach import Person
from orchestre.governance.models import Meeting
from orchestre.portfolio.rules.registry import Registry
from orchestre.ui.component import Text
from orchestre.ui.components import Button, Link


@dataclass(frozen=True)
class MeetingPanel:
    """A short block beside the agenda: what there is, what one may do, or why one may not."""

    key: str
    title: Text
    links: tuple[tuple[Link, Text], ...] = ()
    buttons: tuple[Button, ...] = ()
    sentence: Text = ""


Maker = Callable[[Person, Meeting], MeetingPanel | None]
registered: Registry[Maker] = Registry()


def register(maker: Maker) -> Maker:
    """Add a panel; usable as a decorator."""
    return registered.register(maker)


def panels_for(person: Person, meeting: Meeting) -> tuple[MeetingPanel, ...]:
    """Return the panels that have something to say, in the order of registration."""
    found = (maker(person, meeting) for maker in registered)
    return tuple(panel for panel in found if panel is not None)
