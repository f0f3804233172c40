"""A meeting being prepared or followed: agenda with its clock, what is due, who is there."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.reach import Person
from orchestre.governance import policy, queries
from orchestre.governance.models import AgendaItem, Attendance, Meeting
from orchestre.governance.presenters import marks, panels
from orchestre.governance.rules.meeting import Quorum, clock
from orchestre.governance.services import proposals
from orchestre.ui import formats
from orchestre.ui.component import Component
from orchestre.ui.components import Button, EmptyState, Notice
from orchestre.ui.formats import day as day_words

State = Meeting.State


@dataclass(frozen=True)
class ItemLine:
    """One item of the agenda."""

    pk: int
    version: int
    rank: int
    title: str
    url: str
    at: str
    minutes: int
    kind: str
    state: Component | None
    note: str
    initiative: str


@dataclass(frozen=True)
class Due:
    """One thing that is due."""

    source: str
    key: str
    title: str
    why: str


@dataclass(frozen=True)
class Seat:
    """Whether a member is there."""

    pk: int
    name: str
    note: str
    presence: str


@dataclass(frozen=True)
class MeetingPage:
    """What the page of a meeting draws."""

    meeting: Meeting
    heading: str
    lead: str
    state: Component
    items: tuple[ItemLine, ...]
    hidden: str
    due: tuple[Due, ...]
    due_more: str
    seats: tuple[Seat, ...]
    presences: tuple[tuple[str, str], ...]
    quorum: str
    notices: tuple[Notice, ...]
    empty: EmptyState | None
    may_prepare: bool
    may_mark: bool
    primary: Button | None
    buttons: tuple[Button, ...]
    panels: tuple[panels.MeetingPanel, ...]


def build(person: Person, meeting: Meeting, *, whole: bool = False) -> MeetingPage:
    """Assemble the page of a meeting for one person, with the first of what is due, or all."""
    prepares = bool(policy.may_prepare(person, meeting))
    runs = bool(policy.may_run(person, meeting.body))
    agenda = queries.agenda(person, meeting)
    quorum = queries.quorum_of(meeting)
    due = _due(person, meeting, whole=whole) if prepares else proposals.DueFirst([], 0)
    return MeetingPage(
        meeting=meeting,
        heading=_("%(body)s, %(day)s") % {"body": meeting.body.name, "day": _day(meeting)},
        lead=_lead(meeting, agenda),
        state=marks.meeting_state(meeting),
        items=_items(meeting, agenda.items),
        hidden=_hidden(agenda.hidden),
        due=tuple(Due(one.source, one.key, one.title, one.why) for one in due.first),
        due_more=_more(due.more),
        seats=tuple(
            Seat(one.pk, one.name, _note(one.chairs, one.votes), said.presence if said else "")
            for one, said in queries.sitting(meeting)
        ),
        presences=tuple((str(value), str(label)) for value, label in Attendance.Presence.choices),
        quorum=_quorum(meeting, quorum),
        notices=_notices(meeting, quorum.is_met, runs=runs),
        empty=None if agenda.items else _empty(agenda.hidden),
        may_prepare=prepares,
        may_mark=runs,
        primary=_primary(meeting, runs=runs),
        buttons=_buttons(meeting, prepares=prepares, runs=runs),
        panels=panels.panels_for(person, meeting),
    )


def _due(person: Person, meeting: Meeting, *, whole: bool) -> proposals.DueFirst:
    if whole:
        return proposals.DueFirst(proposals.due(person, meeting), 0)
    return proposals.first_due(person, meeting)


def _more(count: int) -> str:
    """Say how many things are due beyond those that are shown."""
    if not count:
        return ""
    return ngettext(
        "%(n)s more thing is due: show all.", "%(n)s more things are due: show all.", count
    ) % {"n": formats.number(count)}


def _quorum(meeting: Meeting, found: Quorum) -> str:
    if meeting.state != State.PLANNED or found.present:
        return marks.quorum(found)
    if found.needed is None:
        return _("No quorum is set.")
    values = {"needed": found.needed, "voting": found.voting}
    return _("Quorum: %(needed)s voting members of %(voting)s.") % values


def _day(meeting: Meeting) -> str:
    return day_words(timezone.localtime(meeting.starts_at).date())


def _note(chairs: bool, votes: bool) -> str:  # noqa: FBT001 - two facts of a member
    if chairs:
        return _("chairs")
    return "" if votes else _("does not vote")


def _lead(meeting: Meeting, agenda: queries.Agenda) -> str:
    planned = sum(one.minutes for one in agenda.items)
    when = marks.when(meeting.starts_at)
    place = f", {meeting.place}" if meeting.place else ""
    if not agenda.items:
        return f"{when}{place}."
    values = {"n": planned, "minutes": meeting.minutes}
    if planned > meeting.minutes:
        length = _("The agenda asks for %(n)s minutes, the meeting lasts %(minutes)s.") % values
    else:
        length = _("%(n)s minutes of agenda for %(minutes)s minutes of meeting.") % values
    return f"{when}{place}. {length}"


def _items(meeting: Meeting, items: list[AgendaItem]) -> tuple[ItemLine, ...]:
    times = clock(timezone.localtime(meeting.starts_at), [one.minutes for one in items])
    return tuple(
        line(one, rank, at.strftime("%H:%M"))
        for rank, (one, at) in enumerate(zip(items, times, strict=True), start=1)
    )


def line(item: AgendaItem, rank: int, at: str) -> ItemLine:
    """Write one item as a line of the agenda."""
    notes = []
    options = len(item.options.all())
    if options:
        notes.append(ngettext("%(n)s option", "%(n)s options", options) % {"n": options})
    asked = len(item.opinions.all())
    if asked:
        given = sum(one.sealed_at is not None for one in item.opinions.all())
        notes.append(
            ngettext("%(given)s opinion of %(n)s given", "%(given)s opinions of %(n)s given", asked)
            % {"given": given, "n": asked}
        )
    if item.deadline_on:
        notes.append(_("to be decided by %s") % day_words(item.deadline_on))
    planned = item.state == AgendaItem.State.PLANNED
    return ItemLine(
        pk=item.pk,
        version=item.version,
        rank=rank,
        title=item.title,
        url=marks.address("item", item.pk),
        at=at,
        minutes=item.minutes,
        kind=item.get_kind_display(),
        state=None if planned else marks.item_state(item),
        note=" · ".join(notes),
        initiative=item.initiative.code if item.initiative else "",
    )


def _hidden(count: int) -> str:
    if not count:
        return ""
    text = ngettext(
        "%(n)s confidential item is on the agenda too.",
        "%(n)s confidential items are on the agenda too.",
        count,
    )
    return text % {"n": count}


def _notices(meeting: Meeting, met: bool | None, *, runs: bool) -> tuple[Notice, ...]:  # noqa: FBT001 - a fact, not a switch
    if runs and meeting.state == State.OPEN and met is False:
        return (
            Notice(
                "warn",
                _("Quorum is not reached: no decision can be recorded."),
                _("Mark who is there, postpone the items, or consult in writing."),
            ),
        )
    return ()


def _empty(hidden: int) -> EmptyState:
    sentence = _("Accept what is due, or write an item.")
    return EmptyState("new", _("The agenda is empty."), _hidden(hidden) or sentence)


def _primary(meeting: Meeting, *, runs: bool) -> Button | None:
    screen = marks.address("screen", meeting.pk)
    if meeting.state == State.PLANNED and runs:
        return Button(
            _("Open the meeting"),
            marks.address("meeting-open", meeting.pk),
            "primary",
            method="post",
        )
    if meeting.state == State.OPEN:
        return Button(
            _("Meeting screen"), screen if runs else marks.address("follow", meeting.pk), "primary"
        )
    if meeting.state == State.CLOSED and runs:
        return Button(_("Sign the minutes"), marks.address("minutes", meeting.pk), "primary")
    return (
        Button(_("Read the minutes"), marks.address("minutes", meeting.pk), "primary")
        if meeting.state == State.MINUTED
        else None
    )


def _buttons(meeting: Meeting, *, prepares: bool, runs: bool) -> tuple[Button, ...]:
    found = []
    if meeting.state == State.OPEN and runs:
        url = marks.address("meeting-close", meeting.pk)
        found.append(Button(_("Close the meeting"), url, method="post"))
    if prepares:
        found.append(Button(_("Edit"), marks.address("meeting-edit", meeting.pk), icon="edit"))
    if meeting.state in {State.OPEN, State.CLOSED} and runs:
        found.append(Button(_("Draft minutes"), marks.address("minutes", meeting.pk), icon="file"))
    return tuple(found)
