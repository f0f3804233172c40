"""What is due for a meeting: each trigger reads one thing, and the secretary accepts or leaves out.

A feature above this one on the street adds its trigger to `triggers` when it starts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.reach import Person
from orchestre.governance import policy
from orchestre.governance.models import Action, AgendaItem, Body, Decision, Matter, Meeting
from orchestre.governance.rules.meeting import horizon
from orchestre.interactions import policy as findings
from orchestre.interactions import queries as interactions
from orchestre.interactions.models import Finding
from orchestre.interactions.presenters.sentences import sentence
from orchestre.load.presenters.words import listed
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
Row = TypeVar("Row", bound=Model)


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


@dataclass(frozen=True)
class Wanted:
    """Which proposals are asked for: what is dealt with already is left out, one may be named."""

    taken: frozenset[tuple[str, str]]
    only: tuple[str, str] | None = None
    whole: bool = True

    def left(self, rows: QuerySet[Row], source: str) -> QuerySet[Row]:
        """Keep the rows of a source that are asked for."""
        dealt = [int(key) for kind, key in self.taken if kind == source and key.isdecimal()]
        rows = rows.exclude(pk__in=dealt)
        if self.only is None:
            return rows
        kind, key = self.only
        known = kind == source and key.isascii() and key.isdigit() and len(key) < 18
        return rows.filter(pk=int(key)) if known else rows.none()

    def keeps(self, one: Proposal) -> bool:
        """Tell whether a proposal is asked for."""
        name = (one.source, one.key)
        return name not in self.taken and self.only in {None, name}


@dataclass(frozen=True)
class Lot:
    """Proposals of one kind: the first ones, and how many there are."""

    first: list[Proposal]
    total: int


@dataclass(frozen=True)
class DueFirst:
    """The first proposals of each kind, and how many more are due."""

    first: list[Proposal]
    more: int


Trigger = Callable[[Person, Meeting, Wanted], Lot]
triggers: Registry[Trigger] = Registry()


def due(person: Person, meeting: Meeting) -> list[Proposal]:
    """Return all that is due for a meeting and is neither on its agenda nor left out of it."""
    return _found(person, meeting, Wanted(_taken(meeting))).first


def first_due(person: Person, meeting: Meeting) -> DueFirst:
    """Return the first of each kind that is due, and how many more there are."""
    return _found(person, meeting, Wanted(_taken(meeting), whole=False))


def named(person: Person, meeting: Meeting, source: str, key: str) -> Proposal | None:
    """Return the proposal of this name, when it is still due."""
    wanted = Wanted(_taken(meeting), only=(source, key))
    return next(iter(_found(person, meeting, wanted).first), None)


def _taken(meeting: Meeting) -> frozenset[tuple[str, str]]:
    names = ("source", "source_key")
    on_agenda = meeting.items.exclude(source="").values_list(*names)
    return frozenset({*on_agenda, *meeting.set_aside.values_list(*names)})


def _found(person: Person, meeting: Meeting, wanted: Wanted) -> DueFirst:
    lots = [trigger(person, meeting, wanted) for trigger in triggers]
    first = [one for lot in lots for one in lot.first]
    return DueFirst(first, sum(lot.total for lot in lots) - len(first))


def _lot(
    rows: QuerySet[Row],
    source: str,
    wanted: Wanted,
    write: Callable[[Row], Proposal],
    most: int = MOST_OF_A_KIND,
) -> Lot:
    left = wanted.left(rows, source)
    shown = list(left if wanted.whole else left[: most + 1])
    total = len(shown) if wanted.whole or len(shown) <= most else left.count()
    return Lot([write(one) for one in (shown if wanted.whole else shown[:most])], total)


def _all_of(found: list[Proposal], wanted: Wanted) -> Lot:
    kept = [one for one in found if wanted.keeps(one)]
    return Lot(kept, len(kept))


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
def reviews(person: Person, meeting: Meeting, wanted: Wanted) -> Lot:
    """Decisions of this body whose effect is to be read again."""
    rows = policy.visible_decisions(person).filter(
        body=meeting.body, verdict="", review_on__lt=_until(meeting)
    )

    def write(one: Decision) -> Proposal:
        return Proposal(
            "review",
            str(one.pk),
            _("Effect of decision %(code)s: %(what)s") % {"code": one.code, "what": one.chosen},
            _("Its effect is to be read again on %s.") % formats.day(one.review_on),
            context=one.expected,
            initiative=one.initiative_id,
        )

    return _lot(rows.order_by("review_on"), "review", wanted, write)


@triggers.register
def late_actions(person: Person, meeting: Meeting, wanted: Wanted) -> Lot:
    """Actions of this body past their date."""
    rows = policy.visible_actions(person).filter(
        body=meeting.body, state=Action.State.OPEN, due_on__lt=timezone.localdate()
    )

    def write(one: Action) -> Proposal:
        return Proposal(
            "action",
            str(one.pk),
            _("Action %(code)s is late: %(what)s") % {"code": one.code, "what": one.what},
            _("It was due on %s.") % formats.day(one.due_on),
            minutes=5,
            initiative=one.initiative_id,
        )

    return _lot(rows.order_by("due_on"), "action", wanted, write)


@triggers.register
def gates(person: Person, meeting: Meeting, wanted: Wanted) -> Lot:
    """Gates and legal steps before the next meeting."""
    rows = Milestone.objects.filter(
        initiative__in=_open(person, meeting.body).values("pk"),
        kind__in=(Milestone.Kind.GATE, Milestone.Kind.LEGAL),
        actual_on=None,
        forecast_on__lt=_until(meeting),
    ).select_related("initiative")

    def write(one: Milestone) -> Proposal:
        return Proposal(
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

    return _lot(rows.order_by("forecast_on"), "gate", wanted, write)


@triggers.register
def unsettled(person: Person, meeting: Meeting, wanted: Wanted) -> Lot:
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

    def write(one: Finding) -> Proposal:
        return Proposal(
            "finding",
            str(one.pk),
            sentence(one, names),
            _("Found by the rules, and not settled."),
            kind=Kind.DECISION,
            minutes=15,
        )

    return _lot(
        interactions.with_parts(interactions.ranked(rows)), "finding", wanted, write, MOST_FINDINGS
    )


@triggers.register
def scenarios(person: Person, meeting: Meeting, wanted: Wanted) -> Lot:
    """Scenarios that somebody carries to this body and that are on none of its agendas."""
    known = AgendaItem.objects.filter(meeting__body=meeting.body, source="scenario")
    rows = meeting.body.carried.filter(
        scenario__in=drafts.visible_to(person).filter(state__in=drafts.OPEN).values("pk")
    ).exclude(scenario_id__in=[int(key) for key in known.values_list("source_key", flat=True)])
    found = [
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
    return _all_of(found, wanted)


@triggers.register
def stale_weather(person: Person, meeting: Meeting, wanted: Wanted) -> Lot:
    """Initiatives of this body without news for two periods: one item for all of them."""
    if not weather.has_begun():
        return Lot([], 0)
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
        return Lot([], 0)
    title = ngettext(
        "%(n)s initiative gave no weather for two periods",
        "%(n)s initiatives gave no weather for two periods",
        len(codes),
    ) % {"n": len(codes)}
    why = _("Old weather is not good weather: %s.") % listed(codes, MOST_OF_A_KIND)
    told = ", ".join(codes)  # the agenda and its minutes name them all
    one = Proposal("weather", str(meeting.pk), title, why, context=told, minutes=5)
    return _all_of([one], wanted)


@triggers.register
def matters(person: Person, meeting: Meeting, wanted: Wanted) -> Lot:
    """Issues and change requests that wait for this body."""
    rows = policy.visible_matters(person).filter(
        Q(kind=Matter.Kind.ISSUE) | Q(kind=Matter.Kind.CHANGE_REQUEST),
        body=meeting.body,
        state=Matter.State.OPEN,
    )

    def write(one: Matter) -> Proposal:
        return Proposal(
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

    return _lot(rows, "matter", wanted, write)


@triggers.register
def postponed(person: Person, meeting: Meeting, wanted: Wanted) -> Lot:
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

    def write(one: AgendaItem) -> Proposal:
        return Proposal(
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

    return _lot(rows.order_by("-meeting__starts_at"), "item", wanted, write)
