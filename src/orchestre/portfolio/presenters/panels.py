"""Panels beside an initiative that features further up the street fill.

    panels.register(function)

`function(person, initiative)` returns a `Panel`, or None when it has nothing to say.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from orchestre.access.reach import Person
from orchestre.portfolio.models import Initiative
from orchestre.portfolio.rules.registry import Registry
from orchestre.ui.component import Content, Text


@dataclass(frozen=True)
class Panel:
    """A short block beside the page, with where to read more."""

    title: Text
    body: Content
    url: str = ""
    url_label: Text = ""


Maker = Callable[[Person, Initiative], Panel | None]
registered: Registry[Maker] = Registry()


def register(maker: Maker) -> Maker:
    """Add a panel; usable as a decorator."""
    return registered.register(maker)


def panels_for(person: Person, initiative: Initiative) -> tuple[Panel, ...]:
    """Return the panels that have something to say, in the order of registration."""
    found = (maker(person, initiative) for maker in registered)
    return tuple(panel for panel in found if panel is not None)
