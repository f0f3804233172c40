"""How far each initiative may move, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.reach import Person
from orchestre.portfolio import policy as portfolio
from orchestre.portfolio.models import Initiative
from orchestre.sequencing.models import LegalStep, PlanningRule
from orchestre.sequencing.queries.planning import rule_of, steps_of
from orchestre.ui import formats
from orchestre.ui.components import Breadcrumb, EmptyState, Link, Pager
from orchestre.ui.tables import Column, DataTable, Row, only


@dataclass(frozen=True)
class RulesPage:
    """What limits the moves, initiative by initiative."""

    sentence: str
    table: DataTable | None
    empty: EmptyState | None
    breadcrumb: Breadcrumb


def listing(person: Person) -> RulesPage:
    """List the visible initiatives that may move, those with a rule first."""
    seen = portfolio.visible_to(person).filter(archived_at=None)
    seen = seen.exclude(stage=Initiative.Stage.STOPPED).filter(go_live_on__isnull=False)
    seen = seen.order_by("go_live_on", "code")
    limited = Q(pk__in=PlanningRule.objects.values("initiative"))
    limited |= Q(pk__in=LegalStep.objects.values("initiative"))
    total, told = seen.count(), seen.filter(limited).count()
    rows = list(seen.filter(limited)[:MOST])
    rows += seen.exclude(limited)[: MOST - len(rows)]
    keys = [one.pk for one in rows]
    rules = {one.initiative_id: one for one in PlanningRule.objects.filter(initiative__in=keys)}
    steps: dict[int, list[LegalStep]] = {}
    for step in LegalStep.objects.filter(initiative__in=keys):
        steps.setdefault(step.initiative_id, []).append(step)
    sentence = ngettext(
        "%(n)s initiative of %(all)s has limits of its own.",
        "%(n)s initiatives of %(all)s have limits of their own.",
        told,
    ) % {"n": formats.number(told), "all": formats.number(total)}
    return RulesPage(
        sentence=sentence,
        table=_table(rows, rules, steps, total) if rows else None,
        empty=None
        if rows
        else EmptyState("new", _("No initiative has a go-live: nothing can be moved yet.")),
        breadcrumb=_trail(),
    )


MOST = 500


def _trail(*more: Link) -> Breadcrumb:
    return Breadcrumb(
        (
            Link(_("Scenarios"), reverse("sequencing:list")),
            Link(_("Propose an order"), reverse("sequencing:propose")),
            *more,
        )
    )


def _table(
    rows: list[Initiative],
    rules: dict[int, PlanningRule],
    steps: dict[int, list[LegalStep]],
    total: int,
) -> DataTable:
    columns = (
        Column(_("Initiative"), wide=True), Column(_("Go-live")), Column(_("May move")),
        Column(_("Legal steps")),
    )  # fmt: skip
    return DataTable(
        _("How far each go-live may move"),
        columns,
        tuple(
            Row(
                (
                    f"{one.code} · {one.title}",
                    formats.day(one.go_live_on),
                    window(one, rules.get(one.pk)),
                    ", ".join(step_told(step) for step in steps.get(one.pk, ())),
                ),
                url=reverse("sequencing:rule", args=[one.code]),
                key=one.code,
            )
            for one in rows
        ),
        caption_hidden=True,
        pager=Pager(only(len(rows), total)) if total > len(rows) else None,
    )


def window(one: Initiative, rule: PlanningRule | None) -> str:
    """Say how far a go-live may move."""
    if rule is None:
        return _("never later: it is mandatory") if one.mandatory else _("as far as is asked")
    if rule.fixed:
        return _("does not move")
    parts = []
    if rule.earliest_on:
        parts.append(_("from %(day)s") % {"day": formats.day(rule.earliest_on)})
    if rule.latest_on:
        parts.append(_("until %(day)s") % {"day": formats.day(rule.latest_on)})
    if rule.may_wait:
        parts.append(_("may wait"))
    return ", ".join(parts) or _("as far as is asked")


def step_told(step: LegalStep) -> str:
    """Say a legal step: done, or the first day when the go-live is lawful."""
    if step.done_on:
        return _("%(name)s, completed on %(day)s") % {
            "name": step.name,
            "day": formats.day(step.done_on),
        }
    free = step.opens_on + timedelta(weeks=step.delay_weeks)
    return _("%(name)s, no go-live before %(day)s") % {"name": step.name, "day": formats.day(free)}


@dataclass(frozen=True)
class RulePage:
    """How far one initiative may move."""

    initiative: Initiative
    told: str
    steps: tuple[tuple[int, str], ...]
    may_change: bool
    has_rule: bool
    breadcrumb: Breadcrumb


def one(person: Person, initiative: Initiative) -> RulePage:
    """Write the page of one initiative."""
    rule = rule_of(initiative)
    return RulePage(
        initiative=initiative,
        told=window(initiative, rule),
        steps=tuple((step.pk, step_told(step)) for step in steps_of(initiative)),
        may_change=bool(portfolio.may_change(person, initiative)),
        has_rule=rule is not None,
        breadcrumb=_trail(Link(_("What may move"), reverse("sequencing:rules"))),
    )
