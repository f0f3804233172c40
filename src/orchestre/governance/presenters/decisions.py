"""The record of decisions: what was chosen and refused, by whom, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from orchestre.access.reach import Person
from orchestre.governance import policy, queries
from orchestre.governance.models import Body, Decision, Option
from orchestre.governance.presenters import actions as action_lines
from orchestre.governance.presenters import consequences, home, marks
from orchestre.governance.presenters import raci as roles
from orchestre.governance.presenters.consequences import PlanChange
from orchestre.ui import formats
from orchestre.ui.component import Component
from orchestre.ui.components import (
    Button,
    Definition,
    DefinitionList,
    EmptyState,
    Link,
    Notice,
    Pager,
    Switch,
)

PER_PAGE = 25
Verdict = Decision.Verdict
SHOWN = ("all", "late", "waiting", "judged")


@dataclass(frozen=True)
class ListPage:
    """What the list of decisions draws."""

    lead: str
    switch: Switch
    bodies: Switch | None
    timeline: tuple[home.Moment, ...]
    empty: EmptyState | None
    pager: Pager | None
    primary: Button | None


def listing(person: Person, asked: Mapping[str, str]) -> ListPage:
    """Assemble the list of decisions for one person."""
    last = queries.last_time(person)
    show = asked.get("show", "all")
    show = show if show in SHOWN else "all"
    body = asked.get("body", "")
    rows = queries.decisions(person)
    bodies = list(queries.bodies(person))
    known = {str(one.pk) for one in bodies}
    body = body if body in known else ""
    if body:
        rows = rows.filter(body=int(body))
    rows = rows.filter(_shown(show))
    total = rows.count()
    number = asked.get("page", "1")
    page = min(
        max(int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 1, 1),
        max(-(-total // PER_PAGE), 1),
    )
    first = (page - 1) * PER_PAGE
    decides = any(policy.may_decide(person, one) for one in bodies)
    new = Button(
        _("Record a decision taken outside a meeting"), marks.address("decision-new"), icon="plus"
    )
    return ListPage(
        lead=home.sentence(last, queries.before(person, last)),
        switch=_switch(show, body),
        bodies=_bodies(bodies, show, body),
        timeline=tuple(home.moment(one) for one in rows[first : first + PER_PAGE]),
        empty=None if total else _empty(show, body),
        pager=_pager(page, total, show, body),
        primary=new if decides else None,
    )


def _shown(show: str) -> Q:
    today = timezone.localdate()
    return {
        "late": Q(verdict="", review_on__lt=today),
        "waiting": Q(verdict="") & (Q(review_on__gte=today) | Q(review_on=None)),
        "judged": ~Q(verdict__in=("", Verdict.REPLACED)),
    }.get(show, Q())


def _url(show: str, body: str, page: int = 1) -> str:
    parts = [
        ("show", show if show != "all" else ""),
        ("body", body),
        ("page", str(page) if page > 1 else ""),
    ]
    return "?" + "&".join(f"{name}={value}" for name, value in parts if value)


def _switch(show: str, body: str) -> Switch:
    names = {
        "all": _("Every decision"),
        "late": _("Verdict late"),
        "waiting": _("Effect to come"),
        "judged": _("Judged"),
    }
    links = tuple(Link(names[one], _url(one, body), current=one == show) for one in SHOWN)
    return Switch(_("Which decisions"), links)


def _bodies(bodies: list[Body], show: str, body: str) -> Switch | None:
    if not 1 < len(bodies) < 6:
        return None
    links = [Link(_("Every body"), _url(show, ""), current=not body)]
    links += [
        Link(one.name, _url(show, str(one.pk)), current=body == str(one.pk)) for one in bodies
    ]
    return Switch(_("Body"), tuple(links))


def _empty(show: str, body: str) -> EmptyState:
    if show == "all" and not body:
        go = Button(_("See the committees"), marks.address("home"), "primary")
        return EmptyState(
            "new",
            _("No decision yet."),
            _("A decision is recorded from the screen of a meeting."),
            go,
        )
    clear = Button(_("See every decision"), marks.address("decisions"), "primary")
    return EmptyState("filtered", _("No decision matches."), "", clear)


def _pager(page: int, total: int, show: str, body: str) -> Pager | None:
    if total <= PER_PAGE:
        return None
    first = (page - 1) * PER_PAGE
    last = min(first + PER_PAGE, total)
    summary = _("%(first)s to %(last)s of %(total)s") % {
        "first": first + 1,
        "last": last,
        "total": total,
    }
    return Pager(
        summary,
        _url(show, body, page - 1) if page > 1 else "",
        _url(show, body, page + 1) if last < total else "",
    )


@dataclass(frozen=True)
class Refused:
    """An option that was not chosen."""

    title: str
    consequence: str
    why: str


@dataclass(frozen=True)
class DecisionPage:
    """What the page of a decision draws."""

    decision: Decision
    eyebrow: str
    mark: Component | None
    facts: DefinitionList
    effect: DefinitionList
    refused: tuple[Refused, ...]
    present: str
    actions: tuple[action_lines.ActionLine, ...]
    action_url: str
    raci: roles.RaciPanel
    change: PlanChange | None
    notices: tuple[Notice, ...]
    verdict: Button | None
    replace: Button | None


def build(person: Person, decision: Decision) -> DecisionPage:
    """Assemble the page of a decision for one person."""
    runs = bool(policy.may_run(person, decision.body))
    reviews = bool(policy.may_review(person, decision))
    label = _("Give the verdict") if not decision.verdict else _("Change the verdict")
    kind = "primary" if not decision.verdict else "secondary"
    button = Button(label, marks.address("verdict", decision.pk), kind)  # type: ignore[arg-type]  # one of two kinds
    standing = not decision.replaced_by.exists()
    again = standing and policy.may_replace(person, decision)
    mine = policy.visible_actions(person).filter(decision=decision)
    return DecisionPage(
        decision=decision,
        eyebrow=f"{decision.code} · {decision.body.name} · {formats.day(decision.decided_on)}",
        mark=marks.verdict(decision),
        facts=_facts(decision),
        effect=_effect(decision),
        refused=tuple(
            Refused(
                str(one.get("title", "")), str(one.get("consequence", "")), str(one.get("why", ""))
            )
            for one in decision.discarded
        ),
        present=", ".join(str(name) for name in decision.present),
        actions=tuple(
            action_lines.line(one) for one in mine.select_related("owner", "body", "decision")
        ),
        action_url=f"{marks.address('action-new')}?decision={decision.pk}" if runs else "",
        raci=roles.panel(person, decision),
        change=consequences.of_decision(person, decision),
        notices=_notices(person, decision, standing=standing),
        verdict=button if reviews and decision.verdict != Verdict.REPLACED else None,
        replace=Button(_("Replace"), marks.address("decision-replace", decision.pk))
        if again
        else None,
    )


def _facts(decision: Decision) -> DefinitionList:
    found = [
        Definition(_("Question"), decision.question),
        Definition(_("Decided by"), decision.decided_by),
        Definition(_("Why"), decision.reason or _("not written")),
        Definition(_("Conditions"), decision.conditions or pgettext("conditions", "none")),
        Definition(_("Dissent"), decision.dissent or _("none")),
    ]
    if decision.asked_on:
        days = (decision.decided_on - decision.asked_on).days
        text = ngettext("%(n)s day after it was asked", "%(n)s days after it was asked", days)
        found.append(Definition(_("Delay"), text % {"n": days}))
    if decision.initiative:
        found.append(
            Definition(_("Initiative"), f"{decision.initiative.code} {decision.initiative.title}")
        )
    if decision.meeting is None:
        found.append(Definition(_("Meeting"), _("decided outside a meeting")))
    return DefinitionList(tuple(found))


def _effect(decision: Decision) -> DefinitionList:
    found = [Definition(_("Expected effect"), decision.expected or _("not written"))]
    if decision.measure:
        found.append(Definition(_("Measure"), marks.figures(decision)))
    found.append(
        Definition(
            _("Read again on")
            if decision.verdict_on and decision.verdict != Verdict.REPLACED
            else _("To be read again on"),
            formats.day(decision.review_on) if decision.review_on else _("no date"),
        )
    )
    if decision.verdict == Verdict.REPLACED:
        day = formats.day(decision.verdict_on)
        found.append(Definition(_("Review closed"), _("replaced before it was judged"), day))
    elif decision.verdict_on:
        who = str(decision.verdict_by or "")
        found.append(
            Definition(
                _("Why this verdict"),
                decision.verdict_reason,
                f"{who} · {formats.day(decision.verdict_on)}",
            )
        )
    return DefinitionList(tuple(found))


def _notices(person: Person, decision: Decision, *, standing: bool) -> tuple[Notice, ...]:
    """Say what replaces a decision and what it replaces, with the way there when it is open."""
    found = []
    if not standing:
        later = queries.replacement(person, decision)
        title, why = _("A later decision replaces this one."), ""
        if later is not None:
            title, why = _("Replaced by %s") % later, later.reason
        found.append(Notice("info", title, why, _way(later)))
    if decision.replaces_id is not None:
        former = queries.replaced(person, decision)
        title = _("This decision replaces an earlier one.")
        if former is not None:
            title = _("Replaces %s") % former
        found.append(Notice("info", title, "", _way(former)))
    return tuple(found)


def _way(decision: Decision | None) -> tuple[Button, ...]:
    if decision is None:
        return ()
    label = _("See %s") % decision.code
    return (Button(label, marks.address("decision", decision.pk), small=True),)


def then_and_now(decision: Decision, now: float | None) -> str:
    """Say the measure at the decision and today, before the verdict is given."""
    if not decision.measure or decision.measure == Decision.Measure.OWN:
        return ""
    return _("%(measure)s: %(then)s at the decision, %(expected)s expected, %(now)s today.") % {
        "measure": marks.capital(marks.measure(decision)),
        "then": formats.number(decision.value_then),
        "expected": formats.number(decision.value_expected),
        "now": formats.number(now),
    }


@dataclass(frozen=True)
class Before:
    """What is shown before a decision is written."""

    lead: str
    sentence: str
    change: PlanChange | None


def before(person: Person, option: Option | None) -> Before:
    """Say exactly what recording will change."""
    scenario = option.scenario if option else None
    change = None if scenario is None else consequences.change(person, scenario)
    return Before(
        lead=_("A recorded decision is not undone: a later one replaces it."),
        sentence=change.sentence
        if change
        else _("The plan does not change: this option points to no scenario."),
        change=change,
    )


def before_replacing(decision: Decision) -> str:
    """Say what replacing a decision does, and what it leaves as it is."""
    parts = [
        _("“%(what)s” keeps its record and points to the decision you write here.")
        % {"what": decision.chosen}
    ]
    if not decision.verdict:
        parts.append(_("Its effect is no longer judged."))
    actions = decision.actions.filter(state="open").count()
    if actions:
        told = ngettext(
            "Its %(n)s open action stays open: close it if it no longer makes sense.",
            "Its %(n)s open actions stay open: close those that no longer make sense.",
            actions,
        )
        parts.append(told % {"n": actions})
    if decision.plan_number is not None:
        parts.append(_("The plan it changed stays as it is: a scenario changes it."))
    return " ".join(parts)
