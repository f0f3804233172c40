"""Reading a cell as the field it belongs to."""

import calendar
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from orchestre.sheets.cells import (
    EMPTY,
    Cell,
    CellError,
    Money,
    parse_bool,
    parse_date,
    parse_duration,
    parse_list,
    parse_money,
    parse_number,
    parse_ratio,
    parse_text,
)
from orchestre.sheets.fields.declared import Choice, Field
from orchestre.sheets.values import is_unknown, shown
from orchestre.sheets.words import fold

_MONTHS_OF = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_ERRORS = ("#ref!", "#value!", "#n/a", "#name?", "#div/0!", "#null!", "#num!", "#n/d", "#nom?")


def parse_field(  # noqa: PLR0911 - one line per type
    field: Field,
    value: object,
    *,
    dayfirst: bool | None,
    decimal: str = "",
    unit: str = "",
    literal: bool = False,
) -> Cell:
    """Return the value of a cell for a field, or raise `CellError` with a sentence.

    `literal` keeps words such as “n/a”, which stand for nothing in a foreign file.
    """
    _refuse_formula_error(value)
    match field.type:
        case "date":
            return _closed(parse_date(value, dayfirst=dayfirst), field)
        case "number" | "integer":
            return _bounded(field, parse_number(value, decimal=decimal), value)
        case "years" | "months":
            return _duration(field, value, decimal)
        case "ratio":
            return parse_ratio(value, decimal=decimal)
        case "money":
            return _euros(parse_money(value, unit or field.unit, decimal=decimal), value)
        case "bool":
            return parse_bool(value)
        case "list":
            return parse_list(value)
        case "choice":
            return _choice(field, value)
    cell = parse_text(value)
    if literal or field.type != "text":
        return cell
    return EMPTY if is_unknown(str(cell.value or "")) else cell


def _refuse_formula_error(value: object) -> None:
    if isinstance(value, str) and fold(value) in _ERRORS:
        raise CellError(
            "spreadsheet_error",
            _("“%(value)s” is an error of the spreadsheet. Mend the formula.") % {"value": value},
        )


def _closed(cell: Cell, field: Field) -> Cell:
    """Return the last day of a month, quarter or year where a last day is asked for."""
    if not field.closes or not isinstance(cell.value, date) or cell.precision in (None, "day"):
        return cell
    if cell.precision == "week":
        return replace(cell, value=cell.value + timedelta(days=6))
    return replace(cell, value=last_day(cell.value, _MONTHS_OF[str(cell.precision)]))


def last_day(first: date, months: int) -> date:
    """Return the last day of a span of whole months that starts on the first of one."""
    index = first.year * 12 + first.month - 1 + months - 1
    year, month = divmod(index, 12)
    return date(year, month + 1, calendar.monthrange(year, month + 1)[1])


def _bounded(field: Field, cell: Cell, value: object) -> Cell:
    number = cell.value
    if not isinstance(number, int | float):
        return cell
    if field.type == "integer" and float(number) != int(number):
        raise CellError(
            "not_whole",
            _("“%(value)s” is not a whole number.") % {"value": shown(value)},
        )
    if (field.least is not None and number < field.least) or (
        field.most is not None and number > field.most
    ):
        raise CellError("out_of_bounds", _bounds_sentence(field, value))
    return replace(cell, value=int(number)) if field.type == "integer" else cell


def _bounds_sentence(field: Field, value: object) -> str:
    if field.most is None:
        return _("“%(value)s” is below %(least)g.") % {"value": shown(value), "least": field.least}
    return _("“%(value)s” is not between %(least)g and %(most)g.") % {
        "value": shown(value),
        "least": field.least,
        "most": field.most,
    }


def _duration(field: Field, value: object, decimal: str) -> Cell:
    cell = parse_duration(value, field.type, decimal=decimal)
    if isinstance(cell.value, int | float) and not 0 < cell.value <= 1_200:
        raise CellError(
            "no_duration",
            _("“%(value)s” is not a duration: it must be more than zero.")
            % {"value": shown(value)},
        )
    return cell


def _euros(cell: Cell, value: object) -> Cell:
    if not isinstance(cell.value, Money):
        return cell
    if cell.value.currency not in ("EUR", ""):
        raise CellError(
            "other_currency",
            _("“%(value)s” is not in euros, and no rate is assumed. Convert it first.")
            % {"value": shown(value)},
        )
    if cell.value.amount < 0:
        raise CellError(
            "out_of_bounds",
            _("“%(value)s” is below %(least)g.") % {"value": shown(value), "least": 0},
        )
    return replace(cell, value=cell.value.amount)


@cache
def _words(choices: tuple[Choice, ...]) -> Mapping[str, str]:
    return {
        fold(word): one.code
        for one in choices
        for word in (*one.synonyms, one.code, one.en, one.fr)
    }


def _choice(field: Field, value: object) -> Cell:
    text = str(parse_text(value).value or "")
    words = _words(field.choices)
    folded = fold(text).strip(" .")
    if folded in words:
        return Cell(words[folded])
    if is_unknown(text):
        return EMPTY
    best = max(words, key=lambda word: fuzz.ratio(folded, word))
    if len(folded) > 4 and fuzz.ratio(folded, best) >= 88:
        return Cell(words[best], assumed="spelling")
    language = "fr" if (get_language() or "fr").startswith("fr") else "en"
    raise CellError(
        "not_a_choice",
        _("“%(value)s” is not one of: %(choices)s.")
        % {
            "value": shown(text),
            "choices": ", ".join(one.label(language) for one in field.choices),
        },
    )
