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
    BODY,
    ROW,
    TITLE,
    Area,
    Slide,
    colour_of,
    describe,
    lines_of,
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
from orchestre.ui import formats

CARD = Inches(1.05)
LEGEND = Pt(30)
WORDS, LINE_OF_WORDS = 16.0, Pt(21)
ASKED, SMALL = 14.0, 10.5  # the size of the options of a decision, of maps and narrow tables
SHAPES = {
    "line": XL_CHART_TYPE.LINE,
    "column": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "stack": XL_CHART_TYPE.COLUMN_STACKED,
}


def height(block: Any, width: int, size: float = BODY) -> int:  # noqa: ANN401 - any block
    """Estimate how high a block is drawn at a width, its tables in a size."""
    if isinstance(block, Figures):
        rows = -(-len(block.figures) // cards_in_a_row(block))
        return int(rows * (CARD + Pt(8)))
    if isinstance(block, Table | Heat):
        extra = Pt(18) * bool(block.note) + LEGEND * isinstance(block, Heat)
        size = size_of(block, size)
        head, heights = row_heights(columns_of(block), block.rows, width, size)
        return int(TITLE + head + max(sum(heights), ROW) + extra)
    if isinstance(block, Road):
        return int(TITLE + Pt(24) + slide_road.BAR * max(len(block.bars), 1) + Pt(14))
    if isinstance(block, Chart):
        return int(Inches(4.4))
    if isinstance(block, Question):
        return int(Inches(5.0))
    lines = sum(lines_of(one, width, WORDS) for one in block.texts)
    return int((TITLE if block.title else 0) + LINE_OF_WORDS * lines)


def cards_in_a_row(block: Figures) -> int:
    """Return how many figures stand side by side, so that no row is left half empty."""
    count = len(block.figures)
    if block.key == "facts":
        return max(count, 4)
    return 3 if count in {3, 5, 6} else 4


def size_of(block: Table | Heat, size: float = BODY) -> float:
    """Return the size of the texts of a table: figures in a map are short, and many."""
    return SMALL if isinstance(block, Heat) else size


def columns_of(block: Table | Heat) -> tuple[Head, ...]:
    """Return the columns of a table, or those that a map becomes."""
    if isinstance(block, Table):
        return block.columns
    return (Head(block.corner, share=2.6), *(Head(one, numeric=True) for one in block.columns))


def draw(slide: Slide, block: Any, area: Area, size: float = BODY) -> None:  # noqa: ANN401 - any block
    """Draw a block from the top of an area, its tables in a size."""
    if isinstance(block, Figures):
        _figures(slide, block, area)
    elif isinstance(block, Table):
        _rows(slide, block, area, size)
    elif isinstance(block, Heat):
        table = Table(block.key, block.title, columns_of(block), block.rows, "", block.empty)
        bottom = _rows(slide, table, area, SMALL)
        _legend(slide, block, Area(area.left, bottom + Pt(6), area.width, LEGEND))
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
    beside = cards_in_a_row(block)
    parts = beside + (block.key == "facts")  # the last fact is a sentence: twice the width
    wide = (area.width - gap * (parts - 1)) // parts
    for at, one in enumerate(block.figures):
        line, column = divmod(at, beside)
        left, top = area.left + column * (wide + gap), area.top + line * (CARD + gap)
        last = block.key == "facts" and at == len(block.figures) - 1
        _card(slide, one, Area(left, top, area.left + area.width - left if last else wide, CARD))


def _card(slide: Slide, one: Figure, area: Area) -> None:
    card = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *area.corners())
    card.fill.solid()
    card.fill.fore_color.rgb = colour_of(palette.LEVELS[0])
    card.line.fill.background()
    card.shadow.inherit = False
    frame = card.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
    large = 24 if area.width > Inches(2.6) else 16
    lines = ((one.label, 12, False, palette.MUTED),
             (one.text, large if len(one.text) < 18 else 11, True, palette.TONES[one.tone]),
             (one.note, 11, False, palette.MUTED))  # fmt: skip
    frame.text = "\n".join(text for text, *_rest in lines if text)
    told = [line for line in lines if line[0]]
    for paragraph, (_text, size, bold, colour) in zip(frame.paragraphs, told, strict=True):
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.font.size, paragraph.font.bold = Pt(size), bold
        paragraph.font.color.rgb = colour_of(colour)
    if one.why:
        describe(card, f"{formats.labelled(one.label, one.text)}. {one.why}")


def _rows(slide: Slide, block: Table, area: Area, size: float = BODY) -> int:
    """Draw a table; return where it ends."""
    columns, rows, note = block.columns, block.rows, block.note
    top = titled(slide, block.title, area)
    if not rows:
        write(slide, Area(area.left, top, area.width, ROW), block.empty, muted=True)
        return int(top + ROW)
    first, heights = row_heights(columns, rows, area.width, size)
    high = first + sum(heights)
    frame = slide.shapes.add_table(
        len(rows) + 1, len(columns), Emu(area.left), Emu(top), Emu(area.width), Emu(high)
    )
    describe(frame, block.title or columns[0].label)
    table = frame.table
    table.rows[0].height = Emu(first)
    shares = sum(one.share for one in columns)
    left = area.width
    for at, head in enumerate(columns):
        last = at == len(columns) - 1
        wide = left if last else int(area.width * head.share / shares)
        table.columns[at].width, left = Emu(wide), left - wide
        _fill(table.cell(0, at), Cell(head.label), head, size, header=True)
    for line, row in enumerate(rows, start=1):
        table.rows[line].height = Emu(heights[line - 1])
        for at, (cell, head) in enumerate(zip(row.cells, columns, strict=True)):
            _fill(table.cell(line, at), cell, head, size)
    if note:
        write(
            slide, Area(area.left, top + high + Pt(3), area.width, Pt(14)), note, size=10,
            muted=True,
        )  # fmt: skip
    return int(top + high)


