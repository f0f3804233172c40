"""The unit of a column of amounts: what its header says, or what its figures suggest."""

from orchestre.sheets.headers import Table
from orchestre.sheets.numbers import parse_number
from orchestre.sheets.values import CellError
from orchestre.sheets.words import header_key


def money_unit(table: Table, index: int, default: str = "") -> str:
    """Return the unit of a column of money, as its header says or its figures suggest."""
    key = header_key(table.headers[index])
    currency = "£" if "£" in key or "gbp" in key.split() else "€"
    for words, scale in (
        (("m€", "€m", "m£", "£m", "meur", "million", "millions", "£million"), "M"),
        (("k€", "€k", "k£", "£k", "keur", "milliers", "thousand", "thousands"), "k"),
        (("md€", "milliards", "billion", "£bn", "bn"), "Md"),
    ):
        if set(words) & set(key.split()):
            return scale + currency
    if default == "M€" and _largest(table, index) > 100_000:
        return "€"
    return default or (currency if "£" in key or "€" in key else "")


def _largest(table: Table, index: int) -> float:
    most = 0.0
    for cell in table.column(index):
        try:
            number = parse_number(cell).value
        except CellError:
            continue
        if isinstance(number, int | float) and not (isinstance(cell, str) and "€" in cell):
            most = max(most, float(number))
    return most
