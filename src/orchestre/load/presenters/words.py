"""Figures of the load in words, in the language of the reader."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date, timedelta

from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from orchestre.ui import formats

PHASES = ("announce", "learn", "go_live", "recover")


def address(name: str, *args: object) -> str:
    """Return the address of a page, empty when its feature is not there."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def ratio(value: float) -> str:
    """140 %; ∞ when something is asked of people who can give nothing."""
    if math.isnan(value):
        return formats.undefined()
    if math.isinf(value):
        return "∞"
    gap = formats.THIN if _french() else ""
    return f"{count(round(value * 100))}{gap}%"


def _french() -> bool:
    return (get_language() or "fr").startswith("fr")


def count(number: int) -> str:
    """1 866, in a page that writes hundreds of them."""
    return f"{number:,}".replace(",", formats.THIN) if _french() else f"{number:,}"


def short_ratio(value: float) -> str:
    """140, as in a cell."""
    if math.isnan(value):
        return "–"
    return "∞" if math.isinf(value) else str(round(value * 100))


def short_hours(value: float, separator: str) -> str:
    """2,45 in a cell: two decimals, none for nothing."""
    return "0" if value < 0.005 else f"{value:.2f}".rstrip("0").rstrip(".").replace(".", separator)


def people(headcount: int | None) -> str:
    """260 personnes."""
    if headcount is None:
        return _("headcount unknown")
    return ngettext("%(n)s person", "%(n)s people", headcount) % {"n": formats.number(headcount)}


def phase(word: str) -> str:
    """Name a phase of adaptation, or a kind of activity."""
    names = {
        "announce": _("announcement"),
        "learn": _("learning"),
        "go_live": _("go-live"),
        "recover": _("recovery"),
        "training": _("training"),
        "workshop": _("workshop"),
        "meeting": _("meeting"),
        "message": _("message"),
        "test": _("user testing"),
    }
    return names.get(word, word)


def listed(words: Iterable[str], most: int = 4) -> str:
    """A, B et C – or A, B, C et 4 autres."""
    found = list(words)
    rest = len(found) - most
    if rest > 0:
        others = ngettext("%(n)d other", "%(n)d others", rest) % {"n": rest}
        found = [*found[:most], others]
    if len(found) < 2:
        return "".join(found)
    return _("%(first)s and %(last)s") % {"first": ", ".join(found[:-1]), "last": found[-1]}


def asked(load_hours: float, capacity_hours: float) -> str:
    """2,45 h demandées par personne pour 1,75 h possibles."""
    return _("%(load)s asked per person, %(capacity)s possible") % {
        "load": formats.hours(load_hours, 2),
        "capacity": formats.hours(capacity_hours, 2),
    }


def between(low: float, high: float) -> str:
    """Entre 110 et 160 %."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return ""
    return _("between %(low)s and %(high)s four times in five, as dates are uncertain") % {
        "low": formats.number(low * 100, 0),
        "high": formats.percent(high),
    }


def week_with_dates(monday: date) -> str:
    """Semaine 12 (16–20 mars 2026)."""
    return _("week %(week)s (%(dates)s)") % {
        "week": monday.isocalendar().week,
        "dates": formats.dates(monday, monday + timedelta(days=5)),
    }


def method_address() -> str:
    """Return where the method of the load is explained, empty when no page shows it."""
    return address("cockpit:method", "load")
