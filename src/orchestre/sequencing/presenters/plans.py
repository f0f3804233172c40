"""The plan of record: its history, and one plan read again with the same numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from orchestre.access.reach import Person, reach_of
from orchestre.access.rules import Can
from orchestre.load.queries import reader_of
from orchestre.resources.policy import reads_money
from orchestre.sequencing import policy
from orchestre.sequencing.models import Plan
from orchestre.sequencing.presenters import words
from orchestre.sequencing.presenters.of_record import OfRecord, of_record
from orchestre.sequencing.queries import scenarios as queries
from orchestre.sequencing.services import plans
from orchestre.ui import formats
from orchestre.ui.component import Content
from orchestre.ui.components import (
    Badge,
    Breadcrumb,
    Button,
    Definition,
    DefinitionList,
    EmptyState,
    Link,
)
from orchestre.ui.tables import Column, DataTable, Row


@dataclass(frozen=True)
class PlansPage:
    """The history of the plan."""

    breadcrumb: Breadcrumb
    table: DataTable | None
    empty: EmptyState | None


@dataclass(frozen=True)
class PlanPage:
    """One plan of record."""

    plan: Plan
    breadcrumb: Breadcrumb
    sentence: str
    about: DefinitionList
    figures: DataTable
    record: OfRecord
    initiatives: DataTable
    hidden: int
    intact: bool
    links: tuple[Link, ...]
    back: Button | None


def plans_page(person: Person) -> PlansPage:
    """Return the plans of record, the last first."""
    policy.may_read(person).require()
    rows = list(queries.plans(person))
    home = Link(_("Scenarios"), reverse("sequencing:list"))
    table = DataTable(
        caption=_("Plans of record"),
        caption_hidden=True,
        columns=(
            Column(_("Plan")),
            Column(_("State")),
            Column(_("Decision")),
            Column(_("Published on")),
            Column(_("Fingerprint")),
        ),
        rows=tuple(_row(one) for one in rows),
    )
    told = _("The first decision that makes a scenario the plan keeps the former one here.")
    return PlansPage(
        breadcrumb=Breadcrumb((home, Link(_("History of the plan"), ""))),
        table=table if rows else None,
        empty=None if rows else EmptyState("new", _("No plan was published yet."), told),
    )


def _row(one: Plan) -> Row:
    name = _("Plan %(n)s, %(name)s") % {"n": one.number, "name": one.name}
    state: Content = (
        Badge(_("In force"), "success") if one.superseded_at is None else Badge(_("Replaced"))
    )
    decision = " – ".join(part for part in (one.decision, one.reference) if part) or "–"
    cells: tuple[Content, ...] = (
        name,
        state,
        decision,
        formats.instant(one.published_at),
        short(one.fingerprint),
    )
    return Row(cells, url=reverse("sequencing:plan", args=[one.number]), name=name)


def short(fingerprint: str) -> str:
    """Write the first digits of a fingerprint, as they are read aloud."""
    return f"{fingerprint[:4]} {fingerprint[4:8]}"


def plan_page(person: Person, number: int) -> PlanPage:
    """Return one plan with the numbers it was decided on."""
    plan = queries.plan(person, number)
    content = plans.opened(plan)
    shown = _seen(person, content["initiatives"])
    name = _("Plan %(n)s, %(name)s") % {"n": plan.number, "name": plan.name}
    trail = (
        Link(_("Scenarios"), reverse("sequencing:list")),
        Link(_("History of the plan"), reverse("sequencing:plans")),
        Link(name, ""),
    )
    back = reverse("sequencing:return", args=[plan.number])
    may_return = plan.superseded_at is not None and bool(policy.may_draft(person))
    return PlanPage(
        plan=plan,
        breadcrumb=Breadcrumb(trail),
        sentence=plan.decision or _("As the plan stood before the first decision."),
        about=_about(plan, content),
        figures=_figures(content, money=reads_money(person)),
        record=of_record(person, content),
        initiatives=_initiatives(shown),
        hidden=len(content["initiatives"]) - len(shown),
        intact=plans.is_intact(plan),
        links=tuple(_links(plan)),
        back=Button(_("Draft a return to this plan"), back, method="post") if may_return else None,
    )


def _seen(person: Person, facts: dict[str, Any]) -> dict[str, Any]:
    reach, reader = reach_of(person), reader_of(person)
    if reach.can(Can.READ) and reach.can(Can.READ_CONFIDENTIAL):
        return facts
    return {
        code: one for code, one in facts.items() if reader.names(code) and not one["confidential"]
    }


def _about(plan: Plan, content: dict[str, Any]) -> DefinitionList:
    items = [
        Definition(_("Published on"), formats.instant(plan.published_at)),
        Definition(_("By"), str(plan.published_by or "–")),
        Definition(_("Reference"), plan.reference or "–"),
        Definition(_("Replaced on"), formats.instant(plan.superseded_at))
        if plan.superseded_at
        else Definition(_("State"), _("In force")),
        Definition(_("Figures computed on"), formats.day(date.fromisoformat(content["taken_on"]))),
        Definition(_("Formula"), _formula(content)),
        Definition(_("Fingerprint"), plan.fingerprint),
    ]
    return DefinitionList(tuple(items))


def _formula(content: dict[str, Any]) -> str:
    kept = content.get("formulas")
    if kept is None:
        return str(content["computation"])
    told = _("%(gauges)s, %(load)s; without a draw, hence without a seed")
    return told % {"gauges": kept["gauges"], "load": kept["load"]}


def _figures(content: dict[str, Any], *, money: bool) -> DataTable:
    rows = tuple(
        Row((str(words.LABELS[name]), words.figure(name, content["measures"][name])))
        for name in words.NAMES
        if money or not name.endswith("_eur")
    )
    columns = (Column(_("Figure")), Column(_("Value"), numeric=True))
    return DataTable(_("Figures it was decided on"), columns, rows, caption_hidden=True)


def _initiatives(facts: dict[str, Any]) -> DataTable:
    columns = tuple(
        Column(text) for text in (_("Initiative"), _("First day"), _("Last day"), _("Go-live"))
    )
    rows = tuple(
        Row(
            (
                f"{code} {one['title']}",
                *(
                    words.step_value(name, one[name]) if one[name] else formats.undefined()
                    for name in ("starts_on", "ends_on", "go_live_on")
                ),
            )
        )
        for code, one in sorted(facts.items())
    )
    return DataTable(_("Initiatives of this plan"), columns, rows, caption_hidden=True)


def _links(plan: Plan) -> list[Link]:
    diff = reverse("sequencing:diff")
    me = f"plan-{plan.number}"
    found = [
        Link(_("Differences with the plan in force"), f"{diff}?from={me}&to=current"),
    ]
    if plan.number > 1:
        former = f"plan-{plan.number - 1}"
        found.append(Link(_("Differences with the plan before"), f"{diff}?from={former}&to={me}"))
    if plan.closing_fingerprint:
        found.append(Link(_("What became of it until it ended"), f"{diff}?from={me}&to={me}-end"))
    return found
