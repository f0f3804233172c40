"""Have we the hands and the money? The answer first, then the map, the money, the lists."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.reach import Person
from orchestre.resources import policy, queries, rules
from orchestre.resources.presenters import heat, money, words
from orchestre.resources.queries import Board
from orchestre.ui import formats
from orchestre.ui.charts.heatmap import HeatMap
from orchestre.ui.charts.stacked import StackedBars
from orchestre.ui.components import Button, EmptyState, Notice, StatusMark
from orchestre.ui.tables import Column, DataTable, Row

MONTHS = 12


@dataclass(frozen=True)
class MeansPage:
    """Everything that the template draws."""

    sentences: tuple[str, ...]
    period: str
    steps: tuple[Button, ...]
    notices: tuple[Notice, ...]
    empty: EmptyState | None
    heat_map: HeatMap | None
    roles: DataTable | None
    reads_money: bool
    money: StackedBars | None
    envelopes: DataTable | None
    may_edit: bool
    formula: str


def build(person: Person, first: date) -> MeansPage:
    """Assemble the page for one person."""
    board = queries.board(person, first, MONTHS)
    may_edit = bool(policy.may_edit_means(person))
    reads_money = policy.reads_money(person)
    envelopes = queries.envelopes(person)
    costs = board.means.costs if reads_money else ()
    lines = money.lines(costs, envelopes, queries.programme_codes()) if envelopes else ()
    before, after = (
        f"{reverse('resources:means')}?from={words.key_of(rules.months_later(first, by))}"
        for by in (-6, 6)
    )
    return MeansPage(
        sentences=tuple(_sentences(board, costs, lines)),
        period=_("%(first)s to %(last)s")
        % {"first": words.month(board.months[0]), "last": words.month(board.months[-1])},
        steps=(
            Button(_("Six months earlier"), before, "quiet", "left", small=True),
            Button(_("Six months later"), after, "quiet", "right", small=True),
        ),
        notices=tuple(_notices(board, reads_money=reads_money)),
        empty=None if board.roles else _empty(may_edit=may_edit),
        heat_map=heat.heat_map(board, previous_url=before, next_url=after) if board.roles else None,
        roles=_roles(board) if board.roles else None,
        reads_money=reads_money,
        money=money.chart(costs, envelopes, board.months) if _falls(costs, board.months) else None,
        envelopes=money.table(lines, may_edit=may_edit) if lines else None,
        may_edit=may_edit,
        formula=rules.VERSION,
    )


def _falls(costs: Sequence[rules.Cost], months: Sequence[date]) -> bool:
    return bool(rules.cost_by_month(costs, months).any())


def _empty(*, may_edit: bool) -> EmptyState:
    action = None
    if may_edit:
        action = Button(_("Add a role"), reverse("resources:add-role"), "primary", "plus")
    return EmptyState(
        "new",
        _("No role yet."),
        _(
            "Name the trades that initiatives compete for, such as architects or trainers, "
            "then say how many people of each can be given."
        ),
        action=action,
    )


def _sentences(
    board: Board, costs: Sequence[rules.Cost], lines: Sequence[money.EnvelopeLine]
) -> list[str]:
    told = _hands(board) if board.roles else []
    total = float(rules.cost_by_month(costs, board.months).sum())
    if total > 0:
        told.append(
            _("Initiatives ask for %(amount)s over these %(n)d months.")
            % {"amount": formats.short_euros(total), "n": len(board.months)}
        )
    told += [
        _("The envelope “%(name)s” is exceeded by %(amount)s.")
        % {"name": line.envelope.name, "amount": formats.short_euros(-line.left_eur)}
        for line in sorted(lines, key=lambda one: one.left_eur)[:2]
        if line.is_over
    ]
    return told


def _hands(board: Board) -> list[str]:
    found = rules.shortages(board.asked, board.available, board.codes, board.months)
    short = list(dict.fromkeys(one.role for one in found))
    names = board.means.roles
    if not short:
        known = [at for at in range(len(board.roles)) if not _silent(board, at)]
        if not known:
            return [_("Nobody said how many people can be given: shortages cannot be seen.")]
        return [_("Every role whose capacity is known can give what is asked.")]
    told = [
        ngettext(
            "%(n)d role is asked for more than it can give: %(names)s.",
            "%(n)d roles are asked for more than they can give: %(names)s.",
            len(short),
        )
        % {"n": len(short), "names": words.listed([names[code] for code in short])}
    ]
    worst = found[0]
    told.append(
        _("The worst gap: %(missing)s of “%(role)s” missing %(when)s.")
        % {
            "missing": words.fte(worst.missing_fte),
            "role": names[worst.role],
            "when": words.in_month(worst.month),
        }
    )
    return told


def _silent(board: Board, at: int) -> bool:
    return all(math.isnan(one) for one in board.available[at])


def _notices(board: Board, *, reads_money: bool) -> list[Notice]:
    found = []
    silent = [
        role.name
        for at, role in enumerate(board.roles)
        if _silent(board, at) and board.asked[at].any()
    ]
    if silent:
        found.append(
            Notice(
                "info",
                ngettext(
                    "Nobody said how many can be given of: %(names)s. Shortages cannot be seen.",
                    "Nobody said how many can be given of: %(names)s. Shortages cannot be seen.",
                    len(silent),
                )
                % {"names": words.listed(silent, most=5)},
            )
        )
    undated = board.means.undated_costs
    if undated and reads_money:
        shown = [code for code in undated if code in board.titles]
        words_ = ngettext(
            "%(n)d initiative has a full cost but no dates: its money is not counted here.",
            "%(n)d initiatives have a full cost but no dates: their money is not counted here.",
            len(undated),
        ) % {"n": len(undated)}
        found.append(Notice("info", words_, words.listed(shown, most=5)))
    return found


def _roles(board: Board) -> DataTable:
    return DataTable(
        caption=_("Roles"),
        caption_hidden=True,
        columns=(
            Column(_("Role"), wide=True),
            Column(_("Unit")),
            Column(_("Initiatives that ask"), numeric=True),
            Column(_("Most asked"), numeric=True),
            Column(_("Available then"), numeric=True),
            Column(_("When")),
            Column(_("Hands")),
        ),
        rows=tuple(_role_row(board, at) for at in range(len(board.roles))),
    )


def _role_row(board: Board, at: int) -> Row:
    role = board.roles[at]
    asked, available = board.asked[at], board.available[at]
    top = int(asked.argmax())
    peak, then = float(asked[top]), float(available[top])
    asking = {ask.initiative for ask in board.means.asks if ask.role == role.code}
    return Row(
        (
            role.name,
            role.unit.name if role.unit else _("shared by all"),
            formats.number(len(asking)),
            words.fte(peak),
            words.fte(None if math.isnan(then) else then),
            words.month(board.months[top]) if peak > 0 else "",
            mark(board, at),
        ),
        url=reverse("resources:role", args=[role.pk]),
    )


def mark(board: Board, at: int) -> StatusMark:
    """Say in a shape and a word whether a role has enough hands."""
    if _silent(board, at):
        return StatusMark("unknown", _("capacity not said"))
    gap = max(
        (
            asked - available
            for asked, available in zip(board.asked[at], board.available[at], strict=True)
            if not math.isnan(available)
        ),
        default=0.0,
    )
    if gap > rules.ROUNDING_FTE:
        return StatusMark("off", _("%s missing") % words.fte(float(gap)))
    return StatusMark("ok", _("enough"))
