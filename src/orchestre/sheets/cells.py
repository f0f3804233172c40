"""Reading one cell: dates, numbers, money, yes or no, lists; and writing them back."""

import re
from datetime import date

from django.utils.translation import gettext as _

from orchestre.sheets.dates import DateStyle, detect_date_style, parse_date
from orchestre.sheets.numbers import Money, parse_duration, parse_money, parse_number
from orchestre.sheets.values import EMPTY, Cell, CellError, Precision, is_unknown, shown
from orchestre.sheets.words import fold

__all__ = [
    "EMPTY",
    "Cell",
    "CellError",
    "DateStyle",
    "Money",
    "Precision",
    "detect_date_style",
    "format_bool",
    "format_date",
    "format_list",
    "format_number",
    "is_unknown",
    "parse_bool",
    "parse_date",
    "parse_duration",
    "parse_list",
    "parse_money",
    "parse_number",
    "parse_ratio",
    "parse_text",
]

_YES = frozenset(["oui", "o", "yes", "y", "x", "vrai", "true", "1", "ok", "✓", "✔", "☑", "si"])
_NO = frozenset(["non", "n", "no", "faux", "false", "0", "✗", "✘", "☐"])


def parse_bool(value: object) -> Cell:
    """Read yes or no, in French, in English, or as a tick."""
    if value is None or isinstance(value, bool):
        return Cell(value)
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    folded = fold(text).rstrip(".")
    if folded in _YES:
        return Cell(value=True)
    if folded in _NO:
        return Cell(value=False)
    if is_unknown(text):
        return EMPTY
    raise CellError(
        "not_yes_or_no", _("“%(value)s” is neither yes nor no.") % {"value": shown(value)}
    )


def parse_ratio(value: object, *, decimal: str = "") -> Cell:
    """Read a share between 0 and 1; `45` is taken for 45 %, and said to be."""
    cell = parse_number(value, decimal=decimal)
    number = cell.value
    if not isinstance(number, int | float):
        return cell
    if 1 < number <= 100 and not (isinstance(value, str) and "%" in value):
        return Cell(number / 100, assumed="percent")
    if 0 <= number <= 1:
        return Cell(float(number), assumed=cell.assumed)
    raise CellError(
        "not_a_ratio",
        _("“%(value)s” is not a share between 0%% and 100%%.") % {"value": shown(value)},
    )


def parse_text(value: object) -> Cell:
    """Read text as it stands, without the spaces around it."""
    if value is None:
        return EMPTY
    if isinstance(value, bool):
        return Cell(format_bool(value, "fr"))
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return Cell(str(int(value)))
    if isinstance(value, date):
        return Cell(value.isoformat()[:10])
    return Cell(str(value).strip() or None)


def parse_list(value: object) -> Cell:
    """Read several names in one cell, set apart by `;`, `|` or lines, else by commas."""
    text = parse_text(value).value
    if text is None:
        return EMPTY
    parts = _parted(str(text))
    names = (part.strip() for part in (parts if len(parts) > 1 else parts[0].split(",")))
    return Cell(tuple(name for name in names if name) or None)


def _parted(text: str) -> list[str]:
    """Cut at `;`, `|` and lines, but where a backslash says that the mark is part of a name."""
    parts = [""]
    for escaped, mark, letter in re.findall(r"\\([;|\\])|([;|\n])|(.)", text, re.DOTALL):
        if mark:
            parts.append("")
        else:
            parts[-1] += escaped or letter
    return parts


def format_bool(value: bool, language: str) -> str:  # noqa: FBT001 - a formatter of one value
    """Return the word for yes or no, in the language of the workbook."""
    return (
        {True: "oui", False: "non"}[value]
        if language == "fr"
        else {True: "yes", False: "no"}[value]
    )


def format_date(value: date, language: str) -> str:
    """Return a date as the language writes it, in a form read back without doubt."""
    return value.strftime("%d/%m/%Y") if language == "fr" else value.isoformat()[:10]


def format_number(value: float, language: str) -> str:
    """Return a number in full, with the decimal mark of the language, never read amiss."""
    text = repr(float(value)) if isinstance(value, float) else str(value)
    text = text.removesuffix(".0")
    if re.fullmatch(r"-?\d+\.\d{3}", text):
        text += "0"  # three decimals would look like thousands
    return text.replace(".", ",") if language == "fr" else text


def format_list(values: tuple[str, ...]) -> str:
    """Return names in one cell so that they come back as the same names."""
    escaped = [re.sub(r"([;|\\])", r"\\\1", value) for value in values]
    joined = "; ".join(escaped)
    return f"{joined};" if len(escaped) == 1 and "," in joined else joined
