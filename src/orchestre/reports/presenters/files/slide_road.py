"""A roadmap on a slide, in native shapes that people can move."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.util import Emu, Inches, Pt

from orchestre.reports.presenters.files import palette
from orchestre.reports.presenters.files.slide_ink import (
    ROW,
    Area,
    Slide,
    colour_of,
    describe,
    tint,
    titled,
    write,
)
from orchestre.reports.rules.document import Bar, Road
from orchestre.resources.rules import next_month
from orchestre.ui import formats

BAR = Pt(20)
LABELS = 0.3  # part of the width for the names


@dataclass(frozen=True)
class _Time:
    """Where a day is drawn on a roadmap."""

    area: Area
    starts_on: date
    ends_on: date

    def x(self, day: date) -> int:
        first = self.area.left + self.area.width * LABELS
        days = (min(max(day, self.starts_on), self.ends_on) - self.starts_on).days
        part = days / (self.ends_on - self.starts_on).days
        return int(first + part * self.area.width * (1 - LABELS))


def draw(slide: Slide, block: Road, area: Area) -> None:
    """Draw the bars, their milestones, the months and the day of the pack."""
    top = titled(slide, block.title, area)
    if not block.bars:
        write(slide, Area(area.left, top, area.width, ROW), block.empty, muted=True)
        return
    time = _Time(area, block.starts_on, block.ends_on)
    bottom = int(top + Pt(20) + BAR * len(block.bars))
    month = block.starts_on
    while month < block.ends_on:
        write(slide, Area(time.x(month), top, Inches(0.9), Pt(16)), formats.month_short(month),
              size=10, muted=True)  # fmt: skip
        _rule(slide, time.x(month), top + Pt(16), bottom, palette.RULE)
        month = next_month(month)
    for at, bar in enumerate(block.bars):
        _bar(slide, bar, time, int(top + Pt(20) + BAR * at))
    _rule(slide, time.x(block.today), top + Pt(14), bottom, palette.ACCENT)
    if block.note:
        write(slide, Area(area.left, bottom + Pt(2), area.width, Pt(12)), block.note, size=9,
              muted=True)  # fmt: skip


def _rule(slide: Slide, x: int, top: int, bottom: int, colour: str) -> None:
    line = slide.shapes.add_connector(
        MSO_CONNECTOR.STRAIGHT, Emu(x), Emu(int(top)), Emu(x), Emu(bottom)
    )
    line.line.color.rgb, line.line.width = colour_of(colour), Pt(1)


def _bar(slide: Slide, bar: Bar, time: _Time, y: int) -> None:
    names = int(time.area.width * LABELS) - Pt(6)
    label = bar.label if len(bar.label) < 48 else f"{bar.label[:46]}…"
    write(slide, Area(time.area.left, y, names, BAR), label, size=10)
    first, last = time.x(bar.starts_on), time.x(bar.ends_on)
    shape = slide.shapes.add_shape(
        MSO_SHAPE.RECTANGLE, Emu(first), Emu(y + Pt(3)), Emu(max(last - first, Pt(3))), Pt(10)
    )
    shape.fill.solid()
    shape.fill.fore_color.rgb = colour_of(tint(palette.TONES[bar.tone]))
    shape.line.fill.background()
    shape.shadow.inherit = False
    describe(shape, formats.labelled(bar.label, formats.dates(bar.starts_on, bar.ends_on)))
    for mark in bar.marks:
        if time.starts_on <= mark.on < time.ends_on:
            _diamond(slide, time.x(mark.on), y + Pt(2.5), f"{mark.label}, {formats.day(mark.on)}",
                     done=mark.done)  # fmt: skip


def _diamond(slide: Slide, x: int, y: float, words: str, *, done: bool) -> None:
    size = Pt(11)
    shape = slide.shapes.add_shape(MSO_SHAPE.DIAMOND, Emu(x - size // 2), Emu(int(y)), size, size)
    shape.fill.solid()
    shape.fill.fore_color.rgb = colour_of(palette.INK if done else palette.PAPER)
    shape.line.color.rgb, shape.line.width = colour_of(palette.INK), Pt(1)
    shape.shadow.inherit = False
    describe(shape, words)
