"""Plans side by side with their margins: what the draws say of dates, cost and value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.reach import Person
from orchestre.load.queries import reader_of
from orchestre.resources.policy import reads_money
from orchestre.sequencing.rules.edits import Edit
from orchestre.sequencing.services.live import Live
from orchestre.sequencing.services.margins import Amount, GoLive, Margins, margins_of
from orchestre.ui import formats

Plan = tuple[str, Mapping[str, Edit]]
MOST_DATES = 12
NOTICED_DAYS = 7


@dataclass(frozen=True)
class Cell:
    """The point of a plan, and beside it the range; empty when there is none."""

    plan: str
    point: str
    spread: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """One figure across the plans."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Drawn:
    """Money, dates, and what they rest on."""

    money: tuple[Line, ...]
    dates: tuple[Line, ...]
    notes: tuple[str, ...]


def drawn(person: Person, there: Live, plans: tuple[Plan, ...]) -> Drawn:
    """Return each plan, by its name and what it overrides, with its margins."""
    found = [margins_of(there, edits) for _name, edits in plans]
    reader = reader_of(person)
    codes = [code for code in _codes(found, plans) if reader.names(code)]
    return Drawn(
        money=_money(found, plans) if reads_money(person) else (),
        dates=tuple(_go_live(there, code, found, plans) for code in codes[:MOST_DATES]),
        notes=tuple(_notes(found[0], len(codes))),
    )


def plain(
    there: Live, plans: tuple[Plan, ...], *, names: Callable[[str], bool], money: bool
) -> list[dict[str, Any]]:
    """Return the margins of each plan as plain values, with the go-lives that some plan moves."""
    found = [margins_of(there, edits) for _name, edits in plans]
    codes = [code for code in _codes(found, plans) if names(code)]
    return [
        {
            "draws": one.draws,
            "seed": one.seed,
            "year": one.year,
            "assumed_ratio": one.assumed_ratio,
            "cost_eur": asdict(one.cost) if money and one.cost else None,
            "value_eur": asdict(one.benefit) if money and one.benefit else None,
            "go_lives": [
                {"initiative": code, **asdict(one.lives[code])}
                for code in codes
                if code in one.lives
            ],
        }
        for one in found
    ]


def _money(found: list[Margins], plans: tuple[Plan, ...]) -> tuple[Line, ...]:
    benefits = _("Value brought in %(year)d") % {"year": found[0].year}
    pairs = list(zip(found, plans, strict=True))
    return (
        Line(_("Cost of the portfolio"), tuple(_cost(name, one.cost) for one, (name, _e) in pairs)),
        Line(benefits, tuple(_benefit(name, one.benefit) for one, (name, _e) in pairs)),
    )


def _go_live(there: Live, code: str, found: list[Margins], plans: tuple[Plan, ...]) -> Line:
    planned = there.planned(code)
    cells = (
        _date(name, one.lives.get(code), edits.get(code))
        for one, (name, edits) in zip(found, plans, strict=True)
    )
    return Line(f"{code} {planned.title if planned else ''}".strip(), tuple(cells))


def _codes(found: list[Margins], plans: tuple[Plan, ...]) -> list[str]:
    """Return what some plan changes, then what moves with it, the widest move first."""
    own = {code for _name, edits in plans for code in edits}
    moves = {code: _widest(found, code) for code in found[0].lives}
    also = {code for code, days in moves.items() if days >= NOTICED_DAYS}
    return sorted(own | also, key=lambda code: (code not in own, -moves.get(code, 0), code))


def _widest(found: list[Margins], code: str) -> int:
    days = [one.lives[code].p80_on for one in found if code in one.lives]
    return (max(days) - min(days)).days


def _cost(plan: str, one: Amount | None) -> Cell:
    if one is None:
        return Cell(plan, formats.undefined(), ())
    spread = (f"P50 {formats.short_euros(one.p50, 1)}", f"P80 {formats.short_euros(one.p80, 1)}")
    return Cell(plan, formats.short_euros(one.planned, 1), spread)


def _benefit(plan: str, one: Amount | None) -> Cell:
    """Say what is brought; the careful side of a value is the low one."""
    if one is None:
        return Cell(plan, formats.undefined(), ())
    told = _("from %(p20)s to %(p80)s three times in five") % {
        "p20": formats.short_euros(one.p20, 1),
        "p80": formats.short_euros(one.p80, 1),
    }
    spread = (f"P50 {formats.short_euros(one.p50, 1)}", told)
    return Cell(plan, formats.short_euros(one.planned, 1), spread)


def _date(plan: str, one: GoLive | None, edit: Edit | None) -> Cell:
    if edit is not None and not edit.included:
        return Cell(plan, _("stopped"), ())
    if one is None:
        return Cell(plan, formats.undefined(), ())
    spread = (f"P50 {formats.day(one.p50_on)}", f"P80 {formats.day(one.p80_on)}")
    return Cell(plan, formats.day(one.planned_on), spread)


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
