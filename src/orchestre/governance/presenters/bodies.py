"""One body: its mandate, who sits, its meetings and its decisions."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.reach import Person
from orchestre.governance import policy, queries
from orchestre.governance.models import Body, Meeting, Member
from orchestre.governance.presenters import home, marks
from orchestre.ui.components import Badge, Button, Definition, DefinitionList
from orchestre.ui.tables import Column, DataTable, Row

TIMELINE = 8


@dataclass(frozen=True)
class MemberLine:
    """One member, and how to say that this person left."""

    name: str
    account: str
    notes: tuple[Badge, ...]
    unseat_url: str


@dataclass(frozen=True)
class BodyPage:
    """What the page of a body draws."""

    body: Body
    sentence: str
    facts: DefinitionList
    members: tuple[MemberLine, ...]
    meetings: DataTable | None
    timeline: tuple[home.Moment, ...]
    more_url: str
    primary: Button | None
    edit: Button | None
    may_run: bool
    seat_url: str


def build(person: Person, body: Body) -> BodyPage:
    """Assemble the page of a body."""
    runs = bool(policy.may_run(person, body)) and body.closed_at is None
    last = queries.last_time(person, body)
    decided = queries.decisions(person).filter(body=body)
    plan = Button(
        _("Plan a meeting"), marks.address("meeting-new", body.pk), "primary", icon="plus"
    )
    edit = Button(_("Edit"), marks.address("body-edit", body.pk), icon="edit")
    return BodyPage(
        body=body,
        sentence=home.sentence(last, queries.before(person, last, body)),
        facts=_facts(body),
        members=tuple(_member(one, runs) for one in body.members.filter(left_on=None)),
        meetings=_meetings(list(body.meetings.all())),
        timeline=tuple(home.moment(one) for one in decided[:TIMELINE]),
        more_url=f"{marks.address('decisions')}?body={body.pk}"
        if decided[TIMELINE:].exists()
        else "",
        primary=plan if runs else None,
        edit=edit if policy.may_found(person) else None,
        may_run=runs,
        seat_url=marks.address("seat", body.pk),
    )


def _facts(body: Body) -> DefinitionList:
    scope = {
        Body.Scope.PROGRAMME: str(body.programme or ""),
        Body.Scope.UNIT: str(body.unit or ""),
    }.get(Body.Scope(body.scope), body.get_scope_display())
    quorum = (
        _("no quorum")
        if body.quorum is None
        else ngettext("%(n)s voting member", "%(n)s voting members", body.quorum)
        % {"n": body.quorum}
    )
    items = [
        Definition(_("Scope"), scope),
        Definition(_("Meets"), body.get_cadence_display()),
        Definition(_("Quorum"), quorum),
        Definition(_("Secretary"), str(body.secretary or _("nobody"))),
    ]
    return DefinitionList(tuple(items))


def _member(member: Member, runs: bool) -> MemberLine:  # noqa: FBT001 - one right, asked once for all
    notes = []
    if member.chairs:
        notes.append(Badge(_("chairs"), "accent"))
    if not member.votes:
        notes.append(Badge(_("does not vote"), "neutral"))
    account = str(member.user) if member.user and str(member.user) != member.name else ""
    url = marks.address("unseat", member.body_id, member.pk) if runs else ""
    return MemberLine(member.name, account, tuple(notes), url)


def _meetings(meetings: list[Meeting]) -> DataTable | None:
    if not meetings:
        return None
    rows = tuple(
        Row(
            (marks.when(one.starts_at), one.place or "–", marks.meeting_state(one)),
            key=str(one.pk),
            name=str(one),
            url=marks.address("meeting", one.pk),
        )
        for one in meetings
    )
    columns = (Column(_("Meeting")), Column(_("Place"), wide=True), Column(_("State")))
    return DataTable(_("Meetings"), columns, rows, caption_hidden=True)
