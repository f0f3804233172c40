"""The heat map of a report: months side by side, each cell its heaviest week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from orchestre.load.presenters import words
from orchestre.load.presenters.figures import NOT_BEFORE_ASSUMED
from orchestre.load.rules import scale
from orchestre.load.rules.dates import month_of
from orchestre.reports.presenters.frame import Subject
from orchestre.ui import formats
from orchestre.ui.charts.heatmap import HeatCell, HeatColumn, HeatMap, HeatRow, LegendItem

WEEKLY_UP_TO = 26
MOST_ROWS = 40


@dataclass(frozen=True)
class Span:
    """Weeks drawn in one column, as positions in the view."""

    first: int
    last: int
    column: HeatColumn


def spans(subject: Subject) -> list[Span]:
    """Cut the weeks read in columns: weeks when few, else months (a week goes by its Thursday)."""
    weeks = range(subject.first, subject.last)
    if len(weeks) <= WEEKLY_UP_TO:
        return [Span(at, at + 1, _week(subject.view.monday(at))) for at in weeks]
    found = []
    for month, some in groupby(weeks, key=lambda at: month_of(subject.view.monday(at))):
        inside = list(some)
        found.append(Span(inside[0], inside[-1] + 1, _month(month)))
    return found


def _week(monday: date) -> HeatColumn:
    group = formats.month(monday + timedelta(days=3))
    return HeatColumn(formats.week(monday), formats.week_long(monday), group)


def _month(month: date) -> HeatColumn:
    return HeatColumn(formats.month_short(month), formats.month(month), str(month.year))


@dataclass(frozen=True)
class Drawing:
    """The map, and what it leaves out, said."""

    heat: HeatMap
    note: str


def drawing(subject: Subject, thresholds: tuple[float, ...]) -> Drawing | None:
    """Draw the populations of which something is asked, the heaviest first."""
    cut = spans(subject)
    asked = [row for row in subject.rows if _hours(subject, row) > 0]
    if not asked or not cut:
        return None
    codes = subject.view.result.population_ids
    ranked = sorted(asked, key=lambda row: (-_peak(subject, row), codes[row]))
    heat = HeatMap(
        caption=_("Load over capacity, in %: the heaviest week of each column"),
        corner=_("Population"),
        columns=tuple(one.column for one in cut),
        rows=tuple(_row(subject, row, cut, thresholds) for row in ranked[:MOST_ROWS]),
        worst_heading=_("Worst week"),
        legend=legend(thresholds),
        help_text=_("∞: something is asked of people who can give nothing that week."),
        map_id="report-map",
    )
    return Drawing(heat, _left_out(len(ranked), len(subject.rows)))


def _left_out(asked: int, seen: int) -> str:
    parts = []
    if asked > MOST_ROWS:
        parts.append(
            _("The %(shown)s most loaded of %(all)s populations are drawn.")
            % {"shown": MOST_ROWS, "all": asked}
        )
    if quiet := seen - asked:
        parts.append(
            ngettext(
                "%(n)s population is asked nothing in these weeks.",
                "%(n)s populations are asked nothing in these weeks.",
                quiet,
            )
            % {"n": quiet}
        )
    return " ".join(parts)


def _hours(subject: Subject, row: int) -> float:
    return float(subject.view.result.load_hours[row, subject.first : subject.last].sum())


def _peak(subject: Subject, row: int) -> float:
    ratios = subject.view.result.load_ratio[row, subject.first : subject.last]
    return float(np.where(np.isnan(ratios), -1.0, ratios).max())


def _row(subject: Subject, row: int, cut: list[Span], thresholds: tuple[float, ...]) -> HeatRow:
    result = subject.view.result
    group = subject.view.snapshot.groups[result.population_ids[row]]
    whole = Span(subject.first, subject.last, HeatColumn(""))
    at = _heaviest(subject, row, whole)
    ratio = float(result.load_ratio[row, at])
    week = formats.week(subject.view.monday(at))
    worst = HeatCell(
        f"{words.short_ratio(ratio)} · {week}",
        scale.level(ratio, thresholds),
        label=_("%(name)s, worst week: %(week)s, %(ratio)s")
        % {"name": group.name, "week": week, "ratio": words.ratio(ratio)},
        over=ratio > 1,
    )
    return HeatRow(
        group.name,
        tuple(_cell(subject, row, one, group.name, thresholds) for one in cut),
        note="" if group.headcount is None else words.people(group.headcount),
        worst=worst,
    )


def _heaviest(subject: Subject, row: int, span: Span) -> int:
    ratios = subject.view.result.load_ratio[row, span.first : span.last]
    return span.first + int(np.where(np.isnan(ratios), -1.0, ratios).argmax())


def _cell(
    subject: Subject, row: int, span: Span, name: str, thresholds: tuple[float, ...]
) -> HeatCell:
    result, at = subject.view.result, _heaviest(subject, row, span)
    ratio, asked = float(result.load_ratio[row, at]), float(result.load_hours[row, at])
    over = bool(result.excess_hours[row, at] > 0)
    colon = pgettext("between a name and its figure", ": ")
    guessed = float(subject.view.guessed_hours[row, at])
    return HeatCell(
        words.short_ratio(ratio),
        scale.level(ratio, thresholds),
        label=f"{name}, {span.column.title}{colon}{words.ratio(ratio)}"
        + (", " + _("above capacity") if over else ""),
        over=over,
        assumed=asked > 0 and guessed / asked > NOT_BEFORE_ASSUMED,
        frozen=bool(subject.view.freezes[row, span.first : span.last].all()),
    )


def legend(thresholds: tuple[float, ...]) -> tuple[LegendItem, ...]:
    """Say what the classes and the marks mean."""
    bounds = [formats.percent(one) for one in thresholds]
    items = [LegendItem(_("nothing asked"), "l0")]
    items += [
        LegendItem(_("up to %(most)s") % {"most": bound}, f"l{level}")
        for level, bound in enumerate(bounds, start=1)
    ]
    items.append(LegendItem(_("above %(most)s") % {"most": bounds[-1]}, "l6"))
    items.append(LegendItem(_("mostly assumed"), "l1 as"))
    return tuple(items)
