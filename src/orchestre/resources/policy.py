"""Who reads and writes roles, money and value.

Roles and their capacity belong to the organisation: whoever reads something sees them. What an
initiative asks and brings is seen with it. Money of the whole portfolio is told to who reads the
whole portfolio.
"""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from orchestre.access.reach import Person, reach_of
from orchestre.access.rules import Can
from orchestre.kernel.decisions import Allowed, Decision, Denied
from orchestre.portfolio import policy as portfolio
from orchestre.portfolio.models import Initiative
from orchestre.resources.models import (
    CostLine,
    Envelope,
    Role,
    RoleCapacity,
    RoleDemand,
    Worth,
)


def reads_roles(person: Person) -> bool:
    """Tell who sees the roles and how many can be given: whoever reads something."""
    return reach_of(person).can_somewhere(Can.READ)


def reads_money(person: Person) -> bool:
    """Tell who sees the money of the whole portfolio."""
    return reach_of(person).can(Can.READ)


def visible_roles(person: Person) -> QuerySet[Role]:
    """Return the roles of the organisation."""
    return Role.objects.all() if reads_roles(person) else Role.objects.none()


def visible_capacities(person: Person) -> QuerySet[RoleCapacity]:
    """Return what can be given of each role."""
    return RoleCapacity.objects.all() if reads_roles(person) else RoleCapacity.objects.none()


def visible_demands(person: Person) -> QuerySet[RoleDemand]:
    """Return what the initiatives one sees ask of roles."""
    return RoleDemand.objects.filter(initiative__in=portfolio.visible_to(person).values("pk"))


def visible_costs(person: Person) -> QuerySet[CostLine]:
    """Return the cost lines of the initiatives one sees."""
    return CostLine.objects.filter(initiative__in=portfolio.visible_to(person).values("pk"))


def visible_worths(person: Person) -> QuerySet[Worth]:
    """Return what the initiatives one sees are expected to bring."""
    return Worth.objects.filter(initiative__in=portfolio.visible_to(person).values("pk"))


def visible_envelopes(person: Person) -> QuerySet[Envelope]:
    """Return the envelopes, to who reads the whole portfolio."""
    return Envelope.objects.all() if reads_money(person) else Envelope.objects.none()


def may_edit_means(person: Person) -> Decision:
    """Tell who changes roles, their capacity and the envelopes: the office and its analysts."""
    if reach_of(person).can(Can.EDIT_RESOURCES):
        return Allowed()
    return Denied(_("Only the transformation office changes roles, capacity and envelopes."))


def may_say(person: Person, initiative: Initiative) -> Decision:
    """Tell who says what an initiative asks and brings: the office, or who changes it."""
    if initiative.archived_at is None and reach_of(person).can(Can.EDIT_RESOURCES):
        return Allowed()
    return portfolio.may_change(person, initiative)
