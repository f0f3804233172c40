"""The risks of one initiative, with what each is worth."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from orchestre.access.reach import Person
from orchestre.outlook import queries
from orchestre.outlook.models import RiskEvent
from orchestre.outlook.services.compute import Outlook
from orchestre.portfolio.models import Initiative
from orchestre.ui import formats
from orchestre.ui.component import Content
from orchestre.ui.components import Button
from orchestre.ui.tables import Column, DataTable, Row
from orchestre_engine.outlook import expected_value, exposure


@dataclass(frozen=True)
class RiskList:
    """The table of risks, and what they are worth together."""

    table: DataTable | None
    sentence: str


def risk_list(person: Person, initiative: Initiative, view: Outlook, *, may: bool) -> RiskList:
    """Return the risks of an initiative."""
    rows = queries.risks_of(person, initiative)
    if not rows:
        return RiskList(None, _("No event was written that could move the date or the cost."))
    heads = [
        Column(_("What may happen"), wide=True),
        Column(_("Delays")),
        Column(_("Probability"), numeric=True),
        Column(_("Weeks"), numeric=True),
        Column(_("Cost"), numeric=True),
        Column(_("Expected value"), numeric=True),
        Column(_("After mitigation"), wide=True),
        Column(_("Owner")),
    ]
    if may:
        heads.append(Column(pgettext("act", "Change"), label_hidden=True))
    table = DataTable(
        caption=_("Events that may happen"), caption_hidden=True, columns=tuple(heads),
        rows=tuple(_row(one, may=may) for one in rows),
    )  # fmt: skip
    return RiskList(table, _sentence([one for one in rows if not one.closed], view))


def _sentence(rows: list[RiskEvent], view: Outlook) -> str:
    priced = [
        (one.probability, float(one.impact_eur)) for one in rows if one.impact_eur is not None
    ]
    if not priced:
        return ""
    total = formats.euros(exposure(priced))
    text = _("Together they are worth %(total)s on average.") % {"total": total}
    if view.result is not None and view.result.total_cost is not None:
        p80 = formats.euros(view.result.total_cost.p80)
        text += " " + _("With them, count on %(p80)s in all (P80).") % {"p80": p80}
    return text


def _row(one: RiskEvent, *, may: bool) -> Row:
    euros = None if one.impact_eur is None else float(one.impact_eur)
    worth = None if euros is None else expected_value(one.probability, euros)
    cells: list[Content] = [
        one.name + (f" – {_('no longer possible')}" if one.closed else ""),
        one.milestone.name if one.milestone else _("the go-live"),
        formats.percent(one.probability),
        formats.number(one.impact_weeks),
        formats.euros(euros),
        formats.euros(worth),
        _after(one),
        one.owner_role or formats.undefined(),
    ]
    if may:
        url = reverse("outlook:risk", args=[one.pk])
        cells.append(
            Button(pgettext("act", "Change"), url, "quiet", small=True, described=one.name)
        )
    return Row(tuple(cells))


def _after(one: RiskEvent) -> str:
    parts = [one.mitigation] if one.mitigation else []
    if one.residual_probability is not None:
        parts.append(formats.percent(one.residual_probability))
    if one.residual_weeks is not None:
        parts.append(_("%(n)s wk") % {"n": formats.number(one.residual_weeks)})
    if one.residual_eur is not None:
        parts.append(formats.euros(float(one.residual_eur)))
    return ", ".join(parts) or formats.undefined()
