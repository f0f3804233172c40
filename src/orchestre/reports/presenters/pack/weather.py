"""Honest weather: one line for each initiative, calculated and declared, with its age."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from orchestre.reports.presenters.pack.scope import Scope
from orchestre.reports.rules.document import Cell, Ground, Head, Line, Section, Table, Tone
from orchestre.ui import formats
from orchestre.weather.presenters import words
from orchestre.weather.services import lines as listing
from orchestre_engine.value import health as engine

TONES: dict[str, Tone] = {"ok": "ok", "watch": "watch", "off": "off", "done": "done", "": "unknown"}
ARROWS = {-1: "▼", 0: "=", 1: "▲"}
WORST_FIRST = ("off", "watch", "", "ok", "done")


def sections(scope: Scope) -> tuple[Section, ...]:
    """Write the weather of the initiatives that may be named."""
    found, _readings = listing.lines(scope.person)
    rows = [one for one in found if one.code in scope.codes]
    if not rows:
        return ()
    rows.sort(key=lambda one: (_rank(one.level), one.code))
    stale = sum(one.stale for one in rows)
    melons = sum(one.is_watermelon for one in rows)
    lead = " ".join(
        (
            ngettext("%(n)d initiative off track.", "%(n)d initiatives off track.", _off(rows))
            % {"n": _off(rows)},
            ngettext(
                "%(n)d declared better than it is calculated.",
                "%(n)d declared better than they are calculated.",
                melons,
            )
            % {"n": melons},
            ngettext("%(n)d report out of date.", "%(n)d reports out of date.", stale)
            % {"n": stale},
        )
    )
    table = Table(
        "weather",
        _("Weather of each initiative"),
        (
            Head(_("Initiative"), share=4),
            Head(_("Calculated"), share=1.4),
            Head(pgettext("weather", "Declared"), share=1.4),
            Head(_("Trend"), share=1.05),
            Head(_("Age of the report"), share=1.4),
            Head(_("Axes declared better"), numeric=True, share=1.2),
        ),
        tuple(_line(one) for one in rows),
    )
    return (Section("weather", _("Weather"), lead, (table,)),)


def grounds(_scope: Scope) -> tuple[Ground, ...]:
    """Tell the formula of the levels."""
    name, _slash, version = engine.COMPUTATION.partition("/")
    return (Ground(name, version),)


def _off(rows: list[listing.Line]) -> int:
    return sum(one.level == "off" for one in rows)


def _rank(level: str) -> int:
    return WORST_FIRST.index(level) if level in WORST_FIRST else len(WORST_FIRST)


def _line(one: listing.Line) -> Line:
    declared = _("out of date") if one.stale else words.level_word(one.declared)
    trend = "" if one.trend is None else ARROWS[max(-1, min(1, one.trend))]
    age = formats.undefined() if one.age_days is None else words.weeks(one.age_days)
    return Line(
        one.code,
        (
            Cell(f"{one.code} · {one.title}"),
            Cell(words.level_word(one.level), tone=TONES.get(one.level, "unknown")),
            Cell(declared, tone="muted" if one.stale else TONES.get(one.declared, "unknown")),
            Cell(trend),
            Cell(age),
            Cell(formats.number(one.gap) if one.gap else "", float(one.gap)),
        ),
    )
