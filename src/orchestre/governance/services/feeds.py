"""Calendars at a secret address: drawn once, closed at once."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from orchestre.access import secrets_of
from orchestre.access.models import User
from orchestre.access.reach import Person
from orchestre.governance.models import Body, CalendarFeed
from orchestre.journal.services import act
from orchestre.kernel.decisions import Denied


def open_feed(person: Person, body: Body | None) -> tuple[CalendarFeed, str]:
    """Open a calendar of one's own, or of a body; the secret is returned once, never kept."""
    if not isinstance(person, User):
        Denied(_("Sign in to open a calendar.")).require()
    secret = secrets_of.draw()
    label = _("Opened a calendar feed: %s") % (body or _("mine"))
    with act(person, "governance.open-feed", label, undoable=False) as doing:
        feed = doing.create(
            CalendarFeed(
                user_id=person.pk,
                body=body,
                language=(get_language() or "fr")[:2],
                digest=secrets_of.fingerprint(secret),
            )
        )
    return feed, secret


def revoke_feed(person: Person, feed: CalendarFeed) -> None:
    """Close a calendar: its address no longer exists."""
    label = _("Closed a calendar feed: %s") % feed
    with act(person, "governance.revoke-feed", label, undoable=False) as doing:
        doing.update(feed, {"revoked_at": feed.revoked_at or timezone.now()})
