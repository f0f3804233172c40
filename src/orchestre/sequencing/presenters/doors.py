"""Ways out of a scenario that features further up the street open.

    doors.of_scenario.register(function)
    doors.of_comparison.register(function)

`function(person, scenario)` or `function(person, scenarios)` returns a `Button`, or None when
the door is closed to this person. They stand beside the acts of the page, never as its primary.
"""

from __future__ import annotations

from collections.abc import Callable

from orchestre.access.reach import Person
from orchestre.portfolio.rules.registry import Registry
from orchestre.sequencing.models import Scenario
from orchestre.ui.components import Button

ScenarioDoor = Callable[[Person, Scenario], Button | None]
ComparisonDoor = Callable[[Person, tuple[Scenario, ...]], Button | None]
of_scenario: Registry[ScenarioDoor] = Registry()
of_comparison: Registry[ComparisonDoor] = Registry()


def buttons_of_scenario(person: Person, scenario: Scenario) -> tuple[Button, ...]:
    """Return the doors open from a scenario."""
    found = (door(person, scenario) for door in of_scenario)
    return tuple(one for one in found if one is not None)


def buttons_of_comparison(person: Person, scenarios: tuple[Scenario, ...]) -> tuple[Button, ...]:
    """Return the doors open from a comparison."""
    found = (door(person, scenarios) for door in of_comparison)
    return tuple(one for one in found if one is not None)
