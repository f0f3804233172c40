"""An S-curve: how likely it is to be under each value, with the marks that people ask about."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from orchestre.ui import formats
from orchestre.ui.charts.svg import el, join, text_width
from orchestre.ui.component import Component, Text
from orchestre.ui.tables import Column, DataTable, Row

MarkTone = Literal["accent", "promise"]
INKS = {"accent": "var(--accent)", "promise": "var(--text)"}


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """`ratio` is the share of chances, 0 to 1, of `value` or less; `text` writes the value."""

    value: float
    ratio: float
    text: str


@dataclass(frozen=True, slots=True)
class CurveMark:
    """A value worth a line: P50, P80, what was promised."""

    value: float
    ratio: float
    label: str  # « P80 : 27 avril »
    tone: MarkTone = "accent"


@dataclass(frozen=True)
class SCurve(Component):
    """The distribution of a date or of an amount, read from left to right."""

    template_name = "ui/charts/figure.html"
    caption: Text
    points: tuple[CurvePoint, ...]
    marks: tuple[CurveMark, ...]
    value_heading: Text
    ticks: tuple[tuple[float, str], ...] = ()

    LEFT, RIGHT, WIDTH, TOP, FLOOR = 54.0, 26.0, 760.0, 18.0, 232.0

    @property
    def drawing(self) -> SafeString:
        line = [(self._x(one.value), self._y(one.ratio)) for one in self.points]
        floor = [(line[-1][0], self.FLOOR), (line[0][0], self.FLOOR)]
        return el(
            "svg",
            self._scale(),
            el("polygon", class_="area", points=_points([*line, *floor])),
            el("polyline", class_="line", points=_points(line)),
            join(self._mark(one, y) for one, y in zip(self.marks, self._rows(), strict=True)),
            join(self._tick(value, text) for value, text in self.ticks),
            class_="chart",
            viewBox=f"0 0 {self.WIDTH:g} {self.FLOOR + 28:g}",
            role="img",
            aria_label=str(self.caption),
        )

    @property
    def _bounds(self) -> tuple[float, float]:
        values = [one.value for one in self.points] + [one.value for one in self.marks]
        low, high = min(values), max(values)
        return (low, high) if high > low else (low - 1, high + 1)

    def _x(self, value: float) -> float:
        low, high = self._bounds
        room = self.WIDTH - self.LEFT - self.RIGHT
        return self.LEFT + (value - low) / (high - low) * room

    def _y(self, ratio: float) -> float:
        return self.FLOOR - ratio * (self.FLOOR - self.TOP)

    def _scale(self) -> SafeString:
        parts = []
        for quarter in range(5):
            y = self._y(quarter / 4)
            parts.append(el("line", class_="grid", x1=self.LEFT, x2=self.WIDTH, y1=y, y2=y))
            text = formats.percent(quarter / 4)
            parts.append(el("text", text, x=self.LEFT - 8, y=y + 4, text_anchor="end"))
        return join(parts)

    def _rows(self) -> list[float]:
        """Give the heights of the labels, apart from one another."""
        heights = [min(self._y(one.ratio) - 10, self.FLOOR - 14) for one in self.marks]
        order = sorted(range(len(heights)), key=lambda at: heights[at])
        for before, at in pairwise(order):
            heights[at] = max(heights[at], heights[before] + 18)
        return heights

    def _mark(self, one: CurveMark, label_y: float) -> SafeString:
        x, y = self._x(one.value), self._y(one.ratio)
        tone = "cap" if one.tone == "promise" else "axis"
        # the curve rises: what is written before a point does not cross it
        before = x - text_width(one.label, 12) - 12 > self.LEFT
        return join(
            (
                el("line", class_=tone, x1=x, x2=x, y1=y, y2=self.FLOOR),
                el("circle", fill=INKS[one.tone], cx=x, cy=y, r=4.5),
                el(
                    "text",
                    one.label,
                    class_="strong",
                    x=x - 9 if before else x + 9,
                    y=label_y,
                    text_anchor="end" if before else "start",
                ),
            )
        )

    def _tick(self, value: float, text: str) -> SafeString:
        low, high = self._bounds
        if not low <= value <= high:
            return join(())
        x, room = self._x(value), text_width(text, 12) / 2
        if x + room > self.WIDTH:
            return el("text", text, x=self.WIDTH - 2, y=self.FLOOR + 20, text_anchor="end")
        return el("text", text, x=max(x, room), y=self.FLOOR + 20, text_anchor="middle")

    def twin(self) -> DataTable:
        columns = (Column(_("Share of chances"), numeric=True), Column(self.value_heading))
        rows = tuple(
            Row((formats.percent(one.ratio), one.text))
            for one in self.points
            if round(one.ratio * 100) % 10 == 0
        )
        return DataTable(self.caption, columns, rows, caption_hidden=True)


def _points(pairs: list[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in pairs)
