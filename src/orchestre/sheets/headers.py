"""Finding the table in a sheet: its header row, its records, its orientation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from orchestre.sheets.cells import CellError, parse_date, parse_number
from orchestre.sheets.columns import KNOWN_HEADERS
from orchestre.sheets.foreign import recognised
from orchestre.sheets.shapes import Notice, Sheet
from orchestre.sheets.values import shown
from orchestre.sheets.words import fold, header_key, squeeze

_LOOKED_AT = 25
_HEADER_CHARS = 180
_FOOTNOTES = ("*", "source", "note", "nb ", "nb:", "lecture", "champ :", "total", "(1)", "[1]", "©")


@dataclass(frozen=True, slots=True)
class Table:
    """The records of a sheet under distinct headers.

    Each record goes with its row number in the file, or with its column number when the
    table is `transposed`, that is when each project is a column.
    """

    sheet: str
    headers: tuple[str, ...]
    rows: tuple[tuple[int, tuple[object, ...]], ...]
    header_row: int
    transposed: bool = False
    notices: tuple[Notice, ...] = ()

    def column(self, index: int) -> tuple[object, ...]:
        """Return the cells of one column."""
        return tuple(cells[index] for _number, cells in self.rows)


def find_table(
    sheet: Sheet, *, header_row: int | None = None, transposed: bool | None = None
) -> Table:
    """Return the table of a sheet; what the person has settled is taken as settled."""
    grid = [tuple(_clean(cell) for cell in row) for row in sheet.rows]
    first = sheet.first_row_number
    if transposed is None:
        transposed = header_row is None and _lies_on_its_side(grid)
    if transposed:
        grid, first = _turned(grid), 1
    index = _header_index(grid) if header_row is None else max(0, header_row - first)
    index = min(index, max(0, len(grid) - 1))
    return _table(sheet.name, grid, first, index, transposed=transposed)


def _table(
    name: str, grid: list[tuple[object, ...]], first: int, index: int, *, transposed: bool
) -> Table:
    head = grid[index] if grid else ()
    body = [(first + i, row) for i, row in enumerate(grid) if i > index and any(_filled(row))]
    body, dropped = _without_footnotes(body)
    width = max([len(head), *(len(row) for _number, row in body)], default=0)
    used = [
        i
        for i in range(width)
        if (i < len(head) and head[i] is not None)
        or any(i < len(row) and row[i] is not None for _number, row in body)
    ]
    names = [head[i] if i < len(head) else None for i in used]
    rows = tuple(
        (number, tuple(row[i] if i < len(row) else None for i in used)) for number, row in body
    )
    notices = [_skipped(name, number, row) for number, row in dropped]
    if transposed:
        notices.append(Notice("transposed", _("Each column of this sheet is a project."), name))
    return Table(name, _distinct(names), rows, first + index, transposed, tuple(notices))


def _skipped(name: str, number: int, row: tuple[object, ...]) -> Notice:
    words = shown(next(iter(_filled(row))))
    return Notice("footnote", _("Left out as a note: “%(text)s”.") % {"text": words}, name, number)


def _clean(cell: object) -> object:
    if isinstance(cell, str):
        return cell.strip() or None
    return cell


def _filled(row: Sequence[object]) -> Iterator[object]:
    return (cell for cell in row if cell is not None)


def _turned(grid: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    width = max((len(row) for row in grid), default=0)
    return [tuple(row[i] if i < len(row) else None for row in grid) for i in range(width)]


def _known(cells: Sequence[object]) -> int:
    """Return how many of these cells are names of columns we know."""
    texts = tuple(
        squeeze(cell) for cell in cells if isinstance(cell, str) and len(cell) < _HEADER_CHARS
    )
    ours = len({header_key(text) for text in texts} & KNOWN_HEADERS)
    return max(ours, recognised(texts) if texts else 0)


def _lies_on_its_side(grid: list[tuple[object, ...]]) -> bool:
    """Return whether the names of columns run down the first column."""
    if not grid or len(grid) > 300:
        return False
    downwards = max(_known([row[i] if i < len(row) else None for row in grid]) for i in (0, 1))
    across = max((_known(row) for row in grid[:_LOOKED_AT]), default=0)
    return downwards >= 3 and downwards > across


def _header_index(grid: list[tuple[object, ...]]) -> int:
    best, best_score = 0, float("-inf")
    for index, row in enumerate(grid[:_LOOKED_AT]):
        score = _header_score(row)
        if score > best_score:
            best, best_score = index, score
    return best


def _header_score(row: tuple[object, ...]) -> float:
    cells = list(_filled(row))
    if not cells:
        return float("-inf")
    names = [cell for cell in cells if isinstance(cell, str) and len(cell) < _HEADER_CHARS]
    figures = sum(_is_figure(cell) for cell in cells)
    repeated = len(names) - len({fold(name) for name in names})
    return (
        3.0 * _known(row) + len(names) - 2.0 * figures - repeated - 2.0 * (len(cells) - len(names))
    )


def _is_figure(cell: object) -> bool:
    if isinstance(cell, int | float | date):
        return True
    if len(str(cell)) > 40:
        return False
    for parse in (parse_number, parse_date):
        try:
            if parse(cell).value is not None:
                return True
        except CellError:
            continue
    return False


def _without_footnotes(
    body: list[tuple[int, tuple[object, ...]]],
) -> tuple[list[tuple[int, tuple[object, ...]]], list[tuple[int, tuple[object, ...]]]]:
    """Split the notes that stand alone under the table from its records."""
    kept = list(body)
    dropped = []
    while len(kept) > 1 and _is_footnote(kept[-1][1], wide=max(len(r) for _n, r in kept) > 2):
        dropped.append(kept.pop())
    return kept, dropped[::-1]


def _is_footnote(row: tuple[object, ...], *, wide: bool) -> bool:
    cells = list(_filled(row))
    text = cells[0] if cells else ""
    return wide and len(cells) == 1 and isinstance(text, str) and fold(text).startswith(_FOOTNOTES)


def _distinct(names: list[object]) -> tuple[str, ...]:
    """Return the headers, each one different: “Cost”, “Cost (2)”, “Column 5”."""
    taken: set[str] = set()
    headers: list[str] = []
    for index, name in enumerate(names):
        text = squeeze(str(name)) if name is not None else _("Column %(n)d") % {"n": index + 1}
        one, count = text, 1
        while fold(one) in taken:
            count += 1
            one = f"{text} ({count})"
        taken.add(fold(one))
        headers.append(one)
    return tuple(headers)
