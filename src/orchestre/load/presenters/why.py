"""Why this figure: the inputs, the formula with its version, the draws, and the fingerprint."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from orchestre.access.reach import Person
from orchestre.load.presenters import cell as cells
from orchestre.load.presenters import unit as units
from orchestre.load.presenters import words
from orchestre.load.queries import Reader
from orchestre.load.rules import scale
from orchestre.load.services.answer import LoadView
from orchestre.load.services.compute import DRAWS, SEED
from orchestre.load.snapshot import Group, UnitNode
from orchestre.runs import policy as runs
from orchestre.ui import formats
from orchestre.ui.components import Definition, DefinitionList
from orchestre_engine.load import COMPUTATION


@dataclass(frozen=True)
class Step:
    """One step of the computation: what it is, how, and what it gives."""

    name: str
    formula: str
    value: str
    detail: str = ""


@dataclass(frozen=True)
class Why:
    """What the page tells."""

    title: str
    week: str
    ratio: str
    steps: tuple[Step, ...]
    parts: tuple[cells.Part, ...]
    run: DefinitionList
    back_url: str
    method_url: str
    computed_at: datetime


def of_group(view: LoadView, reader: Reader, group: Group, monday: date, person: Person) -> Why:
    """Explain the figure of one population and week."""
    panel = cells.cell(view, reader, group, monday, person, 0)
    at, row = view.week_index(monday) or 0, view.result.population_row(group.code)
    load = float(view.result.load_hours[row, at])
    steps = [
        Step(
            _("Asked (H)"),
            _("sum over the initiatives of hours × share of people × part of the phase this week"),
            formats.hours(load, 2),
        ),
        Step(
            _("Possible (K)"),
            panel.capacity.formula,
            panel.capacity.hours,
            formats.clauses(panel.capacity.reasons),
        ),
        Step(_("Load"), "H / K", panel.ratio),
    ]
    if view.uncertainty is not None:
        steps.append(
            Step(
                _("Risk of overload"),
                _("share of %(n)s drawn worlds in which H > K") % {"n": formats.number(DRAWS)},
                formats.percent(float(view.uncertainty.probability_over[row, at]), 1),
                _doubts(view),
            )
        )
    return Why(
        title=group.name,
        week=panel.week,
        ratio=panel.ratio,
        steps=tuple(steps),
        parts=panel.parts,
        run=_run(view, person),
        back_url=cells.cell_url("", f"p{group.pk}", monday, view),
        method_url=words.method_address(),
        computed_at=view.computed_at,
    )


def of_unit(view: LoadView, reader: Reader, unit: UnitNode, monday: date, person: Person) -> Why:
    """Explain the mean of a unit."""
    panel = units.unit_week(view, reader, unit, monday, scale.DEFAULT_THRESHOLDS)
    steps = (
        Step(
            _("Mean of the unit"),
            _("sum of headcount × H, over sum of headcount × K, on its populations"),
            panel.ratio,
            panel.asked,
        ),
        Step(_("Populations above"), _("those where H > K"), panel.above, panel.excess),
    )
    return Why(
        title=unit.name,
        week=panel.week,
        ratio=panel.ratio,
        steps=steps,
        parts=(),
        run=_run(view, person),
        back_url=cells.cell_url("", f"u{unit.pk}", monday, view),
        method_url=words.method_address(),
        computed_at=view.computed_at,
    )


def _doubts(view: LoadView) -> str:
    doubt = view.snapshot.problem.uncertainty
    return _(
        "One shift of dates per initiative (its own margins, else %(earlier)s weeks earlier to"
        " %(later)s later), hours ± %(hours)s, capacity ± %(capacity)s."
    ) % {
        "earlier": formats.number(view.snapshot.values.go_live_earlier_weeks),
        "later": formats.number(view.snapshot.values.go_live_later_weeks),
        "hours": formats.percent(doubt.hours_ratio),
        "capacity": formats.percent(doubt.capacity_ratio),
    }


def _run(view: LoadView, person: Person) -> DefinitionList:
    number: str | SafeString = formats.undefined()
    if view.run_id is not None:
        is_open = runs.visible_to(person).filter(pk=view.run_id).exists()
        url = words.address("runs:show", view.run_id) if is_open else ""
        number = format_html('<a href="{}">{}</a>', url, view.run_id) if url else str(view.run_id)
    return DefinitionList(
        (
            Definition(_("Computation and version"), COMPUTATION),
            Definition(_("Run"), number),
            Definition(_("Fingerprint of the inputs"), view.fingerprint[:16]),
            Definition(_("Draws and seed"), f"{formats.number(DRAWS)} · {SEED}"),
            Definition(_("Computed at"), formats.instant(view.computed_at)),
        )
    )
