"""Who administers, who shares, who holds keys."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from orchestre.access.models import ApiToken, ShareLink, User
from orchestre.access.reach import Person, reach_of
from orchestre.access.rules import Can
from orchestre.kernel.decisions import Allowed, Decision, Denied


def may_administer(person: Person) -> Decision:
    """Tell who changes accounts, rights and the organisation."""
    if reach_of(person).can(Can.ADMINISTER):
        return Allowed()
    return Denied(_("Only an administrator changes accounts, rights and settings."))


def may_share(person: Person) -> Decision:
    """Tell who opens a read-only link."""
    if reach_of(person).can(Can.SHARE):
        return Allowed()
    return Denied(_("Only the transformation office and sponsors share a view by link."))


def tokens_of(person: Person) -> QuerySet[ApiToken]:
    """Return the tokens one may see and revoke: one's own; all of them for administrators."""
    found = ApiToken.objects.select_related("user").order_by("-pk")
    if may_administer(person):
        return found
    return found.filter(user=person) if isinstance(person, User) else found.none()


def share_links_of(person: Person) -> QuerySet[ShareLink]:
    """Return the links one may see and revoke: one's own; all of them for administrators."""
    found = ShareLink.objects.select_related("created_by").order_by("-pk")
    if may_administer(person):
        return found
    return found.filter(created_by=person) if isinstance(person, User) else found.none()
