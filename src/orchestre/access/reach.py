"""What a person reaches: the grants in force, resolved once per request."""

from __future__ import annotations

from collections import defaultdict

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from orchestre.access.models import Grant, User
from orchestre.access.rules import CAPABILITIES, Can, Reach

Person = User | AnonymousUser


def reach_of(person: Person) -> Reach:
    """Resolve the grants in force of a person; kept on the object for one request."""
    if not isinstance(person, User) or not person.is_active:
        return Reach()
    known: Reach | None = person.__dict__.get("_reach")
    if known is None:
        known = _resolve(person)
        person.__dict__["_reach"] = known
    return known


def _resolve(user: User) -> Reach:
    today = timezone.localdate()
    if user.valid_until is not None and user.valid_until < today:
        return Reach()
    everywhere: set[Can] = set()
    units: dict[int, set[Can]] = defaultdict(set)
    initiatives: dict[int, set[Can]] = defaultdict(set)
    roles: set[str] = set()
    for grant in Grant.objects.filter(user=user):
        if grant.valid_until is not None and grant.valid_until < today:
            continue
        roles.add(grant.role)
        abilities = CAPABILITIES.get(grant.role, frozenset())
        if grant.scope == Grant.Scope.ALL:
            everywhere |= abilities
        elif grant.scope == Grant.Scope.UNIT and grant.scope_id is not None:
            units[grant.scope_id] |= abilities
        elif grant.scope_id is not None:
            initiatives[grant.scope_id] |= abilities
    return Reach(
        everywhere=frozenset(everywhere),
        by_unit={pk: frozenset(some) for pk, some in units.items()},
        by_initiative={
            # who is named on an initiative sees it even when it is confidential
            pk: frozenset(some | {Can.READ_CONFIDENTIAL})
            for pk, some in initiatives.items()
        },
        roles=frozenset(roles),
    )
