"""How the portfolio is said: states, facts, filters, addresses that may not exist."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import get_args

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise, lazy
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from orchestre.portfolio.models import Dependency, Initiative
from orchestre.ui import formats
from orchestre.ui.components import State, StatusMark

STATES = get_args(State)

COLUMN_LABELS: dict[str, str | Promise] = {
    "stage": gettext_lazy("Stage"),
    "health": gettext_lazy("Health"),
    "human": gettext_lazy("Human"),
    "technical": gettext_lazy("Technical"),
    "economic": gettext_lazy("Economic"),
    "sponsor": gettext_lazy("Sponsor"),
    "lead": gettext_lazy("Lead"),
    "dates": gettext_lazy("Dates"),
    "people": gettext_lazy("People affected"),
    "milestone": gettext_lazy("Next milestone"),
    "updated": gettext_lazy("Last news"),
    "family": gettext_lazy("Family"),
    "unit": gettext_lazy("Unit"),
    "programme": gettext_lazy("Programme"),
    "cost": gettext_lazy("Full cost"),
}
GROUP_LABELS: dict[str, str | Promise] = {
    "unit": gettext_lazy("Unit"),
    "programme": gettext_lazy("Programme"),
    "stage": gettext_lazy("Stage"),
    "family": gettext_lazy("Family"),
    "axis": gettext_lazy("Strategic axis"),
}
WITHOUT: dict[str, str | Promise] = {
    "unit": gettext_lazy("Without unit"),
    "programme": gettext_lazy("Without programme"),
    "stage": gettext_lazy("Without stage"),
    "family": gettext_lazy("Without family"),
    "axis": gettext_lazy("Without strategic axis"),
}
MISSING: dict[str, tuple[str | Promise, str]] = {
    "dates": (gettext_lazy("start and end"), "starts_on"),
    "impacts": (gettext_lazy("people affected"), ""),
    "lead": (gettext_lazy("lead"), "lead_name"),
    "go_live": (gettext_lazy("go-live"), "go_live_on"),
    "unit": (gettext_lazy("owning unit"), "unit_id"),
    "sponsor": (gettext_lazy("sponsor"), "sponsor_name"),
    "objective": (gettext_lazy("objective served"), ""),
    "family": (gettext_lazy("family"), "family"),
    "why": (gettext_lazy("why"), "why"),
    "healths": (gettext_lazy("the three healths"), "health_human"),
    "mandatory_reason": (gettext_lazy("why it is mandatory"), "mandatory_reason"),
}
PILLARS: dict[str, tuple[str | Promise, str]] = {
    "human": (gettext_lazy("Human"), "health_human"),
    "technical": (gettext_lazy("Technical"), "health_technical"),
    "economic": (gettext_lazy("Economic"), "health_economic"),
}

PILLARS_SHORT: dict[str, str | Promise] = {
    "human": pgettext_lazy("short for a narrow column", "Hum."),
    "technical": pgettext_lazy("short for a narrow column", "Tech."),
    "economic": pgettext_lazy("short for a narrow column", "Econ."),
}


def optional(name: str, *args: object) -> str:
    """Return the address of a page, empty when its feature is not there."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def mark(health: str) -> StatusMark:
    """Return the shape and word of a declared health."""
    state = health if health in STATES else "unknown"
    return StatusMark(state, Initiative.Health(health).label)  # type: ignore[arg-type]  # checked above


def drawn_mark(health: str) -> SafeString:
    """Return the same mark already drawn: a page of the list has hundreds of them."""
    return _drawn_mark(health, get_language() or "")


@lru_cache(maxsize=64)
def _drawn_mark(health: str, _language: str) -> SafeString:
    return mark(health).render()


def group_label(group: str, value: str) -> str:
    """Return how a group of the list is named."""
    if not value:
        return str(WITHOUT[group])
    if group == "stage":
        return str(Initiative.Stage(value).label)
    if group == "family":
        return str(Initiative.Family(value).label)
    return value


def capital(text: str | Promise) -> str:
    """Return the text with a first capital letter."""
    words = str(text)
    return words[:1].upper() + words[1:]


lazy_capital = lazy(capital, str)


def dates(initiative: Initiative) -> str:
    """Return the window; when only one end is known it is said."""
    if initiative.starts_on and initiative.ends_on:
        return formats.dates(initiative.starts_on, initiative.ends_on)
    if initiative.starts_on:
        return _("from %s") % formats.day(initiative.starts_on)
    if initiative.ends_on:
        return _("before %s") % formats.day(initiative.ends_on)
    return _("without dates")


def dates_short(initiative: Initiative) -> str:
    """Return the window as narrow as a column: 12 Oct 2026 – 27 Dec 2027."""
    first, until = initiative.starts_on, initiative.ends_on
    if first is None or until is None:
        return dates(initiative)
    last = until - timedelta(days=1)
    opening = formats.day_short(first)
    if first.year != last.year:
        opening += f" {first.year}"
    return f"{opening} – {formats.day_short(last)} {last.year}"


def people(count: int | None, populations: int, without: int) -> str:
    """Return how many people are affected; what is not counted is said."""
    if not populations:
        return formats.undefined()
    if count is None:
        return _("headcount unknown")
    return f"{formats.number(count)} +" if without else formats.number(count)


def dependency_kind(kind: str) -> str:
    """Return the kind of a dependency in words."""
    return str(Dependency.Kind(kind).label)


def slack(days: int | None) -> str:
    """Return the days to spare of a dependency in words."""
    if days is None:
        return _("dates missing")
    if days < 0:
        late = ngettext("%(n)s day too late", "%(n)s days too late", -days)
        return late % {"n": formats.number(-days)}
    spare = ngettext("%(n)s day to spare", "%(n)s days to spare", days)
    return spare % {"n": formats.number(days)}
