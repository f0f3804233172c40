"""Decisions first: what is asked with its options and their figures, then what became of the last.

Each question is a part of its own, so that it can be printed alone: the arbitration note.
"""

from __future__ import annotations

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.governance import policy, queries
from orchestre.governance.models import Action, AgendaItem, Decision, Option
from orchestre.governance.presenters import consequences, marks
from orchestre.portfolio import policy as portfolio
from orchestre.reports.presenters.pack.scope import Scope
from orchestre.reports.rules.document import (
    Cell,
    Choice,
    Head,
    Line,
    Question,
    Section,
    Table,
)
from orchestre.ui import formats

MOST_QUESTIONS = 3
MOST_ROWS = 12


def asked(scope: Scope) -> tuple[Section, ...]:
    """Write the questions that wait for a decision: all of a meeting, else the most urgent."""
    found = _waiting(scope)
    most = _most(scope, found)
    left = len(found) - most
    sections = [_question(one) for one in found[:most]]
    if left > 0:
        words = ngettext(
            "%(n)d more question waits for a decision.",
            "%(n)d more questions wait for a decision.",
            left,
        ) % {"n": left}
        last = sections[-1]
        sections[-1] = Section(last.key, last.title, f"{last.lead} {words}".strip(), last.blocks)
    return tuple(sections)


def asked_of(scope: Scope) -> frozenset[int]:
    """Tell the committees that are asked."""
    found = _waiting(scope)
    return frozenset(one.meeting.body_id for one in found[: _most(scope, found)])


def _waiting(scope: Scope) -> list[AgendaItem]:
    rows = policy.visible_items(scope.person).filter(
        kind=AgendaItem.Kind.DECISION,
        state__in=(AgendaItem.State.PLANNED, AgendaItem.State.OPEN),
        decision=None,
        carried_to=None,
    )
    rows = rows.select_related("meeting__body").prefetch_related("options__scenario")
    rows = rows.filter(_named(scope))
    if scope.meeting is not None:
        return list(rows.filter(meeting=scope.meeting).order_by("rank", "pk"))
    return list(
        rows.order_by(F("deadline_on").asc(nulls_last=True), "meeting__starts_at", "rank", "pk")
    )


def _most(scope: Scope, found: list[AgendaItem]) -> int:
    return MOST_QUESTIONS if scope.meeting is None else len(found)


def _named(scope: Scope) -> Q:
    """Return the filter on what is about no initiative, or about one that the pack names."""
    named = portfolio.visible_to(scope.person)
    if not scope.confidential:
        named = named.filter(confidential=False)
    return Q(initiative=None) | Q(initiative__in=named.values("pk"))


def _question(one: AgendaItem) -> Section:
    options = list(one.options.all())
    figures = {option.pk: consequences.of_scenario(option.scenario) for option in options}
    names = list(dict.fromkeys(told.label for some in figures.values() for told in some))
    words = any(option.consequence or option.detail for option in options)
    measures = ((_("What it means"),) if words else ()) + tuple(names)
    block = Question(
        key=str(one.pk),
        title="",
        context=tuple(line for line in one.context.splitlines() if line.strip()),
        measures=measures,
        options=tuple(
            _choice(option, figures[option.pk], names, words=words) for option in options
        ),
        recommendation=_("Recommendation: %s") % one.recommendation if one.recommendation else "",
        deadline=_("To be decided by %s.") % formats.day(one.deadline_on)
        if one.deadline_on
        else "",
        waiting=_("Waiting costs: %s") % one.waiting_cost if one.waiting_cost else "",
    )
    lead = _("Decision asked of %(body)s, %(day)s") % {
        "body": one.meeting.body.name,
        "day": formats.day(timezone.localdate(one.meeting.starts_at)),
    }
    return Section(f"question:{one.pk}", one.title, lead, (block,))


