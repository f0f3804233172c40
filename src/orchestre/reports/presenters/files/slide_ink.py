"""What every block of a slide is written with: places, texts, colours, alternatives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Pt

from orchestre.reports.presenters.files import palette
from orchestre.reports.rules.document import Head, Line

TITLE = Pt(24)
ROW = Pt(22)
WRAPPED = Pt(13)
LETTER = Pt(5.3)
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


def row_heights(columns: tuple[Head, ...], rows: tuple[Line, ...], width: int) -> list[int]:
    """Estimate how high each row is once its texts are wrapped in their columns."""
    shares = sum(one.share for one in columns)
    letters = [max(width * one.share / shares / LETTER - 2, 4) for one in columns]
    return [
        max(
            (
                -(-len(cell.text) // int(room))
                for cell, room in zip(row.cells, letters, strict=True)
            ),
            default=1,
        )
        * WRAPPED
        + ROW
        - WRAPPED
        if any(cell.text for cell in row.cells)
        else ROW
        for row in rows
    ]


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
