"""The inputs behind each figure, as tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from orchestre.access.reach import Person
from orchestre.load.queries import Reader
from orchestre.portfolio.policy import visible_dependencies
from orchestre.portfolio.rules.dates import freezes_hit
from orchestre.sequencing.presenters import words
from orchestre.sequencing.rules.edits import Edit, effective, new_span
from orchestre.sequencing.services.gauges import Gauges
from orchestre.sequencing.services.live import Live
from orchestre.sequencing.services.standing import value_of
from orchestre.ui import formats
from orchestre.ui.tables import Column, DataTable, Row, first_rows

ROWS = 40


@dataclass(frozen=True)
class Explained:
    """A measured plan, and who reads it."""

    person: Person
    there: Live
    reader: Reader
    found: Gauges
    edits: dict[str, Edit]

    def name(self, code: str) -> str:
        """Name an initiative, unless it is closed to the reader."""
        if not self.reader.names(code):
            return _("A confidential initiative")
        planned = self.there.planned(code)
        return f"{code} {planned.title}" if planned else code


def _populations(asked: Explained) -> DataTable:
    found, groups = asked.found, asked.there.view.snapshot.groups
    total = found.excess_hours.sum(axis=1)
    order = [
        row
        for row in np.argsort(-total, kind="stable").tolist()
        if found.over[row] and asked.reader.sees_population(found.populations[row])
    ]
    rows = []
    for row in order:
        group = groups[found.populations[row]]
        worst = found.worst_ratio[row]
        known = np.isfinite(worst).any()
        rows.append(
            Row(
                (
                    group.name,
                    formats.number(group.headcount),
                    formats.percent(float(np.nanmax(worst))) if known else formats.undefined(),
                    formats.hours(float(total[row]), 0)
                    if group.headcount is not None
                    else formats.undefined(),
                )
            )
        )
    return _table(
        _("Populations above what they can absorb"),
        (_("Population"), _("People"), _("Heaviest week"), _("Person-hours beyond")),
        rows,
    )


def _table(caption: str, heads: tuple[str, ...], rows: list[Row]) -> DataTable:
    columns = tuple(Column(text, numeric=at > 0) for at, text in enumerate(heads))
    shown, pager = first_rows(rows, ROWS)
    return DataTable(caption, columns, shown, pager=pager)


def _roles(asked: Explained) -> DataTable:
    found = asked.found
    rows = []
    for at, code in enumerate(found.roles):
        known = np.isfinite(found.available_fte[at])
        over = np.maximum(found.asked_fte[at] - found.available_fte[at], 0)
        rows.append(
            Row(
                (
                    asked.there.rows.means.roles[code],
                    formats.number(float(found.asked_fte[at].sum()), 1),
                    formats.number(float(np.nansum(found.available_fte[at])), 1)
                    if known.any()
                    else formats.undefined(),
                    formats.number(float(np.nansum(over)), 1)
                    if known.any()
                    else formats.undefined(),
                )
            )
        )
    return _table(
        _("Roles, in FTE-months over the period"),
        (_("Role"), _("Asked"), _("Available"), _("Beyond")),
        rows,
    )


def _envelopes(asked: Explained) -> DataTable:
    rows = [
        Row(
            (
                one.name,
                formats.euros(one.amount_eur),
                formats.euros(one.cost_eur),
                formats.euros(one.excess_eur),
            )
        )
        for one in asked.found.envelopes
    ]
    return _table(
        _("Envelopes, over their own dates"),
        (_("Envelope"), _("Amount"), _("Asked of it"), _("Beyond")),
        rows,
    )


def _months(asked: Explained) -> DataTable:
    rows = [
        Row((formats.month(month), formats.euros(float(asked.found.cost_eur[at]))))
        for at, month in enumerate(asked.found.months)
    ]
    return _table(_("Money by month"), (_("Month"), _("Money")), rows)


def _values(asked: Explained) -> DataTable:
    there, rows = asked.there, []
    for code, told in there.rows.means.values.items():
        planned, edit = there.planned(code), asked.edits.get(code, Edit())
        if planned is None or told.value_eur_per_year is None or not edit.included:
            continue
        if not asked.reader.names(code):
            continue
        span = new_span(edit, planned.span)
        in_period = value_of(there, code, span)
        rows.append(
            (
                in_period,
                Row(
                    (
                        asked.name(code),
                        formats.euros(told.value_eur_per_year),
                        formats.day(effective(span)),
                        formats.euros(in_period),
                    )
                ),
            )
        )
    rows.sort(key=lambda pair: -pair[0])
    return _table(
        _("Value of each initiative, a first estimate"),
        (_("Initiative"), _("A year"), _("In use from"), _("In the period")),
        [row for _value, row in rows],
    )


def _delays(asked: Explained) -> DataTable:
    there, rows = asked.there, []
    for code in asked.found.moved:
        told, planned = there.rows.means.values.get(code), there.planned(code)
        if planned is None or not asked.reader.names(code):
            continue
        before = effective(planned.span)
        after = effective(new_span(asked.edits[code], planned.span))
        weeks = (after - before).days / 7 if before and after else None
        cost = told.delay_cost_eur_per_week if told else None
        known = weeks is not None and cost is not None
        rows.append(
            Row(
                (
                    asked.name(code),
                    formats.number(weeks, 1),
                    formats.euros(cost),
                    formats.euros((weeks or 0) * (cost or 0)) if known else formats.undefined(),
                )
            )
        )
    return _table(
        _("Delay of each initiative"),
        (_("Initiative"), _("Weeks later"), _("Cost of a week"), _("Cost")),
        rows,
    )


def _moves(asked: Explained) -> DataTable:
    there, rows = asked.there, []
    for code in asked.found.moved:
        planned = there.planned(code)
        if planned is None or not asked.reader.names(code):
            continue
        people = {impact.population for impact in there.parts(code)[0]}
        rows.append(
            Row(
                (
                    asked.name(code),
                    words.edit(asked.edits[code], planned.span),
                    formats.number(len(people)),
                )
            )
        )
    return _table(
        _("Initiatives whose dates move"),
        (_("Initiative"), _("Move"), _("Populations touched")),
        rows,
    )


def _links(asked: Explained) -> DataTable:
    keys = asked.found.broken.links
    rows = [
        Row(
            (
                f"{one.successor.code} {one.successor.title}",
                f"{one.predecessor.code} {one.predecessor.title}",
                one.what or "–",
            )
        )
        for one in visible_dependencies(asked.person)
        .filter(pk__in=keys)
        .select_related("predecessor", "successor")
    ]
    return _table(
        _("Dependencies that do not hold"), (_("Needs"), _("Gives"), _("What is delivered")), rows
    )


def _frozen(asked: Explained) -> DataTable:
    there, rows = asked.there, []
    for code, planned in there.rows.initiatives.items():
        edit = asked.edits.get(code, Edit())
        day = new_span(edit, planned.span).go_live_on
        if day is None or day < there.today or not edit.included:
            continue
        if not asked.reader.names(code):
            continue
        rows += [
            Row((asked.name(code), formats.day(day), one.name))
            for one in freezes_hit(day, there.rows.freezes_at(planned.unit_path))
        ]
    return _table(_("Go-lives in a freeze"), (_("Initiative"), _("Go-live"), _("Freeze")), rows)


TABLES: dict[str, Callable[[Explained], DataTable]] = {
    "people_over": _populations,
    "worst_ratio": _populations,
    "excess_person_hours": _populations,
    "fte_excess": _roles,
    "budget_excess_eur": _envelopes,
    "cost_eur": _months,
    "value_eur": _values,
    "delay_cost_eur": _delays,
    "initiatives_moved": _moves,
    "people_moved": _moves,
    "broken": _links,
    "freezes": _frozen,
}
