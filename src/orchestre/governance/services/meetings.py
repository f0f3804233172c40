"""A meeting from its date to its end: presence, the item under discussion, closing."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from orchestre.access.reach import Person
from orchestre.governance import policy
from orchestre.governance.models import AgendaItem, Attendance, Body, Meeting, Member
from orchestre.governance.services import opinions
from orchestre.journal.services import Act, act
from orchestre.kernel.errors import DomainError

Values = dict[str, Any]
State = Meeting.State


def plan_meeting(person: Person, body: Body, values: Values) -> Meeting:
    """Set the date of a meeting."""
    policy.may_run(person, body).require()
    if body.closed_at is not None:
        raise DomainError(_("This body is closed: it no longer meets."), code="body-closed")
    meeting = Meeting(body=body, **values)
    with act(person, "governance.plan-meeting", _("Planned %s") % meeting) as doing:
        doing.create(meeting)
    return meeting


def change_meeting(
    person: Person, meeting: Meeting, values: Values, *, expected_version: int | None = None
) -> Meeting:
    """Change the date, the place or the length of a meeting."""
    policy.may_prepare(person, meeting).require()
    with act(person, "governance.change-meeting", _("Changed %s") % meeting) as doing:
        doing.update(meeting, values, expected_version=expected_version)
    return meeting


def cancel_meeting(person: Person, meeting: Meeting) -> None:
    """Delete a meeting that has not begun; its items go with it, and come back by undo."""
    policy.may_run(person, meeting.body).require()
    with act(person, "governance.cancel-meeting", _("Cancelled %s") % meeting) as doing:
        stored = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if stored.state != State.PLANNED or stored.decisions.exists():
            raise DomainError(_("A meeting that has begun is no longer cancelled."), code="begun")
        if stored.items.filter(opinions__sealed_at__isnull=False).exists():
            raise DomainError(
                _("Opinions were sealed for this meeting. Postpone its items first."), code="sealed"
            )
        for attendance in stored.attendances.all():
            doing.delete(attendance)
        for item in stored.items.all():
            for row in (*item.options.all(), *item.opinions.all()):
                doing.delete(row)
            doing.delete(item)
        stored.set_aside.all().delete()
        doing.delete(meeting)


def open_meeting(person: Person, meeting: Meeting) -> Meeting:
    """Begin: who sits is there until said otherwise, and decisions may be taken."""
    policy.may_prepare(person, meeting).require()
    with act(person, "governance.open-meeting", _("Opened %s") % meeting) as doing:
        stored = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if stored.state == State.PLANNED:
            doing.update(meeting, {"state": State.OPEN, "opened_at": timezone.now()})
    return meeting


def mark_presence(person: Person, meeting: Meeting, presences: dict[int, str]) -> list[Attendance]:
    """Say who is there, from pairs (member, presence); what is empty is not said.

    It may be mended later: signed minutes keep what they said, and ask for a correction.
    """
    policy.may_run(person, meeting.body).require()
    sitting = {one.pk: one for one in Member.objects.filter(body=meeting.body)}
    unknown = set(presences) - set(sitting)
    if unknown or set(presences.values()) - set(Attendance.Presence.values) - {""}:
        raise DomainError(_("This person does not sit in this body."), code="not-a-member")
    with act(person, "governance.presence", _("Marked who is at %s") % meeting) as doing:
        Meeting.objects.select_for_update().get(pk=meeting.pk)
        known = {one.member_id: one for one in meeting.attendances.all()}
        found = []
        for pk, presence in presences.items():
            row = known.get(pk)
            if row is not None and not presence:
                doing.delete(row)
            elif row is not None:
                doing.update(row, {"presence": presence})
                found.append(row)
            elif presence:
                made = Attendance(meeting=meeting, member=sitting[pk], presence=presence)
                found.append(doing.create(made))
    return found


def turn_to(person: Person, item: AgendaItem) -> AgendaItem:
    """Put an item under discussion: its clock starts, its sealed opinions are opened together."""
    meeting = item.meeting
    policy.may_prepare(person, meeting).require()
    label = _("Opened the question “%s”") % item
    with act(person, "governance.turn-to", label, undoable=False) as doing:
        stored = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if stored.state != State.OPEN:
            raise DomainError(_("Open the meeting first."), code="not-open")
        _leave_current(doing, stored, item)
        if item.state in {AgendaItem.State.PLANNED, AgendaItem.State.OPEN}:
            values: Values = {"state": AgendaItem.State.OPEN}
            if item.opened_at is None:
                values["opened_at"] = timezone.now()
            doing.update(item, values)
            opinions.open_all(doing, item)
        doing.update(meeting, {"current_id": item.pk})
    return item


def _leave_current(doing: Act, meeting: Meeting, item: AgendaItem) -> None:
    """Stop the clock of the item that was under discussion; it may be taken up again."""
    current = meeting.current
    if current is None or current.pk == item.pk or current.state != AgendaItem.State.OPEN:
        return
    doing.update(current, {"closed_at": timezone.now()})


def dealt_with(person: Person, item: AgendaItem) -> AgendaItem:
    """Say that an item without a decision is over."""
    policy.may_prepare(person, item.meeting).require()
    with act(person, "governance.dealt-with", _("Dealt with “%s”") % item) as doing:
        stored = AgendaItem.objects.select_for_update().get(pk=item.pk)
        if stored.state in {AgendaItem.State.DECIDED, AgendaItem.State.POSTPONED}:
            raise DomainError(
                _("This item is already “%s”.") % stored.get_state_display(), code="already-so"
            )
        values = {"state": AgendaItem.State.DEALT, "closed_at": timezone.now()}
        doing.update(item, values)
    return item


def close_meeting(person: Person, meeting: Meeting) -> Meeting:
    """End a meeting; what was not reached stays written as not reached."""
    policy.may_run(person, meeting.body).require()
    with act(person, "governance.close-meeting", _("Closed %s") % meeting) as doing:
        stored = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if stored.state != State.OPEN:
            raise DomainError(_("Only a meeting under way is closed."), code="not-open")
        values = {"state": State.CLOSED, "closed_at": timezone.now(), "current_id": None}
        doing.update(meeting, values)
    return meeting
