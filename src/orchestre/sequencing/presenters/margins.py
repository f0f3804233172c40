"""Plans side by side with their margins: what the draws say of dates, cost and value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.reach import Person
from orchestre.load.queries import reader_of
from orchestre.resources.policy import reads_money
from orchestre.sequencing.rules.edits import Edit
from orchestre.sequencing.services.live import Live
from orchestre.sequencing.services.margins import Amount, GoLive, Margins, margins_of
from orchestre.ui import formats

MOST_DATES = 12
NOTICED_DAYS = 7


@dataclass(frozen=True)
class Cell:
    """The point, and beside it the range; the range is empty when there is none."""

    point: str
    spread: str


@dataclass(frozen=True)
class Line:
    """One figure across the plans."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Drawn:
    """The table, and what it rests on."""

    lines: tuple[Line, ...]
    notes: tuple[str, ...]


def drawn(person: Person, there: Live, plans: tuple[Mapping[str, Edit], ...]) -> Drawn:
    """Return each plan with its margins."""
    found = [margins_of(there, edits) for edits in plans]
    lines = []
    if reads_money(person):
        benefits = _("Value brought in %(year)d") % {"year": found[0].year}
        lines = [
            Line(_("Cost of the portfolio"), tuple(_cost(one.cost) for one in found)),
            Line(benefits, tuple(_benefit(one.benefit) for one in found)),
        ]
    reader = reader_of(person)
    codes = [code for code in _codes(found, plans) if reader.names(code)]
    for code in codes[:MOST_DATES]:
        planned = there.planned(code)
        label = _("Go-live of %(code)s %(title)s") % {
            "code": code,
            "title": planned.title if planned else "",
        }
        cells = (
            _date(one.lives.get(code), edits.get(code))
            for one, edits in zip(found, plans, strict=True)
        )
        lines.append(Line(label, tuple(cells)))
    return Drawn(tuple(lines), tuple(_notes(found[0], len(codes))))


def _codes(found: list[Margins], plans: tuple[Mapping[str, Edit], ...]) -> list[str]:
    """Return what some plan changes, then what moves with it, the widest move first."""
    own = {code for edits in plans for code in edits}
    moves = {code: _widest(found, code) for code in found[0].lives}
    also = {code for code, days in moves.items() if days >= NOTICED_DAYS}
    return sorted(own | also, key=lambda code: (code not in own, -moves.get(code, 0), code))


def _widest(found: list[Margins], code: str) -> int:
    days = [one.lives[code].p80_on for one in found if code in one.lives]
    return (max(days) - min(days)).days


def _cost(one: Amount | None) -> Cell:
    if one is None:
        return Cell(formats.undefined(), "")
    told = _("P50 %(p50)s, P80 %(p80)s") % {
        "p50": formats.short_euros(one.p50, 1),
        "p80": formats.short_euros(one.p80, 1),
    }
    return Cell(formats.short_euros(one.planned, 1), told)


def _benefit(one: Amount | None) -> Cell:
    """Say what is brought; the careful side of a value is the low one."""
    if one is None:
        return Cell(formats.undefined(), "")
    told = _("P50 %(p50)s, from %(p20)s to %(p80)s three times in five") % {
        "p50": formats.short_euros(one.p50, 1),
        "p20": formats.short_euros(one.p20, 1),
        "p80": formats.short_euros(one.p80, 1),
    }
    return Cell(formats.short_euros(one.planned, 1), told)


def _date(one: GoLive | None, edit: Edit | None) -> Cell:
    if edit is not None and not edit.included:
        return Cell(_("stopped"), "")
    if one is None:
        return Cell(formats.undefined(), "")
    told = _("P50 %(p50)s, P80 %(p80)s") % {
        "p50": formats.day(one.p50_on),
        "p80": formats.day(one.p80_on),
    }
    return Cell(formats.day(one.planned_on), told)


def _notes(one: Margins, dates: int) -> list[str]:
    told = [
        _(
            "The first figure is the plan; P50 is reached in one world out of two, P80 in four out "
            "of five. %(draws)s worlds, seed %(seed)s: the same ones for each plan."
        )
        % {"draws": formats.number(one.draws), "seed": one.seed}
    ]
    if one.assumed_ratio:
        told.append(
            _("%(share)s of the doubts on dates are assumed, nobody stated them.")
            % {"share": formats.percent(one.assumed_ratio)}
        )
    if dates > MOST_DATES:
        more = dates - MOST_DATES
        words = ngettext(
            "%(n)s more go-live moves, less far.", "%(n)s more go-lives move, less far.", more
        )
        told.append(words % {"n": formats.number(more)})
    return told
