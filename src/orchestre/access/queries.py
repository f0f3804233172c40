"""Reads of accounts and of what they reach."""

from __future__ import annotations

from collections import defaultdict

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from orchestre.access.models import (
    ApiToken,
    Grant,
    Invitation,
    Organisation,
    ShareLink,
    User,
)
from orchestre.access.rules import CAPABILITIES, Can, Reach, Role
from orchestre.access.secrets_of import TOKEN_PREFIX, fingerprint

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


def organisation() -> Organisation | None:
    """Return the organisation of this installation, None before the first run is over."""
    return Organisation.objects.order_by("pk").first()


def needs_first_run() -> bool:
    """Tell whether nobody can administer yet."""
    return not Grant.objects.filter(role=Role.ADMINISTRATOR, user__is_active=True).exists()


def share_link_for(token: str) -> ShareLink | None:
    """Return the open link of a secret; found by fingerprint, so guesses learn nothing.

    The page it opens is read with the rights of its author, who must still have them.
    """
    link = (
        ShareLink.objects.select_related("created_by")
        .filter(digest=fingerprint(token), revoked_at=None, expires_on__gte=timezone.localdate())
        .first()
    )
    if link is None or not reach_of(link.created_by).can(Can.SHARE):
        return None
    return link


def token_for(secret: str) -> ApiToken | None:
    """Return the token in force of a secret, whose owner may still enter."""
    if not secret.startswith(TOKEN_PREFIX):
        return None
    today = timezone.localdate()
    token = (
        ApiToken.objects.select_related("user")
        .filter(digest=fingerprint(secret), revoked_at=None, expires_on__gte=today)
        .first()
    )
    return token if token is not None and may_enter(token.user) else None


def invitation_for(secret: str) -> Invitation | None:
    """Return the invitation of a link that was not used and is not too old."""
    found = (
        Invitation.objects.select_related("user")
        .filter(digest=fingerprint(secret), used_at=None, expires_at__gt=timezone.now())
        .first()
    )
    return found if found is not None and may_enter(found.user) else None


def may_enter(user: User) -> bool:
    """Tell whether the account is open today; accounts of the demo only enter the demo."""
    ended = user.valid_until is not None and user.valid_until < timezone.localdate()
    if ended or not user.is_active:
        return False
    if not user.is_demo:
        return True
    about = organisation()
    return about is not None and about.is_demo
