"""Foreign files read as they are: what recognises each, and how its columns map to ours."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orchestre.sheets.amounts import money_unit
from orchestre.sheets.columns import FIELDS, guess_kind, guess_mapping, kind_named
from orchestre.sheets.foreign import FOREIGN, targets
from orchestre.sheets.headers import Table, find_table
from orchestre.sheets.mapping import CUSTOM, MappedColumn, Mapping, SheetMapping
from orchestre.sheets.shapes import Workbook
from orchestre.sheets.words import header_key

__all__ = ["PRESETS", "Preset", "detect_preset", "preset_named"]


@dataclass(frozen=True, slots=True)
class Preset:
    """A kind of file that needs no mapping by hand."""

    code: str
    label: str | Promise
    recognises: Callable[[Workbook, tuple[Table, ...]], bool]
    mapping: Callable[[Workbook], Mapping]


def detect_preset(workbook: Workbook) -> Preset | None:
    """Return the preset that recognises the file; none means mapping by hand."""
    tables = _tables(workbook)
    return next((preset for preset in PRESETS if preset.recognises(workbook, tables)), None)


def preset_named(code: str) -> Preset | None:
    """Return a preset by its code."""
    return next((preset for preset in PRESETS if preset.code == code), None)


def _tables(workbook: Workbook) -> tuple[Table, ...]:
    return tuple(find_table(sheet) for sheet in workbook.sheets if sheet.rows)


def _main_table(tables: tuple[Table, ...], code: str) -> Table | None:
    """Return the table that answers best to the rules of a foreign file."""
    rules = FOREIGN[code]
    if not tables:
        return None
    return max(tables, key=lambda table: len(targets(table.headers, rules)))


def _found(tables: tuple[Table, ...], code: str) -> frozenset[str]:
    table = _main_table(tables, code)
    if table is None or not table.rows:
        return frozenset()
    rules = targets(table.headers, FOREIGN[code]).values()
    return frozenset(rule.target.removesuffix("+custom") for rule in rules)


def _is_panorama(_workbook: Workbook, tables: tuple[Table, ...]) -> bool:
    found = _found(tables, "panorama")
    table = _main_table(tables, "panorama")
    ministry = table is not None and any(
        "ministere" in header_key(header) or "porteu" in header_key(header)
        for header in table.headers
    )
    rest = {"stage", "cost_eur", "duration_years", "duration_months", "starts_on"}
    return ministry and {"title", "unit"} <= found and len(found & rest) >= 2


def _is_gmpp(_workbook: Workbook, tables: tuple[Table, ...]) -> bool:
    found = _found(tables, "gmpp")
    return {"title", "unit", "health_technical"} <= found and bool(
        found & {"starts_on", "ends_on", "money"}
    )


def _is_org_chart(_workbook: Workbook, tables: tuple[Table, ...]) -> bool:
    if not {"code", "parent", "name"} <= _found(tables, "org_chart"):
        return False
    table = _main_table(tables, "org_chart")
    return table is not None and len(table.headers) <= 12


def _is_portfolio(_workbook: Workbook, tables: tuple[Table, ...]) -> bool:
    """Recognise our own workbook: by its id column, or by its sheets and their headers."""
    ids = {header_key(name) for name in (FIELDS["units"][0].fr, FIELDS["units"][0].en)}
    for table in tables:
        if ids & {header_key(header) for header in table.headers}:
            return True
    return any(
        kind is not None and _has_required(kind, table)
        for table in tables
        for kind in (kind_named(table.sheet),)
    )


def _has_required(kind: str, table: Table) -> bool:
    guesses = guess_mapping(table.headers, kind=kind)
    sure = {guess.field for guess in guesses if guess.confidence == "sure"}
    required = {field.code for field in FIELDS[kind] if field.required}
    return required <= sure and len(sure) * 2 >= len(table.headers)


def _portfolio_mapping(workbook: Workbook) -> Mapping:
    sheets = []
    for table in _tables(workbook):
        kind = guess_kind(table.headers, table.sheet)
        samples = [table.column(i) for i in range(len(table.headers))]
        guesses = guess_mapping(table.headers, samples, kind)
        columns = tuple(
            MappedColumn(
                guess.index,
                guess.header,
                guess.field if guess.field and guess.confidence != "unknown" else CUSTOM,
                money_unit(table, guess.index, "") if guess.field == "cost_eur" else "",
            )
            for guess in guesses
        )
        sheets.append(SheetMapping(table.sheet, kind, columns, table.header_row, table.transposed))
    return Mapping(tuple(sheets), "portfolio")


def _foreign_mapping(
    code: str, kind: str, derive: tuple[str, ...]
) -> Callable[[Workbook], Mapping]:
    def mapping(workbook: Workbook) -> Mapping:
        table = _main_table(_tables(workbook), code)
        if table is None:
            return Mapping((), code)
        rules = targets(table.headers, FOREIGN[code])
        columns = tuple(
            MappedColumn(
                i,
                header,
                rules[i].target if i in rules else CUSTOM,
                money_unit(table, i, rules[i].unit) if i in rules and rules[i].unit else "",
            )
            for i, header in enumerate(table.headers)
        )
        sheet = SheetMapping(table.sheet, kind, columns, table.header_row, table.transposed, derive)
        return Mapping((sheet,), code)

    return mapping


PRESETS = (
    Preset(
        "mspdi",
        _("MS Project plan (XML)"),
        lambda book, _tables: book.kind == "mspdi",
        _portfolio_mapping,
    ),
    Preset("portfolio", _("Orchestre portfolio workbook"), _is_portfolio, _portfolio_mapping),
    Preset(
        "panorama",
        _("Panorama of major State digital projects"),
        _is_panorama,
        _foreign_mapping("panorama", "initiatives", ("units", "populations")),
    ),
    Preset(
        "gmpp",
        _("Government major projects portfolio (United Kingdom)"),
        _is_gmpp,
        _foreign_mapping("gmpp", "initiatives", ("units", "populations")),
    ),
    Preset(
        "org_chart",
        _("Organisation chart"),
        _is_org_chart,
        _foreign_mapping("org_chart", "units", ("populations",)),
    ),
)
