"""Figures and dates as the reader writes them; an undefined one is said, never zero."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal
from django.utils import timezone, translation
from django.utils.translation import gettext, pgettext

Number = int | float | Decimal
Day = date
THIN = "\N{NARROW NO-BREAK SPACE}"
DASH = "\N{EN DASH}"
_NBSP = "\N{NO-BREAK SPACE}"


def locale() -> Locale:
    """French as in France, English as in Britain: 16 March 2026."""
    return _named("fr_FR" if _french() else "en_GB")


@cache
def _named(name: str) -> Locale:
    return Locale.parse(name)


def _french() -> bool:
    return (translation.get_language() or "fr").startswith("fr")


def _thin(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", THIN) if _french() else text


def labelled(what: object, said: object) -> str:
    """A name and what is said of it, with the space that French puts before the colon."""
    return f"{what}{_NBSP if _french() else ''}: {said}"


def clauses(parts: Iterable[object]) -> str:
    """Parts of one sentence, with the space that French puts before the semicolon."""
    return f"{THIN if _french() else ''}; ".join(map(str, parts))


def undefined() -> str:
    """What stands for a figure that is not known."""
    return pgettext("figure that is not known", "n/a")


def _pattern(decimals: int) -> str:
    return "#,##0." + "0" * decimals if decimals else "#,##0"


def number(value: Number | None, decimals: int | None = None) -> str:
    """1 234,5 – as many decimals as the value has (at most 2) unless told."""
    if value is None:
        return undefined()
    pattern = "#,##0.##" if decimals is None else _pattern(decimals)
    if round(value, 2 if decimals is None else decimals) == 0:
        value = 0  # what rounds to nothing has no sign
    return _thin(format_decimal(value, format=pattern, locale=locale()))


def hours(value: Number | None, decimals: int | None = None) -> str:
    """1 234,5 h."""
    if value is None:
        return undefined()
    return f"{number(value, decimals)}{THIN if _french() else _NBSP}h"


def percent(ratio: Number | None, decimals: int = 0) -> str:
    """A ratio of 0.12 is written 12 %."""
    if ratio is None:
        return undefined()
    return f"{number(float(ratio) * 100, decimals)}{THIN if _french() else ''}%"


def share(ratio: Number | None) -> str:
    """A ratio of 0.05 is written 5 %, 0.075 is written 7,5 %: a decimal only when needed."""
    if ratio is None:
        return undefined()
    return percent(ratio, 0 if round(float(ratio) * 1000) % 10 == 0 else 1)


def euros(value: Number | None, decimals: int = 0) -> str:
    """60 000 €, or €60,000."""
    if value is None:
        return undefined()
    pattern = f"{_pattern(decimals)}\N{NO-BREAK SPACE}¤" if _french() else f"¤{_pattern(decimals)}"
    return _thin(
        format_currency(value, "EUR", format=pattern, locale=locale(), currency_digits=False)
    )


MILLION, THOUSAND = 1e6, 1e3


def short_euros(value: Number | None, decimals: int | None = None) -> str:
    """An amount as people say it: 1,25 M€, 40 k€, 900 €, or €1.25m, €40k, €900.

    Millions have as many decimals as they need, at most two, unless told.
    """
    amount = 0.0 if value is None else float(value)
    if abs(amount) >= MILLION:
        return _in(number(amount / MILLION, decimals), "m")
    if abs(amount) >= THOUSAND:
        return _in(number(round(amount / THOUSAND)), "k")
    return euros(value)


def euros_unit(highest: float) -> tuple[str, float]:
    """Choose how an axis that goes up to so many euros is counted: its name, and its unit."""
    if highest >= MILLION:
        return ("M€" if _french() else "€m"), MILLION
    return ("k€" if _french() else "€k"), THOUSAND


def _in(amount: str, letter: str) -> str:
    if not _french():
        sign = "-" if amount.startswith("-") else ""
        return f"{sign}€{amount.removeprefix('-')}{letter}"
    return f"{amount}{THIN}{letter.upper() if letter == 'm' else letter}€"


def _written(value: date, pattern: str) -> str:
    """Write a date that begins with its day; in French the first of a month is an ordinal."""
    text: str = format_date(value, pattern, locale=locale())
    return f"1er{text[1:]}" if _french() and value.day == 1 else text


def day(value: date | None) -> str:
    """16 mars 2026."""
    return undefined() if value is None else _written(value, "d MMMM y")


def day_short(value: date | None) -> str:
    """16 mars – the year is known from the page."""
    return undefined() if value is None else _written(value, "d MMM")


def instant(value: datetime | None) -> str:
    """12 mars 2026, 14 h 05, in the time zone of the organisation."""
    if value is None:
        return undefined()
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{day(local.date())}, {hour(value)}"


def hour(value: datetime) -> str:
    """14 h 05, in the time zone of the organisation."""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    pattern = f"H'{THIN}h{THIN}'mm" if _french() else "HH:mm"
    return str(format_datetime(local, pattern, locale=locale()))


def dates(starts_on: date | None, ends_on: date | None) -> str:
    """16–20 mars 2026, from a range whose end is excluded."""
    if starts_on is None or ends_on is None:
        return undefined()
    return _between(starts_on, ends_on - timedelta(days=1))


def _between(first: date, last: date) -> str:
    if last <= first:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{_written(first, 'd')}{DASH}{day(last)}"
    opening = "d MMMM" if first.year == last.year else "d MMMM y"
    return f"{_written(first, opening)} {DASH} {day(last)}"


def monday(value: date) -> date:
    return value - timedelta(days=value.weekday())


def week(value: date | None) -> str:
    """S12, or W12."""
    if value is None:
        return undefined()
    return pgettext("week, short", "W%(week)s") % {"week": value.isocalendar().week}


def week_long(value: date | None) -> str:
    """semaine 12, du 16 au 20 mars 2026."""
    if value is None:
        return undefined()
    first = monday(value)
    last = first + timedelta(days=4)
    same_month = first.month == last.month
    opening = _written(first, "d" if same_month else "d MMMM")
    return gettext("week %(week)s, from %(first)s to %(last)s") % {
        "week": first.isocalendar().week,
        "first": opening,
        "last": day(last),
    }


def month(value: date) -> str:
    """mars 2026."""
    return format_date(value, "MMMM y", locale=locale())


def month_short(value: date) -> str:
    """mars."""
    return format_date(value, "MMM", locale=locale())
