"""From cells to records: what is read, what is refused and why, what is assumed."""

from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.translation import gettext as _

from orchestre.sheets import derive
from orchestre.sheets.assumptions import Assumptions
from orchestre.sheets.cells import CellError, DateStyle, Money, detect_date_style, parse_money
from orchestre.sheets.columns import FIELDS, Field, field_of
from orchestre.sheets.headers import Table, find_table
from orchestre.sheets.mapping import IGNORED, MONEY, MappedColumn, Mapping, SheetMapping
from orchestre.sheets.presets import Preset
from orchestre.sheets.records import Record, Refusal, key_of, unguarded
from orchestre.sheets.shapes import Notice, Workbook
from orchestre.sheets.typed import parse_field
from orchestre.sheets.values import shown
from orchestre.sheets.words import match_key

__all__ = ["Dataset", "Record", "Refusal", "build", "match_key"]


@dataclass(frozen=True, slots=True)
class Dataset:
    """Everything a file gives, ready to be compared with what is known."""

    records: Dictionary[str, tuple[Record, ...]]
    refused: tuple[Refusal, ...]
    notices: tuple[Notice, ...]
    preset: str
    mapping: Mapping
    date_style: DateStyle

    def as_rows(self) -> dict[str, list[dict[str, object]]]:
        """Return the records as rows that a workbook can be written from."""
        return {
            kind: [{**one.values, "custom": dict(one.custom)} for one in records]
            for kind, records in self.records.items()
        }


@dataclass(slots=True)
class _Building:
    decimal: str
    dayfirst: bool
    guarded: bool = False
    ours: bool = False
    records: dict[str, list[Record]] = field(default_factory=lambda: {kind: [] for kind in FIELDS})
    refused: list[Refusal] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    assumptions: Assumptions = field(default_factory=Assumptions)


def build(
    workbook: Workbook, how: Preset | Mapping, *, date_style: DateStyle | None = None
) -> Dataset:
    """Read every mapped sheet; a cell or a row that cannot be read takes nothing else along."""
    mapping = how.mapping(workbook) if isinstance(how, Preset) else how
    tables = _mapped_tables(workbook, mapping)
    style = date_style or detect_date_style(_written_dates(tables))
    building = _Building(workbook.decimal, style.dayfirst)
    building.notices.extend((*workbook.notices, *_missing_sheets(workbook, mapping)))
    for table, one in tables:
        building.ours = _is_ours(table)
        building.guarded = workbook.kind in ("csv", "zip") and building.ours
        building.notices.extend(table.notices)
        _read_table(building, table, one)
    if date_style is None and not style.certain:
        building.assumptions.date_order(style)
    derive.complete(building.records, mapping, building.notices, building.refused)
    building.notices.extend(building.assumptions.notices())
    return Dataset(
        records={kind: tuple(records) for kind, records in building.records.items()},
        refused=tuple(building.refused),
        notices=tuple(building.notices),
        preset=mapping.preset,
        mapping=mapping,
        date_style=style,
    )


def _mapped_tables(workbook: Workbook, mapping: Mapping) -> list[tuple[Table, SheetMapping]]:
    """Return the tables to read; a mapping of one sheet fits a file of one, whatever its name."""
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    wanted = mapping.sheets
    if len(wanted) == len(sheets) == 1:
        wanted = (replace(wanted[0], sheet=next(iter(sheets))),)
    return [
        (find_table(sheets[one.sheet], header_row=one.header_row, transposed=one.transposed), one)
        for one in wanted
        if one.sheet in sheets
    ]


def _missing_sheets(workbook: Workbook, mapping: Mapping) -> list[Notice]:
    known = {sheet.name for sheet in workbook.sheets}
    if len(mapping.sheets) == len(known) == 1:
        return []
    sentence = _("Sheet “%(sheet)s” is not in this file.")
    return [
        Notice("missing_sheet", sentence % {"sheet": one.sheet}, one.sheet)
        for one in mapping.sheets
        if one.sheet not in known
    ]


def _written_dates(tables: list[tuple[Table, SheetMapping]]) -> list[object]:
    cells: list[object] = []
    for table, one in tables:
        for column in one.columns:
            declared = field_of(one.kind, column.target.removesuffix("+custom"))
            if declared and declared.type == "date" and column.index < len(table.headers):
                cells.extend(table.column(column.index))
    return cells


def _is_ours(table: Table) -> bool:
    """Return whether the table carries our signature: the column of stable identifiers."""
    signature = FIELDS["units"][0]
    return bool({signature.fr, signature.en} & set(table.headers))


