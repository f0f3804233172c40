"""Thirteen weeks of the population that has it worst."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.utils.translation import gettext as _

from orchestre.load.presenters import words
from orchestre.load.presenters.cell import cell_url
from orchestre.load.rules import scale
from orchestre.load.services.answer import LoadView
from orchestre.ui import formats
from orchestre.ui.charts.small import LoadStrip, StripWeek

WEEKS = 13


@dataclass(frozen=True)
class Strip:
    """The strip of one population."""

    population: str
    url: str
    chart: LoadStrip


def strip(
    view: LoadView, rows: list[int], today: date, thresholds: tuple[float, ...]
) -> Strip | None:
    """Draw the weeks to come of the worst of some populations; None when nothing is asked."""
    first = view.week_index(today) or 0
    last = min(first + WEEKS, view.weeks)
    if not rows:
        return None
    ratios = view.result.load_ratio[rows, first:last]
    peaks = np.where(np.isnan(ratios), 0.0, ratios).max(axis=1)
    if float(peaks.max()) <= 0:
        return None
    row = rows[int(peaks.argmax())]
    group = view.snapshot.groups[view.result.population_ids[row]]
    weeks = tuple(_week(view, row, at, group.pk, thresholds) for at in range(first, last))
    return Strip(
        group.name,
        words.address("load:row", f"p{group.pk}"),
        LoadStrip(_("%(name)s: load over capacity, week by week") % {"name": group.name}, weeks),
    )


def _week(view: LoadView, row: int, at: int, key: int, thresholds: tuple[float, ...]) -> StripWeek:
    monday, ratio = view.monday(at), float(view.result.load_ratio[row, at])
    value = words.ratio(ratio)
    known = not math.isnan(ratio)
    return StripWeek(
        formats.week(monday),
        formats.labelled(formats.week_long(monday), value),
        value,
        ratio if known else None,
        scale.level(ratio, thresholds) if known else 0,
        cell_url("", f"p{key}", monday, view),
    )
