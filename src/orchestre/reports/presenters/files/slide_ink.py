"""What every block of a slide is written with: places, texts, colours, alternatives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from orchestre.reports.presenters.files import palette
from orchestre.reports.rules.document import Head, Line

TITLE = Pt(26)
ROW = Pt(24)
BODY = 12.0  # the size of tables, in points: a room reads them
LINE, LETTER = 1.2, 0.54  # the height of a line and the width of a letter, in parts of the size
NUMBERED = "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"  # one kind of field has one name
Slide = Any  # idem
Shape = Any


@dataclass(frozen=True)
class Area:
    """A rectangle of a slide, in English metric units."""

    left: int
    top: int
    width: int
    height: int

    def corners(self) -> tuple[Emu, Emu, Emu, Emu]:
        """Return left, top, width and height as python-pptx takes them."""
        return Emu(self.left), Emu(self.top), Emu(self.width), Emu(self.height)


def write(
    slide: Slide,
    area: Area,
    text: str,
    *,
    size: float = 12,
    bold: bool = False,
    muted: bool = False,
    colour: str = "",
) -> Shape:
    """Write a text in a box that wraps."""
    box = slide.shapes.add_textbox(*area.corners())
    frame = box.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.text = text
    for paragraph in frame.paragraphs:
        paragraph.font.size, paragraph.font.bold = Pt(size), bold
        paragraph.font.color.rgb = colour_of(colour or (palette.MUTED if muted else palette.INK))
    return box


def colour_of(colour: str) -> RGBColor:
    """Return a colour written in hexadecimal."""
    return RGBColor(*bytes.fromhex(colour))  # type: ignore[no-untyped-call]  # python-pptx is not typed


def style_title(shape: Shape, size: float = 26) -> None:
    """Write a title as the screen does: dark, to the left, not centred."""
    shape.text_frame.margin_left = 0
    for paragraph in shape.text_frame.paragraphs:
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.font.size, paragraph.font.bold = Pt(size), True
        paragraph.font.color.rgb = colour_of(palette.INK)
    shape.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM


def describe(shape: Shape, words: str) -> None:
    """Give the alternative that a screen reader reads."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", words)  # noqa: SLF001 - no public way


def titled(slide: Slide, title: str, area: Area) -> int:
    """Write the title of a block; return where its content begins."""
    if not title:
        return area.top
    write(slide, Area(area.left, area.top, area.width, TITLE), title, size=14, bold=True)
    return area.top + TITLE


def lines_of(text: str, width: int, size: float) -> int:
    """Estimate how many lines a text takes in a width."""
    room = max(width / Pt(size * LETTER), 4)
    return sum(-(-max(len(one), 1) // int(room)) for one in text.split("\n"))


def row_heights(
    columns: tuple[Head, ...], rows: tuple[Line, ...], width: int, size: float = BODY
) -> tuple[int, list[int]]:
    """Estimate how high the head and each row are once their texts are wrapped."""
    shares = sum(one.share for one in columns)
    rooms = [int(width * one.share / shares - Pt(12)) for one in columns]

    def high(texts: list[str], spread: float = 1.0) -> int:
        most = max(
            (
                lines_of(text, int(room / spread), size)
                for text, room in zip(texts, rooms, strict=True)
            ),
            default=1,
        )
        return int(Pt(size * LINE) * most + Pt(8))

    head = high([one.label for one in columns], spread=1.1)
    return head, [high([cell.text for cell in row.cells]) for row in rows]


def tint(colour: str, part: float = 0.45) -> str:
    """Mix a colour with white."""
    mixed = (round(255 - (255 - one) * part) for one in bytes.fromhex(colour))
    return bytes(mixed).hex().upper()


def write_left(shape: Shape) -> None:
    """Write the lines under a title, to the left."""
    shape.text_frame.margin_left = 0
    for paragraph in shape.text_frame.paragraphs:
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.font.size = Pt(18)
        paragraph.font.color.rgb = colour_of(palette.MUTED)


def number_page(slide: Slide, area: Area) -> None:
    """Write the number of the slide as a field, which follows when slides are moved."""
    box = write(slide, area, "", size=10, muted=True)
    paragraph = box.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT
    line = paragraph._p  # noqa: SLF001 - python-pptx has no field
    field = line.makeelement(qn("a:fld"), {"id": NUMBERED, "type": "slidenum"})
    style = field.makeelement(qn("a:rPr"), {"lang": "fr-FR", "sz": "1000"})
    fill = field.makeelement(qn("a:solidFill"), {})
    fill.append(field.makeelement(qn("a:srgbClr"), {"val": palette.MUTED}))
    style.append(fill)
    shown = field.makeelement(qn("a:t"), {})
    shown.text = "‹#›"
    field.extend((style, shown))
    line.insert(0, field)