def _choice(
    option: Option,
    figures: tuple[consequences.Consequence, ...],
    names: list[str],
    *,
    words: bool,
) -> Choice:
    known = {told.label: told for told in figures}
    cells = [Cell(" ".join(part for part in (option.consequence, option.detail) if part))]
    for name in names:
        told = known.get(name)
        cells.append(Cell(f"{told.after} ({told.delta})" if told else formats.undefined()))
    return Choice(option.title, tuple(cells if words else cells[1:]), option.recommended)


def followed(scope: Scope) -> tuple[Section, ...]:
    """Write what was decided and what came of it, and the actions that are late."""
    rows, late = _followed(scope)
    count, told = rows.count(), rows.exclude(verdict="").count()
    waiting = late.count()
    if not count and not waiting:
        return ()
    lead = ngettext(
        "%(n)d decision recorded, %(told)d with its effect read again.",
        "%(n)d decisions recorded, %(told)d with their effect read again.",
        count,
    ) % {"n": count, "told": told}
    decided = _decided(list(rows[:MOST_ROWS]), count)
    blocks = (decided, _late(list(late[:MOST_ROWS]), waiting)) if waiting else (decided,)
    return (Section("followup", _("What was decided, and what it changed"), lead, blocks),)


def followed_by(scope: Scope) -> frozenset[int]:
    """Tell the committees that decided, and those that follow the actions told."""
    rows, late = _followed(scope)
    found = [one.body_id for one in rows[:MOST_ROWS]]
    return frozenset(
        [*found, *(one.body_id for one in late[:MOST_ROWS] if one.body_id is not None)]
    )


def _followed(scope: Scope) -> tuple[QuerySet[Decision], QuerySet[Action]]:
    named = _named(scope)
    return queries.decisions(scope.person).filter(named), queries.late_actions(scope.person).filter(
        named
    )


def _decided(rows: list[Decision], count: int) -> Table:
    left = count - len(rows)
    return Table(
        "decisions",
        _("Last decisions"),
        (
            Head(_("Number"), share=1.3),
            Head(_("Decided on"), share=1.3),
            Head(_("What is decided"), share=4),
            Head(_("Expected effect"), share=3),
            Head(_("Verdict"), share=2),
        ),
        tuple(_decision(one) for one in rows),
        note=ngettext("%(n)d more.", "%(n)d more.", left) % {"n": left} if left > 0 else "",
        empty=_("No decision is recorded yet."),
    )


def _decision(one: Decision) -> Line:
    due = one.review_on is not None and one.review_on <= timezone.localdate()
    verdict = str(one.get_verdict_display()) if one.verdict else (
        _("to be read again since %s") % formats.day(one.review_on) if due
        else _("on %s") % formats.day(one.review_on) if one.review_on else formats.undefined()
    )  # fmt: skip
    tones = {Decision.Verdict.ACHIEVED: "ok", Decision.Verdict.PARTLY: "watch",
             Decision.Verdict.NOT: "off"}  # fmt: skip
    tone = tones.get(Decision.Verdict(one.verdict), "") if one.verdict else ("watch" if due else "")
    return Line(
        one.code,
        (
            Cell(one.code),
            Cell(formats.day(one.decided_on)),
            Cell(one.chosen),
            Cell(one.expected),
            Cell(verdict, tone=tone),  # type: ignore[arg-type]  # one of the tones
        ),
    )


def _late(rows: list[Action], count: int) -> Table:
    left = count - len(rows)
    return Table(
        "actions",
        _("Actions past their date"),
        (Head(_("Action"), share=5), Head(_("Due on"), share=1.4), Head(_("Who"), share=2)),
        tuple(
            Line(
                str(one.pk),
                (
                    Cell(one.what),
                    Cell(formats.day(one.due_on), tone="off"),
                    Cell(marks.owner(one)),
                ),
            )
            for one in rows
        ),
        note=ngettext("%(n)d more.", "%(n)d more.", left) % {"n": left} if left > 0 else "",
    )
