"""Cumulated curves on one scale, each with its own stroke and its name at its end; a table twin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString

from orchestre.ui import formats
from orchestre.ui.charts.svg import axis_top, el, join
from orchestre.ui.component import Component, Text
from orchestre.ui.tables import Column, DataTable, Row


@dataclass(frozen=True, slots=True)
class Curve:
    """`css` is one of cu1 (dashed), cu2 (thin), cu3 (thick); None where the curve stops."""

    label: str
    css: str
    values: tuple[float | None, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Curves(Component):
    """Values are in the unit of the axis, named by `unit`."""

    template_name = "ui/charts/curves.html"
    caption: Text
    heading: Text
    names: tuple[str, ...]  # under the axis
    titles: tuple[str, ...]  # in the table
    curves: tuple[Curve, ...]
    unit: str = ""
    now: int | None = None
    now_label: str = ""

    LEFT, TOP, FLOOR, WIDTH, RIGHT = 56.0, 30.0, 250.0, 780.0, 96.0
    APART = 15.0  # between two names

    @property
    def drawing(self) -> SafeString:
        known = [value for one in self.curves for value in one.values if value is not None]
        top = axis_top(max(known, default=0.0) or 1.0)
        return el(
            "svg",
            self._scale(top),
            self._now(),
            join(self._curve(one, top) for one in self.curves),
            join(self._labels(top)),
            join(self._name(at) for at in range(len(self.names))),
            class_="chart",
            viewBox=f"0 0 {self.WIDTH:g} {self.FLOOR + 26:g}",
            role="img",
            aria_label=str(self.caption),
        )

    def _x(self, at: int) -> float:
        width = self.WIDTH - self.LEFT - self.RIGHT
        return self.LEFT + 6 + at * width / max(len(self.names) - 1, 1)

    def _y(self, value: float, top: float) -> float:
        return self.FLOOR - value / top * (self.FLOOR - self.TOP)

    def _scale(self, top: float) -> SafeString:
        parts = [el("text", self.unit, x=self.LEFT - 8, y=self.TOP - 12, text_anchor="end")]
        for quarter in range(5):
            value = top * quarter / 4
            y = self._y(value, top)
            right = self.WIDTH - self.RIGHT
            parts.append(el("line", class_="grid", x1=self.LEFT, x2=right, y1=y, y2=y))
            parts.append(
                el("text", formats.number(value), x=self.LEFT - 8, y=y + 4, text_anchor="end")
            )
        return join(parts)

    def _now(self) -> SafeString:
        if self.now is None:
            return join(())
        x = self._x(self.now)
        line = el("line", class_="axis", x1=x, x2=x, y1=self.TOP - 8, y2=self.FLOOR)
        return join((line, el("text", self.now_label, x=x + 4, y=self.TOP - 12)))

    def _curve(self, one: Curve, top: float) -> SafeString:
        at = [(i, value) for i, value in enumerate(one.values) if value is not None]
        if not at:
            return join(())
        points = " ".join(f"{self._x(i):.1f},{self._y(value, top):.1f}" for i, value in at)
        last, value = at[-1]
        return join(
            (
                el("polyline", class_=f"line {one.css}", points=points),
                el("circle", class_="axis", cx=self._x(last), cy=self._y(value, top), r=3.5),
            )
        )

    def _labels(self, top: float) -> Iterator[SafeString]:
        """Name each curve at its end; names that would touch are pushed apart, in their order."""
        ends = []
        for one in self.curves:
            known = [(at, value) for at, value in enumerate(one.values) if value is not None]
            if known:
                ends.append((self._y(known[-1][1], top), self._x(known[-1][0]), one.label))
        lowest = self.FLOOR - self.APART * len(ends)
        above = self.TOP - self.APART
        for y, x, label in sorted(ends):
            lowest += self.APART
            above = max(above + self.APART, min(y, lowest))
            yield el("text", label, class_="strong", x=x + 8, y=above + 4)

    def _name(self, at: int) -> SafeString:
        if at % max(len(self.names) // 12, 1):
            return join(())
        return el("text", self.names[at], x=self._x(at), y=self.FLOOR + 20, text_anchor="middle")

    def twin(self) -> DataTable:
        columns = (
            Column(self.heading),
            *(Column(one.label, numeric=True) for one in self.curves),
        )
        rows = tuple(
            Row((name, *(one.texts[at] for one in self.curves)))
            for at, name in enumerate(self.titles)
        )
        return DataTable(self.caption, columns, rows, caption_hidden=True)
