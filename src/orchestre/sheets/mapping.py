"""Which column of which sheet goes to which field: what a preset says, or a person."""

from collections.abc import Mapping as Dictionary
from dataclasses import asdict, dataclass
from typing import Any

from orchestre.sheets.amounts import money_unit
from orchestre.sheets.columns import field_of
from orchestre.sheets.headers import find_table
from orchestre.sheets.shapes import Workbook

IGNORED, CUSTOM, MONEY = "", "custom", "money"


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """One column and where it goes.

    `target` is a field of the sheet, `custom` to create a field that keeps the text, `money`
    to keep an amount with its currency, empty to ignore it. A field followed by `+custom` is
    read and kept as text too. `unit` is the unit of bare amounts, such as `M€`.
    """

    index: int
    header: str
    target: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """How one sheet is read, and which records are derived from it."""

    sheet: str
    kind: str
    columns: tuple[MappedColumn, ...]
    header_row: int | None = None
    transposed: bool | None = None
    derive: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a whole file is read."""

    sheets: tuple[SheetMapping, ...]
    preset: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the mapping as it is stored with an import session."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Dictionary[str, Any]) -> "Mapping":
        """Return a mapping as it was stored."""
        return cls(
            preset=str(stored.get("preset", "")),
            sheets=tuple(
                SheetMapping(
                    sheet=one["sheet"],
                    kind=one["kind"],
                    columns=tuple(MappedColumn(**column) for column in one["columns"]),
                    header_row=one.get("header_row"),
                    transposed=one.get("transposed"),
                    derive=tuple(one.get("derive", ())),
                )
                for one in stored["sheets"]
            ),
        )


def mapping_for(
    workbook: Workbook,
    kind: str,
    fields_by_header: Dictionary[str, str],
    sheet: str = "",
    *,
    derive: tuple[str, ...] = (),
) -> Mapping:
    """Return the mapping of one sheet from what a person said of each of its headers.

    Headers that nothing is said of are kept as custom fields. Amounts are read in the unit
    that their header says, such as “Cost (M€)”.
    """
    chosen = next((one for one in workbook.sheets if one.name == sheet), workbook.sheets[0])
    table = find_table(chosen)
    columns = []
    for index, header in enumerate(table.headers):
        target = fields_by_header.get(header, CUSTOM)
        declared = field_of(kind, target.removesuffix("+custom"))
        amounts = target == MONEY or (declared is not None and declared.type == "money")
        unit = money_unit(table, index) if amounts else ""
        columns.append(MappedColumn(index, header, target, unit))
    one = SheetMapping(
        chosen.name, kind, tuple(columns), table.header_row, table.transposed, derive
    )
    return Mapping((one,))
