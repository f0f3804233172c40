"""A table people can sort, tick, read on a phone and print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from orchestre.ui import formats
from orchestre.ui.component import Component, Content, Text, draw
from orchestre.ui.components import EmptyState, Pager

_CELL, _NUMBER = '<td data-label="{}">', '<td class="num" data-label="{}">'
Sorted = Literal["", "ascending", "descending"]


@dataclass(frozen=True)
class Column:
    label: Text
    sort_url: str = ""
    sorted: Sorted = ""
    numeric: bool = False
    label_hidden: bool = False
    wide: bool = False  # takes the room that is left


@dataclass(frozen=True)
class Row:
    """The first cell names the row."""

    cells: tuple[Content, ...]
    key: str = ""  # what the checkbox sends
    name: Text = ""  # « Sélectionner CH-014 »
    url: str = ""  # where the first cell leads, and `Enter`
    tone: Literal["", "muted", "warn", "danger", "success"] = ""


@dataclass(frozen=True)
class DataTable(Component):
    template_name = "ui/c/data_table.html"
    caption: Text
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    footer: tuple[Content, ...] = ()
    selection: str = ""  # name of the checkboxes; empty: no selection
    density: Literal["", "comfort", "compact"] = ""  # empty: what the person chose
    caption_hidden: bool = False
    empty: EmptyState | None = None
    pager: Pager | None = None
    table_id: str = ""

    @property
    def first_column(self) -> Column:
        return self.columns[0]

    def lines(self, csrf_token: object) -> Iterator[tuple[Row, SafeString, SafeString]]:
        """Draw each row: its head, then its other cells, thousands of them in a page."""
        context = {"csrf_token": csrf_token}
        opened = [
            format_html(_NUMBER if one.numeric else _CELL, one.label) for one in self.columns[1:]
        ]
        for row in self.rows:
            cells = format_html_join(
                "",
                "{}{}</td>",
                (
                    (start, draw(cell, context))
                    for start, cell in zip(opened, row.cells[1:], strict=True)
                ),
            )
            yield row, draw(row.cells[0], context), cells

    @property
    def totals(self) -> tuple[tuple[Column, Content], ...]:
        return tuple(zip(self.columns[1:], self.footer[1:], strict=True)) if self.footer else ()


def first_rows(rows: Sequence[Row], most: int) -> tuple[tuple[Row, ...], Pager | None]:
    """Keep the first rows of a long table, and say of how many."""
    if len(rows) <= most:
        return tuple(rows), None
    return tuple(rows[:most]), Pager(only(most, len(rows)))


def only(shown: int, total: int) -> str:
    """Say that the first rows alone are shown."""
    return _("The first %(shown)s of %(total)s.") % {
        "shown": formats.number(shown),
        "total": formats.number(total),
    }
