"""Writing the portfolio workbook so that it comes back as it left.

Texts are always written as texts: no spreadsheet takes them for a formula. In XLSX they
carry the quote prefix; in CSV they are guarded by an apostrophe that reading removes when
it finds our column of identifiers.
"""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter
from django.utils.translation import gettext as _

from orchestre.sheets.cells import CellError, format_bool, format_date, format_list, format_number
from orchestre.sheets.columns import FIELDS, SHEETS, Field
from orchestre.sheets.example import example_rows
from orchestre.sheets.limits import LIMITS
from orchestre.sheets.notes import header_note
from orchestre.sheets.records import DANGEROUS, guarded

__all__ = ["Rows", "empty_workbook", "worked_example", "write_csv_zip", "write_workbook"]

Rows = Mapping[str, Sequence[Mapping[str, object]]]
"""Rows by sheet; each holds fields by code and, under `custom`, the columns kept as text."""

_WIDTHS = {"long": 50, "text": 22, "list": 28, "date": 13, "choice": 18}
_FORMATS = ("text", "guard", "header", "required", "date", "number", "money", "ratio")


def empty_workbook(language: str) -> bytes:
    """Return a workbook with every sheet and header, and no row."""
    return _bytes_of({}, language)


def worked_example(language: str) -> bytes:
    """Return a workbook filled with a believable portfolio of a made-up organisation."""
    return _bytes_of(example_rows(language), language)


def _bytes_of(rows: Rows, language: str) -> bytes:
    stream = io.BytesIO()
    write_workbook(rows, language, stream)
    return stream.getvalue()


def write_workbook(rows: Rows, language: str, target: Path | str | BinaryIO) -> None:
    """Write an XLSX workbook, with every sheet, in a language."""
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "in_memory": True,
    }
    with xlsxwriter.Workbook(str(target) if isinstance(target, Path) else target, options) as book:
        formats = _formats(book, language)
        for sheet in SHEETS:
            page = book.add_worksheet(sheet.title(language))
            own = rows.get(sheet.kind, ())
            _write_page(page, formats, FIELDS[sheet.kind], own, language)


def _formats(book: Any, language: str) -> dict[str, Any]:  # noqa: ANN401 - untyped library
    dates = "dd/mm/yyyy" if language == "fr" else "yyyy-mm-dd"
    head = {"bold": True, "bg_color": "#E8EDF5", "bottom": 1, "valign": "top"}
    looks = (
        {"valign": "top"},
        {"quote_prefix": True, "valign": "top"},
        head,
        {**head, "bg_color": "#F8E6C8"},
        {"num_format": dates, "valign": "top"},
        {"num_format": "General", "valign": "top"},
        {"num_format": "#,##0.##", "valign": "top"},
        {"num_format": "0.##%", "valign": "top"},
    )
    return {name: book.add_format(look) for name, look in zip(_FORMATS, looks, strict=True)}


def _write_page(
    page: Any,  # noqa: ANN401 - untyped library
    formats: dict[str, Any],
    fields: tuple[Field, ...],
    rows: Sequence[Mapping[str, object]],
    language: str,
) -> None:
    page.freeze_panes(1, 2 + (fields[1].code == "code"))
    for column, field in enumerate(fields):
        look = formats["required" if field.required else "header"]
        page.write_string(0, column, field.header(language), look)
        page.write_comment(0, column, header_note(field, language), {"x_scale": 2})
        hidden = {"hidden": True} if field.type == "id" else {}
        page.set_column(column, column, _WIDTHS.get(field.type, 16), None, hidden)
        _offer_choices(page, column, field, language)
    extra = _custom_headers(fields, rows, language)
    for column, (_name, header) in enumerate(extra, start=len(fields)):
        _write_text(page, 0, column, header, formats)
        page.set_column(column, column, 22)
    for number, row in enumerate(rows, start=1):
        for column, field in enumerate(fields):
            _write_cell(page, (number, column), field, row.get(field.code), formats, language)
        custom = _custom(row)
        for column, (name, _header) in enumerate(extra, start=len(fields)):
            _write_text(page, number, column, custom.get(name, ""), formats)


