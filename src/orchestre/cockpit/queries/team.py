"""What changes for the people of a manager: their weeks, and what each initiative brings them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from orchestre.access.models import User
from orchestre.access.reach import Person, reach_of
from orchestre.access.rules import Can
from orchestre.impacts import policy as impact_policy
from orchestre.impacts.models import Activity, Impact
from orchestre.org.models import Population, Unit
from orchestre.org.policy import visible_populations, visible_units
from orchestre.portfolio import policy as portfolio
from orchestre.portfolio.models import Initiative


def is_manager(person: Person) -> bool:
    """Tell whether a person reads his or her own people rather than the whole portfolio."""
    reach = reach_of(person)
    return not reach.can(Can.READ) and bool(reach.units(Can.READ))


def own_units(person: Person) -> list[Unit]:
    """Return the units that a person manages: those of the grants, else those that name them."""
    reach = reach_of(person)
    managed = Q(pk__in=reach.units(Can.RATE_AS_UNIT))
    if isinstance(person, User):
        managed |= Q(manager_id=person.pk)
    return list(visible_units(person).filter(managed).order_by("path"))


def choosable_units(person: Person) -> list[Unit]:
    """Return the units whose people a person may look at, the top ones first."""
    return list(visible_units(person).order_by("path"))


def people_of(person: Person, units: Iterable[Unit]) -> list[Population]:
    """Return the visible populations of some units and below."""
    found = Q(pk__in=[])
    for unit in units:
        found |= Q(unit__path__startswith=unit.path)
    return list(visible_populations(person).filter(found).order_by("name", "pk"))


@dataclass(frozen=True)
class Brought:
    """What people said that initiatives bring to populations, as this person may read it."""

    initiatives: dict[str, Initiative]
    impacts: dict[tuple[str, str], Impact]
    activities: dict[tuple[str, str], tuple[Activity, ...]]


def brought(person: Person, populations: Iterable[Population]) -> Brought:
    """Read it in three queries, whatever the number of rows."""
    keys = [one.pk for one in populations]
    rows = {row.code: row for row in portfolio.visible_to(person).filter(archived_at=None)}
    impacts = (
        impact_policy.visible_to(person)
        .filter(population_id__in=keys)
        .select_related("initiative", "population")
        .order_by("pk")
    )
    acts = (
        impact_policy.visible_activities(person)
        .filter(population_id__in=keys)
        .select_related("initiative", "population")
        .order_by("starts_on", "pk")
    )
    activities: dict[tuple[str, str], tuple[Activity, ...]] = {}
    for act in acts:
        pair = act.initiative.code, act.population.code
        activities[pair] = (*activities.get(pair, ()), act)
    return Brought(
        rows, {(one.initiative.code, one.population.code): one for one in impacts}, activities
    )
