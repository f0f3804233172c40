"""Charts and roadmaps of a pack drawn as SVG, for the PDF and the page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.utils.safestring import SafeString

from orchestre.reports.presenters.files.palette import (
    ACCENT,
    INK,
    MUTED,
    RULE,
    SERIES,
    SOFT,
    TONES,
)
from orchestre.reports.rules.document import Bar, Chart, Road
from orchestre.resources.rules import next_month
from orchestre.ui import formats
from orchestre.ui.charts.svg import el, join

WIDTH = 960.0
FONT = "Source Sans Pro"
BARS_PER_DRAWING = 16
_LABELS, _ROW, _HEAD = 290.0, 26.0, 34.0
_CHART_HEIGHT, _LEFT, _FLOOR, _TOP = 300.0, 84.0, 250.0, 26.0


def roads(road: Road) -> tuple[Road, ...]:
    """Cut a roadmap in drawings that fit a page."""
    cuts = range(0, max(len(road.bars), 1), BARS_PER_DRAWING)
    return tuple(replace(road, bars=road.bars[at : at + BARS_PER_DRAWING]) for at in cuts)


def road_svg(road: Road) -> SafeString:
    """Draw one bar for each initiative, its baseline, its milestones, and today."""
    height = _HEAD + _ROW * len(road.bars) + 8
    scale = _Scale(road.starts_on, road.ends_on)
    today = scale.x(road.today)
    return _svg(
        height,
        _months(scale, height),
        join(_freeze(scale, mark.on, height) for mark in road.freezes),
        join(_bar(scale, bar, _HEAD + _ROW * at) for at, bar in enumerate(road.bars)),
        el("line", x1=today, x2=today, y1=_HEAD - 6, y2=height, stroke=f"#{ACCENT}",
           stroke_width=1.5),
    )  # fmt: skip


class _Scale:
    """Where a day is drawn."""

    def __init__(self, starts_on: date, ends_on: date) -> None:
        self.starts_on, self.ends_on = starts_on, ends_on

    def x(self, day: date) -> float:
        length = (self.ends_on - self.starts_on).days
        part = (min(max(day, self.starts_on), self.ends_on) - self.starts_on).days / length
        return _LABELS + part * (WIDTH - _LABELS)

    def months(self) -> list[date]:
        found, month = [], self.starts_on
        while month < self.ends_on:
            found.append(month)
            month = next_month(month)
        return found


def _svg(height: float, *parts: SafeString) -> SafeString:
    return el(
        "svg",
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH:g} {height:g}",
        width=WIDTH,
        height=height,
        font_family=FONT,
    )


def _text(x: float, y: float, words: str, **attrs: str | float) -> SafeString:
    told: dict[str, str | float] = {"font_size": 13.0, "fill": f"#{INK}", **attrs}
    return el("text", words, x=x, y=y, **told)


def _months(scale: _Scale, height: float) -> SafeString:
    parts = []
    for month in scale.months():
        x = scale.x(month)
        parts.append(el("line", x1=x, x2=x, y1=_HEAD - 12, y2=height, stroke=f"#{RULE}"))
        label = formats.month_short(month) + (f" {month.year}" if month.month == 1 else "")
        parts.append(_text(x + 4, 14.0, label, fill=f"#{MUTED}", font_size=12.0))
    return join(parts)


def _freeze(scale: _Scale, day: date, height: float) -> SafeString:
    x = scale.x(day)
    return el("rect", x=x, y=_HEAD - 6, width=4.0, height=height - _HEAD, fill=f"#{SOFT}")


def _bar(scale: _Scale, bar: Bar, y: float) -> SafeString:
    first, last = scale.x(bar.starts_on), scale.x(bar.ends_on)
    parts = [
        _text(0.0, y + 16, _cut(bar.label, 50)),
        el("rect", x=first, y=y + 6, width=max(last - first, 3.0), height=12.0, rx=3.0,
           fill=f"#{TONES[bar.tone]}", fill_opacity=0.32),
        el("rect", x=first, y=y + 6, width=3.0, height=12.0, fill=f"#{TONES[bar.tone]}"),
    ]  # fmt: skip
    if bar.baseline:
        old = [scale.x(day) for day in bar.baseline]
        parts.append(
            el("line", x1=old[0], x2=old[1], y1=y + 21, y2=y + 21, stroke=f"#{MUTED}",
               stroke_width=1.5, stroke_dasharray="4 3")
        )  # fmt: skip
    parts += [
        _diamond(scale.x(mark.on), y + 12, filled=mark.done)
        for mark in bar.marks
        if scale.starts_on <= mark.on < scale.ends_on
    ]
    return join(parts)


def _diamond(x: float, y: float, *, filled: bool) -> SafeString:
    path = f"M{x:.1f} {y - 5:.1f}l5 5-5 5-5-5z"
    return el("path", d=path, fill=f"#{INK}" if filled else "#FFFFFF", stroke=f"#{INK}")


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def chart_svg(chart: Chart) -> SafeString:
    """Draw a chart with its axis and its legend."""
    top = _ceiling(chart)
    floor, width = _FLOOR, WIDTH - _LEFT - 10
    step = width / max(len(chart.categories), 1)
    return _svg(
        _CHART_HEIGHT,
        join(_gridline(chart, top, part) for part in (0.0, 0.25, 0.5, 0.75, 1.0)),
        _marks(chart, top, step),
        join(
            _text(_LEFT + step * (at + 0.5), floor + 18, name, text_anchor="middle",
                  fill=f"#{MUTED}", font_size=12.0)
            for at, name in enumerate(chart.categories)
        ),
        _legend(chart),
    )  # fmt: skip


def _ceiling(chart: Chart) -> float:
    columns = list(zip(*(one.values for one in chart.series), strict=True))
    if chart.shape == "stack":
        top = max((math.fsum(v or 0.0 for v in column) for column in columns), default=0.0)
    else:
        top = max((v or 0.0 for column in columns for v in column), default=0.0)
    if top <= 0:
        return 1.0
    unit = 10 ** math.floor(math.log10(top))
    return float(math.ceil(top / unit * 2) / 2 * unit)


def _y(value: float, top: float) -> float:
    return _FLOOR - value / top * (_FLOOR - _TOP)


def _gridline(chart: Chart, top: float, part: float) -> SafeString:
    y = _y(part * top, top)
    return join(
        [
            el("line", x1=_LEFT, x2=WIDTH - 10, y1=y, y2=y, stroke=f"#{RULE}"),
            _text(_LEFT - 8, y + 4, axis_text(part * top, chart.unit), text_anchor="end",
                  fill=f"#{MUTED}", font_size=12.0),
        ]
    )  # fmt: skip


def axis_text(value: float, unit: str) -> str:
    """Write a figure of an axis: millions and thousands of euros are shortened."""
    if unit != "€":
        return formats.number(value)
    return formats.short_euros(value)


def _marks(chart: Chart, top: float, step: float) -> SafeString:
    if chart.shape == "line":
        return join(_line(one.values, at, top, step) for at, one in enumerate(chart.series))
    parts, count = [], len(chart.series)
    for place in range(len(chart.categories)):
        below = 0.0
        for at, one in enumerate(chart.series):
            value = one.values[place] or 0.0
            stacked = chart.shape == "stack"
            wide = step * 0.62 / (1 if stacked else count)
            x = _LEFT + step * place + step * 0.19 + (0 if stacked else wide * at)
            base = below if stacked else 0.0
            y = _y(base + value, top)
            parts.append(
                el("rect", x=x, y=y, width=wide, height=max(_y(base, top) - y, 0.0),
                   fill=f"#{SERIES[at % len(SERIES)]}")
            )  # fmt: skip
            below += value
    return join(parts)


def _line(values: Sequence[float | None], at: int, top: float, step: float) -> SafeString:
    path, drawing = "", False
    for place, value in enumerate(values):
        if value is None:
            drawing = False
            continue
        x, y = _LEFT + step * (place + 0.5), _y(value, top)
        path += f"{'L' if drawing else 'M'}{x:.1f} {y:.1f}"
        drawing = True
    dashes = {0: None, 1: "7 4", 2: "2 3", 3: "9 3 2 3"}[at % 4]
    return el("path", d=path or "M0 0", fill="none", stroke=f"#{SERIES[at % len(SERIES)]}",
              stroke_width=2.5, stroke_dasharray=dashes)  # fmt: skip


def _legend(chart: Chart) -> SafeString:
    parts, x = [], _LEFT
    for at, one in enumerate(chart.series):
        parts.append(el("rect", x=x, y=_CHART_HEIGHT - 20, width=12.0, height=12.0,
                        fill=f"#{SERIES[at % len(SERIES)]}"))  # fmt: skip
        parts.append(_text(x + 18, _CHART_HEIGHT - 9, one.name))
        x += 40 + len(one.name) * 7.5
    return join(parts)
