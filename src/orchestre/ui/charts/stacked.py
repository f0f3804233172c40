"""Stacked bars by period, with the step line of what may be reached; a table twin."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from orchestre.ui import formats
from orchestre.ui.charts.svg import axis_top, el, join, title
from orchestre.ui.component import Component, Text
from orchestre.ui.tables import Column, DataTable, Row


@dataclass(frozen=True, slots=True)
class StackSeries:
    """`css` is one of st1 to st4: full, hatched, light, outlined; never told by colour alone."""

    label: str
    css: str


@dataclass(frozen=True, slots=True)
class StackBar:
    """One period: a value and its words by series; `limit` None where nothing is said."""

    text: str  # mai
    title: str  # mai 2027
    values: tuple[float, ...]
    texts: tuple[str, ...]
    total_text: str
    limit: float | None = None
    limit_text: str = ""
    group: str = ""  # 2027


@dataclass(frozen=True)
class StackedBars(Component):
    """Values are in the unit of the axis, named by `unit`."""

    template_name = "ui/charts/stacked.html"
    caption: Text
    heading: Text
    series: tuple[StackSeries, ...]
    bars: tuple[StackBar, ...]
    unit: str = ""
    limit_label: str = ""

    LEFT, TOP, FLOOR, WIDTH = 56.0, 26.0, 214.0, 780.0

    @property
    def drawing(self) -> SafeString:
        top = self._top
        return el(
            "svg",
            _PATTERNS,
            self._scale(top),
            join(self._bar(at, bar, top) for at, bar in enumerate(self.bars)),
            self._limits(top),
            class_="chart stacked",
            viewBox=f"0 0 {self.WIDTH:g} {self.FLOOR + 42:g}",
            role="img",
            aria_label=str(self.caption),
        )

    @property
    def has_limit(self) -> bool:
        return any(bar.limit is not None for bar in self.bars)

    @property
    def _step(self) -> float:
        return (self.WIDTH - self.LEFT - 8) / max(len(self.bars), 1)

    @property
    def _top(self) -> float:
        highest = [sum(bar.values) for bar in self.bars] + [bar.limit or 0.0 for bar in self.bars]
        return axis_top(max(highest, default=0.0) or 1.0)

    def _y(self, value: float, top: float) -> float:
        return self.FLOOR - value / top * (self.FLOOR - self.TOP)

    def _scale(self, top: float) -> SafeString:
        parts = [el("text", self.unit, x=self.LEFT - 8, y=self.TOP - 12, text_anchor="end")]
        for quarter in range(5):
            value = top * quarter / 4
            y = self._y(value, top)
            parts.append(el("line", class_="grid", x1=self.LEFT, x2=self.WIDTH, y1=y, y2=y))
            parts.append(
                el("text", formats.number(value), x=self.LEFT - 8, y=y + 4, text_anchor="end")
            )
        return join(parts)

    def _bar(self, at: int, bar: StackBar, top: float) -> SafeString:
        x, width = self.LEFT + 4 + at * self._step, self._step * 0.7
        middle, floor, parts = x + width / 2, self.FLOOR, []
        for series, value, words in zip(self.series, bar.values, bar.texts, strict=True):
            height = value / top * (self.FLOOR - self.TOP)
            if height > 0:
                floor -= height
                name = title(_told(bar.title, series.label, words))
                box = {"x": x, "y": floor, "width": width, "height": height, "rx": 2}
                parts.append(el("g", name, el("rect", class_=series.css, **box)))
        parts.append(el("text", bar.text, x=middle, y=self.FLOOR + 18, text_anchor="middle"))
        if bar.group and (at == 0 or self.bars[at - 1].group != bar.group):
            parts.append(
                el("text", bar.group, class_="strong", x=x, y=self.FLOOR + 36, text_anchor="start")
            )
        return join(parts)

    def _limits(self, top: float) -> SafeString:
        parts = []
        for at, bar in enumerate(self.bars):
            if bar.limit is None:
                continue
            y, x = self._y(bar.limit, top), self.LEFT + at * self._step
            parts.append(el("line", class_="cap", x1=x, x2=x + self._step, y1=y, y2=y))
        return join(parts)

    def twin(self) -> DataTable:
        limits = self.has_limit
        columns = (
            Column(self.heading),
            *(Column(series.label, numeric=True) for series in self.series),
            Column(_("Total"), numeric=True),
            *((Column(self.limit_label, numeric=True),) if limits else ()),
        )
        rows = tuple(
            Row((bar.title, *bar.texts, bar.total_text, *((bar.limit_text,) if limits else ())))
            for bar in self.bars
        )
        return DataTable(self.caption, columns, rows, caption_hidden=True)


def _told(period: str, series: str, value: str) -> str:
    told = {"period": period, "series": series, "value": value}
    return _("%(period)s, %(series)s: %(value)s") % told


_PATTERNS = el(
    "defs",
    el(
        "pattern",
        el("path", d="M-1 1L1 -1M0 6L6 0M5 7L7 5"),
        id="hatch",
        width=6,
        height=6,
        patternUnits="userSpaceOnUse",
    ),
)
