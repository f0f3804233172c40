"""What a calendar holds for who opened it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from orchestre.access import secrets_of
from orchestre.governance import policy
from orchestre.governance.models import Action, CalendarFeed, Decision, Meeting

KEPT = timedelta(days=90)
MOST = 500


@dataclass(frozen=True)
class Held:
    """The rows of a calendar."""

    meetings: list[Meeting]
    reviews: list[Decision]
    actions: list[Action]


def feed_for(secret: str) -> CalendarFeed | None:
    """Return the calendar that a secret opens; None once closed, or when its owner left."""
    rows = CalendarFeed.objects.filter(revoked_at=None, user__is_active=True)
    rows = rows.select_related("user", "body")
    found = rows.filter(digest=secrets_of.fingerprint(secret)).first()
    if found is None or _left(found.user.valid_until):
        return None
    seen = policy.visible_bodies(found.user)
    if found.body_id is not None and not seen.filter(pk=found.body_id).exists():
        return None
    return found


def _left(until: date | None) -> bool:
    return until is not None and until < timezone.localdate()


def held(feed: CalendarFeed) -> Held:
    """Return the meetings, the effects to read again and the actions of a calendar."""
    person, since = feed.user, timezone.now() - KEPT
    meetings = policy.visible_meetings(person).filter(starts_at__gte=since)
    reviews = policy.visible_decisions(person).filter(verdict="", review_on__isnull=False)
    actions = Action.objects.filter(owner=person, state=Action.State.OPEN, due_on__isnull=False)
    if feed.body_id is not None:
        meetings, reviews = meetings.filter(body=feed.body_id), reviews.filter(body=feed.body_id)
        actions = actions.filter(body=feed.body_id)
    else:
        mine = policy.own_bodies(person).values("pk")
        meetings, reviews = meetings.filter(body__in=mine), reviews.filter(body__in=mine)
    return Held(
        list(meetings.select_related("body").order_by("starts_at")[:MOST]),
        list(reviews.order_by("review_on")[:MOST]),
        list(actions.order_by("due_on")[:MOST]),
    )
