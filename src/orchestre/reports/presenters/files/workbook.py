"""The rows behind a frozen pack as a workbook: one sheet a table, figures as figures."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import xlsxwriter
from django.utils import translation
from django.utils.translation import gettext as _

from orchestre.reports.presenters.files.pdf import foot
from orchestre.reports.rules.document import (
    Chart,
    Figures,
    Head,
    Heat,
    Pack,
    Question,
    Road,
    Section,
    Table,
)

LONGEST_NAME = 31
FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
Rows = list[tuple[Any, ...]]


def pack_workbook(pack: Pack, digest: str) -> bytes:
    """Write every table, map, chart and roadmap of a pack as rows."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(
        made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    with translation.override(pack.language):
        sheets = _Sheets(book)
        sheets.add(_("Pack"), (_("What"), _("Value")), _about(pack, digest))
        for section in pack.sections:
            for title, heads, rows in _tables(section):
                sheets.add(title, heads, rows)
    book.close()
    return made.getvalue()


class _Sheets:
    """Adds sheets under names that Excel accepts, each once."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 - xlsxwriter is not typed
        self.book = book
        self.names: set[str] = set()
        self.bold = book.add_format({"bold": True, "bottom": 1})

    def add(self, title: str, heads: tuple[str, ...], rows: Rows) -> None:
        sheet = self.book.add_worksheet(self._name(title))
        sheet.write_row(0, 0, heads, self.bold)
        widths = [len(head) for head in heads]
        for line, row in enumerate(rows, start=1):
            for at, value in enumerate(row):
                if isinstance(value, int | float):
                    sheet.write_number(line, at, value)
                elif value not in (None, ""):
                    sheet.write_string(line, at, str(value))
                widths[at] = max(widths[at], len(str(value or "")))
        for at, wide in enumerate(widths):
            sheet.set_column(at, at, min(max(wide + 2, 10), 60))
        sheet.freeze_panes(1, 1)
        if rows:
            sheet.autofilter(0, 0, len(rows), len(heads) - 1)

    def _name(self, title: str) -> str:
        clean = FORBIDDEN.sub(" ", title).strip()[:LONGEST_NAME] or _("Sheet")
        name, number = clean, 2
        while name.casefold() in self.names:
            end = f" {number}"
            name, number = clean[: LONGEST_NAME - len(end)] + end, number + 1
        self.names.add(name.casefold())
        return name


def _about(pack: Pack, digest: str) -> Rows:
    rows: Rows = [
        (_("Title"), pack.title),
        (_("Organisation"), pack.organisation),
        (_("For whom"), pack.audience),
        (_("State of"), pack.as_of.isoformat()),
        (_("Foot"), foot(pack, digest)),
        (_("Fingerprint"), digest),
    ]
    rows += [
        (_("Computation"), f"{one.computation}/{one.version} {one.seed} {one.fingerprint}".strip())
        for one in pack.grounds
    ]
    return [*rows, *((one.title, one.lead) for one in pack.sections)]


def _tables(section: Section) -> Iterator[tuple[str, tuple[str, ...], Rows]]:
    for block in section.blocks:
        title = getattr(block, "title", "") or section.title
        name = f"{section.key.partition(':')[2]} {title}".strip()
        if isinstance(block, Table):
            yield name, *_cells(block.columns, block.rows)
        elif isinstance(block, Heat):
            columns = (Head(block.corner), *(Head(one, numeric=True) for one in block.columns))
            yield name, *_cells(columns, block.rows)
        elif isinstance(block, Figures):
            heads = (_("Figure"), _("Value"), _("As shown"), _("Note"), _("Why this figure"))
            rows: Rows = [(f.label, f.number, f.text, f.note, f.why) for f in block.figures]
            yield name, heads, rows
        elif isinstance(block, Chart):
            series = tuple(one.name for one in block.series)
            values = zip(*(one.values for one in block.series), strict=True)
            pairs = zip(block.categories, values, strict=True)
            yield name, ("", *series), [(month, *some) for month, some in pairs]
        elif isinstance(block, Road):
            yield name, *_road(block)
        elif isinstance(block, Question):
            labels = tuple(one.label for one in block.options)
            yield (
                name,
                (_("Consequence"), *labels),
                [
                    (measure, *(_plain(one.cells[at].number, one.cells[at].text)
                                for one in block.options))
                    for at, measure in enumerate(block.measures)
                ],
            )  # fmt: skip


def _plain(number: float | None, text: str) -> float | str:
    return text if number is None else number


def _cells(columns: tuple[Head, ...], rows: Any) -> tuple[tuple[str, ...], Rows]:  # noqa: ANN401 - lines
    heads = tuple(one.label for one in columns)
    return heads, [tuple(_plain(cell.number, cell.text) for cell in row.cells) for row in rows]


def _road(block: Road) -> tuple[tuple[str, ...], Rows]:
    heads = (_("Initiative"), _("From"), _("Until"), _("Milestones"))
    rows: Rows = [
        (
            bar.label,
            bar.starts_on.isoformat(),
            bar.ends_on.isoformat(),
            "; ".join(f"{mark.label} {mark.on.isoformat()}" for mark in bar.marks),
        )
        for bar in block.bars
    ]
    return heads, rows
