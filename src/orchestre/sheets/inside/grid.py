"""The grid of one sheet, filled under the limits."""

from orchestre.sheets.limits import Limits
from orchestre.sheets.shapes import Sheet, Unreadable


class Counter:
    """Counts the filled cells of a whole file, and stops when there are too many."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.cells = 0

    def row(self, cells: list[object], number: int, sheet: str) -> tuple[object, ...]:
        """Return the row without its empty end, once checked against the limits."""
        last = len(cells)
        while last and cells[last - 1] in (None, ""):
            last -= 1
        kept = tuple(None if cell == "" else cell for cell in cells[:last])
        if not kept:
            return kept
        limits = self.limits
        if number > limits.rows:
            raise Unreadable("too_many_rows", limit=limits.rows, sheet=sheet, row=number)
        if len(kept) > limits.columns:
            raise Unreadable("too_many_columns", limit=limits.columns, sheet=sheet, row=number)
        for cell in kept:
            if isinstance(cell, str) and len(cell) > limits.cell_chars:
                raise Unreadable("cell_too_long", limit=limits.cell_chars, sheet=sheet, row=number)
        self.cells += sum(cell is not None for cell in kept)
        if self.cells > limits.cells:
            raise Unreadable("too_many_cells", limit=limits.cells)
        return kept


def sheet_of(name: str, rows: list[tuple[object, ...]]) -> Sheet:
    """Return the sheet without the empty rows at its end."""
    while rows and not rows[-1]:
        rows.pop()
    return Sheet(name, tuple(rows))
