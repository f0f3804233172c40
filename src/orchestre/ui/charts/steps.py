"""A curve that rises by steps and may end flat: what more of one thing still brings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils.safestring import SafeString

from orchestre.ui import formats
from orchestre.ui.charts.svg import el, join, text_width, title
from orchestre.ui.component import Component, Text
from orchestre.ui.tables import Column, DataTable, Row


@dataclass(frozen=True, slots=True)
class StepPoint:
    """`x_text` and `y_text` are written for the reader."""

    x: float
    y: float
    x_text: str
    y_text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class StepMark:
    """A place beside the curve that is named: ours, theirs."""

    x: float
    y: float
    label: str
    text: str  # what a pointer or a screen reader is told
    shape: Literal["disc", "ring"] = "disc"


@dataclass(frozen=True)
class StepCurve(Component):
    """Steps from one point to the next; `flat_from` shades where nothing more is gained."""

    template_name = "ui/charts/step_curve.html"
    caption: Text
    points: tuple[StepPoint, ...]
    x_heading: Text
    y_heading: Text
    note_heading: Text = ""
    marks: tuple[StepMark, ...] = ()
    flat_from: float | None = None
    flat_label: str = ""
    top: float = 1.0
    ticks: tuple[tuple[float, str], ...] = ()  # round values of the axis; those of points if none

    LEFT, WIDTH, TOP, FLOOR = 56.0, 760.0, 30.0, 268.0

    @property
    def drawing(self) -> SafeString:
        steps = self._steps()
        first, last = self._x(self.points[0].x), self._x(self.points[-1].x)
        floor = f"{last:.1f},{self.FLOOR} {first:.1f},{self.FLOOR}"
        return el(
            "svg",
            self._flat(),
            self._scale(),
            el("polygon", class_="area", points=f"{steps} {floor}"),
            el("polyline", class_="line", points=steps),
            self._flat_words(),
            join(self._mark(index, mark) for index, mark in enumerate(self.marks)),
            class_="chart step-curve",
            viewBox=f"0 0 {self.WIDTH:g} {self.FLOOR + 46:g}",
            role="img",
            aria_label=str(self.caption),
        )

    @property
    def _last(self) -> float:
        return (
            max([one.x for one in self.points] + [one.x for one in self.marks], default=1.0) or 1.0
        )

    def _x(self, value: float) -> float:
        return self.LEFT + value / self._last * (self.WIDTH - self.LEFT - 16)

    def _y(self, value: float) -> float:
        return self.FLOOR - min(value / self.top, 1.0) * (self.FLOOR - self.TOP)

    def _steps(self) -> str:
        found = [f"{self._x(self.points[0].x):.1f},{self._y(self.points[0].y):.1f}"]
        for before, point in zip(self.points, self.points[1:], strict=False):
            if point.y != before.y:
                found.append(f"{self._x(point.x):.1f},{self._y(before.y):.1f}")
            found.append(f"{self._x(point.x):.1f},{self._y(point.y):.1f}")
        return " ".join(found)

    def _scale(self) -> SafeString:
        parts = []
        for quarter in range(5):
            y = self._y(self.top * quarter / 4)
            text = formats.percent(self.top * quarter / 4)
            parts.append(el("line", class_="grid", x1=self.LEFT, x2=self.WIDTH, y1=y, y2=y))
            parts.append(el("text", text, x=self.LEFT - 8, y=y + 4, text_anchor="end"))
        for value, words_of_value in self.ticks or self._ticks():
            where = {"x": self._x(value), "y": self.FLOOR + 18, "text_anchor": "middle"}
            parts.append(el("text", words_of_value, **where))  # type: ignore[arg-type]  # attributes of a drawing
        words = {"x": self.WIDTH, "y": self.FLOOR + 40, "text_anchor": "end"}
        parts.append(el("text", str(self.x_heading), **words))  # type: ignore[arg-type]  # idem
        parts.append(el("text", str(self.y_heading), x=0.0, y=14.0))
        return join(parts)

    def _ticks(self) -> list[tuple[float, str]]:
        every = max((len(self.points) - 1) // 6, 1)
        inner = self.points[::every]
        return [(one.x, one.x_text) for one in inner if self._x(one.x) < self.WIDTH - 30]

    def _flat(self) -> SafeString:
        if self.flat_from is None or self.flat_from >= self._last:
            return join(())
        x = self._x(self.flat_from)
        wide = self.WIDTH - x
        box = {"x": x, "y": self.TOP - 8, "width": wide, "height": self.FLOOR - self.TOP + 8}
        line = el("line", class_="cap", x1=x, x2=x, y1=self.TOP - 8, y2=self.FLOOR)
        return join((el("rect", class_="flat", **box), line))

    def _flat_words(self) -> SafeString:
        if self.flat_from is None or not self.flat_label or self.flat_from >= self._last:
            return join(())
        x = self._x(self.flat_from)
        fits = x + 8 + text_width(self.flat_label, 12) < self.WIDTH
        anchor, at = ("start", x + 8) if fits else ("end", x - 8)
        return el(
            "text", self.flat_label, class_="strong", x=at, y=self.FLOOR - 12, text_anchor=anchor
        )

    def _mark(self, index: int, mark: StepMark) -> SafeString:
        x, y = self._x(mark.x), self._y(mark.y)
        right = x + 14 + text_width(mark.label, 12) < self.WIDTH * 0.6
        anchor, at = ("start", x + 11) if right else ("end", x - 11)
        below = 20.0 if index == 0 else 38.0
        return el(
            "g",
            title(mark.text),
            el("circle", class_=f"mark-{mark.shape}", cx=x, cy=y, r=6.5),
            el("text", mark.label, class_="strong", x=at, y=y + below, text_anchor=anchor),
        )

    def twin(self) -> DataTable:
        columns = [Column(self.x_heading), Column(self.y_heading, numeric=True)]
        noted = bool(self.note_heading)
        if noted:
            columns.append(Column(self.note_heading, numeric=True))
        rows = [
            Row((one.x_text, one.y_text, *((one.note,) if noted else ()))) for one in self.points
        ]
        return DataTable(self.caption, tuple(columns), tuple(rows), caption_hidden=True)
