"""One role in one month: who asks, what can be given, and why these figures."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.reach import Person
from orchestre.portfolio import policy as portfolio
from orchestre.resources import policy, queries, rules
from orchestre.resources.models import Role
from orchestre.resources.presenters import heat, words
from orchestre.resources.queries import Board
from orchestre.resources.rules import Ask
from orchestre.ui import formats
from orchestre.ui.charts.small import Bars, Contribution
from orchestre.ui.components import Button, StatusMark


@dataclass(frozen=True)
class Step:
    """One line of the explanation: a formula, what it gives, where it comes from."""

    name: str
    formula: str
    value: str
    source: str
    url: str = ""


@dataclass(frozen=True)
class CellPanel:
    """What the panel tells."""

    title: str
    month: str
    told: str
    mark: StatusMark
    bars: Bars | None
    hidden: str
    asked: tuple[Step, ...]
    available: tuple[Step, ...]
    actions: tuple[Button, ...]
    previous_url: str
    next_url: str
    formula: str


def panel(person: Person, role: Role, month: date) -> CellPanel:
    """Explain one cell of the map."""
    board = queries.board(person, month, 1)
    at = board.codes.index(role.code)
    asked, available = float(board.asked[at, 0]), float(board.available[at, 0])
    found = board.asks_in(role.code, month)
    named = [one for one in found if one[0].initiative in board.titles]
    return CellPanel(
        title=role.name,
        month=words.month(month),
        told=heat.told(asked, available),
        mark=_mark(asked, available),
        bars=_bars(board, found),
        hidden=_hidden(found, len(named)),
        asked=tuple(_asked(ask, month, part, board) for ask, part in named),
        available=tuple(_available(role, month)),
        actions=_actions(person, role, named),
        previous_url=_cell_url(role, rules.months_later(month, -1)),
        next_url=_cell_url(role, rules.next_month(month)),
        formula=rules.VERSION,
    )


def _cell_url(role: Role, month: date) -> str:
    return reverse("resources:cell", args=[role.pk, words.key_of(month)])


def _mark(asked: float, available: float) -> StatusMark:
    if math.isnan(available):
        return StatusMark("unknown", _("capacity not said"))
    if rules.is_short(asked, available):
        return StatusMark("off", _("%s missing") % words.fte(asked - available))
    return StatusMark("ok", _("%s to spare") % words.fte(max(available - asked, 0.0)))


def _bars(board: Board, found: list[tuple[Ask, float]]) -> Bars | None:
    if not found:
        return None
    sums: dict[str, float] = {}
    for ask, part in found:
        name = ask.initiative if ask.initiative in board.titles else ""
        sums[name] = sums.get(name, 0.0) + part
    return Bars(
        _("Who asks, in FTE of the month"),
        tuple(
            Contribution(
                f"{code} {board.titles[code]}" if code else _("Initiatives closed to you"),
                part,
                words.fte(part),
                url=reverse("resources:of", args=[code]) if code else "",
            )
            for code, part in sorted(sums.items(), key=lambda one: -one[1])
        ),
    )


def _hidden(found: list[tuple[Ask, float]], named: int) -> str:
    count = len(found) - named
    if not count:
        return ""
    return ngettext(
        "%(n)d request of an initiative closed to you is counted and not named.",
        "%(n)d requests of initiatives closed to you are counted and not named.",
        count,
    ) % {"n": count}


def _asked(ask: Ask, month: date, part: float, board: Board) -> Step:
    length = (rules.next_month(month) - month).days
    days = int(rules.days_in_months(ask.starts_on, ask.ends_on, [month])[0])
    return Step(
        name=f"{ask.initiative} {board.titles[ask.initiative]}",
        formula=_("%(fte)s × %(days)d days of %(length)d (%(dates)s)")
        % {
            "fte": words.fte(ask.fte),
            "days": days,
            "length": length,
            "dates": formats.dates(ask.starts_on, ask.ends_on),
        },
        value=words.fte(part),
        source=words.source(ask.provenance),
        url=reverse("resources:of", args=[ask.initiative]),
    )


def _available(role: Role, month: date) -> list[Step]:
    length = (rules.next_month(month) - month).days
    steps = []
    for one in role.capacities.order_by("starts_on"):
        days = int(rules.days_in_months(one.starts_on, one.ends_on, [month])[0])
        if days:
            steps.append(
                Step(
                    name=role.name,
                    formula=_("%(fte)s × %(days)d days of %(length)d (%(dates)s)")
                    % {
                        "fte": words.fte(one.fte),
                        "days": days,
                        "length": length,
                        "dates": formats.dates(one.starts_on, one.ends_on),
                    },
                    value=words.fte(one.fte * days / length),
                    source=words.source(one.provenance),
                )
            )
    return steps


def _actions(person: Person, role: Role, named: list[tuple[Ask, float]]) -> tuple[Button, ...]:
    found = []
    if policy.may_edit_means(person):
        add = reverse("resources:add-capacity", args=[role.pk])
        found.append(Button(_("Say its capacity"), add, "secondary", small=True))
    code = named[0][0].initiative if named else ""
    if code and portfolio.editable_by(person).filter(code=code).exists():
        move = reverse("portfolio:move", args=[code])
        found.append(Button(_("Move %s…") % code, move, "quiet", "calendar", small=True))
    return tuple(found)
