"""The figures of the map as files: a workbook for people, a plain table for programs."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Iterator

import xlsxwriter
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from orchestre.load.presenters.heat import Grid
from orchestre.load.rules.dates import week_label

Value = str | float | int | None
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def file_name(grid: Grid, kind: str) -> str:
    """Name the file by its first week."""
    return f"orchestre-load-{week_label(grid.state.first)}.{kind}"


def _headings() -> list[str]:
    return [
        _("Population code"),
        _("Population"),
        _("People"),
        _("Week"),
        _("Hours asked per person"),
        _("Hours possible per person"),
        _("Load ratio"),
        _("Probability of overload"),
        _("Hours nobody entered"),
    ]


def lines(grid: Grid) -> Iterator[list[Value]]:
    """Give one line per population and week of the map; what is not known stays empty."""
    view, result = grid.view, grid.view.result
    first = view.week_index(grid.state.first) or 0
    for row in grid.groups:
        group = view.snapshot.groups[result.population_ids[row]]
        for at in range(first, first + grid.state.weeks):
            yield [
                group.code,
                group.name,
                group.headcount,
                result.weeks[at],
                *_figures(grid, row, at),
            ]


def _figures(grid: Grid, row: int, at: int) -> list[Value]:
    view, result = grid.view, grid.view.result
    if not view.heard[row]:
        return [None, round(float(result.capacity_hours[row, at]), 4), None, None, None]
    ratio = float(result.load_ratio[row, at])
    drawn = view.uncertainty
    return [
        round(float(result.load_hours[row, at]), 4),
        round(float(result.capacity_hours[row, at]), 4),
        round(ratio, 4) if math.isfinite(ratio) else None,
        None if drawn is None else round(float(drawn.probability_over[row, at]), 4),
        round(float(view.guessed_hours[row, at]), 4),
    ]


def _tame(value: Value, comma: str) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_DANGEROUS) else value
    return str(value).replace(".", comma)


def as_csv(grid: Grid) -> bytes:
    """Write a CSV that the spreadsheet of the reader opens as it is."""
    french = (get_language() or "fr").startswith("fr")
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if french else ",")
    writer.writerow(_headings())
    for line in lines(grid):
        writer.writerow([_tame(value, "," if french else ".") for value in line])
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(grid: Grid) -> bytes:
    """Write a workbook: the map with its colours, then every figure, then where they come from."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    _map_sheet(book, grid)
    _figures_sheet(book, grid)
    _about_sheet(book, grid)
    book.close()
    return target.getvalue()


def _map_sheet(book: xlsxwriter.Workbook, grid: Grid) -> None:
    sheet = book.add_worksheet(_("Load map"))
    bold, percent = book.add_format({"bold": True}), book.add_format({"num_format": "0%"})
    view, result = grid.view, grid.view.result
    first = view.week_index(grid.state.first) or 0
    weeks = range(first, first + grid.state.weeks)
    sheet.write_row(0, 0, [_("Population"), _("People"), *(result.weeks[at] for at in weeks)], bold)
    for line, row in enumerate(grid.groups, start=1):
        group = view.snapshot.groups[result.population_ids[row]]
        sheet.write_string(line, 0, group.name)
        if group.headcount is not None:
            sheet.write_number(line, 1, group.headcount)
        for column, at in enumerate(weeks, start=2):
            ratio = float(result.load_ratio[row, at])
            if not view.heard[row]:
                sheet.write_string(line, column, "?")
            elif math.isfinite(ratio):
                sheet.write_number(line, column, round(ratio, 4), percent)
            elif math.isinf(ratio):
                sheet.write_string(line, column, "∞")
    _colour(book, sheet, grid, len(grid.groups), len(weeks))
    sheet.freeze_panes(1, 2)
    sheet.set_column(0, 0, 32)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)


_COLOURS = ("#CCE7FE", "#99CEFB", "#6BAFEE", "#DA751D", "#B04613", "#791F19")


def _colour(
    book: xlsxwriter.Workbook,
    sheet: xlsxwriter.worksheet.Worksheet,
    grid: Grid,
    rows: int,
    weeks: int,
) -> None:
    bounds = [0.0, *grid.thresholds, 1e9]
    for level, colour in enumerate(_COLOURS):
        ink = "#FFFFFF" if level >= 4 else "#111827"
        rule = {
            "type": "cell",
            "criteria": "between",
            "minimum": bounds[level] + 1e-6,
            "maximum": bounds[level + 1],
            "format": book.add_format({"bg_color": colour, "font_color": ink}),
        }
        sheet.conditional_format(1, 2, max(rows, 1), 1 + weeks, rule)


def _figures_sheet(book: xlsxwriter.Workbook, grid: Grid) -> None:
    sheet = book.add_worksheet(_("Figures"))
    sheet.write_row(0, 0, _headings(), book.add_format({"bold": True}))
    for number, line in enumerate(lines(grid), start=1):
        for column, value in enumerate(line):
            if isinstance(value, str):
                sheet.write_string(number, column, value)
            elif value is not None:
                sheet.write_number(number, column, value)
    sheet.freeze_panes(1, 0)
    sheet.set_column(1, 1, 32)


def _about_sheet(book: xlsxwriter.Workbook, grid: Grid) -> None:
    sheet = book.add_worksheet(_("Provenance"))
    view = grid.view
    about = [
        (_("Computation"), "load/1"),
        (_("Fingerprint of the inputs"), view.fingerprint),
        (_("Computed at"), view.computed_at.isoformat(timespec="seconds")),
        (_("What counts"), _("without assumptions") if view.confirmed_only else _("everything")),
        (
            _("Initiatives without dates, not counted"),
            str(sum(grid.reader.names(code) for code in view.snapshot.undated)),
        ),
    ]
    for number, (name, value) in enumerate(about):
        sheet.write_string(number, 0, name)
        sheet.write_string(number, 1, value)
    sheet.set_column(0, 1, 44)


WRITERS: dict[str, tuple[str, Callable[[Grid], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
}
