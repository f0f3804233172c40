"""Numbers, percentages, durations and amounts of money as people write them in tables."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from orchestre.sheets.values import EMPTY, Cell, CellError, is_unknown, shown
from orchestre.sheets.words import fold, squeeze

LARGEST = 1e15
_HUGE = 1e12  # no project costs a thousand billion: the figure was in whole units
_CURRENCIES = {
    "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR",
    "£": "GBP", "gbp": "GBP", "$": "USD", "usd": "USD", "chf": "CHF", "cad": "CAD",
}  # fmt: skip
_SCALES = {
    "": 1, "k": 1e3, "mille": 1e3, "milliers": 1e3, "thousand": 1e3,
    "m": 1e6, "mio": 1e6, "mn": 1e6, "million": 1e6, "millions": 1e6,
    "md": 1e9, "mds": 1e9, "milliard": 1e9, "milliards": 1e9, "bn": 1e9, "billion": 1e9,
    "g": 1e9,
}  # fmt: skip
_MONTHS_IN = {
    "jour": 12 / 365.25, "jours": 12 / 365.25, "j": 12 / 365.25, "day": 12 / 365.25,
    "days": 12 / 365.25, "d": 12 / 365.25,
    "semaine": 84 / 365.25, "semaines": 84 / 365.25, "week": 84 / 365.25, "weeks": 84 / 365.25,
    "mois": 1.0, "month": 1.0, "months": 1.0, "an": 12.0, "ans": 12.0, "annee": 12.0,
    "annees": 12.0, "year": 12.0, "years": 12.0, "y": 12.0, "trimestre": 3.0,
    "trimestres": 3.0, "quarter": 3.0, "quarters": 3.0,
}  # fmt: skip
_COUNTED = frozenset(_MONTHS_IN) | {
    "h", "hour", "hours", "heure", "heures", "etp", "fte", "agent", "agents", "personne",
    "personnes", "people", "persons", "pers", "salarie", "salaries", "staff", "utilisateurs",
    "users",
}  # fmt: skip
_FIGURE = re.compile(r"[-+]?(?:\d[\d ',.]*|[.,]\d+)(?:e[+-]?\d{1,3})?", re.IGNORECASE)
_SHAPES = (
    (re.compile(r"\d+"), ""),
    (re.compile(r"\d{1,3}(?:[ ']\d{3})+(?:[.,]\d+)?"), " '"),
    (re.compile(r"\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}"), ","),
    (re.compile(r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}"), "."),
    (re.compile(r"\d*[.,]\d+|\d+[.,]"), ""),
)
_RANGE = re.compile(
    r"^(?:entre|between|de|from|environ|env\.?|about|approx\.?|plus de|moins de|more than"
    r"|less than|[<>~≈≤≥±])"
    r"|\d\s*(?:-|–|a|to|et|and|ou|or|/)\s*\d"
)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in whole units of its currency; the currency is empty when unsaid."""

    amount: float
    currency: str


def parse_number(value: object, *, decimal: str = "") -> Cell:
    """Read a number; a percentage is a ratio, `12,5 M€` is twelve and a half million."""
    if value is None:
        return EMPTY
    if isinstance(value, int | float):
        return Cell(_bounded(value, value))
    text = str(value)
    if is_unknown(text):
        return EMPTY
    figure, unit = _split(text)
    number, assumed = _figure(figure, decimal, text)
    return Cell(_bounded(number * _factor(unit, text), text), assumed=assumed)


def parse_money(value: object, default_unit: str = "€", *, decimal: str = "") -> Cell:
    """Read an amount of money; a bare number is in `default_unit`, such as `M€`."""
    scale, currency = _scale_and_currency(fold(default_unit).replace(" ", "")) or (1.0, "")
    if value is None:
        return EMPTY
    if isinstance(value, int | float):
        return Cell(
            Money(round(float(_bounded(_bounded(value, value) * scale, value)), 2), currency)
        )
    text = str(value)
    if is_unknown(text):
        return EMPTY
    figure, unit = _split(text)
    number, assumed = _figure(figure, decimal, text)
    if unit:
        read = _scale_and_currency(unit)
        if read is None:
            raise _not_a_number(text)
        said_scale, said_currency = read
        # “£32.24” in a column of millions says the currency, not the scale
        bare = unit in _CURRENCIES and said_currency == currency and number * scale < _HUGE
        scale, currency = (scale if bare else said_scale), said_currency or currency
    amount = round(float(_bounded(number * scale, text)), 2)
    return Cell(Money(amount, currency), assumed=assumed)


