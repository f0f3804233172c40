"""Reads of committees: rows, counts and figures that a person may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from orchestre.access.models import User
from orchestre.access.reach import Person
from orchestre.governance import policy
from orchestre.governance.models import (
    Action,
    AgendaItem,
    Attendance,
    Body,
    Decision,
    Matter,
    Meeting,
    Member,
    Opinion,
    Option,
)
from orchestre.governance.rules import effects
from orchestre.governance.rules.meeting import PRESENT, Quorum, quorum


def body(person: Person, pk: int) -> Body:
    """Return one visible body; not found otherwise."""
    return get_object_or_404(
        policy.visible_bodies(person).select_related("secretary", "programme", "unit"), pk=pk
    )


def bodies(person: Person) -> QuerySet[Body]:
    """Return the visible bodies that still meet."""
    return policy.visible_bodies(person).filter(closed_at=None)


def meeting(person: Person, pk: int) -> Meeting:
    """Return one visible meeting."""
    rows = policy.visible_meetings(person).select_related("body", "current", "body__unit")
    return get_object_or_404(rows, pk=pk)


def item(person: Person, pk: int) -> AgendaItem:
    """Return one readable item."""
    rows = policy.visible_items(person).select_related("meeting__body", "initiative")
    return get_object_or_404(rows, pk=pk)


def option(person: Person, pk: int) -> Option:
    """Return one option of a readable item."""
    rows = policy.visible_options(person).select_related("item__meeting__body")
    return get_object_or_404(rows, pk=pk)


def opinion(person: Person, pk: int) -> Opinion:
    """Return an opinion that one was asked for; those of others do not exist."""
    rows = policy.visible_opinions(person).filter(user=person.pk or 0)
    return get_object_or_404(rows.select_related("item__meeting__body"), pk=pk)


def decision(person: Person, pk: int) -> Decision:
    """Return one readable decision."""
    rows = policy.visible_decisions(person).select_related(
        "body", "meeting", "item", "initiative", "verdict_by", "recorded_by", "replaces"
    )
    return get_object_or_404(rows, pk=pk)


def action(person: Person, pk: int) -> Action:
    """Return one readable action."""
    rows = policy.visible_actions(person).select_related("body", "decision", "initiative", "owner")
    return get_object_or_404(rows, pk=pk)


def matter(person: Person, pk: int) -> Matter:
    """Return one readable point."""
    rows = policy.visible_matters(person).select_related("body", "initiative", "came_from")
    return get_object_or_404(rows, pk=pk)


def sitting(meeting: Meeting) -> list[tuple[Member, Attendance | None]]:
    """Return who sits at a meeting with the presence said of each."""
    known = {one.member_id: one for one in meeting.attendances.all()}
    day = timezone.localtime(meeting.starts_at).date()
    return [
        (one, known.get(one.pk))
        for one in meeting.body.members.all()
        if one.left_on is None or one.left_on > day or one.pk in known
    ]


def quorum_of(meeting: Meeting) -> Quorum:
    """Count who is there against what is needed."""
    pairs = [(one.votes, said.presence if said else "") for one, said in sitting(meeting)]
    return quorum(pairs, meeting.body.quorum)


def names_present(meeting: Meeting) -> list[str]:
    """Return the names of who is there, as they will stay in the decision."""
    return [one.name for one, said in sitting(meeting) if said and said.presence in PRESENT]


@dataclass(frozen=True)
class Agenda:
    """The items one may read, and how many are closed."""

    items: list[AgendaItem]
    hidden: int


def agenda(person: Person, meeting: Meeting) -> Agenda:
    """Return an agenda in its order; confidential items are counted, never named."""
    rows = policy.visible_items(person).filter(meeting=meeting)
    rows = rows.select_related("initiative").prefetch_related("options", "opinions")
    items = list(rows.order_by("rank", "pk"))
    return Agenda(items, meeting.items.count() - len(items))


def upcoming(person: Person, *, most: int = 6) -> list[Meeting]:
    """Return the next meetings, those under way first."""
    rows = policy.visible_meetings(person).select_related("body")
    soon = rows.filter(state=Meeting.State.PLANNED, starts_at__gte=timezone.now() - _A_DAY)
    under_way = rows.filter(state=Meeting.State.OPEN)
    return [*under_way.order_by("starts_at"), *soon.order_by("starts_at")[:most]][:most]


_A_DAY = timedelta(days=1)


def next_meeting(body: Body, after: datetime | None = None) -> Meeting | None:
    """Return the next meeting of a body that is not over."""
    rows = body.meetings.filter(state__in=(Meeting.State.PLANNED, Meeting.State.OPEN))
    if after is not None:
        rows = rows.filter(starts_at__gt=after)
    return rows.order_by("starts_at").first()


def decisions(person: Person) -> QuerySet[Decision]:
    """Return readable decisions, the latest first."""
    return policy.visible_decisions(person).select_related("body", "initiative", "meeting")


def in_force(person: Person, body: Body) -> QuerySet[Decision]:
    """Return the readable decisions of a body that no other replaces, the latest first."""
    return decisions(person).filter(body=body, replaced_by=None)


def replacement(person: Person, decision: Decision) -> Decision | None:
    """Return the readable decision that replaces one."""
    return policy.visible_decisions(person).filter(replaces=decision).first()


def replaced(person: Person, decision: Decision) -> Decision | None:
    """Return the readable decision that one replaces."""
    return policy.visible_decisions(person).filter(pk=decision.replaces_id or 0).first()


def to_review(person: Person, until: date | None = None) -> QuerySet[Decision]:
    """Return the decisions whose effect is to be read again by a day, the oldest first."""
    day = until or timezone.localdate()
    rows = decisions(person).filter(verdict="", review_on__lte=day)
    return rows.order_by("review_on", "pk")


@dataclass(frozen=True)
class LastTime:
    """What the last deciding meeting decided, and what it changed."""

    meeting: Meeting | None
    decisions: list[Decision]


def last_time(person: Person, body: Body | None = None) -> LastTime:
    """Return the decisions of the latest meeting that took some."""
    rows = decisions(person).exclude(meeting=None)
    if body is not None:
        rows = rows.filter(body=body)
    latest = rows.order_by("-meeting__starts_at").first()
    if latest is None or latest.meeting is None:
        return LastTime(None, [])
    found = decisions(person).filter(meeting=latest.meeting).order_by("pk")
    return LastTime(latest.meeting, list(found))


RECALLED = 12


def before(person: Person, last: LastTime, body: Body | None = None) -> list[Decision]:
    """Return the decisions taken before the last deciding meeting, the latest first."""
    if last.meeting is None:
        return []
    rows = decisions(person).exclude(meeting=last.meeting)
    rows = rows.filter(decided_on__lte=timezone.localtime(last.meeting.starts_at).date())
    if body is not None:
        rows = rows.filter(body=body)
    return list(rows[:RECALLED])


def open_actions(person: Person) -> QuerySet[Action]:
    """Return the actions to do, the most overdue first."""
    rows = policy.visible_actions(person).filter(state=Action.State.OPEN)
    rows = rows.select_related("body", "decision", "initiative", "owner")
    return rows.order_by(F("due_on").asc(nulls_last=True), "pk")


def late_actions(person: Person) -> QuerySet[Action]:
    """Return the actions past their date."""
    return open_actions(person).filter(due_on__lt=timezone.localdate())


def questions(person: Person) -> list[effects.Asked]:
    """Return every question for decision: asked, due, decided."""
    decided = decisions(person).exclude(asked_on=None).order_by()
    found = [
        effects.Asked(pk or 0, asked, due, on)
        for pk, asked, due, on in decided.values_list("item_id", "asked_on", "due_on", "decided_on")
        if asked is not None
    ]
    waiting = policy.visible_items(person).filter(
        kind=AgendaItem.Kind.DECISION,
        state__in=(AgendaItem.State.PLANNED, AgendaItem.State.OPEN),
        decision=None,
        carried_to=None,
    )
    rows = waiting.order_by().values_list("pk", "asked_on", "deadline_on")
    return found + [effects.Asked(pk, asked, due, None) for pk, asked, due in rows]


def flow(person: Person) -> effects.Flow:
    """Return decision velocity and decision debt."""
    return effects.flow(questions(person), timezone.localdate())


def awaits(person: User) -> tuple[list[Opinion], list[Action], list[Decision]]:
    """Return what committees wait for from one person: opinions, actions, verdicts."""
    asked = policy.visible_opinions(person).filter(user=person, sealed_at=None, opened_at=None)
    asked = asked.exclude(item__state__in=(AgendaItem.State.POSTPONED, AgendaItem.State.DEALT))
    mine = Action.objects.filter(owner=person, state=Action.State.OPEN).order_by("due_on", "pk")
    run = to_review(person).filter(body__in=policy.runnable_bodies(person).values("pk"))
    return list(asked.select_related("item")), list(mine), list(run)