@dataclass(slots=True)
class _Row:
    """One row being read: where it stands, what it gave so far."""

    building: _Building
    mapping: SheetMapping
    number: int
    values: dict[str, object] = field(default_factory=dict)
    custom: dict[str, str] = field(default_factory=dict)

    def refuse(self, code: str, header: str, value: str, reason: str) -> None:
        self.building.refused.append(
            Refusal(self.mapping.sheet, self.number, header, value, reason, code)
        )

    def header(self, code: str, otherwise: str) -> str:
        return next(
            (one.header for one in self.mapping.columns if _field_code(one) == code), otherwise
        )


def _field_code(column: MappedColumn) -> str:
    return column.target.removesuffix("+custom")


def _read_table(building: _Building, table: Table, one: SheetMapping) -> None:
    seen: dict[str, int] = {}
    for number, cells in table.rows:
        row = _Row(building, one, number)
        for column in one.columns:
            if column.index < len(cells) and column.target != IGNORED:
                _read_cell(row, column, cells[column.index])
        record = _record(row)
        if record is not None:
            building.records[one.kind].append(_told_apart(building, record, seen))


def _read_cell(row: _Row, column: MappedColumn, cell: object) -> None:
    if cell is None:
        return
    if row.building.guarded:
        cell = unguarded(cell) if isinstance(cell, str) else cell
        column = replace(column, header=unguarded(column.header))
    target = _field_code(column)
    declared = field_of(row.mapping.kind, target)
    try:
        if target == MONEY:
            _keep_money(row, column, cell)
        elif declared is not None:
            _keep_value(row, declared, column, cell)
        elif target.startswith("@"):
            row.values[target] = _text(cell)
        else:
            row.custom[column.header] = _text(cell)
    except CellError as error:
        row.refuse(target, column.header, shown(cell, 200), error.message)
        row.custom[column.header] = _text(cell)
        return
    if column.target.endswith("+custom"):
        row.custom[column.header] = _text(cell)


def _keep_value(row: _Row, declared: Field, column: MappedColumn, cell: object) -> None:
    building = row.building
    read = parse_field(
        declared,
        cell,
        dayfirst=building.dayfirst,
        decimal=building.decimal,
        unit=column.unit,
        literal=building.ours,
    )
    if read.value is not None:
        row.values[declared.code] = read.value
        building.assumptions.note(declared, row.mapping.sheet, row.number, column, cell, read)


def _keep_money(row: _Row, column: MappedColumn, cell: object) -> None:
    read = parse_money(cell, column.unit, decimal=row.building.decimal).value
    if isinstance(read, Money):
        amount = f"{read.amount:.2f}".removesuffix(".00")
        row.custom[column.header] = f"{amount} {read.currency}"
        row.building.assumptions.kept_currency(column.header, read.currency)


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat()[:10] if isinstance(cell, date) else str(cell)


def _record(row: _Row) -> Record | None:
    """Return the record of a row, or refuse the row when it lacks what it must have."""
    kind, values = row.mapping.kind, row.values
    if not values and not row.custom:
        return None
    for declared in FIELDS[kind]:
        if declared.required and values.get(declared.code) is None:
            header = row.header(declared.code, declared.fr)
            reason = _("This row has nothing in “%(header)s”, which is required.")
            row.refuse(declared.code, header, "", reason % {"header": header})
            return None
    _check_order(row)
    return Record(kind, key_of(kind, values), values, row.custom, row.mapping.sheet, row.number)


def _check_order(row: _Row) -> None:
    """Refuse the cell of an end that comes before its beginning."""
    starts, ends = row.values.get("starts_on"), row.values.get("ends_on")
    if isinstance(starts, date) and isinstance(ends, date) and ends < starts:
        reason = _("The end, %(end)s, comes before the beginning, %(start)s.")
        header = row.header("ends_on", "")
        told = {"end": ends.isoformat(), "start": starts.isoformat()}
        row.refuse("ends_on", header, ends.isoformat(), reason % told)
        row.custom[header] = ends.isoformat()
        del row.values["ends_on"]


def _told_apart(building: _Building, record: Record, seen: dict[str, int]) -> Record:
    """Return the record under a key of its own, and say when another bears the same name."""
    count = seen[record.key] = seen.get(record.key, 0) + 1
    if count == 1:
        return record
    told = {"name": shown(derive.name_of(record)), "count": count}
    sentence = _("“%(name)s” appears %(count)d times in this sheet.")
    building.notices.append(Notice("twice", sentence % told, record.sheet, record.row))
    return replace(record, key=f"{record.key}#{count}")
