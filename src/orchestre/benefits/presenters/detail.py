"""One benefit: its facts, its curve, its months, its evidence, and what lacks to be audited."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from orchestre.access.reach import Person
from orchestre.benefits import policy, queries, snapshot
from orchestre.benefits.models import Benefit, Evidence, ValueLine
from orchestre.benefits.presenters import words
from orchestre.benefits.presenters.page import baseline, chart
from orchestre.benefits.snapshot import Held
from orchestre.ui import formats
from orchestre.ui.charts.curves import Curves
from orchestre.ui.components import (
    Breadcrumb,
    Button,
    Definition,
    DefinitionList,
    Link,
    Notice,
    StatusMark,
)
from orchestre.ui.tables import Column, DataTable, Row

RECENT = 24


@dataclass(frozen=True)
class BenefitPage:
    """What the page of a benefit tells."""

    title: str
    breadcrumb: Breadcrumb
    sentence: str
    audit: StatusMark
    lacks: str
    facts: DefinitionList
    curves: Curves | None
    ledger: DataTable | None
    evidence: DataTable | None
    notice: Notice | None
    actions: tuple[Button, ...]


def build(person: Person, benefit: Benefit) -> BenefitPage:
    """Assemble the page for one person."""
    (held,) = queries.with_parts(policy.visible_to(person).filter(pk=benefit.pk))
    today = timezone.localdate()
    rates = queries.rates_of(held, today)
    lacks = queries.lacking(held)
    may_claim = bool(policy.may_claim(person, benefit.initiative))
    said = [line for line in held.lines if line.month_on <= today or line.forecast is not None]
    return BenefitPage(
        title=benefit.title,
        breadcrumb=Breadcrumb(
            (Link(_("Results"), reverse("benefits:results")), Link(benefit.code, ""))
        ),
        sentence=_(
            "Planned to date: %(planned)s; declared: %(declared)s (%(dr)s); "
            "validated: %(validated)s (%(vr)s). Forecast at the horizon: %(fr)s of the plan."
        )
        % {
            "planned": words.of(benefit, held.total("planned", today)),
            "declared": words.of(benefit, held.total("declared", today)),
            "validated": words.of(benefit, held.total("validated", today)),
            "dr": formats.share(rates.declared_ratio),
            "vr": formats.share(rates.validated_ratio),
            "fr": formats.share(rates.forecast_ratio),
        },
        audit=StatusMark("watch", _("not auditable yet"))
        if lacks
        else StatusMark("ok", _("auditable")),
        lacks=_("It lacks: %s.") % words.lacks(lacks) if lacks else "",
        facts=_facts(held),
        curves=chart([held], today, benefit.measure),
        ledger=_ledger(person, benefit, said[-RECENT:]) if said else None,
        evidence=_evidence(person, held) if held.evidence else None,
        notice=_notice(benefit),
        actions=_actions(person, benefit, may_claim=may_claim),
    )


def _notice(benefit: Benefit) -> Notice | None:
    if benefit.baseline_value is not None and benefit.baseline_on is not None:
        return None
    return Notice(
        "warn",
        _("No baseline: nothing can be declared."),
        _("Without a dated situation to compare with, nobody can tell what changed."),
    )


def _actions(person: Person, benefit: Benefit, *, may_claim: bool) -> tuple[Button, ...]:
    code = [benefit.code]
    found = []
    if may_claim or policy.validates(person):
        prove = reverse("benefits:prove", args=code)
        found.append(Button(_("Bring evidence"), prove, "secondary", "plus"))
    if may_claim:
        found.append(Button(_("Edit"), reverse("benefits:edit", args=code), "secondary", "edit"))
        plan = reverse("benefits:plan", args=code)
        found.append(Button(_("Plan month by month"), plan, "secondary", "calendar", method="post"))
        found.append(Button(_("Declare"), reverse("benefits:declare", args=code), "primary"))
    return tuple(found)


def _facts(held: Held) -> DefinitionList:
    one = held.benefit
    anchor = snapshot.anchor_of(one)
    rows = (
        (_("Initiative"), str(one.initiative)),
        (_("Owner"), one.owner_name or formats.undefined()),
        (_("Who benefits"), str(one.unit) if one.unit else formats.undefined()),
        (_("Kind"), _kind(one)),
        (_("Budget line or indicator"), one.budget_line or formats.undefined()),
        (_("Baseline"), baseline(held)),
        (_("Source of the baseline"), one.baseline_source or formats.undefined()),
        (_("Target a year"), words.of(one, _number(one.target_per_year))),
        (_("Counts from"), formats.day(anchor)),
        (
            _("Share due to this initiative, confidence"),
            f"{formats.percent(one.attribution_ratio)} × {formats.percent(one.confidence_ratio)}",
        ),
        (_("Cost to achieve"), words.amount(_number(one.cost_to_achieve_eur))),
        (_("Assumptions"), one.assumptions.strip() or formats.undefined()),
        (_("Method of measure"), one.method.strip() or formats.undefined()),
        (_("Level"), words.level(snapshot.level_of(held))),
    )
    return DefinitionList(tuple(Definition(term, value) for term, value in rows))


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))


def _kind(one: Benefit) -> str:
    told = [str(one.get_kind_display())]
    told.append(_("leaves a budget line") if one.hard else _("leaves no budget line"))
    if one.recurrence:
        told.append(str(one.get_recurrence_display()))
    if one.disbenefit:
        told.append(_("negative effect"))
    return ", ".join(told)


def _ledger(person: Person, benefit: Benefit, lines: list[ValueLine]) -> DataTable:
    return DataTable(
        caption=_("Month by month"),
        caption_hidden=True,
        columns=(
            Column(_("Month"), wide=True),
            Column(_("Planned"), numeric=True),
            Column(_("Forecast"), numeric=True),
            Column(_("Declared"), numeric=True),
            Column(_("Declared by")),
            Column(_("Validated"), numeric=True),
            Column(_("Validated by")),
            Column(_("Act"), label_hidden=True),
        ),
        rows=tuple(_month(person, benefit, one) for one in reversed(lines)),
    )


def _month(person: Person, benefit: Benefit, one: ValueLine) -> Row:
    name = formats.month(one.month_on)
    return Row(
        (
            name,
            words.of(benefit, _number(one.planned)),
            words.of(benefit, _number(one.forecast)),
            words.of(benefit, _number(one.declared)),
            one.declarer,
            words.of(benefit, _number(one.validated)),
            one.validator,
            _act(person, one, name),
        )
    )


def _act(person: Person, one: ValueLine, name: str) -> Button | str:
    if one.validated is not None and policy.validates(person):
        url = reverse("benefits:contest", args=[one.pk])
        return Button(_("Contest"), url, "quiet", small=True, described=name)
    if one.declared is not None and one.validated is None and policy.may_validate(person, one):
        url = reverse("benefits:validate", args=[one.pk])
        return Button(_("Validate"), url, "quiet", small=True, described=name)
    return ""


def _evidence(person: Person, held: Held) -> DataTable:
    return DataTable(
        caption=_("Evidence"),
        caption_hidden=True,
        columns=(
            Column(_("What it proves"), wide=True),
            Column(_("File")),
            Column(_("Fingerprint (SHA-256)")),
            Column(_("Brought by")),
            Column(_("Reviewed by")),
            Column(_("Grade")),
            Column(_("Act"), label_hidden=True),
        ),
        rows=tuple(_proof(person, one) for one in held.evidence),
    )


def _proof(person: Person, one: Evidence) -> Row:
    review = ""
    act: Button | str = review
    if not (one.reviewer or one.reviewer_as) and policy.may_review(person, one):
        url = reverse("benefits:review", args=[one.pk])
        act = Button(_("Review"), url, "quiet", small=True, described=str(one))
    return Row(
        (
            one.note,
            one.file_name or _("no file"),
            f"{one.file_sha256[:12]}…" if one.file_sha256 else "",
            str(one.author or one.author_as),
            str(one.reviewer or one.reviewer_as),
            str(one.get_grade_display()),
            act,
        )
    )
