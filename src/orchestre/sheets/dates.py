"""Dates as people write them in tables, French or English, exact or not."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from orchestre.sheets.values import EMPTY, Cell, CellError, Precision, is_unknown, shown
from orchestre.sheets.words import fold

FIRST_YEAR, LAST_YEAR = 1900, 2199
_SERIAL_ORIGIN = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 10_000, 109_000
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier january janv jan",
            "fevrier february fevr fev feb",
            "mars march mar",
            "avril april avr apr",
            "mai may",
            "juin june jun",
            "juillet july juil jul",
            "aout august aug",
            "septembre september sept sep",
            "octobre october oct",
            "novembre november nov",
            "decembre december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_YEAR = r"(?P<y>(?:19|20|21)\d\d)"
_MONTH = rf"(?P<m>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_DAY = r"(?P<d>\d{1,2})(?:er|st|nd|rd|th)?"
_JOIN = r"[\s\-/.,']*"
_Z = r"(?:[t ]+\d{1,2}(?:[:h]\d{2})?(?::\d{2})?(?:[.,]\d+)?\s*(?:z|am|pm|[+-]\d{2}:?\d{2})?)?"


@dataclass(frozen=True, slots=True)
class DateStyle:
    """Which of day or month comes first, whether the column proves it, and an example."""

    dayfirst: bool
    certain: bool
    example: str = ""


def parse_date(value: object, *, dayfirst: bool | None = None) -> Cell:
    """Read one date; `dayfirst` settles what `03/04/2026` means."""
    if value is None:
        return EMPTY
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return Cell(_checked(value.year, value.month, value.day, value), "day")
    if isinstance(value, bool):
        raise _not_a_date(value)
    if isinstance(value, int | float):
        return _from_number(float(value), value)
    return _from_text(str(value), dayfirst=dayfirst)


def _from_number(number: float, value: object) -> Cell:
    if number.is_integer() and FIRST_YEAR <= number <= LAST_YEAR:
        return Cell(date(int(number), 1, 1), "year")
    if _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return Cell(_SERIAL_ORIGIN + timedelta(days=int(number)), "day")
    if number.is_integer() and FIRST_YEAR <= number / 10_000 < LAST_YEAR + 1:
        digits = str(int(number))
        return Cell(_checked(int(digits[:4]), int(digits[4:6]), int(digits[6:]), value), "day")
    raise _not_a_date(value)


def _from_text(text: str, *, dayfirst: bool | None) -> Cell:
    if is_unknown(text):
        return EMPTY
    folded = _WEEKDAY.sub("", fold(text).strip("'\" "))
    if len(folded) > 60:
        raise _not_a_date(text)
    if re.fullmatch(r"\d{4,8}(?:[.,]0+)?", folded):
        return _from_number(float(folded.replace(",", ".")), text)
    for pattern, reader in _READERS:
        found = pattern.fullmatch(folded)
        if found:
            return reader(found, text)
    found = _NUMERIC.fullmatch(folded)
    if found:
        return _numeric(found, text, dayfirst=dayfirst)
    raise _not_a_date(text)


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) > 2:
        return year
    return year + (2000 if year < 70 else 1900)


def _checked(year: int, month: int, day: int, value: object) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise CellError(
            "date_out_of_range",
            _("“%(value)s” is outside the years %(first)d to %(last)d.")
            % {"value": shown(value), "first": FIRST_YEAR, "last": LAST_YEAR},
        )
    try:
        return date(year, month, day)
    except ValueError:
        raise CellError(
            "no_such_date",
            _("“%(value)s” does not exist in the calendar.") % {"value": shown(value)},
        ) from None


def _not_a_date(value: object) -> CellError:
    return CellError(
        "not_a_date",
        _("“%(value)s” is not a date. Write 2026-12-31, 31/12/2026, December 2026 or Q4 2026.")
        % {"value": shown(value)},
    )


def _ymd(found: re.Match[str], text: str) -> Cell:
    return Cell(_checked(int(found["y"]), int(found["m"]), int(found["d"]), text), "day")


def _ym(found: re.Match[str], text: str) -> Cell:
    return Cell(_checked(int(found["y"]), int(found["m"]), 1, text), "month")


def _named(found: re.Match[str], text: str) -> Cell:
    groups = found.groupdict()
    year, month = _full_year(groups["y"]), _MONTHS[groups["m"]]
    if groups.get("d") is None:
        return Cell(_checked(year, month, 1, text), "month")
    return Cell(_checked(year, month, int(groups["d"]), text), "day")


def _part_of_year(months: int, precision: Precision) -> Callable[[re.Match[str], str], Cell]:
    def read(found: re.Match[str], text: str) -> Cell:
        month = months * (int(found["n"]) - 1) + 1
        return Cell(_checked(_full_year(found["y"]), month, 1, text), precision)

    return read


def _week(found: re.Match[str], text: str) -> Cell:
    year, week = int(found["y"]), int(found["n"])
    if found["w"] == "s" and week <= 2:
        raise CellError(
            "week_or_half",
            _(
                "“%(value)s” may be a week or a half-year. "
                "Write “week %(n)d %(year)d” or “H%(n)d %(year)d”."
            )
            % {"value": shown(text), "n": week, "year": year},
        )
    day = int(found.groupdict().get("d") or 1)
    try:
        return Cell(
            date.fromisocalendar(year, week, day), "day" if found.groupdict().get("d") else "week"
        )
    except ValueError:
        raise CellError(
            "no_such_date",
            _("“%(value)s” does not exist in the calendar.") % {"value": shown(text)},
        ) from None


def _numeric(found: re.Match[str], text: str, *, dayfirst: bool | None) -> Cell:
    first, second, year = int(found["a"]), int(found["b"]), _full_year(found["y"])
    if dayfirst is None:
        if "." in found["sep"] or first > 12 or first == second:
            dayfirst = True
        elif second > 12:
            dayfirst = False
        else:
            raise CellError(
                "ambiguous_date",
                _(
                    "“%(value)s” may be read day first or month first. "
                    "Say which, or write %(year)d-month-day."
                )
                % {"value": shown(text), "year": year},
            )
    elif "." in found["sep"]:
        dayfirst = True
    day, month = (first, second) if dayfirst else (second, first)
    return Cell(_checked(year, month, day, text), "day")


_WEEKDAY = re.compile(
    r"^(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|(?:mon|tues|wednes|thurs|fri|satur"
    r"|sun)day),? "
)
_Y2 = r"(?P<y>(?:(?:19|20|21)\d\d)|\d\d)"
_NUMERIC = re.compile(rf"(?P<a>\d{{1,2}})(?P<sep>[/.\-])(?P<b>\d{{1,2}})(?P=sep){_Y2}{_Z}")
_NTH = "(?:er|e|eme|st|nd|rd|th)"
_WEEK = r"(?P<w>s|w|wk|kw|sem\.?|semaine|week)"
_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str], Cell]], ...] = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        (rf"{_YEAR}[-/.](?P<m>\d{{1,2}})[-/.](?P<d>\d{{1,2}}){_Z}", _ymd),
        (rf"{_YEAR}[-/.](?P<m>\d{{1,2}})", _ym),
        (rf"(?P<m>\d{{1,2}})[-/.]{_YEAR}", _ym),
        (rf"{_YEAR}[\s\-]*{_WEEK}\s*(?P<n>\d{{1,2}})(?:-(?P<d>[1-7]))?", _week),
        (rf"{_WEEK}\s*(?P<n>\d{{1,2}})[\s\-/]*{_YEAR}", _week),
        (rf"[qt]\s*(?P<n>[1-4]){_JOIN}{_Y2}", _part_of_year(3, "quarter")),
        (rf"(?P<n>[1-4])\s*[qt]{_JOIN}{_Y2}", _part_of_year(3, "quarter")),
        (rf"{_YEAR}{_JOIN}[qt]\s*(?P<n>[1-4])", _part_of_year(3, "quarter")),
        (
            rf"(?P<n>[1-4])\s*{_NTH}?\s*(?:trimestre|quarter)\s*(?:de |of )?{_YEAR}",
            _part_of_year(3, "quarter"),
        ),
        (rf"(?:trimestre|quarter)\s*(?P<n>[1-4])\s*{_YEAR}", _part_of_year(3, "quarter")),
        (
            rf"(?P<n>[12])\s*{_NTH}?\s*(?:semestre|half)\s*(?:de |of )?{_YEAR}",
            _part_of_year(6, "half"),
        ),
        (rf"(?:h|semestre|half)\s*(?P<n>[12]){_JOIN}{_YEAR}", _part_of_year(6, "half")),
        (rf"{_DAY}{_JOIN}(?:de |of )?{_MONTH}{_JOIN}{_Y2}{_Z}", _named),
        (rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}{_Z}", _named),
        (rf"{_MONTH}{_JOIN}{_Y2}", _named),
        (rf"{_YEAR}{_JOIN}{_MONTH}", _named),
    )
)


def detect_date_style(samples: Iterable[object]) -> DateStyle:
    """Return whether days or months come first, as far as the samples prove it."""
    day_first = month_first = 0
    example = ""
    for sample in samples:
        found = _NUMERIC.fullmatch(fold(sample)) if isinstance(sample, str) else None
        if found is None or found["sep"] == ".":
            continue
        first, second = int(found["a"]), int(found["b"])
        day_first += first > 12 >= second
        month_first += second > 12 >= first
        if first <= 12 and second <= 12 and first != second and not example:
            example = str(sample).strip()
    if not day_first and not month_first:
        return DateStyle(dayfirst=True, certain=not example, example=example)
    return DateStyle(day_first >= month_first, not (day_first and month_first), example)
