"""Which units and populations a person may see and change."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from orchestre.access.reach import Person, reach_of
from orchestre.access.rules import Can
from orchestre.kernel.decisions import Allowed, Decision, Denied
from orchestre.org.models import CalendarPeriod, CapacityRule, Population, Unit


def subtree_filter(person: Person, what: Can, prefix: str = "") -> Q | None:
    """Return the filter on unit paths where an act is allowed; None means everywhere.

    `prefix` leads from the filtered table to the unit (`unit__`).
    """
    reach = reach_of(person)
    if reach.can(what):
        return None
    tops = Unit.objects.filter(pk__in=reach.units(what)).values_list("path", flat=True)
    found = Q(pk__in=[])
    for path in tops:
        found |= Q(**{f"{prefix}path__startswith": path})
    return found


def visible_units(person: Person) -> QuerySet[Unit]:
    """Return the units of one's scopes; who is named on initiatives only sees none."""
    found = subtree_filter(person, Can.READ)
    return Unit.objects.all() if found is None else Unit.objects.filter(found)


def visible_populations(person: Person) -> QuerySet[Population]:
    """Return the populations of one's scopes."""
    found = subtree_filter(person, Can.READ, "unit__")
    return Population.objects.all() if found is None else Population.objects.filter(found)


def visible_capacity_rules(person: Person) -> QuerySet[CapacityRule]:
    """Return the shares a person sees: those of visible units, and everybody's."""
    return CapacityRule.objects.filter(_own_or_whole(person))


def visible_periods(person: Person) -> QuerySet[CalendarPeriod]:
    """Return the periods a person sees: those of visible units, and everybody's."""
    return CalendarPeriod.objects.filter(_own_or_whole(person))


def _own_or_whole(person: Person) -> Q:
    """What is said of the whole organisation is open to whoever may read something."""
    if not reach_of(person).can_somewhere(Can.READ):
        return Q(pk__in=[])
    return Q(unit__isnull=True) | Q(unit__in=visible_units(person).values("pk"))


def editable_units(person: Person) -> QuerySet[Unit]:
    """Return the units whose capacity a person may change."""
    found = subtree_filter(person, Can.EDIT_CAPACITY)
    return Unit.objects.all() if found is None else Unit.objects.filter(found)


def may_edit_org(person: Person) -> Decision:
    """Tell who changes units and populations."""
    if reach_of(person).can(Can.EDIT_ORG):
        return Allowed()
    return Denied(_("Only the transformation office changes the organisation."))


def may_edit_capacity(person: Person, unit: Unit | None) -> Decision:
    """Tell who changes what people of a unit can absorb; None is the whole organisation."""
    reach = reach_of(person)
    if reach.can(Can.EDIT_CAPACITY):
        return Allowed()
    found = subtree_filter(person, Can.EDIT_CAPACITY)
    if unit is not None and found is not None and Unit.objects.filter(found, pk=unit.pk).exists():
        return Allowed()
    return Denied(_("You change the capacity of your own units only."))
