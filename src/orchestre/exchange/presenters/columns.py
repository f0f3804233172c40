"""The page where their columns meet our fields."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from orchestre.exchange.columns import ColumnChoice, SheetChoice
from orchestre.sheets.columns import FIELDS, SHEETS
from orchestre.sheets.mapping import CUSTOM, IGNORED, MONEY
from orchestre.sheets.values import shown
from orchestre.ui import formats
from orchestre.ui.components import Badge

PREVIEW_LINES = 20


@dataclass(frozen=True)
class Option:
    """One field that a column may go to."""

    value: str
    label: str


@dataclass(frozen=True)
class ColumnLine:
    """One of their columns."""

    name: str
    header: str
    target: str
    samples: tuple[str, ...]
    confidence: Badge
    options: tuple[Option, ...]


@dataclass(frozen=True)
class SheetCard:
    """One of their sheets."""

    number: int
    sheet: str
    used: bool
    kind: str
    header_row: int
    transposed: bool
    remembered: bool
    to_check: int
    columns: tuple[ColumnLine, ...]
    preview_headers: tuple[str, ...]
    preview: tuple[tuple[str, tuple[str, ...]], ...]


def language() -> str:
    """Return the language of workbooks for this reader."""
    return "fr" if (get_language() or "fr").startswith("fr") else "en"


def kinds() -> tuple[Option, ...]:
    """Return what a sheet may hold."""
    return tuple(Option(sheet.kind, sheet.title(language())) for sheet in SHEETS)


def sheet_cards(choices: tuple[SheetChoice, ...]) -> tuple[SheetCard, ...]:
    """Write each sheet."""
    return tuple(_card(number, one) for number, one in enumerate(choices))


def _card(number: int, one: SheetChoice) -> SheetCard:
    return SheetCard(
        number=number,
        sheet=one.sheet,
        used=one.used,
        kind=one.kind,
        header_row=one.table.header_row,
        transposed=one.table.transposed,
        remembered=one.remembered,
        to_check=sum(column.confidence == "check" for column in one.columns),
        columns=tuple(_line(number, one.kind, column) for column in one.columns),
        preview_headers=one.table.headers,
        preview=tuple(
            (formats.number(line), tuple(_cell(cell) for cell in cells))
            for line, cells in one.table.rows[:PREVIEW_LINES]
        ),
    )


def _line(number: int, kind: str, column: ColumnChoice) -> ColumnLine:
    return ColumnLine(
        name=f"col-{number}-{column.index}",
        header=column.header,
        target=column.target,
        samples=tuple(_cell(cell) for cell in column.samples),
        confidence=_confidence(column),
        options=_options(kind, column.target),
    )


def _confidence(column: ColumnChoice) -> Badge:
    if column.confidence == "sure":
        return Badge(_("sure"), "success")
    if column.confidence == "check":
        return Badge(_("to check"), "warn")
    return Badge(_("not recognised"), "neutral")


def _options(kind: str, target: str) -> tuple[Option, ...]:
    fields = [Option(f.code, f.header(language())) for f in FIELDS[kind] if f.type != "id"]
    own = [Option("id", _("Orchestre identifier"))] if target == "id" else []
    found = [
        Option(CUSTOM, _("Keep as it is, as a custom field")),
        Option(MONEY, _("Keep as an amount, with its currency")),
        Option(IGNORED, _("Ignore")),
        *own,
        *fields,
    ]
    if target not in {option.value for option in found}:
        found.append(Option(target, _("As recognised")))
    return tuple(found)


def _cell(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    if isinstance(cell, float):
        return formats.number(cell)
    return shown(cell, 60)
