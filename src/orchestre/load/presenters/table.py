"""The map as a plain table: one line per population, the worst first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from django.utils.translation import gettext as _

from orchestre.load.presenters import words
from orchestre.load.presenters.heat import Grid, linker
from orchestre.load.rules.dates import week_label
from orchestre.load.snapshot import Group
from orchestre.ui import formats
from orchestre.ui.tables import Column, DataTable, Row


@dataclass(frozen=True)
class WorstWeek:
    """The heaviest week of one population over the weeks of the map."""

    group: Group
    monday: date | None
    load_hours: float
    capacity_hours: float
    ratio: float
    probability: float | None
    weeks_above: int
    excess_person_hours: float | None


def worst_weeks(grid: Grid) -> list[WorstWeek]:
    """Sum up each population, heaviest first; those of which nothing is known come last."""
    found = [_worst(grid, row) for row in grid.groups]
    return sorted(found, key=lambda one: (-one.ratio, one.group.name))


def _worst(grid: Grid, row: int) -> WorstWeek:
    view, result = grid.view, grid.view.result
    group = view.snapshot.groups[result.population_ids[row]]
    if not view.heard[row]:
        return WorstWeek(group, None, 0.0, 0.0, -1.0, None, 0, None)
    first = view.week_index(grid.state.first) or 0
    last = first + grid.state.weeks
    ratios = np.nan_to_num(result.load_ratio[row, first:last], nan=-1.0, posinf=np.inf)
    at = first + int(ratios.argmax())
    excess = result.excess_hours[row, first:last]
    drawn = view.uncertainty
    return WorstWeek(
        group=group,
        monday=view.monday(at),
        load_hours=float(result.load_hours[row, at]),
        capacity_hours=float(result.capacity_hours[row, at]),
        ratio=float(ratios.max()),
        probability=None if drawn is None else float(drawn.probability_over[row, first:last].max()),
        weeks_above=int((excess > 0).sum()),
        excess_person_hours=None
        if group.headcount is None
        else float(excess.sum()) * group.headcount,
    )


def worst_first(grid: Grid) -> DataTable:
    """Draw the table."""
    link = linker(grid.state, live=True)
    return DataTable(
        caption=_("Worst week of each population, the heaviest first"),
        columns=(
            Column(_("Population"), wide=True),
            Column(_("People"), numeric=True),
            Column(_("Worst week")),
            Column(_("Load"), numeric=True),
            Column(_("Asked"), numeric=True),
            Column(_("Possible"), numeric=True),
            Column(_("Risk of overload"), numeric=True),
            Column(_("Weeks above"), numeric=True),
            Column(_("Person-hours above"), numeric=True),
        ),
        rows=tuple(_row(one, link(f"p{one.group.pk}", _token(one))) for one in worst_weeks(grid)),
    )


def _token(one: WorstWeek) -> str:
    return week_label(one.monday) if one.monday else ""


def _row(one: WorstWeek, url: str) -> Row:
    heads = formats.number(one.group.headcount)
    if one.monday is None:
        unknown = _("nothing known yet")
        return Row((one.group.name, heads, unknown, "?", "?", "?", "?", "?", "?"), tone="muted")
    return Row(
        (
            one.group.name,
            heads,
            formats.week_long(one.monday),
            words.ratio(one.ratio) if one.ratio >= 0 else formats.undefined(),
            formats.hours(one.load_hours, 2),
            formats.hours(one.capacity_hours, 2),
            formats.percent(one.probability),
            str(one.weeks_above),
            formats.number(one.excess_person_hours, 0),
        ),
        url=url,
        tone="danger" if one.ratio > 1.5 else "warn" if one.weeks_above else "",
    )
