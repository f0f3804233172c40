"""The milestones to come, with their three dates, said or assumed."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from orchestre.outlook.models import MilestoneEstimate
from orchestre.outlook.presenters import words
from orchestre.outlook.rules import Step
from orchestre.outlook.snapshot.rows import Known
from orchestre.ui import formats
from orchestre.ui.component import Content
from orchestre.ui.components import Badge, Button
from orchestre.ui.tables import Column, DataTable, Row


def estimates_table(known: Known, steps: tuple[Step, ...], *, may: bool) -> DataTable | None:
    """Return the milestones to come."""
    if not steps:
        return None
    heads = [
        Column(_("Milestone"), wide=True),
        Column(_("Forecast")),
        Column(_("Optimistic")),
        Column(_("Likely")),
        Column(_("Pessimistic")),
        Column(_("Reading"), wide=True),
        Column(_("Source")),
    ]
    if may:
        heads.append(Column(pgettext("act", "Change"), label_hidden=True))
    return DataTable(
        caption=_("Milestones to come and their three dates"), caption_hidden=True,
        columns=tuple(heads), rows=tuple(_row(known, one, may=may) for one in steps),
    )  # fmt: skip


def _row(known: Known, step: Step, *, may: bool) -> Row:
    estimate = known.estimates.get(step.pk)
    name = words.step_name(step)
    cells: list[Content] = [name, formats.day(step.on)]
    if estimate is None:
        said = bool(known.row.go_live_earlier_weeks or known.row.go_live_later_weeks)
        badge = (
            Badge(_("from the margin of the go-live"), "info")
            if said
            else Badge(_("assumed"), "warn")
        )
        cells += [formats.undefined()] * 3 + [formats.undefined(), badge]
    else:
        days = (estimate.optimistic_on, estimate.likely_on, estimate.pessimistic_on)
        reading = str(MilestoneEstimate.Kind(estimate.kind).label)
        cells += [formats.day(day) for day in days]
        cells += [reading, estimate.get_provenance_display()]
    if may:
        cells.append(_change(known, step, name))
    return Row(tuple(cells))


def _change(known: Known, step: Step, name: str) -> Content:
    """A go-live known by its date only has no row to estimate yet: it is made a milestone first."""
    if step.pk == 0:
        url = reverse("portfolio:plan", args=[known.code])
        return Button(_("Add it as a milestone"), url, "quiet", small=True)
    url = reverse("outlook:estimate", args=[known.code, step.pk])
    return Button(_("Estimate"), url, "quiet", small=True, described=name)
