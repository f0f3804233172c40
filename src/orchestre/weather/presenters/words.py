"""How the weather is said: axes, levels, figures and what is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import lru_cache
from typing import Any

from django.core.paginator import Page
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from orchestre.portfolio.models import Initiative
from orchestre.portfolio.presenters.words import capital
from orchestre.ui import formats
from orchestre.ui.components import Pager, StatusMark
from orchestre.ui.templatetags.orchestre import icon

AXES: dict[str, str | Promise] = {
    "schedule": pgettext_lazy("axis", "Schedule"),
    "cost": pgettext_lazy("axis", "Cost"),
    "scope": pgettext_lazy("axis", "Scope"),
    "benefits": pgettext_lazy("axis", "Benefits"),
    "risks": pgettext_lazy("axis", "Risks"),
    "people": pgettext_lazy("axis", "People"),
}
MEASURES: dict[str, str | Promise] = {
    "late_share": gettext_lazy("Milestones late"),
    "drift": gettext_lazy("Drift of the go-live or of the end"),
    "overrun": gettext_lazy("Overrun of the full cost"),
    "envelope": gettext_lazy("Envelope of the programme asked for"),
    "churn": gettext_lazy("Milestones added, pushed out or dropped"),
    "broken": gettext_lazy("Dependencies that do not hold"),
    "lost_value": gettext_lazy("First year of value lost to the delay"),
    "unmeasured": gettext_lazy("Objectives served without an indicator"),
    "unsettled": gettext_lazy("Confirmed findings not settled"),
    "oldest_days": gettext_lazy("Age of the oldest of them (days)"),
    "load_ratio": gettext_lazy("Heaviest week it takes part in"),
    "probability": gettext_lazy("Probability of overload that week"),
}
NO_CAPACITY = 99.0
COUNTED = frozenset({"broken", "unsettled", "oldest_days"})
MISSING: dict[str, str | Promise] = {
    "schedule": gettext_lazy("No milestone has a baseline, and the window has none either."),
    "cost": gettext_lazy("No cost line beside a full cost, and no envelope of the programme."),
    "scope": gettext_lazy("Fewer than three milestones, and no dependency."),
    "benefits": gettext_lazy("Nobody said what it is worth nor which objective it serves."),
    "risks": gettext_lazy("The rules have not looked at it: it has no dates, or they never ran."),
    "people": gettext_lazy("Nobody said whom it touches in the weeks to come."),
}


def level_word(level: str) -> str:
    """Return the word of a level; an unknown one is said, never green."""
    return capital(Initiative.Health(level).label) if level else formats.undefined()


def answer_word(level: str) -> str:
    """Return the word of a declared level: not to say is an answer."""
    return capital(Initiative.Health(level).label)


def mark(level: str, *, half: bool = False, text: str = "") -> SafeString:
    """Return shape and word, drawn once for all the rows of a list."""
    return _drawn(level or "unknown", text or level_word(level), half, get_language() or "")


@lru_cache(maxsize=256)
def _drawn(state: str, text: str, half: bool, _language: str) -> SafeString:  # noqa: FBT001 - a key of the memory
    return StatusMark(state, text, half=half).render()  # type: ignore[arg-type]  # the states of the kit


def glyph(axis: str, level: str, *, half: bool = False) -> SafeString:
    """Return the shape alone of one axis; its name and word are read aloud and on hover."""
    return _glyph(axis, level, half, get_language() or "")


@lru_cache(maxsize=256)
def _glyph(axis: str, level: str, half: bool, _language: str) -> SafeString:  # noqa: FBT001 - a key of the memory
    told = _("%(axis)s: %(level)s") % {"axis": AXES[axis], "level": level_word(level)}
    if half:
        told += ", " + _("declared better")
    shape = f"st-{level or 'unknown'}" + ("-half" if half and level else "")
    return format_html(
        '<span class="status status-{}" title="{}">{}</span>',
        level or "unknown",
        told,
        icon(shape, told),
    )


def arrow(trend: int | None) -> SafeString:
    """Return the arrow and the word of a trend."""
    return _arrow(trend, get_language() or "")


@lru_cache(maxsize=32)
def _arrow(trend: int | None, _language: str) -> SafeString:
    if trend is None:
        return format_html(
            '<span class="muted" title="{}">{}</span>', _("no report to compare with"), "–"
        )
    shape = {1: "down", 0: "flat", -1: "up"}[trend]
    words = {
        1: pgettext("trend", "worse"),
        0: pgettext("trend", "steady"),
        -1: pgettext("trend", "better"),
    }
    return format_html(
        '<span class="wx-trend wx-trend-{}">{}<span>{}</span></span>',
        shape,
        icon(shape),
        words[trend],
    )


def age(days: int | None, *, stale: bool) -> str:
    """Say how old a report is."""
    if days is None:
        return _("never declared")
    if days == 0:
        told = _("today")
    else:
        told = ngettext("%(n)s day", "%(n)s days", days) % {"n": formats.number(days)}
    return _("%(age)s, out of date") % {"age": told} if stale else told


def figure(name: str, value: float) -> str:
    """Write a figure of an axis."""
    return formats.number(value, 0) if name in COUNTED else formats.percent(value)


def bounds(name: str, amber: float, red: float | None) -> str:
    """Say from where a figure is amber, then red."""
    if red is None:
        return _("watch from %s") % figure(name, amber)
    return _("watch from %(amber)s, off track from %(red)s") % {
        "amber": figure(name, amber),
        "red": figure(name, red),
    }


def sentence(name: str, value: float, behind: Mapping[str, float]) -> str:
    """Say a figure and the counts behind it."""
    return _SENTENCES[name](value, behind)


def _n(behind: Mapping[str, float], name: str) -> str:
    return formats.number(behind.get(name, 0), 0)


def _late(value: float, behind: Mapping[str, float]) -> str:
    return _("%(late)s of %(all)s milestones are more than a week late (%(share)s).") % {
        "late": _n(behind, "late"),
        "all": _n(behind, "milestones"),
        "share": formats.percent(value),
    }


def _drift(value: float, behind: Mapping[str, float]) -> str:
    days = round(behind.get("drift_days", 0))
    if days <= 0:
        return _("The go-live and the end hold their baseline.")
    return ngettext(
        "%(n)s day after the baseline: %(share)s of the planned time.",
        "%(n)s days after the baseline: %(share)s of the planned time.",
        days,
    ) % {"n": formats.number(days), "share": formats.percent(value)}


def _overrun(value: float, behind: Mapping[str, float]) -> str:
    told = {
        "lines": formats.euros(behind.get("lines_eur")),
        "budget": formats.euros(behind.get("budget_eur")),
        "share": formats.percent(abs(value)),
    }
    if value > 0:
        return _("Cost lines reach %(lines)s for %(budget)s: %(share)s over.") % told
    return _("Cost lines reach %(lines)s for %(budget)s.") % told


def _churn(value: float, behind: Mapping[str, float]) -> str:
    return _(
        "In 90 days: %(added)s milestones added, %(pushed)s moves later, %(dropped)s dropped"
        " (%(share)s)."
    ) % {
        "added": _n(behind, "added"),
        "pushed": _n(behind, "pushed"),
        "dropped": _n(behind, "dropped"),
        "share": formats.percent(value),
    }


def _broken(value: float, _behind: Mapping[str, float]) -> str:
    count = round(value)
    if not count:
        return _("All its dependencies hold.")
    return ngettext("%(n)s dependency does not hold.", "%(n)s dependencies do not hold.", count) % {
        "n": formats.number(count)
    }


def _lost(value: float, behind: Mapping[str, float]) -> str:
    whole = behind.get("value_eur")
    if value <= 0:
        return _("Expected: %s a year; no delay takes any of it away.") % formats.euros(whole)
    return _("The delay takes %(share)s of the first year of value: %(lost)s of %(whole)s.") % {
        "share": formats.percent(value),
        "lost": formats.euros(None if whole is None else whole * value),
        "whole": formats.euros(whole),
    }


def _unmeasured(_value: float, behind: Mapping[str, float]) -> str:
    return _("%(measured)s of %(all)s objectives served have an indicator.") % {
        "measured": _n(behind, "measured"),
        "all": _n(behind, "objectives"),
    }


def _unsettled(value: float, _behind: Mapping[str, float]) -> str:
    count = round(value)
    if not count:
        return _("No confirmed finding is waiting.")
    return ngettext(
        "%(n)s confirmed finding is not settled.",
        "%(n)s confirmed findings are not settled.",
        count,
    ) % {"n": formats.number(count)}


def _oldest(value: float, _behind: Mapping[str, float]) -> str:
    days = round(value)
    return ngettext(
        "The oldest has waited for %(n)s day.", "The oldest has waited for %(n)s days.", days
    ) % {"n": formats.number(days)}


def _load(value: float, behind: Mapping[str, float]) -> str:
    if value >= NO_CAPACITY:
        told = _("It takes part in a week when people can absorb nothing.")
    else:
        told = _("It takes part in a week at %s of what people can absorb.") % formats.percent(
            value
        )
    people = round(behind.get("people_over", 0))
    if people:
        told += " " + ngettext(
            "%(n)s person is concerned.", "%(n)s people are concerned.", people
        ) % {"n": formats.number(people)}
    return told


_SENTENCES: dict[str, Callable[[float, Mapping[str, float]], str]] = {
    "late_share": _late,
    "drift": _drift,
    "overrun": _overrun,
    "envelope": lambda value, _behind: (
        _("Its programme asks for %s of its envelope.") % formats.percent(value)
    ),
    "churn": _churn,
    "broken": _broken,
    "lost_value": _lost,
    "unmeasured": _unmeasured,
    "unsettled": _unsettled,
    "oldest_days": _oldest,
    "load_ratio": _load,
    "probability": lambda value, _behind: (
        _("Overload that week is %s likely.") % formats.percent(value)
    ),
}


def weeks(days: int) -> str:
    """Write a number of days as weeks when there are two or more."""
    if days < timedelta(weeks=2).days:
        return ngettext("%(n)s day", "%(n)s days", days) % {"n": formats.number(days)}
    count = days // 7
    return ngettext("%(n)s week", "%(n)s weeks", count) % {"n": formats.number(count)}


def pager_of(page: Page[Any], url: Callable[[int], str]) -> Pager | None:
    """Lead to the pages before and after; None when there is one page."""
    if page.paginator.num_pages <= 1:
        return None
    summary = _("%(first)s to %(last)s of %(total)s") % {
        "first": formats.number(page.start_index()),
        "last": formats.number(page.end_index()),
        "total": formats.number(page.paginator.count),
    }
    return Pager(
        summary,
        url(page.previous_page_number()) if page.has_previous() else "",
        url(page.next_page_number()) if page.has_next() else "",
    )
