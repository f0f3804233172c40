"""The list of selections."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.reach import Person
from orchestre.selection import policy, queries
from orchestre.selection.models import Selection
from orchestre.selection.presenters import frame, sentences
from orchestre.selection.services import computing
from orchestre.ui import formats
from orchestre.ui.components import Button, EmptyState
from orchestre.ui.tables import Column, DataTable, Row

DETAILED = 30
"""Selections whose answer is written out in the list, the last first."""


@dataclass(frozen=True)
class ListPage:
    """What the list shows."""

    lead: str
    table: DataTable | None
    empty: EmptyState | None
    new: Button | None
    strategy_url: str


def build(person: Person) -> ListPage:
    """Write the list of the visible selections."""
    found = queries.selections(person)
    new = None
    if policy.may_draft(person):
        new = Button(_("Open a selection"), reverse("selection:new"), "primary", "plus")
    if not found:
        return ListPage(_("Nothing was weighed yet."), None, _empty(person), None, "")
    answered = queries.latest(person)
    return ListPage(
        lead=ngettext("%(n)d selection.", "%(n)d selections.", len(found)) % {"n": len(found)},
        table=_table(found),
        empty=None,
        new=new,
        strategy_url=reverse("selection:strategy") if answered else "",
    )


def _empty(person: Person) -> EmptyState:
    if not policy.may_draft(person):
        return EmptyState("new", _("No selection is shared with you yet."))
    return EmptyState(
        "new",
        _("No selection yet."),
        _("Say a budget and what counts: the answer names what to keep and what binds."),
        Button(_("Open a selection"), reverse("selection:new"), "primary", "plus"),
    )


def _table(found: list[Selection]) -> DataTable:
    columns = (
        Column(_("Selection"), wide=True),
        Column(_("Budget"), numeric=True),
        Column(_("Kept"), numeric=True),
        Column(_("Value kept"), numeric=True),
        Column(_("State")),
        Column(_("Owner")),
    )
    rows = tuple(_row(one, detailed=at < DETAILED) for at, one in enumerate(found))
    return DataTable(_("Selections, the last first"), columns, rows, caption_hidden=True)


def _row(selection: Selection, *, detailed: bool) -> Row:
    answer = computing.outcomes(selection) if detailed else None
    kept = value = formats.undefined()
    if answer is not None:
        kept = f"{len(answer.result.kept)} / {len(answer.problem.candidates)}"
        value = formats.percent(answer.result.value_ratio)
    owner = selection.owner
    return Row(
        (
            selection.name,
            formats.short_euros(answer.result.budget if answer else _said(selection)),
            kept,
            value,
            frame.state(selection),
            (owner.name or owner.email) if owner else "–",
        ),
        url=reverse("selection:show", args=[selection.pk]),
    )


def _said(selection: Selection) -> float | None:
    return None if selection.budget_eur is None else float(selection.budget_eur)


def sentence_of(selection: Selection) -> str:
    """Write the answer of a selection, empty when nothing was computed."""
    answer = computing.outcomes(selection)
    return sentences.headline(answer) if answer else ""