def _offer_choices(page: Any, column: int, field: Field, language: str) -> None:  # noqa: ANN401 - untyped library
    if field.choices:
        labels = [one.label(language) for one in field.choices]
        rule = {"validate": "list", "source": labels, "error_type": "warning"}
        page.data_validation(1, column, LIMITS.rows - 1, column, rule)


def _custom(row: Mapping[str, object]) -> Mapping[str, str]:
    custom = row.get("custom")
    if not isinstance(custom, Mapping):
        return {}
    return {str(name): str(text) for name, text in custom.items() if text not in (None, "")}


def _custom_headers(
    fields: tuple[Field, ...], rows: Sequence[Mapping[str, object]], language: str
) -> list[tuple[str, str]]:
    """Return the names of custom columns with headers that no field already bears."""
    taken = {field.header(language).casefold() for field in fields}
    names = dict.fromkeys(name for row in rows for name in _custom(row))
    headers = []
    for name in names:
        header, count = name, 1
        while header.casefold() in taken:
            count += 1
            header = f"{name} ({count})"
        taken.add(header.casefold())
        headers.append((name, header))
    return headers


def _write_cell(
    page: Any,  # noqa: ANN401 - untyped library
    place: tuple[int, int],
    field: Field,
    value: object,
    formats: dict[str, Any],
    language: str,
) -> None:
    row, column = place
    if value is None or value == "":
        return
    if isinstance(value, date):
        day = datetime(value.year, value.month, value.day)  # noqa: DTZ001 - cells have no time zone
        page.write_datetime(row, column, day, formats["date"])
    elif isinstance(value, int | float) and not isinstance(value, bool):
        look = field.type if field.type in ("money", "ratio") else "number"
        page.write_number(row, column, value, formats[look])
    else:
        _write_text(page, row, column, _text_of(field, value, language), formats)


def _write_text(page: Any, row: int, column: int, text: str, formats: dict[str, Any]) -> None:  # noqa: ANN401 - untyped library
    if not text:
        return
    _check_length(text)
    risky = text.lstrip().startswith(tuple(DANGEROUS)) or text.startswith("'")
    look = formats["header" if row == 0 else "guard" if risky else "text"]
    page.write_string(row, column, text, look)


def _check_length(text: str) -> None:
    if len(text) > LIMITS.cell_chars:
        raise CellError(
            "cell_too_long",
            _("“%(text)s…” is longer than the %(most)d characters a cell can hold.")
            % {"text": text[:40], "most": LIMITS.cell_chars},
        )


def _text_of(field: Field, value: object, language: str) -> str:
    """Return the words for a value that is neither a date nor a number."""
    if isinstance(value, bool):
        return format_bool(value, language)
    if isinstance(value, list | tuple):
        return format_list(tuple(str(one) for one in value))
    labels = {one.code: one.label(language) for one in field.choices}
    return labels.get(str(value), str(value))


def write_csv_zip(rows: Rows, language: str, target: Path | str | BinaryIO) -> None:
    """Write a ZIP of CSV files, one per sheet that has rows, as French or English Excel opens."""
    kinds = [sheet for sheet in SHEETS if rows.get(sheet.kind)] or [SHEETS[2]]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for sheet in kinds:
            text = _csv_of(FIELDS[sheet.kind], rows.get(sheet.kind, ()), language)
            archive.writestr(f"{sheet.title(language)}.csv", text.encode("utf-8-sig"))


def _csv_of(fields: tuple[Field, ...], rows: Sequence[Mapping[str, object]], language: str) -> str:
    extra = _custom_headers(fields, rows, language)
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";" if language == "fr" else ",", quoting=csv.QUOTE_ALL)
    headers = [field.header(language) for field in fields]
    writer.writerow([*headers, *(guarded(header) for _name, header in extra)])
    for row in rows:
        cells = [_csv_cell(field, row.get(field.code), language) for field in fields]
        custom = _custom(row)
        writer.writerow([*cells, *(guarded(custom.get(name, "")) for name, _header in extra)])
    return stream.getvalue()


def _csv_cell(field: Field, value: object, language: str) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return format_date(value, language)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return format_number(value, language)
    text = _text_of(field, value, language)
    _check_length(text)
    return guarded(text)
