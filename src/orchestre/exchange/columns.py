"""Which column goes where: what the preset says, what is guessed, and what the person settled."""

from __future__ import annotations

from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from orchestre.exchange.guessing import guess_table, sheet_mapping
from orchestre.exchange.models import ImportSession
from orchestre.kernel.errors import DomainError
from orchestre.sheets.amounts import money_unit
from orchestre.sheets.cells import DateStyle, detect_date_style
from orchestre.sheets.columns import FIELDS, Confidence, field_of, header_signature
from orchestre.sheets.headers import Table, find_table
from orchestre.sheets.mapping import CUSTOM, IGNORED, MONEY, MappedColumn, Mapping, SheetMapping
from orchestre.sheets.presets import preset_named
from orchestre.sheets.shapes import Sheet, Workbook

SAMPLES = 3


@dataclass(frozen=True)
class ColumnChoice:
    """One of their columns, and the field it goes to."""

    index: int
    header: str
    target: str
    confidence: Confidence
    samples: tuple[object, ...]
    unit: str = ""


@dataclass(frozen=True)
class SheetChoice:
    """One of their sheets, and what is made of it."""

    sheet: str
    kind: str
    used: bool
    table: Table
    columns: tuple[ColumnChoice, ...]
    remembered: bool = False
    derive: tuple[str, ...] = ()

    @property
    def signature(self) -> str:
        """Return what recognises the same columns next time."""
        return header_signature(self.table.headers)

    def mapping(self) -> SheetMapping:
        """Return how the sheet is read."""
        columns = tuple(MappedColumn(c.index, c.header, c.target, c.unit) for c in self.columns)
        table = self.table
        return SheetMapping(
            self.sheet, self.kind, columns, table.header_row, table.transposed, self.derive
        )


def choices_of(session: ImportSession, workbook: Workbook) -> tuple[SheetChoice, ...]:
    """Return how each sheet that holds a table would be read."""
    preset = preset_named(session.preset) if session.preset else None
    known = {one.sheet: one for one in preset.mapping(workbook).sheets} if preset else None
    settled: dict[str, Any] = session.choices.get("sheets", {})
    found = [
        _sheet_choice(sheet, settled.get(sheet.name, {}), known)
        for sheet in workbook.sheets
        if sheet.rows
    ]
    return tuple(one for one in found if one.columns)


def _sheet_choice(
    sheet: Sheet, told: Dictionary[str, Any], known: Dictionary[str, SheetMapping] | None
) -> SheetChoice:
    mapped = known.get(sheet.name) if known is not None else None
    same_table = not {"kind", "header_row", "transposed"} & set(told)
    if mapped is not None and same_table:
        choice = _as_preset(sheet, mapped)
    else:
        choice = _as_guessed(sheet, told, listed=known is None or bool(told))
    return _with_choices(choice, told)


def _as_preset(sheet: Sheet, mapped: SheetMapping) -> SheetChoice:
    table = find_table(sheet, header_row=mapped.header_row, transposed=mapped.transposed)
    columns = tuple(
        ColumnChoice(c.index, c.header, c.target, "sure", _samples(table, c.index), c.unit)
        for c in mapped.columns
    )
    return SheetChoice(
        sheet.name, mapped.kind, used=True, table=table, columns=columns, derive=mapped.derive
    )


def _as_guessed(sheet: Sheet, told: Dictionary[str, Any], *, listed: bool) -> SheetChoice:
    table = find_table(sheet, header_row=told.get("header_row"), transposed=told.get("transposed"))
    guess = guess_table(sheet, str(told.get("kind") or ""), table=table)
    as_mapped = {c.index: (c.target, c.unit) for c in sheet_mapping(guess).columns}
    columns = tuple(
        ColumnChoice(g.index, g.header, target, g.confidence, g.samples, unit)
        for g in guess.guesses
        for target, unit in (as_mapped[g.index],)
    )
    used = listed and any(g.field for g in guess.guesses)
    return SheetChoice(sheet.name, guess.kind, used, table, columns, guess.remembered)


def _with_choices(choice: SheetChoice, told: Dictionary[str, Any]) -> SheetChoice:
    chosen = told.get("columns", {})
    columns = tuple(
        _settled(choice, column, chosen[column.header]) if column.header in chosen else column
        for column in choice.columns
    )
    used = bool(told.get("used", choice.used))
    return replace(choice, columns=columns, used=used)


def _settled(choice: SheetChoice, column: ColumnChoice, target: str) -> ColumnChoice:
    unit = column.unit
    if target != column.target:
        money = target in {"cost_eur", MONEY}
        unit = money_unit(choice.table, column.index) if money else ""
    return replace(column, target=target, confidence="sure", unit=unit)


def _samples(table: Table, index: int) -> tuple[object, ...]:
    filled = (cell for cell in table.column(index) if cell not in (None, ""))
    return tuple(cell for _n, cell in zip(range(SAMPLES), filled, strict=False))


def mapping_of(session: ImportSession, workbook: Workbook) -> Mapping:
    """Return how the whole file is read; refuse when nothing would be."""
    sheets = tuple(one.mapping() for one in choices_of(session, workbook) if one.used)
    if not any(c.target not in (IGNORED, CUSTOM) for sheet in sheets for c in sheet.columns):
        raise DomainError(
            _("No column of this file is recognised. Say which one holds the titles."),
            code="nothing-mapped",
        )
    return Mapping(sheets, session.preset)


def mistakes_in(choices: tuple[SheetChoice, ...]) -> list[str]:
    """Return what must be corrected before the file can be read this way."""
    found = []
    for one in choices:
        if not one.used:
            continue
        targets = [column.target.removesuffix("+custom") for column in one.columns]
        for field in FIELDS[one.kind]:
            label = field.header(_language())
            told = {"sheet": one.sheet, "field": label}
            if targets.count(field.code) > 1:
                found.append(_("Sheet “%(sheet)s”: several columns go to “%(field)s”.") % told)
            if field.required and field.code not in targets:
                found.append(_("Sheet “%(sheet)s”: no column gives “%(field)s”.") % told)
    if not any(one.used for one in choices):
        found.append(_("Choose at least one sheet to import."))
    return found


def _language() -> str:
    return "fr" if (get_language() or "fr").startswith("fr") else "en"


def date_style_of(choices: tuple[SheetChoice, ...]) -> DateStyle:
    """Return how written dates are read, with an example when one can be read two ways."""
    cells: list[object] = []
    for one in choices:
        for column in one.columns:
            field = field_of(one.kind, column.target.removesuffix("+custom"))
            if one.used and field is not None and field.type == "date":
                cells.extend(one.table.column(column.index))
    return detect_date_style(cells)