def parse_duration(value: object, unit: str, *, decimal: str = "") -> Cell:
    """Read a duration in `unit` (`years` or `months`), also when another unit is written."""
    if isinstance(value, str) and not is_unknown(value):
        figure, said = _split(value)
        if said in _MONTHS_IN:
            number, assumed = _figure(figure, decimal, value)
            length = number * _MONTHS_IN[said] / _MONTHS_IN[unit]
            return Cell(_bounded(length, value), assumed=assumed)
    return parse_number(value, decimal=decimal)


def _bounded(number: float, value: object) -> float:
    if isinstance(number, bool) or not abs(number) <= LARGEST:
        raise _not_a_number(value)
    if isinstance(number, float) and number.is_integer() and not isinstance(value, float):
        return int(number)
    return number


def _split(text: str) -> tuple[str, str]:
    """Return the figure and the unit around it, brackets of accountants made a minus."""
    folded = fold(text).replace("−", "-").replace("‑", "-")
    minus = ""
    if folded.startswith("(") and folded.endswith(")"):
        minus, folded = "-", folded[1:-1].strip()
    if folded.startswith("-") and not folded[1:2].isdigit():
        minus, folded = "-", folded[1:].strip()
    found = _FIGURE.search(folded)
    if found is None or _RANGE.search(folded):
        raise _not_a_number(text)
    figure = found[0].rstrip(" ',")
    before, after = (
        folded[: found.start()].strip(),
        folded[found.start() + len(found[0].rstrip(" ',")) :],
    )
    after = after.strip(" ,")
    if before and not _known_unit(before):
        raise _not_a_number(text)
    return minus + figure, squeeze(f"{before}{after}".replace(" ", "") if before else after)


def _known_unit(unit: str) -> bool:
    return unit == "%" or unit in _COUNTED or _scale_and_currency(unit) is not None


def _scale_and_currency(unit: str) -> tuple[float, str] | None:
    compact = unit.replace(" ", "").rstrip(".")
    compact = compact.removeprefix("d'")
    for name, currency in _CURRENCIES.items():
        for rest in (compact.removeprefix(name), compact.removesuffix(name)):
            if rest != compact:
                scale = rest.strip("()").removesuffix("d'").removesuffix("de")
                if scale in _SCALES:
                    return float(_SCALES[scale]), currency
    if compact in _SCALES:
        return float(_SCALES[compact]), ""
    return None


def _factor(unit: str, text: str) -> float:
    if not unit or unit in _COUNTED:
        return 1
    if unit == "%":
        return 0.01
    if unit == "m" and not text.rstrip().endswith("M"):
        raise _not_a_number(text)
    read = _scale_and_currency(unit)
    if read is None:
        raise _not_a_number(text)
    return read[0]


def _figure(figure: str, decimal: str, text: str) -> tuple[float, str]:
    sign = -1.0 if figure.startswith("-") else 1.0
    bare = figure.lstrip("+-").strip()
    if re.fullmatch(r"\d+(?:[.,]\d+)?e[+-]?\d{1,3}", bare):
        return sign * _plain(bare), ""
    for shape, grouping in _SHAPES:
        if shape.fullmatch(bare):
            for mark in grouping:
                bare = bare.replace(mark, "")
            return _lone_mark(sign, bare, decimal) if not grouping else (sign * _plain(bare), "")
    raise _not_a_number(text)


def _lone_mark(sign: float, bare: str, decimal: str) -> tuple[float, str]:
    """Read `1,234` or `1.234`, which may be a thousand or one and a bit."""
    found = re.fullmatch(r"([1-9]\d{0,2})([.,])\d{3}", bare)
    if found is None:
        return sign * _plain(bare), ""
    mark = found[2]
    is_decimal = mark == decimal if decimal else mark == "."
    number = _plain(bare) if is_decimal else float(bare.replace(mark, ""))
    return sign * number, "" if decimal else "decimal_mark"


def _plain(bare: str) -> float:
    return float(bare.replace(",", "."))


def _not_a_number(value: object) -> CellError:
    if isinstance(value, str) and _RANGE.search(fold(value)):
        return CellError(
            "range",
            _("“%(value)s” is a range. Write one number, such as 12.5.") % {"value": shown(value)},
        )
    return CellError(
        "not_a_number",
        _("“%(value)s” is not a number. Write it like 1,234.5 or 1 234,5.")
        % {"value": shown(value)},
    )
