"""How to read a table that no preset knows: columns remembered from last time, else guessed."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from orchestre.exchange.models import ColumnMapping
from orchestre.kernel.errors import DomainError
from orchestre.sheets.amounts import money_unit
from orchestre.sheets.columns import ColumnGuess, guess_kind, guess_mapping, header_signature
from orchestre.sheets.headers import Table, find_table
from orchestre.sheets.mapping import CUSTOM, IGNORED, MappedColumn, Mapping, SheetMapping
from orchestre.sheets.shapes import Sheet, Workbook

SAMPLE_ROWS = 50


@dataclass(frozen=True)
class TableGuess:
    """What one sheet seems to hold, for a person to confirm."""

    sheet: str
    kind: str
    table: Table
    guesses: tuple[ColumnGuess, ...]
    signature: str
    remembered: bool


def guess_table(sheet: Sheet, kind: str = "", *, table: Table | None = None) -> TableGuess:
    """Guess the kind and the columns of one sheet."""
    table = table or find_table(sheet)
    headers = table.headers
    signature = header_signature(headers)
    known = ColumnMapping.objects.filter(signature=signature).first()
    samples = [table.column(index)[:SAMPLE_ROWS] for index in range(len(headers))]
    wanted = kind or (known.kind if known else guess_kind(headers, sheet.name))
    guesses = guess_mapping(headers, samples, wanted)
    if known is not None and known.kind == wanted:
        guesses = tuple(_as_remembered(g, known.fields_by_header) for g in guesses)
    return TableGuess(sheet.name, wanted, table, guesses, signature, known is not None)


def _as_remembered(guess: ColumnGuess, targets: dict[str, str]) -> ColumnGuess:
    """Take what was confirmed last time for a header of that name, ignored ones included."""
    if guess.header not in targets:
        return guess
    return ColumnGuess(guess.index, guess.header, targets[guess.header], "sure", guess.samples)


def guesses_of(workbook: Workbook) -> tuple[TableGuess, ...]:
    """Guess every sheet that holds a table."""
    return tuple(
        guess for sheet in workbook.sheets if sheet.rows and (guess := guess_table(sheet)).guesses
    )


def guessed_mapping(workbook: Workbook) -> Mapping:
    """Return the mapping that stands if nobody corrects the guesses."""
    sheets = tuple(
        sheet_mapping(guess)
        for guess in guesses_of(workbook)
        if any(g.field not in (None, IGNORED, CUSTOM) for g in guess.guesses)
    )
    if not sheets:
        raise DomainError(
            _("No column of this file is recognised. Name one of them “Title”, or map the columns.")
        )
    return Mapping(sheets)


def sheet_mapping(guess: TableGuess, chosen: dict[int, str] | None = None) -> SheetMapping:
    """Return how a sheet is read, with the columns a person chose (by index) over the guesses."""
    columns = []
    for g in guess.guesses:
        target = CUSTOM if g.field is None else g.field
        if chosen is not None:
            target = chosen.get(g.index, IGNORED)
        unit = money_unit(guess.table, g.index) if target == "cost_eur" else ""
        columns.append(MappedColumn(g.index, g.header, target, unit))
    return SheetMapping(
        guess.sheet, guess.kind, tuple(columns), guess.table.header_row, guess.table.transposed
    )