def _legend(slide: Slide, block: Heat, area: Area) -> None:
    """Name the classes of a map in their own colours, then say what it leaves out."""
    wide = area.width // max(len(block.legend), 1)
    for at, name in enumerate(block.legend):
        box = slide.shapes.add_shape(
            MSO_SHAPE.RECTANGLE,
            Emu(area.left + at * wide),
            Emu(area.top),
            Emu(wide - Pt(4)),
            Pt(16),
        )
        box.fill.solid()
        box.fill.fore_color.rgb = colour_of(palette.LEVELS[at])
        box.line.fill.background()
        box.shadow.inherit = False
        frame = box.text_frame
        frame.margin_top = frame.margin_bottom = 0
        frame.text = name
        frame.paragraphs[0].alignment = PP_ALIGN.CENTER
        frame.paragraphs[0].font.size = Pt(10)
        frame.paragraphs[0].font.color.rgb = colour_of(palette.LEVEL_INKS[at])
    if block.note:
        below = Area(area.left, area.top + Pt(18), area.width, Pt(14))
        write(slide, below, block.note, size=10, muted=True)


def _fill(place: Any, cell: Cell, head: Head, size: float, *, header: bool = False) -> None:  # noqa: ANN401 - idem
    place.text = cell.text
    place.margin_top = place.margin_bottom = Pt(2)
    place.margin_left = place.margin_right = Pt(6)
    place.vertical_anchor = MSO_ANCHOR.MIDDLE
    place.fill.solid()
    ink = palette.TONES[cell.tone]
    ground = palette.SOFT if header else palette.PAPER
    if cell.level is not None:
        ground, ink = palette.LEVELS[cell.level], palette.LEVEL_INKS[cell.level]
    place.fill.fore_color.rgb = colour_of(ground)
    for paragraph in place.text_frame.paragraphs:
        paragraph.alignment = PP_ALIGN.RIGHT if head.numeric else PP_ALIGN.LEFT
        if cell.level is not None:
            paragraph.alignment = PP_ALIGN.CENTER
        paragraph.font.size = Pt(size)
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
    axis.tick_labels.number_format = _axis_format(block)
    axis.tick_labels.number_format_is_linked = False
    for at, series in enumerate(chart.plots[0].series):
        colour = colour_of(palette.SERIES[at % len(palette.SERIES)])
        if block.shape == "line":
            series.format.line.color.rgb, series.format.line.width = colour, Pt(2.25)
            series.smooth = False
        else:
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = colour


def _axis_format(block: Chart) -> str:
    """Count euros in thousands or millions, as a screen does, without separators of a country."""
    if block.unit != "€":
        return "#,##0.##"
    highest = max((one or 0.0 for some in block.series for one in some.values), default=0.0)
    if block.shape == "stack":
        highest = max(
            (
                sum(one or 0.0 for one in some)
                for some in zip(*(s.values for s in block.series), strict=True)
            ),
            default=0.0,
        )
    name, unit = formats.euros_unit(highest)
    commas = ",," if unit == formats.MILLION else ","
    digits = "0" if highest >= 4 * unit else "0.0"
    if name.startswith("€"):
        return f'"€"{digits}{commas}"{name[1:]}"'
    return f'{digits}{commas}"\N{NO-BREAK SPACE}{name}"'


def _question(slide: Slide, block: Question, area: Area) -> None:
    top = titled(slide, block.title, area)
    if block.context:
        words = "\n".join(block.context)
        high = int(LINE_OF_WORDS * lines_of(words, area.width, WORDS))
        write(slide, Area(area.left, top, area.width, high), words, size=WORDS)
        top += high + Pt(14)
    columns = (
        Head(_("Consequence"), share=1.0),
        *(
            Head(f"{one.label} ({_('recommended')})" if one.recommended else one.label, share=1.4)
            for one in block.options
        ),
    )
    rows = tuple(
        Line(name, (Cell(name), *(one.cells[at] for one in block.options)))
        for at, name in enumerate(block.measures)
    )
    if rows:
        below = Area(area.left, top, area.width, area.height)
        top = int(_rows(slide, Table(block.key, "", columns, rows), below, ASKED) + Pt(16))
    if block.recommendation:
        high = int(Pt(16) + LINE_OF_WORDS * lines_of(block.recommendation, area.width, WORDS))
        _advice(slide, block.recommendation, Area(area.left, top, area.width, high))
        top += high + Pt(12)
    told = "\n".join(one for one in (block.deadline, block.waiting) if one)
    if told:
        write(slide, Area(area.left, top, area.width, Pt(44)), told, size=WORDS)


def _advice(slide: Slide, words: str, area: Area) -> None:
    """Write what is recommended in a band, so that the room finds it."""
    band = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *area.corners())
    band.fill.solid()
    band.fill.fore_color.rgb = colour_of(palette.ACCENT_SOFT)
    band.line.fill.background()
    band.shadow.inherit = False
    frame = band.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
    frame.text = words
    paragraph = frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT
    paragraph.font.size, paragraph.font.bold = Pt(WORDS), True
    paragraph.font.color.rgb = colour_of(palette.INK)


def _words(slide: Slide, block: Words, area: Area) -> None:
    top = titled(slide, block.title, area)
    mark = "• " if block.bullets else ""
    text = "\n".join(f"{mark}{one}" for one in block.texts)
    if text:
        write(slide, Area(area.left, top, area.width, area.height), text, size=WORDS)
