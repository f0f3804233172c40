"""Cells corrected in the wizard: kept with the import, put back in the workbook before reading."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from orchestre.exchange.plans import ImportPlan
from orchestre.sheets.dataset import Refusal
from orchestre.sheets.headers import Table, find_table
from orchestre.sheets.mapping import Mapping, SheetMapping
from orchestre.sheets.shapes import Sheet, Workbook

Grid = list[list[object]]


@dataclass(frozen=True)
class Correction:
    """One cell of the file, and what to read in it instead."""

    sheet: str
    row: int
    column: str
    value: str


@dataclass(frozen=True)
class Group:
    """The refused cells of one column that say the same thing for the same reason."""

    refusals: tuple[Refusal, ...]
    near: str = ""

    @property
    def first(self) -> Refusal:
        """Return the cell that stands for the others."""
        return self.refusals[0]

    @property
    def key(self) -> str:
        """Return what names the group in a form."""
        one = self.first
        return _digest("all", one.sheet, one.column, one.value, one.field)


def key_of_cell(one: Refusal) -> str:
    """Return what names one cell in a form."""
    return _digest("one", one.sheet, str(one.row), one.column)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def groups_of(planned: ImportPlan) -> tuple[Group, ...]:
    """Gather the refused cells that one correction mends, the largest groups first."""
    found: dict[tuple[str, str, str, str], list[Refusal]] = defaultdict(list)
    for one in planned.refused:
        reason = one.reason if not one.value else ""
        found[one.sheet, one.column, one.value, reason].append(one)
    groups = [
        Group(tuple(cells), planned.near.get((cells[0].sheet, cells[0].row, cells[0].field), ""))
        for cells in found.values()
    ]
    return tuple(sorted(groups, key=lambda group: -len(group.refusals)))


def corrected(workbook: Workbook, mapping: Mapping, corrections: Iterable[Correction]) -> Workbook:
    """Return the workbook as if the corrected cells had been written in it."""
    by_sheet: dict[str, list[Correction]] = defaultdict(list)
    for one in corrections:
        by_sheet[one.sheet].append(one)
    if not by_sheet:
        return workbook
    mapped = {one.sheet: one for one in mapping.sheets}
    sheets = tuple(
        _corrected_sheet(sheet, mapped[sheet.name], by_sheet[sheet.name])
        if sheet.name in by_sheet and sheet.name in mapped
        else sheet
        for sheet in workbook.sheets
    )
    return Workbook(
        workbook.kind,
        sheets,
        workbook.encoding,
        workbook.separator,
        workbook.decimal,
        workbook.notices,
    )


def places_of(sheet: Sheet, mapped: SheetMapping) -> tuple[Table, list[int]]:
    """Return the table of a sheet, and where each of its columns stands in the file."""
    table = find_table(sheet, header_row=mapped.header_row, transposed=mapped.transposed)
    grid = _turned(sheet.rows) if table.transposed else [list(row) for row in sheet.rows]
    first = 1 if table.transposed else sheet.first_row_number
    lines = [grid[table.header_row - first], *(grid[number - first] for number, _c in table.rows)]
    used = sorted({i for line in lines for i, cell in enumerate(line) if _is_filled(cell)})
    return table, used


def _is_filled(cell: object) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


def _turned(rows: Iterable[tuple[object, ...]]) -> Grid:
    lines = list(rows)
    width = max((len(line) for line in lines), default=0)
    return [[line[i] if i < len(line) else None for line in lines] for i in range(width)]


def _corrected_sheet(sheet: Sheet, mapped: SheetMapping, cells: list[Correction]) -> Sheet:
    table, used = places_of(sheet, mapped)
    grid = [list(row) for row in sheet.rows]
    for one in cells:
        if one.column not in table.headers:
            continue
        place = used[table.headers.index(one.column)]
        down, across = one.row - sheet.first_row_number, place
        if table.transposed:
            down, across = place, one.row - 1
        if 0 <= down < len(grid):
            grid[down].extend([None] * (across + 1 - len(grid[down])))
            grid[down][across] = one.value.strip() or None
    return Sheet(sheet.name, tuple(tuple(line) for line in grid), sheet.first_row_number)
