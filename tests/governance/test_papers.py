"""Signed minutes never change, files open, calendars close."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from icalendar import Calendar

import cast
from governance.conftest import Council
from orchestre.governance.models import Minutes
from orchestre.governance.presenters import minutes as papers
from orchestre.governance.services import actions, agenda, deciding, feeds, meetings, minutes
from orchestre.journal.models import Change, Entry
from orchestre.kernel.errors import DomainError


@pytest.fixture
def over(council: Council, secret: Any) -> Council:
    """A meeting that decided one thing, with a confidential item, and was closed."""
    agenda.add_item(council.claire, council.meeting, {"title": "Canari ?", "initiative": secret})
    council.open()
    meetings.turn_to(council.claire, council.item)
    option = council.item.options.get(recommended=True)
    decision = deciding.record(
        council.claire,
        council.item,
        deciding.Choice(option.title, "Directrice générale", option=option, dissent="Une voix."),
    )
    actions.add_action(
        council.claire,
        {"what": "Prévenir <les> agences", "owner_name": "DRH", "body": council.body,
         "decision": decision},
    )  # fmt: skip
    meetings.close_meeting(council.claire, council.meeting)
    council.meeting.refresh_from_db()
    return council


def test_signed_minutes_never_change_and_the_chain_knows_them(over: Council) -> None:
    signed = minutes.sign(over.claire, over.meeting, "Claire Office")
    assert minutes.holds(signed)
    assert Entry.objects.filter(body__contains=signed.digest).exists()
    with pytest.raises(DatabaseError, match="no longer change"), transaction.atomic():
        Minutes.objects.filter(pk=signed.pk).update(signed_name="Autre")
    # the journal keeps the fingerprint, not what a confidential item says
    kept = Change.objects.get(model="governance.minutes")
    assert "content" not in kept.after


def test_a_correction_is_a_new_edition_with_its_reason(over: Council) -> None:
    minutes.sign(over.claire, over.meeting, "Claire Office")
    with pytest.raises(DomainError, match="Say what this edition corrects"):
        minutes.sign(over.claire, over.meeting, "Claire Office")
    meetings.mark_presence(over.claire, over.meeting, {over.chair.pk: "excused"})
    first = over.meeting.signed.get()
    assert minutes.changed_since(first)
    second = minutes.sign(over.claire, over.meeting, "Claire Office", "La présidente était excusée")
    assert (first.edition, second.edition) == (1, 2)
    assert minutes.holds(over.fresh(first))
    assert not minutes.changed_since(second)


def test_minutes_are_not_signed_before_the_meeting_is_closed(council: Council) -> None:
    council.open()
    with pytest.raises(DomainError, match="Close the meeting"):
        minutes.sign(council.claire, council.meeting, "Claire Office")


def test_a_member_reads_minutes_without_what_is_closed(over: Council) -> None:
    signed = minutes.sign(over.claire, over.meeting, "Claire Office")
    whole = papers.paper(over.claire, over.meeting, signed)
    partial = papers.paper(cast.person("rosa"), over.meeting, signed)
    assert "Canari ?" in [one.title for one in whole.items]
    assert [one.title for one in partial.items] == [over.item.title, "Confidential item"]


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_files_hold_what_was_decided(over: Council, kind: str) -> None:
    minutes.sign(over.claire, over.meeting, "Claire Office")
    client = Client()
    client.force_login(over.claire)
    answer = client.get(f"/governance/meetings/{over.meeting.pk}/minutes/{kind}/")
    assert answer.status_code == 200
    if kind == "pdf":
        assert answer.content.startswith(b"%PDF")
        assert b"/MarkInfo" in answer.content or b"pdfuaid" in answer.content
        return
    document = docx.Document(io.BytesIO(answer.content))
    text = "\n".join(one.text for one in document.paragraphs)
    assert "Décaler de six semaines" in text
    assert "Prévenir <les> agences" in text
    assert document.core_properties.title.startswith("Minutes of COPIL Relation client")


def test_a_calendar_tells_when_and_nothing_else_and_closes(over: Council) -> None:
    rosa = cast.person("rosa")
    actions.add_action(
        over.claire,
        {"what": "Secret de fabrique", "owner": rosa, "body": over.body,
         "due_on": over.meeting.starts_at.date()},
    )  # fmt: skip
    feed, secret = feeds.open_feed(rosa, None)
    anybody = Client()
    answer = anybody.get(f"/governance/calendars/{secret}.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    titles = sorted(str(one["summary"]) for one in events)
    assert titles[0].startswith("Action A-")
    assert titles[1] == "COPIL Relation client"
    assert b"fabrique" not in answer.content
    assert b"Rosa" not in answer.content
    assert not Change.objects.filter(model="governance.calendarfeed", after__has_key="digest")
    feeds.revoke_feed(rosa, feed)
    assert anybody.get(f"/governance/calendars/{secret}.ics").status_code == 404


def test_a_calendar_closes_with_its_account(over: Council) -> None:
    rosa = cast.person("rosa")
    _feed, secret = feeds.open_feed(rosa, over.body)
    rosa.is_active = False
    rosa.save()
    assert Client().get(f"/governance/calendars/{secret}.ics").status_code == 404
