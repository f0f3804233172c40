"""Calendars: the page where they are opened and closed, and the iCalendar text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from orchestre.access.reach import Person
from orchestre.governance import policy
from orchestre.governance.models import CalendarFeed
from orchestre.governance.presenters import marks
from orchestre.governance.queries.feeds import held
from orchestre.ui import formats

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class FeedLine:
    """One calendar that was opened."""

    name: str
    note: str
    revoke_url: str


@dataclass(frozen=True)
class FeedsPage:
    """What the page of calendars draws."""

    lines: tuple[FeedLine, ...]
    bodies: tuple[tuple[int, str], ...]


def build(person: Person) -> FeedsPage:
    """List one's own calendars, and the bodies one may follow."""
    return FeedsPage(
        tuple(_line(one) for one in policy.feeds_of(person)),
        tuple((one.pk, one.name) for one in policy.visible_bodies(person).filter(closed_at=None)),
    )


def _line(feed: CalendarFeed) -> FeedLine:
    name = feed.body.name if feed.body else _("My meetings, reviews and actions")
    opened = _("opened on %s") % formats.day(timezone.localtime(feed.created_at).date())
    if feed.revoked_at is None:
        return FeedLine(name, opened, marks.address("feed-revoke", feed.pk))
    closed = _("closed on %s") % formats.day(timezone.localtime(feed.revoked_at).date())
    return FeedLine(name, f"{opened}, {closed}", "")


def text(feed: CalendarFeed, host: str) -> bytes:
    """Write a calendar; titles say the body and the number, never a name or what is decided."""
    rows = held(feed)
    calendar = Calendar()
    calendar.add("prodid", "-//Orchestre//governance//FR")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", str(feed.body or _("My committees")))
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for meeting in rows.meetings:
        event = _event(f"meeting-{meeting.pk}@{host}", meeting.body.name, meeting.updated_at)
        event.add("dtstart", meeting.starts_at)
        event.add("dtend", meeting.starts_at + timedelta(minutes=meeting.minutes))
        if meeting.place:
            event.add("location", meeting.place)
        calendar.add_component(event)
    for decision in rows.reviews:
        title = _("Read the effect of decision %s again") % decision.code
        event = _event(f"review-{decision.pk}@{host}", title, decision.updated_at)
        if decision.review_on is not None:
            event.add("dtstart", decision.review_on)
            event.add("dtend", decision.review_on + ONE_DAY)
        calendar.add_component(event)
    for action in rows.actions:
        event = _event(
            f"action-{action.pk}@{host}", _("Action %s") % action.code, action.updated_at
        )
        if action.due_on is not None:
            event.add("dtstart", action.due_on)
            event.add("dtend", action.due_on + ONE_DAY)
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def _event(uid: str, title: str, stamp: object) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("summary", title)
    event.add("dtstamp", stamp)
    return event
