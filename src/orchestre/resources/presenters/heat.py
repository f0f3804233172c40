"""Role × month: what is asked over what can be given, by word and shape."""

from __future__ import annotations

import math

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from orchestre.kernel.models import Provenance
from orchestre.resources import rules
from orchestre.resources.presenters import words
from orchestre.resources.queries import Board
from orchestre.ui import formats
from orchestre.ui.charts.heatmap import HeatCell, HeatColumn, HeatMap, HeatRow, LegendItem

OF = "\N{NARROW NO-BREAK SPACE}/\N{NARROW NO-BREAK SPACE}"
_PANEL = (
    ("hx-boost:inherited", "true"),
    ("hx-target:inherited", "#panel"),
    ("hx-swap:inherited", "innerHTML show:none"),
    ("hx-push-url:inherited", "false"),
)


def heat_map(
    board: Board, *, previous_url: str = "", next_url: str = "", alone: bool = False
) -> HeatMap:
    """Draw what is asked of each role, month by month; `alone` for the page of one role."""
    now = rules.month_of(timezone.localdate())
    short = [
        sum(rules.is_short(*pair) for pair in zip(asked, available, strict=True))
        for asked, available in zip(board.asked.T, board.available.T, strict=True)
    ]
    return HeatMap(
        caption=_("FTE asked / FTE available"),
        corner=_("Role"),
        columns=tuple(
            HeatColumn(formats.month_short(one), words.month(one), str(one.year), one == now)
            for one in board.months
        ),
        rows=tuple(_row(board, at) for at in range(len(board.roles))),
        worst_heading=_("Worst month"),
        foot_label=_("Roles short of hands"),
        foot=() if alone else tuple(formats.number(count) for count in short),
        legend=legend(),
        previous_url=previous_url,
        next_url=next_url,
        table_attrs=_PANEL,
    )


def legend() -> tuple[LegendItem, ...]:
    """Say what the cells mean."""
    return (
        LegendItem(_("nothing asked"), "l0"),
        LegendItem(_("up to 50 %"), "l1"),
        LegendItem(_("up to 80 %"), "l2"),
        LegendItem(_("up to what is available"), "l3"),
        LegendItem(_("hands are missing"), "l5", "▲"),
        LegendItem(_("nobody said what is available"), "ms", "?"),
        LegendItem(_("rests on an assumption"), "l1 as"),
    )


def _row(board: Board, at: int) -> HeatRow:
    role = board.roles[at]
    assumed = {ask.role for ask in board.means.asks if ask.provenance == Provenance.ASSUMED}
    cells = tuple(
        cell(
            role.name,
            board,
            (at, column),
            reverse("resources:cell", args=[role.pk, words.key_of(month)]),
            assumed=role.code in assumed,
        )
        for column, month in enumerate(board.months)
    )
    return HeatRow(
        label=role.name,
        cells=cells,
        note=role.unit.code if role.unit else "",
        url=reverse("resources:role", args=[role.pk]),
        worst=_worst(board, at, cells),
    )


def _worst(board: Board, at: int, cells: tuple[HeatCell, ...]) -> HeatCell | None:
    gaps = [
        -math.inf if math.isnan(available) else asked - available
        for asked, available in zip(board.asked[at], board.available[at], strict=True)
    ]
    worst = max(range(len(gaps)), key=gaps.__getitem__, default=0)
    if not gaps or gaps[worst] == -math.inf or not board.asked[at].any():
        return None
    return HeatCell(
        formats.month_short(board.months[worst]),
        cells[worst].level,
        cells[worst].label,
        cells[worst].url,
        over=cells[worst].over,
    )


def cell(
    name: str, board: Board, place: tuple[int, int], url: str, *, assumed: bool = False
) -> HeatCell:
    """Draw one role in one month."""
    asked, available = float(board.asked[place]), float(board.available[place])
    known = not math.isnan(available)
    figures = f"{words.fte_figure(asked)}{OF}{words.fte_figure(available) if known else '?'}"
    quiet = asked == 0 and not known
    return HeatCell(
        text="·" if quiet else figures,
        level=rules.level_of(asked, available) if known else 0,
        label=_("%(role)s, %(month)s: %(told)s")
        % {
            "role": name,
            "month": words.month(board.months[place[1]]),
            "told": told(asked, available),
        },
        url=url,
        over=rules.is_short(asked, available),
        missing=not known,
        assumed=assumed and asked > 0,
    )


def told(asked: float, available: float) -> str:
    """Say a cell in words."""
    if math.isnan(available):
        return _("%(asked)s asked, nobody said what is available") % {"asked": words.fte(asked)}
    figures = {"asked": words.fte(asked), "available": words.fte(available)}
    if rules.is_short(asked, available):
        missing = {"missing": words.fte(asked - available)}
        return _("%(asked)s asked, %(available)s available: %(missing)s missing") % (
            figures | missing
        )
    return _("%(asked)s asked, %(available)s available") % figures
