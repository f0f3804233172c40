"""The three gauges of a plan of record, drawn from what was frozen when it was published."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from orchestre.access.reach import Person
from orchestre.load.queries import Reader, reader_of
from orchestre.sequencing.presenters import gauges
from orchestre.sequencing.services.frozen import Content, Named, gauges_of
from orchestre.sequencing.services.gauges import Gauges
from orchestre.ui import formats
from orchestre.ui.tables import Column, DataTable, Row

WHY = "#decided"


@dataclass(frozen=True)
class OfRecord:
    """The gauges, and month by month what they sum up; or a sentence when there are none."""

    gauges: tuple[gauges.Gauge, ...]
    tables: tuple[DataTable, ...]
    missing: str


def of_record(person: Person, content: Content) -> OfRecord:
    """Return the frozen gauges as a person reads them."""
    kept = gauges_of(content)
    if kept is None:
        told = _(
            "This plan was published before the gauges were kept with their names and headcounts: "
            "its figures remain, its gauges by month cannot be drawn without guessing."
        )
        return OfRecord((), (), told)
    found, names, reader = gauges.seen(person, kept[0]), kept[1], reader_of(person)
    tables = (_roles(names, found), _people(names, reader, found))
    return OfRecord(
        gauges.of_record(names, reader, found, WHY), tuple(one for one in tables if one.rows), ""
    )


def _months(found: Gauges, first: str) -> tuple[Column, ...]:
    heads = (Column(f"{formats.month_short(month)} {month:%y}", numeric=True)
             for month in found.months)  # fmt: skip
    return (Column(first, wide=True), *heads)


def _fte(value: float) -> str:
    return formats.number(value, 1) if np.isfinite(value) else formats.undefined()


def _roles(names: Named, found: Gauges) -> DataTable:
    rows = tuple(
        Row(
            (
                names.roles[code],
                *(
                    f"{_fte(asked)} / {_fte(available)}"
                    for asked, available in zip(
                        found.asked_fte[at].tolist(), found.available_fte[at].tolist(), strict=True
                    )
                ),
            )
        )
        for at, code in enumerate(found.roles)
    )
    caption = _("FTE asked / available, by role and month")
    return DataTable(caption, _months(found, _("Role")), rows, caption_hidden=True)


def _people(names: Named, reader: Reader, found: Gauges) -> DataTable:
    rows = []
    for at, code in enumerate(found.populations):
        over = (found.excess_hours[at] > 0).tolist()
        if not any(over) or not reader.sees_population(code):
            continue
        heads = formats.number(names.people[code].headcount)
        rows.append(Row((names.people[code].name, *(heads if one else "–" for one in over))))
    return DataTable(
        _("People above capacity, by population and month"),
        _months(found, _("Population")),
        tuple(rows),
        caption_hidden=True,
    )
