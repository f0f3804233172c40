"""Reading an XLSX workbook row by row, as sparse as it was written.

Only values are read: formulas keep the result the spreadsheet last computed. The row and
column of every cell are bounded before any room is made for it, so that one cell at
XFD1048576 costs nothing.
"""

import contextlib
import io
import re
import warnings
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.etree.ElementTree import Element

from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from orchestre.sheets.inside.archive import check_archive
from orchestre.sheets.inside.grid import Counter, sheet_of
from orchestre.sheets.limits import Limits
from orchestre.sheets.shapes import Draft, Unreadable

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_STRING_ITEM = f"{{{SHEET_MAIN_NS}}}si"


class _Reader(ExcelReader):
    """The parts of openpyxl's reader that values need, and nothing that could fail beside."""

    def read_strings(self) -> None:
        part = self.package.find(SHARED_STRINGS)  # type: ignore[no-untyped-call]  # untyped upstream
        if part is None:
            return
        with self.archive.open(part.PartName[1:]) as source:
            for _event, node in iterparse(source):
                if node.tag == _STRING_ITEM:
                    text = Text.from_tree(node)
                    self.shared_strings.append(text.content if text else "")
                    node.clear()

    def read(self) -> None:
        self.read_manifest()
        self.read_strings()
        self.read_workbook()
        apply_stylesheet(self.archive, self.wb)
        self.read_worksheets()


class _Parser(WorkSheetParser):
    """The sheet parser, which remembers the formulas whose result was never saved."""

    uncomputed = 0

    def parse_cell(self, element: Element) -> dict[str, Any]:
        cell: dict[str, Any] = super().parse_cell(element)
        if cell["value"] is None and element.find(FORMULA_TAG) is not None:
            self.uncomputed += element.get("t") != "str"
        return cell


def read_xlsx(data: bytes, limits: Limits) -> Draft:
    """Return the visible sheets of a workbook."""
    with warnings.catch_warnings(), zipfile.ZipFile(io.BytesIO(data)) as archive:
        warnings.simplefilter("ignore")
        check_archive(archive, limits)
        reader = _Reader(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        reader.read()
        draft = Draft("xlsx")
        counter = Counter(limits)
        sheets = [ws for ws in reader.wb.worksheets if isinstance(ws, ReadOnlyWorksheet)]
        if len(sheets) > limits.sheets:
            raise Unreadable("too_many_sheets", limit=limits.sheets)
        for sheet in sheets:
            if sheet.sheet_state == "visible":
                _read_sheet(draft, sheet, counter)
            else:
                draft.notice("hidden_sheet", sheet=sheet.title)
    return draft


def _read_sheet(draft: Draft, sheet: Any, counter: Counter) -> None:  # noqa: ANN401 - untyped library
    book = sheet.parent
    rows: list[tuple[object, ...]] = []
    with contextlib.closing(sheet._get_source()) as source:  # noqa: SLF001 - no public door to sparse rows
        parser = _Parser(
            source,
            sheet._shared_strings,  # noqa: SLF001 - idem
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,  # noqa: SLF001 - idem
            timedelta_formats=book._timedelta_formats,  # noqa: SLF001 - idem
        )
        for number, cells in parser.parse():
            _add_row(rows, number, cells, sheet.title, counter)
    _fill_merged(draft, parser, rows, sheet.title)
    if parser.uncomputed:
        draft.notice("uncomputed", sheet=sheet.title, count=parser.uncomputed)
    draft.sheets.append(sheet_of(sheet.title, rows))


def _add_row(
    rows: list[tuple[object, ...]],
    number: int,
    cells: list[dict[str, Any]],
    sheet: str,
    counter: Counter,
) -> None:
    limits = counter.limits
    filled = [cell for cell in cells if cell["value"] is not None]
    if not filled:
        return
    if number > limits.rows:
        raise Unreadable("too_many_rows", limit=limits.rows, sheet=sheet, row=number)
    if max(cell["column"] for cell in filled) > limits.columns:
        raise Unreadable("too_many_columns", limit=limits.columns, sheet=sheet, row=number)
    row: list[object] = [None] * max(cell["column"] for cell in filled)
    for cell in filled:
        row[cell["column"] - 1] = _value(cell["value"])
    if number <= len(rows):
        raise Unreadable("corrupt")
    rows.extend(() for _ in range(number - len(rows) - 1))
    rows.append(counter.row(row, number, sheet))


def _value(value: object) -> object:
    if isinstance(value, str):
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
    if isinstance(value, timedelta):
        return value.total_seconds() / 86_400
    if isinstance(value, time):
        return value.isoformat()
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    return value if isinstance(value, bool | int | float | date) else str(value)


def _fill_merged(
    draft: Draft, parser: WorkSheetParser, rows: list[tuple[object, ...]], sheet: str
) -> None:
    """Repeat downwards the value of cells merged over several rows of one column."""
    merged = parser.merged_cells.mergeCell if parser.merged_cells else []
    filled = 0
    for area in merged:
        left, top, right, bottom = area.bounds
        if left != right or top >= bottom or top > len(rows) or left > len(rows[top - 1]):
            continue
        value = rows[top - 1][left - 1]
        for index in range(top, min(bottom, len(rows))):
            row = list(rows[index]) + [None] * (left - len(rows[index]))
            row[left - 1] = value
            rows[index] = tuple(row)
            filled += 1
    if filled:
        draft.notice("merged", sheet=sheet, count=filled)
