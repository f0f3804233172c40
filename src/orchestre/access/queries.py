"""Reads of accounts and of what they reach."""

from __future__ import annotations

from django.utils import timezone

from orchestre.access.models import (
    ApiToken,
    Grant,
    Invitation,
    Organisation,
    ShareLink,
    User,
)
from orchestre.access.reach import reach_of
from orchestre.access.rules import Can, Role
from orchestre.access.secrets_of import TOKEN_PREFIX, fingerprint


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
