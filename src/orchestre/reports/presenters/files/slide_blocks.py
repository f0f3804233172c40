"""The blocks of a pack on a slide: native tables, charts and shapes, each with its alternative."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Inches, Pt

from orchestre.reports.presenters.files import palette, slide_road
from orchestre.reports.presenters.files.slide_ink import (
    ROW,
    TITLE,
    Area,
    Slide,
    colour_of,
    describe,
    row_heights,
    titled,
    write,
)
from orchestre.reports.rules.document import (
    Cell,
    Chart,
    Figure,
    Figures,
    Head,
    Heat,
    Line,
    Question,
    Road,
    Table,
    Words,
)

CARD = Inches(1.05)
CARDS_IN_A_ROW = 4
SHAPES = {
    "line": XL_CHART_TYPE.LINE,
    "column": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "stack": XL_CHART_TYPE.COLUMN_STACKED,
}


def height(block: Any, width: int) -> int:  # noqa: ANN401 - any block
    """Estimate how high a block is drawn at a width."""
    if isinstance(block, Figures):
        rows = -(-len(block.figures) // CARDS_IN_A_ROW)
        return int(rows * (CARD + Pt(8)))
    if isinstance(block, Table | Heat):
        extra = Pt(18) if isinstance(block, Heat) or block.note else 0
        heights = row_heights(columns_of(block), block.rows, width)
        return int(TITLE + ROW + max(sum(heights), ROW) + extra)
    if isinstance(block, Road):
        return int(TITLE + Pt(24) + slide_road.BAR * max(len(block.bars), 1) + Pt(14))
    if isinstance(block, Chart):
        return int(Inches(4.4))
    if isinstance(block, Question):
        lines = 5 + len(block.measures) + len(block.context)
        return int(TITLE + ROW * lines)
    letters = width / Pt(6.2)
    lines = sum(1 + int(len(one) / letters) for one in block.texts)
    return int((TITLE if block.title else 0) + Pt(17) * lines)


def columns_of(block: Table | Heat) -> tuple[Head, ...]:
    """Return the columns of a table, or those that a map becomes."""
    if isinstance(block, Table):
        return block.columns
    return (Head(block.corner, share=2.6), *(Head(one, numeric=True) for one in block.columns))


def draw(slide: Slide, block: Any, area: Area) -> None:  # noqa: ANN401 - any block
    """Draw a block from the top of an area."""
    if isinstance(block, Figures):
        _figures(slide, block, area)
    elif isinstance(block, Table):
        _rows(slide, block, area)
    elif isinstance(block, Heat):
        columns = (
            Head(block.corner, share=2.6),
            *(Head(one, numeric=True) for one in block.columns),
        )
        legend = " · ".join(block.legend)
        words = f"{block.note} {legend}".strip()
        _rows(slide, Table(block.key, block.title, columns, block.rows, words, block.empty), area)
    elif isinstance(block, Chart):
        _chart(slide, block, area)
    elif isinstance(block, Road):
        slide_road.draw(slide, block, area)
    elif isinstance(block, Question):
        _question(slide, block, area)
    else:
        _words(slide, block, area)


def _figures(slide: Slide, block: Figures, area: Area) -> None:
    gap = Pt(8)
    wide = (area.width - gap * (CARDS_IN_A_ROW - 1)) // CARDS_IN_A_ROW
    for at, one in enumerate(block.figures):
        line, column = divmod(at, CARDS_IN_A_ROW)
        left, top = area.left + column * (wide + gap), area.top + line * (CARD + gap)
        _card(slide, one, Area(left, top, wide, CARD))


def _card(slide: Slide, one: Figure, area: Area) -> None:
    card = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *area.corners())
    card.fill.solid()
    card.fill.fore_color.rgb = colour_of(palette.LEVELS[0])
    card.line.fill.background()
    card.shadow.inherit = False
    frame = card.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
    lines = ((one.label, 11, False, palette.MUTED),
             (one.text, 20 if len(one.text) < 18 else 12, True, palette.TONES[one.tone]),
             (one.note, 10, False, palette.MUTED))  # fmt: skip
    frame.text = "\n".join(text for text, *_rest in lines if text)
    told = [line for line in lines if line[0]]
    for paragraph, (_text, size, bold, colour) in zip(frame.paragraphs, told, strict=True):
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.font.size, paragraph.font.bold = Pt(size), bold
        paragraph.font.color.rgb = colour_of(colour)
    if one.why:
        describe(card, f"{one.label}: {one.text}. {one.why}")


def _rows(slide: Slide, block: Table, area: Area) -> None:
    columns, rows, note = block.columns, block.rows, block.note
    top = titled(slide, block.title, area)
    if not rows:
        write(slide, Area(area.left, top, area.width, ROW), block.empty, muted=True)
        return
    heights = row_heights(columns, rows, area.width)
    high = ROW + sum(heights)
    frame = slide.shapes.add_table(
        len(rows) + 1, len(columns), Emu(area.left), Emu(top), Emu(area.width), Emu(high)
    )
    describe(frame, block.title or columns[0].label)
    table = frame.table
    table.rows[0].height = Emu(ROW)
    shares = sum(one.share for one in columns)
    left = area.width
    for at, head in enumerate(columns):
        last = at == len(columns) - 1
        wide = left if last else int(area.width * head.share / shares)
        table.columns[at].width, left = Emu(wide), left - wide
        _fill(table.cell(0, at), Cell(head.label), head, header=True)
    for line, row in enumerate(rows, start=1):
        table.rows[line].height = Emu(heights[line - 1])
        for at, (cell, head) in enumerate(zip(row.cells, columns, strict=True)):
            _fill(table.cell(line, at), cell, head)
    if note:
        write(
            slide, Area(area.left, top + high + Pt(3), area.width, Pt(14)), note, size=9, muted=True
        )


def _fill(place: Any, cell: Cell, head: Head, *, header: bool = False) -> None:  # noqa: ANN401 - idem
    place.text = cell.text
    place.margin_top = place.margin_bottom = Pt(2)
    place.margin_left = place.margin_right = Pt(4)
    place.fill.solid()
    ink = palette.TONES[cell.tone]
    ground = palette.SOFT if header else palette.PAPER
    if cell.level is not None:
        ground, ink = palette.LEVELS[cell.level], palette.LEVEL_INKS[cell.level]
    place.fill.fore_color.rgb = colour_of(ground)
    for paragraph in place.text_frame.paragraphs:
        paragraph.alignment = PP_ALIGN.RIGHT if head.numeric else PP_ALIGN.LEFT
        paragraph.font.size = Pt(11 if header else 10.5)
        paragraph.font.bold = header or cell.tone in {"off", "watch"}
        paragraph.font.color.rgb = colour_of(palette.MUTED if header else ink)


def _chart(slide: Slide, block: Chart, area: Area) -> None:
    top = titled(slide, block.title, area)
    data = CategoryChartData()  # type: ignore[no-untyped-call]  # python-pptx is not typed
    data.categories = block.categories
    for one in block.series:
        data.add_series(one.name, one.values)  # type: ignore[no-untyped-call]  # idem
    high = Inches(4.0)
    frame = slide.shapes.add_chart(
        SHAPES[block.shape], Emu(area.left), Emu(top), Emu(area.width), high, data
    )
    describe(frame, block.sentence)
    chart = frame.chart
    chart.has_title = False
    chart.has_legend = len(block.series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        chart.legend.font.size = Pt(11)
    axis = chart.value_axis
    axis.major_gridlines.format.line.color.rgb = colour_of(palette.RULE)
    axis.format.line.fill.background()
    axis.tick_labels.font.size = chart.category_axis.tick_labels.font.size = Pt(10)
    axis.tick_labels.number_format = '#,##0 "€"' if block.unit == "€" else "#,##0.##"
    axis.tick_labels.number_format_is_linked = False
    for at, series in enumerate(chart.plots[0].series):
        colour = colour_of(palette.SERIES[at % len(palette.SERIES)])
        if block.shape == "line":
            series.format.line.color.rgb, series.format.line.width = colour, Pt(2.25)
            series.smooth = False
        else:
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = colour


def _question(slide: Slide, block: Question, area: Area) -> None:
    top = titled(slide, block.title, area)
    if block.context:
        words = "\n".join(block.context)
        high = int(Pt(17) * len(block.context))
        write(slide, Area(area.left, top, area.width, high), words, size=12)
        top += high + Pt(4)
    _("recommended")
    columns = (
        Head(_("Consequence"), share=1.4),
        *(
            Head(
                f"{one.label} ({_('recommended')})" if one.recommended else one.label, numeric=True
            )
            for one in block.options
        ),
    )
    rows = tuple(
        Line(name, (Cell(name), *(one.cells[at] for one in block.options)))
        for at, name in enumerate(block.measures)
    )
    told = " ".join(one for one in (block.recommendation, block.deadline, block.waiting) if one)
    if rows:
        below = Area(area.left, top, area.width, area.height)
        _rows(slide, Table(block.key, "", columns, rows), below)
        top += ROW * (len(rows) + 1) + Pt(6)
    if told:
        write(slide, Area(area.left, top, area.width, Pt(34)), told, size=12, bold=True)


def _words(slide: Slide, block: Words, area: Area) -> None:
    top = titled(slide, block.title, area)
    mark = "• " if block.bullets else ""
    text = "\n".join(f"{mark}{one}" for one in block.texts)
    if text:
        write(slide, Area(area.left, top, area.width, area.height), text, size=13)
