"""A frozen pack as slides: native charts and tables, in the customer's own template if any."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from pptx import Presentation
from pptx.util import Emu, Inches, Pt

from orchestre.reports.presenters.files import slide_blocks as blocks
from orchestre.reports.presenters.files.pdf import foot
from orchestre.reports.presenters.files.slide_ink import (
    TITLE,
    Area,
    Slide,
    number_page,
    row_heights,
    style_title,
    write,
    write_left,
)
from orchestre.reports.presenters.files.slide_road import BAR
from orchestre.reports.rules.document import Heat, Pack, Road, Section, Table
from orchestre.reports.rules.slides import CONTENT, FOOT, LEAD, normalised

WIDE, HIGH = Inches(13.333), Inches(7.5)
MARGIN = Inches(0.6)
GAP = Inches(0.18)
NUMBER = Inches(0.8)
LONG_TITLE = 62  # letters that the line of a title holds
TITLE_ONLY, TITLE_SLIDE = 5, 0


@dataclass(frozen=True)
class Frame:
    """The slides of the customer: which layouts, and where things go in them."""

    deck: Any
    cover: Any
    page: Any
    title: Area
    lead: Area
    content: Area
    foot: Area
    own: bool  # our own frame: titles are placed by us


def pack_slides(pack: Pack, digest: str, template: bytes | None = None) -> bytes:
    """Pour a pack in slides; every chart can be edited where it is opened."""
    with translation.override(pack.language):
        frame = _frame(template)
        writer = _Writer(frame, foot(pack, digest))
        writer.cover(pack)
        for section in pack.sections:
            writer.section(section)
        frame.deck.core_properties.title = pack.title
        frame.deck.core_properties.author = pack.organisation
        frame.deck.core_properties.language = pack.language
        made = io.BytesIO()
        frame.deck.save(made)
    return made.getvalue()


def _frame(template: bytes | None) -> Frame:
    deck = Presentation(io.BytesIO(template)) if template else Presentation()
    if template is None:
        deck.slide_width, deck.slide_height = WIDE, HIGH
        return _own(deck)
    _empty(deck)
    return _theirs(deck)


def _empty(deck: Any) -> None:  # noqa: ANN401 - python-pptx is not typed
    """Take the sample slides of a template out."""
    ids = deck.slides._sldIdLst  # noqa: SLF001 - python-pptx has no public way to remove a slide
    for one in list(ids):
        deck.part.drop_rel(one.rId)
        ids.remove(one)


def _own(deck: Any) -> Frame:  # noqa: ANN401 - idem
    wide = WIDE - 2 * MARGIN
    return Frame(
        deck=deck,
        cover=deck.slide_layouts[TITLE_SLIDE],
        page=deck.slide_layouts[TITLE_ONLY],
        title=Area(MARGIN, Inches(0.35), wide, Inches(0.6)),
        lead=Area(MARGIN, Inches(0.95), wide, Inches(0.5)),
        content=Area(MARGIN, Inches(1.55), wide, Inches(5.3)),
        foot=Area(MARGIN, Inches(7.05), wide, Inches(0.3)),
        own=True,
    )


def _theirs(deck: Any) -> Frame:  # noqa: ANN401 - idem
    """Read the areas that the customer named; what is not named is worked out from the title."""
    found = [(layout, _named(layout)) for layout in deck.slide_layouts]
    page, areas = next((pair for pair in found if CONTENT in pair[1]), found[0])
    title = page.placeholders[0]
    top = title.top + title.height
    wide, high = deck.slide_width, deck.slide_height
    content = areas.get(CONTENT) or Area(MARGIN, top + GAP, wide - 2 * MARGIN, high - top - MARGIN)
    lead = areas.get(LEAD)
    if lead is None:
        lead = Area(content.left, content.top, content.width, Inches(0.45))
        used = lead.height + GAP
        content = replace(content, top=content.top + used, height=content.height - used)
    foot_area = areas.get(FOOT) or Area(
        content.left, high - Inches(0.35), content.width, Inches(0.3)
    )
    return Frame(
        deck=deck,
        cover=found[0][0],
        page=page,
        title=Area(title.left, title.top, title.width, title.height),
        lead=lead,
        content=content,
        foot=foot_area,
        own=False,
    )


def _named(layout: Any) -> dict[str, Area]:  # noqa: ANN401 - idem
    shapes = [*layout.placeholders, *layout.shapes]
    return {
        normalised(shape.name): Area(shape.left, shape.top, shape.width, shape.height)
        for shape in shapes
    }


class _Writer:
    """Writes slide after slide, and goes on to a next one when a block does not fit."""

    def __init__(self, frame: Frame, footer: str) -> None:
        self.frame, self.footer = frame, footer

    def cover(self, pack: Pack) -> None:
        slide = self.frame.deck.slides.add_slide(self.frame.cover)
        places = list(slide.placeholders)
        if places:
            places[0].text = pack.title
        told = [
            pack.organisation,
            pack.audience,
            _("State of %(when)s") % {"when": pack.written_at},
        ]
        if len(places) > 1:
            places[1].text = "\n".join(one for one in told if one)
        if self.frame.own:
            wide = WIDE - 2 * MARGIN
            _place(places[0], Area(MARGIN, Inches(2.2), wide, Inches(1.4)))
            _place(places[1], Area(MARGIN, Inches(3.8), wide, Inches(1.6)))
            style_title(places[0], 40)
            write_left(places[1])
        self._foot(slide)

    def section(self, section: Section) -> None:
        slide, left = self._page(section.title, section.lead)
        empty = True
        wide, high = self.frame.content.width, self.frame.content.height
        first, pair = _beside(section)
        for block in first:
            for part in _parts(block, wide, high):
                height = blocks.height(part, self.frame.content.width)
                if height > left.height and not empty:
                    slide, left = self._page(section.title, "")
                blocks.draw(slide, part, left)
                empty = False
                used = min(height + GAP, left.height)
                left = replace(left, top=left.top + used, height=left.height - used)
        if pair:
            self._pair(section, slide, left, pair)

    def _pair(
        self,
        section: Section,
        slide: Slide,
        left: Area,
        pair: tuple[Table, ...],
    ) -> None:
        """Draw two tables side by side, on a slide of their own when they do not fit."""
        wide = (left.width - 2 * GAP) // 2
        if max(blocks.height(one, wide, blocks.SMALL) for one in pair) > left.height:
            slide, left = self._page(section.title, "")
        for at, one in enumerate(pair):
            place = replace(left, left=left.left + at * (wide + 2 * GAP), width=wide)
            blocks.draw(slide, one, place, blocks.SMALL)

    def _page(self, title: str, lead: str) -> tuple[Any, Area]:
        slide = self.frame.deck.slides.add_slide(self.frame.page)
        if slide.shapes.title is not None:
            slide.shapes.title.text = title
            if self.frame.own:
                _place(slide.shapes.title, self.frame.title)
                style_title(slide.shapes.title, 26 if len(title) < LONG_TITLE else 20)
        for shape in list(slide.placeholders):
            name = normalised(shape.name)
            if shape != slide.shapes.title and (name in {CONTENT, LEAD, FOOT} or not shape.text):
                shape._element.getparent().remove(shape._element)  # noqa: SLF001 - no public way to remove a shape
        if lead:
            write(slide, self.frame.lead, lead, size=14, muted=True)
        self._foot(slide)
        if self.frame.own:
            place = self.frame.foot
            number_page(slide, replace(place, left=place.left + place.width - NUMBER, width=NUMBER))
        return slide, self.frame.content

    def _foot(self, slide: Any) -> None:  # noqa: ANN401 - idem
        write(slide, self.frame.foot, self.footer, size=10, muted=True)


def _place(shape: Any, area: Area) -> None:  # noqa: ANN401 - idem
    shape.left, shape.top, shape.width, shape.height = (
        Emu(area.left),
        Emu(area.top),
        Emu(area.width),
        Emu(area.height),
    )


def _parts(block: Any, width: int, height: int) -> Iterator[Any]:  # noqa: ANN401 - any block
    """Cut long tables and roadmaps in parts that fit a slide."""
    if isinstance(block, Table | Heat):
        yield from _cuts(block, width, height)
    elif isinstance(block, Road):
        most = max(int((height - Pt(80)) / BAR), 1)
        slides = max(-(-len(block.bars) // most), 1)
        each = max(-(-len(block.bars) // slides), 1)
        for at in range(0, max(len(block.bars), 1), each):
            yield replace(block, bars=block.bars[at : at + each])
    else:
        yield block


def _cuts(block: Table | Heat, width: int, height: int) -> Iterator[Table | Heat]:
    """Cut a table in parts of about the same height: no slide is left with one row."""
    size = blocks.size_of(block)
    head, heights = row_heights(blocks.columns_of(block), block.rows, width, size)
    room = height - int(TITLE + head + blocks.LEGEND)
    parts = _parts_needed(heights, room)
    first, used, made, told = 0, 0, 1, 0
    for at, high in enumerate(heights):
        if used and (used + high > room or told >= sum(heights) * made / parts):
            yield replace(block, rows=block.rows[first:at], note="")
            first, used, made = at, 0, made + 1
        used, told = used + high, told + high
    yield replace(block, rows=block.rows[first:])


def _parts_needed(heights: list[int], room: int) -> int:
    parts, used = 1, 0
    for high in heights:
        if used and used + high > room:
            parts, used = parts + 1, 0
        used += high
    return parts


def _beside(section: Section) -> tuple[tuple[Any, ...], tuple[Table, ...]]:
    """Set apart the two tables that end the page of an initiative: one slide holds them."""
    last = section.blocks[-2:]
    if not section.key.startswith("initiative:"):
        return section.blocks, ()
    pair = tuple(one for one in last if isinstance(one, Table))
    return (section.blocks[:-2], pair) if len(pair) == len(last) else (section.blocks, ())
