"""What was decided last time and what it changed, first; then what is due."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.reach import Person
from orchestre.governance import policy, queries
from orchestre.governance.models import Decision, Meeting
from orchestre.governance.presenters import marks
from orchestre.load.presenters.words import listed
from orchestre.ui import formats
from orchestre.ui.component import Component
from orchestre.ui.components import Button, EmptyState, Figure, Notice

TIMELINE = 12
MEETINGS, MOST_AHEAD = 6, 500
NAMED = 3


@dataclass(frozen=True)
class Moment:
    """One decision of the timeline."""

    code: str
    day: str
    body: str
    chosen: str
    question: str
    url: str
    mark: Component | None
    figures: str
    reason: str


@dataclass(frozen=True)
class MeetingLine:
    """One meeting to come."""

    title: str
    when: str
    url: str
    state: Component
    note: str


@dataclass(frozen=True)
class BodyLine:
    """One body."""

    name: str
    kind: str
    cadence: str
    url: str


@dataclass(frozen=True)
class HomePage:
    """What the home of committees draws."""

    sentence: str
    detail: str
    notices: tuple[Notice, ...]
    figures: tuple[Figure, ...]
    timeline: tuple[Moment, ...]
    more_url: str
    meetings: tuple[MeetingLine, ...]
    more_meetings: str
    bodies: tuple[BodyLine, ...]
    empty: EmptyState | None
    primary: Button | None
    links: tuple[Button, ...]


def build(person: Person) -> HomePage:
    """Assemble the home of committees for one person."""
    last = queries.last_time(person)
    earlier = queries.before(person, last)
    decisions = list(queries.decisions(person)[: TIMELINE + 1])
    bodies = list(queries.bodies(person))
    upcoming = queries.upcoming(person, most=MOST_AHEAD)
    founds = bool(policy.may_found(person))
    new = Button(
        _("Create a body"),
        marks.address("body-new"),
        "primary" if not bodies else "secondary",
        icon="plus",
    )
    return HomePage(
        sentence=decided(last),
        detail=changed(last, earlier),
        notices=_notices(person),
        figures=_figures(person),
        timeline=tuple(moment(one) for one in decisions[:TIMELINE]),
        more_url=marks.address("decisions") if len(decisions) > TIMELINE else "",
        meetings=tuple(_meeting(one) for one in upcoming[:MEETINGS]),
        more_meetings=_more_meetings(len(upcoming) - MEETINGS),
        bodies=tuple(
            BodyLine(
                one.name,
                one.get_kind_display(),
                one.get_cadence_display(),
                marks.address("body", one.pk),
            )
            for one in bodies
        ),
        empty=None if bodies or decisions else _empty(new if founds else None),
        primary=new if founds and bodies else None,
        links=(
            Button(_("Risks, issues, requests"), marks.address("matters")),
            Button(_("Who answers for what"), marks.address("raci")),
            Button(_("Calendars"), marks.address("feeds"), icon="calendar"),
        ),
    )


def _more_meetings(count: int) -> str:
    """Say how many meetings are planned beyond those that are shown."""
    if count <= 0:
        return ""
    told = ngettext(
        "%(n)s more meeting is planned: each body shows its own.",
        "%(n)s more meetings are planned: each body shows its own.",
        count,
    )
    return told % {"n": formats.number(count)}


def decided(last: queries.LastTime) -> str:
    """Say what was decided last time, in the words of the decisions."""
    if last.meeting is None:
        return _("No decision was recorded in a meeting yet.")
    return _("Last time, in %(body)s on %(day)s, we decided: %(what)s.") % {
        "body": last.meeting.body.name,
        "day": formats.day(timezone.localtime(last.meeting.starts_at).date()),
        "what": listed((_quoted(one) for one in last.decisions), NAMED),
    }


def changed(last: queries.LastTime, earlier: list[Decision]) -> str:
    """Say what it changed: the effect of each, the latest effect read, then the others."""
    if last.meeting is None:
        return ""
    told = [_effect(one, _state(one)) for one in last.decisions[:NAMED]]
    read = next((one for one in earlier if one.verdict and one.measure), None)
    if read is not None:
        told.append(
            _("The latest effect read again: %(effect)s")
            % {"effect": _effect(read, f"{_quoted(read)}, {read.get_verdict_display().lower()}")}
        )
    if earlier:
        told.append(_before(earlier))
    return " ".join(told)


def _state(one: Decision) -> str:
    """Say what came of a decision, or when that will be read."""
    if one.verdict or one.review_on is None or one.review_on < timezone.localdate():
        return marks.capital(_counts([one])[0])
    return marks.capital(_("effect read again on %s") % formats.day(one.review_on))


def _effect(one: Decision, state: str) -> str:
    figures = marks.figures(one)
    return f"{state}. {figures}" if figures else f"{state}."


def _quoted(one: Decision) -> str:
    return _("“%(what)s”") % {"what": one.chosen}


def _before(earlier: list[Decision]) -> str:
    if len(earlier) == queries.RECALLED:
        head = _("Of the last %(n)s decisions before it:")
    else:
        head = ngettext(
            "Of the %(n)s decision before it:", "Of the %(n)s decisions before it:", len(earlier)
        )
    head %= {"n": len(earlier)}
    return f"{head} {', '.join(_counts(earlier))}."


def sentence(last: queries.LastTime, earlier: list[Decision]) -> str:
    """Answer in one sentence what was decided last time and what it changed."""
    if last.meeting is None:
        return _("No decision was recorded in a meeting yet.")
    count = len(last.decisions)
    head = ngettext(
        "Last time, in %(body)s on %(day)s, %(n)s decision was taken:",
        "Last time, in %(body)s on %(day)s, %(n)s decisions were taken:",
        count,
    ) % {
        "body": last.meeting.body.name,
        "day": formats.day(timezone.localtime(last.meeting.starts_at).date()),
        "n": count,
    }
    text = f"{head} {', '.join(_counts(last.decisions))}."
    if not earlier:
        return text
    return f"{text} {_before(earlier)}"


def _counts(decisions: list[Decision]) -> list[str]:
    today = timezone.localdate()
    by: dict[str, int] = {}
    for one in decisions:
        state = one.verdict or ("late" if one.review_on and one.review_on < today else "waits")
        by[state] = by.get(state, 0) + 1
    texts = {
        "achieved": lambda n: ngettext(
            "%(n)s had the effect expected", "%(n)s had the effect expected", n
        ),
        "partly": lambda n: ngettext("%(n)s had it in part", "%(n)s had it in part", n),
        "not": lambda n: ngettext("%(n)s did not have it", "%(n)s did not have it", n),
        "unknown": lambda n: ngettext(
            "of %(n)s the effect cannot be told", "of %(n)s the effect cannot be told", n
        ),
        "replaced": lambda n: ngettext(
            "%(n)s was replaced before it was judged",
            "%(n)s were replaced before they were judged",
            n,
        ),
        "late": lambda n: ngettext(
            "%(n)s waits for its verdict past its date",
            "%(n)s wait for their verdict past their date",
            n,
        ),
        "waits": lambda n: ngettext(
            "%(n)s is too recent to be judged", "%(n)s are too recent to be judged", n
        ),
    }
    return [texts[state](by[state]) % {"n": by[state]} for state in texts if state in by]


def moment(decision: Decision) -> Moment:
    """Write one decision for the timeline."""
    return Moment(
        code=decision.code,
        day=formats.day(decision.decided_on),
        body=decision.body.name,
        chosen=decision.chosen,
        question=decision.question,
        url=marks.address("decision", decision.pk),
        mark=marks.verdict(decision),
        figures=marks.figures(decision),
        reason=decision.verdict_reason,
    )


def _meeting(meeting: Meeting) -> MeetingLine:
    count = meeting.items.count()
    return MeetingLine(
        title=meeting.body.name,
        when=marks.when(meeting.starts_at),
        url=marks.address("meeting", meeting.pk),
        state=marks.meeting_state(meeting),
        note=ngettext("%(n)s item", "%(n)s items", count) % {"n": count},
    )


def _notices(person: Person) -> tuple[Notice, ...]:
    waiting = queries.to_review(person)
    late, count = waiting.first(), waiting.count()
    found = []
    if late is not None:
        title = ngettext(
            "%(n)s decision waits for the verdict on its effect.",
            "%(n)s decisions wait for the verdict on their effect.",
            count,
        ) % {"n": formats.number(count)}
        button = Button(_("Read the effect again"), marks.address("verdict", late.pk))
        found.append(Notice("warn", title, f"{late.code} – {late.chosen}", (button,)))
    return tuple(found)


def _figures(person: Person) -> tuple[Figure, ...]:
    flow = queries.flow(person)
    late = queries.late_actions(person).count()
    days = formats.number(flow.velocity_days)
    return (
        Figure(
            _("Decision velocity"),
            value=days,
            why_url=f"{marks.address('why')}#velocity",
            unit=_("days") if flow.velocity_days is not None else "",
            note=_("median from asked to decided"),
        ),
        Figure(
            _("Decision debt"),
            value=formats.number(len(flow.debt)),
            why_url=f"{marks.address('why')}#debt",
            note=_("open past the date set"),
            alert=bool(flow.debt),
        ),
        Figure(
            _("Late actions"),
            value=formats.number(late),
            why_url=f"{marks.address('actions')}?show=late",
            alert=bool(late),
        ),
    )


def _empty(new: Button | None) -> EmptyState:
    return EmptyState(
        "new",
        _("No body yet."),
        _("Create a committee with its mandate: its agendas are then built from what is due."),
        new,
    )
