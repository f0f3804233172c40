"""One role: what can be given, who asks, month by month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.reach import Person
from orchestre.resources import policy, queries, rules
from orchestre.resources.models import Role, RoleDemand
from orchestre.resources.presenters import heat, words
from orchestre.resources.presenters.page import MONTHS, mark
from orchestre.ui import formats
from orchestre.ui.charts.heatmap import HeatMap
from orchestre.ui.components import Breadcrumb, Button, Link
from orchestre.ui.tables import Column, DataTable, Row


@dataclass(frozen=True)
class RolePage:
    """What the page of a role tells."""

    name: str
    breadcrumb: Breadcrumb
    sentence: str
    heat_map: HeatMap
    capacities: DataTable | None
    demands: DataTable | None
    hidden: str
    actions: tuple[Button, ...]
    add_capacity_url: str


def build(person: Person, role: Role, first: date) -> RolePage:
    """Assemble the page of a role."""
    whole = queries.board(person, first, MONTHS)
    at = whole.codes.index(role.code)
    board = queries.Board(
        whole.means,
        (role,),
        whole.months,
        whole.asked[at : at + 1],
        whole.available[at : at + 1],
        whole.titles,
    )
    may_edit = bool(policy.may_edit_means(person))
    capacities = list(role.capacities.all())
    demands = list(queries.demands_on(person, role))
    asking = [ask for ask in whole.means.asks if ask.role == role.code]
    edit = reverse("resources:edit-role", args=[role.pk])
    return RolePage(
        name=role.name,
        breadcrumb=Breadcrumb((Link(_("Means"), reverse("resources:means")), Link(role.name, ""))),
        sentence=_sentence(board),
        heat_map=heat.heat_map(board, alone=True),
        capacities=capacity_table(role, may_edit=may_edit) if capacities else None,
        demands=demand_table(demands) if demands else None,
        hidden=_hidden(len(asking) - len(demands)),
        actions=(Button(_("Edit"), edit, "secondary", "edit"),) if may_edit else (),
        add_capacity_url=reverse("resources:add-capacity", args=[role.pk]) if may_edit else "",
    )


def _sentence(board: queries.Board) -> str:
    found = rules.shortages(board.asked, board.available, board.codes, board.months)
    if found:
        worst = found[0]
        return _("Over these 12 months, %(missing)s missing at the worst, %(when)s.") % {
            "missing": words.fte(worst.missing_fte),
            "when": words.in_month(worst.month),
        }
    if not board.asked.any():
        return _("No initiative asks for it over these 12 months.")
    if mark(board, 0).state == "unknown":
        return _("Nobody said how many people can be given: shortages cannot be seen.")
    return _("It can give what is asked where its capacity is said.")


def _hidden(count: int) -> str:
    if count <= 0:
        return ""
    return ngettext(
        "%(n)d request of an initiative closed to you is counted and not named.",
        "%(n)d requests of initiatives closed to you are counted and not named.",
        count,
    ) % {"n": count}


def capacity_table(role: Role, *, may_edit: bool) -> DataTable:
    """Return what can be given of a role."""
    return DataTable(
        caption=_("What can be given"),
        caption_hidden=True,
        columns=(
            Column(_("Dates"), wide=True),
            Column(_("FTE"), numeric=True),
            Column(_("Source")),
            *((Column(_("Act"), label_hidden=True),) if may_edit else ()),
        ),
        rows=tuple(
            Row(
                (
                    formats.dates(one.starts_on, one.ends_on),
                    words.fte(one.fte),
                    one.get_provenance_display(),
                    *(
                        (
                            Button(
                                _("Edit"),
                                reverse("resources:edit-capacity", args=[one.pk]),
                                "quiet",
                                small=True,
                                described=formats.dates(one.starts_on, one.ends_on),
                            ),
                        )
                        if may_edit
                        else ()
                    ),
                )
            )
            for one in role.capacities.all()
        ),
    )


def demand_table(demands: list[RoleDemand]) -> DataTable:
    """Return who asks for a role, among the initiatives one sees."""
    return DataTable(
        caption=_("Who asks"),
        caption_hidden=True,
        columns=(
            Column(_("Initiative"), wide=True),
            Column(_("Dates")),
            Column(_("FTE"), numeric=True),
            Column(_("Source")),
        ),
        rows=tuple(
            Row(
                (
                    f"{one.initiative.code} {one.initiative.title}",
                    formats.dates(one.starts_on, one.ends_on),
                    words.fte(one.fte),
                    one.get_provenance_display(),
                ),
                url=reverse("resources:of", args=[one.initiative.code]),
            )
            for one in demands
        ),
    )
