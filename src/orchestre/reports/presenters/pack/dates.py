"""Dates and money with honesty: what was promised, what to count on, with which chances."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.outlook.presenters import plain
from orchestre.outlook.rules import level_of
from orchestre.outlook.services import compute
from orchestre.reports.presenters.pack.scope import Scope
from orchestre.reports.rules.document import Cell, Ground, Head, Line, Section, Table, Tone
from orchestre.ui import formats
from orchestre_engine import outlook as engine

MOST_ROWS = 20
LOW = 0.5
TONES: dict[str, Tone] = {"ok": "ok", "watch": "watch", "off": "off", "unknown": "unknown"}


def sections(scope: Scope) -> tuple[Section, ...]:
    """Write the go-lives whose promise is the least likely first."""
    view = compute.portfolio(wait=True)
    if view.result is None:
        return ()
    told = [plain.go_live(view, one) for one in view.result.seen]
    rows = [one for one in told if one["initiative"] in scope.codes and one["promised_on"]]
    if not rows:
        return ()
    rows.sort(key=lambda one: (_chance(one), one["initiative"]))
    low = sum(_chance(one) < LOW for one in rows)
    lead = ngettext(
        "%(n)d go-live out of %(all)d has less than one chance in two of being on time.",
        "%(n)d go-lives out of %(all)d have less than one chance in two of being on time.",
        low,
    ) % {"n": low, "all": len(rows)}
    left = len(rows) - MOST_ROWS
    table = Table(
        "dates",
        _("Promises and what to count on"),
        (
            Head(_("Initiative"), share=4),
            Head(_("Promised"), share=1.5),
            Head(_("One chance in two (P50)"), share=1.5),
            Head(_("Four in five (P80)"), share=1.5),
            Head(_("Chances of the promise"), numeric=True, share=1.3),
            Head(_("Reserve (days)"), numeric=True),
        ),
        tuple(_line(scope, one) for one in rows[:MOST_ROWS]),
        note=ngettext("%(n)d more.", "%(n)d more.", left) % {"n": left} if left > 0 else "",
    )
    return (Section("dates", _("Dates one can count on"), lead, (table,)),)


def grounds(_scope: Scope) -> tuple[Ground, ...]:
    """Tell the computation of the draws."""
    name, _slash, version = engine.COMPUTATION.partition("/")
    return (Ground(name, version, str(compute.SEED)),)


def _chance(one: dict[str, object]) -> float:
    found = one["probability_kept"]
    return 2.0 if found is None else float(str(found))


def _line(scope: Scope, one: dict[str, object]) -> Line:
    code, kept = str(one["initiative"]), one["probability_kept"]
    title = next(row.title for row in scope.initiatives if row.code == code)
    chance = None if kept is None else float(str(kept))
    return Line(
        code,
        (
            Cell(f"{code} · {title}"),
            *(Cell(formats.day(one[name])) for name in ("promised_on", "p50_on", "p80_on")),  # type: ignore[arg-type]  # days
            Cell(formats.percent(chance), chance, tone=TONES.get(level_of(chance), "")),
            Cell(
                formats.number(float(str(one["reserve_days"])), 0), float(str(one["reserve_days"]))
            ),
        ),
    )
