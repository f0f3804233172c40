"""One unit in one week: its mean, and the populations that the mean hides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.load.presenters import words
from orchestre.load.presenters.cell import cell_url
from orchestre.load.queries import Reader
from orchestre.load.rules import scale
from orchestre.load.services.answer import LoadView
from orchestre.load.snapshot import UnitNode
from orchestre.ui import formats


@dataclass(frozen=True)
class Below:
    """One population of the unit this week."""

    name: str
    ratio: str
    css: str
    asked: str
    over: bool
    url: str


@dataclass(frozen=True)
class UnitWeek:
    """The panel of a unit."""

    title: str
    week: str
    ratio: str
    css: str
    asked: str
    people: str
    above: str
    excess: str
    unheard: str
    below: tuple[Below, ...]
    more: str
    why_url: str
    map_url: str
    previous_url: str
    next_url: str


MOST = 12


def unit_week(
    view: LoadView, reader: Reader, unit: UnitNode, monday: date, thresholds: tuple[float, ...]
) -> UnitWeek:
    """Say what a unit is asked in one week, worst population first."""
    at = view.week_index(monday)
    if at is None:
        raise LookupError("the week is outside the computed ones")
    result = view.result
    rows = [
        row for row in view.rows_of(unit.code) if reader.sees_population(result.population_ids[row])
    ]
    heard = [row for row in rows if view.heard[row]]
    heads = [result.headcounts[row] for row in heard]
    known = None not in heads and any(heads)
    weights = np.array([(one or 0) if known else 1 for one in heads], np.float64)
    total = float(weights.sum()) or 1.0
    load = float(weights @ result.load_hours[heard, at]) / total
    capacity = float(weights @ result.capacity_hours[heard, at]) / total
    ratio = load / capacity if capacity else float("inf") if load else float("nan")
    order = sorted(heard, key=lambda row: -np.nan_to_num(result.load_ratio[row, at], nan=-1))
    key = f"u{unit.pk}"
    return UnitWeek(
        title=unit.name,
        week=words.week_with_dates(monday),
        ratio=words.ratio(ratio),
        css=f"l{scale.level(ratio, thresholds)}",
        asked=words.asked(load, capacity),
        people=words.people(sum(one or 0 for one in heads) if known else None),
        above=_above(view, heard, at),
        excess=_excess(view, heard, at, known=known),
        unheard=_unheard(len(rows) - len(heard)),
        below=tuple(_below(view, row, at, monday, thresholds) for row in order[:MOST]),
        more=_more(len(order) - MOST),
        why_url=cell_url("why/", key, monday, view),
        map_url=f"{words.address('load:map')}?in={unit.pk}",
        previous_url=cell_url("", key, monday - timedelta(weeks=1), view),
        next_url=cell_url("", key, monday + timedelta(weeks=1), view),
    )


def _above(view: LoadView, rows: list[int], at: int) -> str:
    count = int((view.result.excess_hours[rows, at] > 0).sum())
    if not count:
        return _("No population above its capacity.")
    return ngettext(
        "%(n)s population of %(total)s above its capacity.",
        "%(n)s populations of %(total)s above their capacity.",
        count,
    ) % {"n": count, "total": len(rows)}


def _excess(view: LoadView, rows: list[int], at: int, *, known: bool) -> str:
    if not known:
        return _(
            "Person-hours above: n/a, a headcount is unknown; every population weighs the same."
        )
    heads = np.array([view.result.headcounts[row] or 0 for row in rows], np.float64)
    hours = float(heads @ view.result.excess_hours[rows, at])
    return _("%(hours)s person-hours above what is possible.") % {"hours": formats.number(hours, 0)}


def _unheard(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "Nothing is known yet of %(n)s population: it is left out of the mean.",
        "Nothing is known yet of %(n)s populations: they are left out of the mean.",
        count,
    ) % {"n": count}


def _more(count: int) -> str:
    if count <= 0:
        return ""
    return ngettext("%(n)s lighter population", "%(n)s lighter populations", count) % {"n": count}


def _below(view: LoadView, row: int, at: int, monday: date, thresholds: tuple[float, ...]) -> Below:
    result = view.result
    group = view.snapshot.groups[result.population_ids[row]]
    ratio = float(result.load_ratio[row, at])
    return Below(
        name=group.name,
        ratio=words.ratio(ratio),
        css=f"l{scale.level(ratio, thresholds)}",
        asked=words.asked(float(result.load_hours[row, at]), float(result.capacity_hours[row, at])),
        over=bool(result.excess_hours[row, at] > 0),
        url=cell_url("", f"p{group.pk}", monday, view),
    )
