"""The load map: rows, columns and the foot, drawn from figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.load.presenters import cells, tree, words
from orchestre.load.presenters.figures import Columns, RowFigures, columns_of, row_figures
from orchestre.load.queries import Reader
from orchestre.load.rules import scale
from orchestre.load.rules import view as states
from orchestre.load.rules.dates import week_label
from orchestre.load.rules.view import MapState
from orchestre.load.services.answer import LoadView
from orchestre.ui.charts.heatmap import HeatColumn, HeatMap, HeatRow, LegendItem


@dataclass(frozen=True, eq=False)
class Grid:
    """Everything the map, the plain table and the sheets are drawn from."""

    view: LoadView
    reader: Reader
    state: MapState
    thresholds: tuple[float, ...]
    columns: Columns
    rows: tree.Tree

    @property
    def groups(self) -> tuple[int, ...]:
        """Rows of the populations in the map, folded or not."""
        return self.rows.groups

    @cached_property
    def above(self) -> list[int]:
        """Number of populations above capacity, by column."""
        rows = list(self.groups)
        return [int(one) for one in self.columns.over[rows].sum(axis=0)] if rows else []

    @cached_property
    def above_at_all(self) -> list[int]:
        """Rows of the populations above capacity in one column at least, the heaviest first."""
        rows = np.array(self.groups, np.int64)
        if not len(rows):
            return []
        peaks = np.where(self.columns.over[rows], self.columns.peak[rows], -1.0).max(axis=1)
        order = np.argsort(-peaks, kind="stable")
        return [int(rows[at]) for at in order if peaks[at] > 0]

    def figures(self, node: tree.Node) -> RowFigures:
        """Return the figures of a node of the tree."""
        return row_figures(self.view, self.columns, list(node.members))


def grid(view: LoadView, reader: Reader, state: MapState, thresholds: tuple[float, ...]) -> Grid:
    """Gather the figures that an address asks for."""
    columns = columns_of(view, state)
    keep: Callable[[int], bool] | None = None
    if state.show == "over":
        over = np.asarray(columns.over.any(axis=1))
        keep = over.tolist().__getitem__
    return Grid(view, reader, state, thresholds, columns, tree.build(view, reader, state, keep))


def key_of(node: tree.Node) -> str:
    """Name a row in addresses: p12 for a population, u3 for a unit."""
    if node.group is not None:
        return f"p{node.group.pk}"
    return f"u{node.unit.pk}" if node.unit is not None else ""


def linker(state: MapState, *, live: bool) -> Callable[[str, str], str]:
    """Return how cells lead to their panel; in a shared view they lead nowhere."""
    if not live:
        return lambda _key, _week: ""
    start = words.address("load:map")
    asked = [("count", state.count)] if state.count != "all" else []
    tail = "?count=confirmed" if asked else ""
    return lambda key, week: f"{start}{key}/{week}/{tail}"


def heat_map(grid: Grid, *, live: bool = True) -> HeatMap:
    """Draw one page of rows."""
    state = grid.state
    named = cells.column_words(state.columns, state.zoom, state.today)
    link = linker(state, live=live)
    brush = cells.painter(state.measure, grid.thresholds, named, link)
    start = words.address("load:map") if live else ""
    first = (state.page - 1) * states.ROWS
    shown = grid.rows.lines[first : first + states.ROWS]
    return HeatMap(
        caption=_caption(grid),
        corner=_("Population"),
        columns=tuple(HeatColumn(c.text, c.title, c.group, c.current) for c in named),
        rows=tuple(_row(grid, line, brush, live=live) for line in shown),
        worst_heading=_("Worst week"),
        foot_label=_("Populations above"),
        foot=tuple(str(one) for one in grid.above),
        legend=legend(state.measure, grid.thresholds),
        plain_url=f"{start}?{state.query(layout='table')}" if live else "",
        previous_url=f"{start}?{state.moved(-1).query()}" if live else "",
        next_url=f"{start}?{state.moved(1).query()}" if live else "",
        table_attrs=_PANEL if live else (),
    )


_PANEL = (
    ("hx-boost:inherited", "true"),
    ("hx-target:inherited", "#panel"),
    ("hx-swap:inherited", "innerHTML show:none"),
    ("hx-push-url:inherited", "false"),
)


def _caption(grid: Grid) -> str:
    what = {
        "pct": _("Load as a share of capacity, in %"),
        "hours": _("Hours asked per person"),
        "risk": _("Probability that the load passes capacity, in %"),
    }[grid.state.measure]
    total = len(grid.rows.lines)
    if total <= states.ROWS:
        return what
    first = (grid.state.page - 1) * states.ROWS
    shown = _("rows %(first)s to %(last)s of %(total)s") % {
        "first": first + 1,
        "last": min(first + states.ROWS, total),
        "total": total,
    }
    return f"{what} – {shown}"


def _row(grid: Grid, line: tree.Line, brush: cells.Painter, *, live: bool) -> HeatRow:
    node, key = line.node, key_of(line.node)
    figures = grid.figures(node)
    start = words.address("load:map")
    fold_url = url = ""
    if node.unit is not None and live:
        changed = grid.rows.opened ^ {node.unit.pk}
        fold_url = f"{start}?{grid.state.query(opened=changed)}"
        url = f"{start}?{grid.state.query(within=node.unit.pk, opened=None, page=1)}"
    elif node.group is not None and live:
        url = f"{start}{key}/"
    return HeatRow(
        label=node.name,
        cells=brush.cells(node.name, key, figures),
        note=_note(grid, node, figures),
        url=url,
        depth=line.depth,
        fold_url=fold_url,
        expanded=line.opened,
        worst=brush.worst_week(node.name, key, figures, grid.view.monday),
    )


def _note(grid: Grid, node: tree.Node, figures: RowFigures) -> str:
    if node.group is not None:
        return "?" if node.group.headcount is None else words.count(node.group.headcount)
    heads = [grid.view.result.headcounts[row] for row in node.members]
    if None in heads:
        return "?"
    return words.count(sum(one or 0 for one in heads)) + ("*" if figures.unheard else "")


def legend(measure: str, thresholds: tuple[float, ...]) -> tuple[LegendItem, ...]:
    """Say what the classes and the marks mean."""
    bounds = [round(one * 100) for one in thresholds]
    if measure == "risk":
        bounds = [5, 20, 50, 70, 90]
    low, mid, high = bounds[0], bounds[1:-1], bounds[-1]
    steps = [(0, low), *zip([low, *mid[:-1]], mid, strict=True), (mid[-1], high)]
    classes = [
        LegendItem(
            _("%(low)s to %(high)s%%") % {"low": a, "high": b},
            f"l{n}",
            "▲" if a >= (50 if measure == "risk" else 100) else "",
        )
        for n, (a, b) in enumerate(steps, start=1)
    ]
    return (
        *classes,
        LegendItem(_("over %(high)s%%") % {"high": high}, "l6", "▲"),
        LegendItem(_("nothing known yet"), "ms", "?"),
        LegendItem(_("interval crosses 100%"), "", "◇"),
        LegendItem(_("mostly assumed"), "l1 as"),
        LegendItem(_("freeze"), "l1 fr"),
        LegendItem(_("worst group of the unit"), "", "▴"),
    )


@dataclass(frozen=True)
class HeavyWeek:
    """One overloaded week of one population: a line of the list that phones show."""

    name: str
    week: str
    ratio: str
    css: str
    url: str
    sentence: str


def heavy_weeks(grid: Grid, most: int = 12) -> tuple[HeavyWeek, ...]:
    """List the overloaded weeks of the map, worst first."""
    view, rows = grid.view, list(grid.groups)
    first = view.week_index(grid.state.first) or 0
    excess = view.result.excess_hours[rows, first : first + grid.state.weeks]
    ratios = view.result.load_ratio[rows, first : first + grid.state.weeks]
    where = np.argwhere(excess > 0)
    order = sorted(where.tolist(), key=lambda at: (-ratios[at[0], at[1]], at))[:most]
    link = linker(grid.state, live=True)
    return tuple(_heavy(grid, rows[at[0]], first + at[1], link) for at in order)


def _heavy(grid: Grid, row: int, week: int, link: Callable[[str, str], str]) -> HeavyWeek:
    result = grid.view.result
    group = grid.view.snapshot.groups[result.population_ids[row]]
    monday: date = grid.view.monday(week)
    ratio = float(result.load_ratio[row, week])
    return HeavyWeek(
        name=group.name,
        week=words.week_with_dates(monday),
        ratio=words.ratio(ratio),
        css=f"l{scale.level(ratio, grid.thresholds)}",
        url=link(f"p{group.pk}", week_label(monday)),
        sentence=words.asked(
            float(result.load_hours[row, week]), float(result.capacity_hours[row, week])
        ),
    )


def headline(grid: Grid) -> str:
    """Say the finding before the drawing."""
    count = len(grid.above_at_all)
    if not grid.groups:
        return ""
    span = ngettext("in the week shown", "in the %(n)s weeks shown", grid.state.weeks) % {
        "n": grid.state.weeks
    }
    if not count:
        return _("No population exceeds its capacity %(span)s.") % {"span": span}
    row = grid.above_at_all[0]
    at = int(np.where(grid.columns.over[row], grid.columns.peak[row], -1).argmax())
    monday = grid.view.monday(int(grid.columns.peak_week[row, at]))
    return ngettext(
        "%(n)s population exceeds its capacity %(span)s: %(name)s, %(ratio)s in %(week)s.",
        "%(n)s populations exceed their capacity %(span)s; the heaviest: %(name)s, %(ratio)s"
        " in %(week)s.",
        count,
    ) % {
        "n": count,
        "span": span,
        "name": grid.view.snapshot.groups[grid.view.result.population_ids[row]].name,
        "ratio": words.ratio(float(grid.columns.peak[row, at])),
        "week": words.week_with_dates(monday),
    }
