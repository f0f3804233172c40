"""The load map: a real table, drawn in one pass because it may have ten thousand cells."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.templatetags.static import static
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from orchestre.ui.component import Component, Content, Text
from orchestre.ui.tables import Column, DataTable, Row

# classes of the scale of load, then of the scale of differences
LOAD_CLASSES = ("l0", "l1", "l2", "l3", "l4", "l5", "l6")
DIFFERENCE_CLASSES = ("dm3", "dm2", "dm1", "dz", "dp1", "dp2", "dp3")


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One population in one week. `label` is the whole sentence a screen reader says."""

    text: str
    level: int = 0  # 0 to 6 on the scale of load; -3 to 3 on that of differences
    label: str = ""
    url: str = ""
    over: bool = False
    missing: bool = False
    assumed: bool = False
    frozen: bool = False
    uncertain: bool = False
    worst_child: str = ""  # « 140 »: the worst of those that the mean hides


@dataclass(frozen=True, slots=True)
class HeatColumn:
    text: str  # S12
    title: str = ""  # semaine 12, du 16 au 20 mars 2026
    group: str = ""  # mars 2026
    current: bool = False


@dataclass(frozen=True, slots=True)
class HeatRow:
    label: str
    cells: tuple[HeatCell, ...]
    note: str = ""  # « 140 personnes »
    url: str = ""
    depth: int = 0
    fold_url: str = ""  # opens or closes the row; empty for a leaf
    expanded: bool = False
    worst: HeatCell | None = None


@dataclass(frozen=True, slots=True)
class LegendItem:
    text: Text
    css: str = ""  # l0…l6, dm3…dp3, ms, fr, as
    sample: str = ""


@dataclass(frozen=True)
class HeatMap(Component):
    """`table_attrs` carries what htmx inherits: hx-boost:inherited, hx-target:inherited…"""

    template_name = "ui/charts/heat_map.html"
    caption: Text
    corner: Text
    columns: tuple[HeatColumn, ...]
    rows: tuple[HeatRow, ...]
    worst_heading: Text = ""
    foot_label: Text = ""
    foot: tuple[Text, ...] = ()
    legend: tuple[LegendItem, ...] = ()
    help_text: Content = ""
    plain_url: str = ""
    previous_url: str = ""
    next_url: str = ""
    difference: bool = False
    table_attrs: tuple[tuple[str, str], ...] = ()
    map_id: str = "heat-map"

    @property
    def months(self) -> SafeString:
        groups = (
            (len(list(weeks)), name)
            for name, weeks in groupby(self.columns, key=lambda column: column.group)
        )
        return format_html_join(
            "", '<th scope="colgroup" colspan="{}" class="month">{}</th>', groups
        )

    @property
    def weeks(self) -> SafeString:
        return format_html_join(
            "",
            '<th scope="col"{}><abbr title="{}">{}</abbr></th>',
            (
                (
                    mark_safe(' class="now" aria-current="date"') if c.current else "",
                    c.title,
                    c.text,
                )
                for c in self.columns
            ),
        )

    @property
    def body(self) -> SafeString:
        classes = DIFFERENCE_CLASSES if self.difference else LOAD_CLASSES
        shift = 3 if self.difference else 0
        names = {level - shift: name for level, name in enumerate(classes)}
        return mark_safe(
            "\n".join(_row(row, names, worst=bool(self.worst_heading)) for row in self.rows)
        )

    @property
    def column_count(self) -> int:
        return len(self.columns) + 1 + bool(self.worst_heading)

    def twin(self) -> DataTable:
        """The same figures without the grid's keyboard: for readers and for paper."""
        columns = (
            Column(self.corner),
            *(Column(c.title or c.text, numeric=True) for c in self.columns),
        )
        rows = tuple(
            Row((row.label, *(cell.text for cell in row.cells)), url=row.url) for row in self.rows
        )
        return DataTable(caption=self.caption, columns=columns, rows=rows)


def _row(row: HeatRow, names: dict[int, str], *, worst: bool) -> str:
    cells = "".join([_cell(cell, names[cell.level]) for cell in row.cells])
    tail = ""
    if worst:
        tail = _cell(row.worst, f"{names[row.worst.level]} ww") if row.worst else "<td></td>"
    return f'<tr class="depth-{min(row.depth, 4)}">{_head(row)}{cells}{tail}</tr>'


def _head(row: HeatRow) -> str:
    name = format_html('<a href="{}">{}</a>', row.url, row.label) if row.url else escape(row.label)
    fold = ""
    if row.fold_url:
        fold = format_html(
            '<a class="fold" href="{}" aria-expanded="{}" aria-label="{}">'
            '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg></a>',
            row.fold_url,
            "true" if row.expanded else "false",
            row.label,
            static("ui/icons.svg"),
            "down" if row.expanded else "right",
        )
    note = format_html("<small>{}</small>", row.note) if row.note else ""
    return f'<th scope="row"><span>{fold or _LEAF}{name}{note}</span></th>'


_LEAF = '<i class="leaf"></i>'
_MARKS = (
    ("over", "ov"),
    ("missing", "ms"),
    ("assumed", "as"),
    ("frozen", "fr"),
    ("uncertain", "un"),
)


def _cell(cell: HeatCell, css: str) -> str:
    if cell.missing:
        css = css[2:].strip()  # a missing figure has no level
    marks = [mark for name, mark in _MARKS if getattr(cell, name)]
    inner: str = escape(cell.text)
    if cell.worst_child:
        inner += f'<span class="wc">▴{escape(cell.worst_child)}</span>'
    classes = " ".join([css, *marks]).strip()
    label = f' aria-label="{escape(cell.label)}"' if cell.label else ""
    if cell.url:
        inner = f'<a href="{escape(cell.url)}"{label}>{inner}</a>'
        return f'<td role="gridcell" class="{classes}">{inner}</td>'
    return f'<td role="gridcell" class="{classes}" tabindex="-1"{label}>{inner}</td>'
