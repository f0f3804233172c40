"""A frozen pack on the page: the same blocks as its files, each as a piece of the kit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from orchestre.reports.presenters.files import drawing
from orchestre.reports.rules.document import (
    Block,
    Cell,
    Chart,
    Figures,
    Head,
    Heat,
    Line,
    Pack,
    Question,
    Road,
    Section,
    Table,
    Words,
)
from orchestre.ui.charts.heatmap import HeatCell, HeatColumn, HeatMap, HeatRow, LegendItem
from orchestre.ui.component import Component
from orchestre.ui.components import Badge, Definition, DefinitionList
from orchestre.ui.tables import Column, DataTable, Row

TONES = {"ok": "success", "watch": "warn", "off": "danger", "done": "info", "unknown": "neutral"}


@dataclass(frozen=True)
class Shown:
    """A block as the template draws it: a piece of the kit, drawings on paper, or paragraphs."""

    title: str = ""
    piece: Component | None = None
    drawings: tuple[SafeString, ...] = ()
    alternative: str = ""
    before: tuple[str, ...] = ()
    advice: str = ""
    texts: tuple[str, ...] = ()
    note: str = ""
    figures: tuple[tuple[str, str, str, str], ...] = ()


@dataclass(frozen=True)
class ShownSection:
    """A part of the pack; `pdf_url` prints it alone."""

    key: str
    title: str
    lead: str
    blocks: tuple[Shown, ...]
    pdf_urls: tuple[tuple[str, str], ...] = field(default=())

    @property
    def anchor(self) -> str:
        """Return what an address points at."""
        return self.key.replace(":", "-")


def shown(pack: Pack, pk: int) -> tuple[ShownSection, ...]:
    """Turn every part of a pack into what the page draws."""
    return tuple(_section(one, pk) for one in pack.sections)


def _section(one: Section, pk: int) -> ShownSection:
    urls = tuple(
        (paper.upper(), f"{reverse('reports:pack-part', args=[pk, one.key])}?paper={paper}")
        for paper in ("a4", "a3")
    )
    return ShownSection(one.key, one.title, one.lead, tuple(_block(b) for b in one.blocks), urls)


def _block(block: Block) -> Shown:
    draw: Callable[..., Shown] = DRAWN[block.kind]
    return draw(block)


def _figures(block: Figures) -> Shown:
    return Shown(figures=tuple((f.label, f.text, f.note, f.why) for f in block.figures))


def _chart(block: Chart) -> Shown:
    return Shown(block.title, twin(block), (drawing.chart_svg(block),), block.sentence)


def _words(block: Words) -> Shown:
    return Shown(block.title, texts=block.texts)


def _table(block: Table) -> Shown:
    if not block.rows:
        return Shown(block.title, texts=(block.empty,))
    columns = tuple(Column(one.label, numeric=one.numeric) for one in block.columns)
    rows = tuple(
        Row(tuple(_cell(cell) for cell in line.cells), key=line.key) for line in block.rows
    )
    return Shown(block.title, DataTable(block.title, columns, rows, caption_hidden=True),
                 note=block.note)  # fmt: skip


def _cell(cell: Cell) -> Component | str:
    tone = TONES.get(cell.tone)
    return Badge(cell.text, tone=tone) if tone and cell.text else cell.text  # type: ignore[arg-type]  # a tone of the kit


def _heat(block: Heat) -> Shown:
    if not block.rows:
        return Shown(block.title, texts=(block.empty,))
    rows = tuple(
        HeatRow(
            line.cells[0].text,
            tuple(
                HeatCell(
                    cell.text,
                    cell.level or 0,
                    label=f"{line.cells[0].text}, {column}: {cell.text}",
                )
                for column, cell in zip(block.columns, line.cells[1:], strict=True)
            ),
        )
        for line in block.rows
    )
    legend = tuple(LegendItem(text, f"l{level}") for level, text in enumerate(block.legend))
    chart = HeatMap(
        caption=block.title,
        corner=block.corner,
        columns=tuple(_column(one) for one in block.columns),
        rows=rows,
        legend=legend,
        map_id=f"map-{block.key}",
    )
    return Shown(block.title, chart, note=block.note)


def _column(name: str) -> HeatColumn:
    """A column is named « nov. 26 »: the year is the group."""
    month, _space, year = name.rpartition(" ")
    return HeatColumn(month, title=name, group=f"20{year}")


def twin(chart: Chart) -> DataTable:
    """Return a chart as a table, for readers and for checking."""
    columns = (Column(""), *(Column(one.name, numeric=True) for one in chart.series))
    rows = tuple(
        Row(
            (
                name,
                *(_value(one.values[at], chart.unit) for one in chart.series),
            )
        )
        for at, name in enumerate(chart.categories)
    )
    return DataTable(chart.title, columns, rows, caption_hidden=True)


def _value(value: float | None, unit: str) -> str:
    return "" if value is None else drawing.axis_text(value, unit)


def _road(block: Road) -> Shown:
    if not block.bars:
        return Shown(block.title, texts=(block.empty,))
    svgs = tuple(drawing.road_svg(one) for one in drawing.roads(block))
    return Shown(block.title, drawings=svgs, alternative=block.title, note=block.note)


def _question(block: Question) -> Shown:
    names = [
        f"{one.label} ({_('recommended')})" if one.recommended else one.label
        for one in block.options
    ]
    columns = (Head(_("Consequence")), *(Head(one) for one in names))
    rows = tuple(
        Line(name, (Cell(name), *(one.cells[at] for one in block.options)))
        for at, name in enumerate(block.measures)
    )
    texts = tuple(one for one in (block.deadline, block.waiting) if one)
    # two questions of a pack may have the same title: their options tell their tables apart
    table = _table(Table(block.key, " / ".join(names), columns, rows)).piece if rows else None
    return Shown(block.title, table, before=block.context, advice=block.recommendation, texts=texts)


def facts(pack: Pack) -> DefinitionList:
    """Return what a pack rests on."""
    return DefinitionList(
        tuple(
            Definition(f"{one.computation}/{one.version}", one.seed or "–", one.fingerprint[:16])
            for one in pack.grounds
        )
    )


DRAWN: dict[str, Callable[..., Shown]] = {
    "figures": _figures,
    "table": _table,
    "heat": _heat,
    "chart": _chart,
    "road": _road,
    "question": _question,
    "words": _words,
}
