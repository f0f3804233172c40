"""What is due for a meeting: each trigger reads one thing, and the secretary accepts or leaves out.

A feature above this one on the street adds its trigger to `triggers` when it starts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.reach import Person
from orchestre.governance import policy
from orchestre.governance.models import Action, AgendaItem, Body, Matter, Meeting
from orchestre.governance.rules.meeting import horizon
from orchestre.interactions import policy as findings
from orchestre.interactions import queries as interactions
from orchestre.interactions.models import Finding
from orchestre.interactions.presenters.sentences import sentence
from orchestre.portfolio import policy as portfolio
from orchestre.portfolio.models import Initiative, Milestone
from orchestre.portfolio.rules.facts import QUIET_STAGES
from orchestre.portfolio.rules.registry import Registry
from orchestre.sequencing import policy as drafts
from orchestre.ui import formats
from orchestre.weather import queries as weather
from orchestre.weather.services import readings

MOST_FINDINGS = 5
MOST_OF_A_KIND = 12
Kind = AgendaItem.Kind


@dataclass(frozen=True)
class Proposal:
    """One thing that is due, and why now."""

    source: str
    key: str
    title: str
    why: str
    kind: str = Kind.REVIEW
    context: str = ""
    minutes: int = 10
    deadline_on: date | None = None
    initiative: int | None = None


Trigger = Callable[[Person, Meeting], list[Proposal]]
triggers: Registry[Trigger] = Registry()


def due(person: Person, meeting: Meeting) -> list[Proposal]:
    """Return what is due for a meeting and is neither on its agenda nor left out of it."""
    taken = set(meeting.items.values_list("source", "source_key"))
    taken |= set(meeting.set_aside.values_list("source", "source_key"))
    found = [one for trigger in triggers for one in trigger(person, meeting)]
    return [one for one in found if (one.source, one.key) not in taken]


def named(person: Person, meeting: Meeting, source: str, key: str) -> Proposal | None:
    """Return the proposal of this name, when it is still due."""
    same = [one for one in due(person, meeting) if (one.source, one.key) == (source, key)]
    return same[0] if same else None


def of_body(body: Body) -> QuerySet[Initiative]:
    """Return the initiatives that a body steers."""
    rows = Initiative.objects.filter(archived_at=None).exclude(stage=Initiative.Stage.STOPPED)
    if body.scope == Body.Scope.PROGRAMME:
        return rows.filter(programme=body.programme_id)
    if body.scope == Body.Scope.UNIT and body.unit is not None:
        return rows.filter(unit__path__startswith=body.unit.path)
    return rows


def _open(person: Person, body: Body) -> QuerySet[Initiative]:
    return portfolio.visible_to(person).filter(pk__in=of_body(body).values("pk"))


def _until(meeting: Meeting) -> date:
    return horizon(timezone.localtime(meeting.starts_at).date(), meeting.body.cadence)


@triggers.register
def reviews(person: Person, meeting: Meeting) -> list[Proposal]:
    """Decisions of this body whose effect is to be read again."""
    rows = policy.visible_decisions(person).filter(
        body=meeting.body, verdict="", review_on__lt=_until(meeting)
    )
    return [
        Proposal(
            "review",
            str(one.pk),
            _("Effect of decision %(code)s: %(what)s") % {"code": one.code, "what": one.chosen},
            _("Its effect is to be read again on %s.") % formats.day(one.review_on),
            context=one.expected,
            initiative=one.initiative_id,
        )
        for one in rows.order_by("review_on")[:MOST_OF_A_KIND]
    ]


@triggers.register
def late_actions(person: Person, meeting: Meeting) -> list[Proposal]:
    """Actions of this body past their date."""
    rows = policy.visible_actions(person).filter(
        body=meeting.body, state=Action.State.OPEN, due_on__lt=timezone.localdate()
    )
    return [
        Proposal(
            "action",
            str(one.pk),
            _("Action %(code)s is late: %(what)s") % {"code": one.code, "what": one.what},
            _("It was due on %s.") % formats.day(one.due_on),
            minutes=5,
            initiative=one.initiative_id,
        )
        for one in rows.order_by("due_on")[:MOST_OF_A_KIND]
    ]


@triggers.register
def gates(person: Person, meeting: Meeting) -> list[Proposal]:
    """Gates and legal steps before the next meeting."""
    rows = Milestone.objects.filter(
        initiative__in=_open(person, meeting.body).values("pk"),
        kind__in=(Milestone.Kind.GATE, Milestone.Kind.LEGAL),
        actual_on=None,
        forecast_on__lt=_until(meeting),
    ).select_related("initiative")
    return [
        Proposal(
            "gate",
            str(one.pk),
            _("%(milestone)s of “%(title)s”")
            % {"milestone": one.name, "title": one.initiative.title},
            _("%(kind)s foreseen on %(day)s, before the next meeting.")
            % {"kind": one.get_kind_display().capitalize(), "day": formats.day(one.forecast_on)},
            kind=Kind.DECISION,
            minutes=15,
            deadline_on=one.forecast_on,
            initiative=one.initiative_id,
        )
        for one in rows.order_by("forecast_on")[:MOST_OF_A_KIND]
    ]


@triggers.register
def unsettled(person: Person, meeting: Meeting) -> list[Proposal]:
    """Findings that people confirmed, or that nobody looked at, the heaviest first."""
    rows = findings.visible_to(person).filter(present=True, state__in=interactions.OPEN)
    body = meeting.body
    if body.scope != Body.Scope.ALL:
        links = Finding.initiatives.through.objects.filter(
            initiative__in=of_body(body).values("pk")
        )
        rows = rows.filter(pk__in=links.values("finding_id"))
    rows = rows.exclude(kind=Finding.Kind.SYNERGY)
    # what goes on an agenda is read by all who sit there: no confidential initiative is named
    secret = Initiative.objects.filter(confidential=True).values_list("pk", flat=True)
    names = interactions.Names(frozenset(secret), None)
    heaviest = interactions.with_parts(interactions.ranked(rows))[:MOST_FINDINGS]
    return [
        Proposal(
            "finding",
            str(one.pk),
            sentence(one, names),
            _("Found by the rules, and not settled."),
            kind=Kind.DECISION,
            minutes=15,
        )
        for one in heaviest
    ]


@triggers.register
def scenarios(person: Person, meeting: Meeting) -> list[Proposal]:
    """Scenarios that somebody carries to this body and that are on none of its agendas."""
    known = AgendaItem.objects.filter(meeting__body=meeting.body, source="scenario")
    rows = meeting.body.carried.filter(
        scenario__in=drafts.visible_to(person).filter(state__in=drafts.OPEN).values("pk")
    ).exclude(scenario_id__in=[int(key) for key in known.values_list("source_key", flat=True)])
    return [
        Proposal(
            "scenario",
            str(one.scenario_id),
            _("Apply the scenario “%(name)s”?") % {"name": one.scenario.name},
            _("Carried by %(who)s on %(day)s.")
            % {"who": one.user or _("somebody"), "day": formats.day(one.carried_on)},
            kind=Kind.DECISION,
            context=one.scenario.why,
            minutes=20,
        )
        for one in rows.select_related("scenario", "user")
    ]


@triggers.register
def stale_weather(person: Person, meeting: Meeting) -> list[Proposal]:
    """Initiatives of this body without news for two periods: one item for all of them."""
    if not weather.has_begun():
        return []
    limit = timezone.now() - timedelta(days=2 * readings.frame().period_days)
    followed = _open(person, meeting.body).filter(confidential=False)
    followed = followed.exclude(stage__in=QUIET_STAGES)
    known = weather.briefs()
    codes = [
        code
        for pk, code in followed.order_by("code").values_list("pk", "code")
        if pk not in known or known[pk].published_at < limit
    ]
    if not codes:
        return []
    title = ngettext(
        "%(n)s initiative gave no weather for two periods",
        "%(n)s initiatives gave no weather for two periods",
        len(codes),
    ) % {"n": len(codes)}
    told = ", ".join(codes[:MOST_OF_A_KIND]) + ("…" if len(codes) > MOST_OF_A_KIND else "")
    why = _("Old weather is not good weather: %s.") % told
    key = str(meeting.pk)
    return [Proposal("weather", key, title, why, context=told, minutes=5)]


@triggers.register
def matters(person: Person, meeting: Meeting) -> list[Proposal]:
    """Issues and change requests that wait for this body."""
    rows = policy.visible_matters(person).filter(
        Q(kind=Matter.Kind.ISSUE) | Q(kind=Matter.Kind.CHANGE_REQUEST),
        body=meeting.body,
        state=Matter.State.OPEN,
    )
    return [
        Proposal(
            "matter",
            str(one.pk),
            one.title,
            _("%(kind)s %(code)s, open since %(day)s.")
            % {
                "kind": one.get_kind_display().capitalize(),
                "code": one.code,
                "day": formats.day(one.opened_on),
            },
            kind=Kind.DECISION,
            context=one.detail,
            initiative=one.initiative_id,
        )
        for one in rows[:MOST_OF_A_KIND]
    ]


@triggers.register
def postponed(person: Person, meeting: Meeting) -> list[Proposal]:
    """Questions of an earlier meeting that was closed without deciding them."""
    open_still = (AgendaItem.State.PLANNED, AgendaItem.State.OPEN)
    rows = policy.visible_items(person).filter(
        meeting__body=meeting.body,
        meeting__starts_at__lt=meeting.starts_at,
        meeting__state__in=(Meeting.State.CLOSED, Meeting.State.MINUTED),
        kind=Kind.DECISION,
        state__in=open_still,
        carried_to=None,
    )
    rows = rows.select_related("meeting")
    return [
        Proposal(
            "item",
            str(one.pk),
            one.title,
            _("Not reached on %s.") % formats.day(timezone.localtime(one.meeting.starts_at).date()),
            kind=one.kind,
            context=one.context,
            minutes=one.minutes,
            deadline_on=one.deadline_on,
            initiative=one.initiative_id,
        )
        for one in rows.order_by("-meeting__starts_at")[:MOST_OF_A_KIND]
    ]
