"""Why this number: formula, version, the inputs that make it, and the map behind it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from orchestre.access.reach import Person
from orchestre.kernel.errors import CannotDo
from orchestre.load.presenters.words import address
from orchestre.load.queries import reader_of
from orchestre.load.rules.scale import level
from orchestre.resources.policy import reads_money
from orchestre.sequencing import policy
from orchestre.sequencing.models import Scenario
from orchestre.sequencing.presenters import words
from orchestre.sequencing.presenters.why_tables import ROWS, TABLES, Explained
from orchestre.sequencing.queries import scenarios as queries
from orchestre.sequencing.rules.edits import Edit
from orchestre.sequencing.rules.measures import COMPUTATION, Floats
from orchestre.sequencing.services.gauges import Gauges, measure_edits
from orchestre.sequencing.services.live import live
from orchestre.ui import formats
from orchestre.ui.charts.heatmap import HeatCell, HeatColumn, HeatMap, HeatRow
from orchestre.ui.components import Breadcrumb, Link
from orchestre.ui.tables import DataTable, only

MONEY = ("value_eur", "delay_cost_eur", "cost_eur", "budget_excess_eur")


@dataclass(frozen=True)
class WhyPage:
    """What the page shows."""

    breadcrumb: Breadcrumb
    title: str
    value: str
    formula: str
    table: DataTable | None
    map: HeatMap | None
    notes: tuple[str, ...]
    computation: str
    method_url: str


@dataclass(frozen=True)
class Supposed:
    """What a question supposes of the plan in force, and where it is answered."""

    question: str
    url: str
    edits: dict[str, Edit]


def why_page(person: Person, name: str, of: str, supposed: Supposed | None = None) -> WhyPage:
    """Explain one figure of the plan in force, of a scenario, or of what a question supposes."""
    if name not in words.LABELS:
        raise Http404
    scenario = None if supposed else _scenario(person, of)
    there, edits = live(), supposed.edits if supposed else queries.edits(scenario)
    if scenario is None:
        policy.may_read(person).require()
    if name in MONEY and not reads_money(person):
        raise CannotDo(_("The money of the whole portfolio is not open to you."))
    found = measure_edits(edits, on=there)
    asked = Explained(person, there, reader_of(person), found, edits)
    where = scenario.name if scenario else _("Plan in force")
    home = reverse("sequencing:show", args=[scenario.pk]) if scenario else ""
    if supposed:
        where, home = supposed.question, supposed.url
    return WhyPage(
        breadcrumb=Breadcrumb(
            (
                Link(_("Scenarios"), reverse("sequencing:list")),
                Link(where, home or reverse("sequencing:list")),
                Link(str(words.LABELS[name]), ""),
            )
        ),
        title=str(words.LABELS[name])
        if supposed
        else _("%(figure)s, %(where)s") % {"figure": words.LABELS[name], "where": where},
        value=words.measured(name, asked.found.measures),
        formula=_formula(name),
        table=TABLES[name](asked),
        map=_map(name, asked),
        notes=_notes(asked),
        computation=COMPUTATION,
        method_url=_method(),
    )


def _scenario(person: Person, of: str) -> Scenario | None:
    if of.isdecimal() and len(of) < 10:
        return queries.scenario(person, int(of))
    return None


def _method() -> str:
    return address("cockpit:method", "gauges")


def _notes(asked: Explained) -> tuple[str, ...]:
    months = asked.found.months
    return (
        _("Period: %(first)s to %(last)s; the weeks before this one are not counted.")
        % {"first": formats.month(months[0]), "last": formats.month(months[-1])},
        _("Confidential initiatives are counted, and never named to who may not see them."),
    )


def _formula(name: str) -> str:
    return {
        "people_over": _(
            "Sum of the headcounts of the populations asked, in one week at least, for more "
            "than they can absorb."
        ),
        "worst_ratio": _("Highest load over capacity among all populations and weeks."),
        "excess_person_hours": _(
            "Sum over populations and weeks of headcount × (load − capacity), where load is above "
            "capacity."
        ),
        "fte_excess": _(
            "Sum over roles and months of FTE asked − FTE available, where more is asked than "
            "available."
        ),
        "budget_excess_eur": _(
            "Sum over envelopes of money asked over their dates − amount, where more is asked."
        ),
        "cost_eur": _("Money that falls in the period, each line spread evenly over its days."),
        "value_eur": _(
            "Sum over initiatives of the yearly value × time in use in the period, growing in a "
            "straight line over the ramp."
        ),
        "delay_cost_eur": _(
            "Sum over initiatives of the weeks of delay against the plan in force × the cost of a "
            "week; below 0 when they come earlier."
        ),
        "initiatives_moved": _("Initiatives whose start, end or go-live differs from the plan."),
        "people_moved": _(
            "People that the moved initiatives touch, each population once, at its widest reach."
        ),
        "broken": _(
            "Dependencies whose taker begins before the giver is ready, or whose giver is stopped."
        ),
        "freezes": _("Go-lives to come that fall in a freeze of their unit."),
    }[name]


def _map(name: str, asked: Explained) -> HeatMap | None:
    found = asked.found
    if name in {"people_over", "worst_ratio", "excess_person_hours"}:
        groups = asked.there.view.snapshot.groups
        rows = [
            at
            for at, code in enumerate(found.populations)
            if found.over[at] and asked.reader.sees_population(code)
        ]
        names = {at: groups[found.populations[at]].name for at in rows[:ROWS]}
        caption = _("Heaviest week of each month, load over capacity")
        if rows[ROWS:]:
            caption = f"{caption}. {only(ROWS, len(rows))}"
        return _heat(caption, _("Population"), names, found.worst_ratio, found)
    if name == "fte_excess" and found.roles:
        with np.errstate(divide="ignore", invalid="ignore"):
            shares = np.where(
                found.available_fte > 0, found.asked_fte / found.available_fte, np.nan
            )
        roles = asked.there.rows.means.roles
        names = {at: roles[code] for at, code in enumerate(found.roles)}
        return _heat(_("FTE asked over FTE available"), _("Role"), names, shares, found)
    return None


def _heat(
    caption: str, corner: str, names: dict[int, str], ratios: Floats, found: Gauges
) -> HeatMap | None:
    if not names:
        return None
    return HeatMap(
        caption=caption,
        corner=corner,
        columns=tuple(
            HeatColumn(formats.month_short(month), formats.month(month), str(month.year))
            for month in found.months
        ),
        rows=tuple(
            HeatRow(
                name,
                tuple(
                    _cell(name, formats.month(month), float(ratios[row, at]))
                    for at, month in enumerate(found.months)
                ),
            )
            for row, name in names.items()
        ),
    )


def _cell(name: str, month: str, ratio: float) -> HeatCell:
    if not np.isfinite(ratio):
        return HeatCell("–", 0, f"{name}, {month} : {formats.undefined()}", missing=True)
    told = f"{name}, {month} : {formats.percent(ratio)}"
    return HeatCell(formats.number(round(ratio * 100)), level(ratio), told, over=ratio > 1 + 1e-9)
