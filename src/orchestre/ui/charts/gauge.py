"""A gauge: what is asked of each month against what is possible, and what it was before."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from orchestre.ui.charts.svg import el, join, title
from orchestre.ui.component import Component, Text
from orchestre.ui.tables import Column, DataTable, Row


@dataclass(frozen=True, slots=True)
class GaugeMonth:
    """`ratio` is asked over possible, `before` the same in the plan; None when it is not known."""

    text: str  # janv. 2027, written under one month out of six
    title: str  # janvier 2027 : 140 % de l'enveloppe
    value: str  # 140 %
    ratio: float | None
    level: int = 0
    before: float | None = None


@dataclass(frozen=True)
class MonthGauge(Component):
    """Two years at a glance; a notch says where each month stood before."""

    template_name = "ui/charts/gauge.html"
    caption: Text
    heading: Text
    months: tuple[GaugeMonth, ...]

    STEP, HEIGHT, FLOOR, TOP_RATIO, EVERY = 10.0, 84.0, 66.0, 1.6, 8

    @property
    def drawing(self) -> SafeString:
        width = self.STEP * len(self.months)
        at_capacity = self._y(1.0)
        return el(
            "svg",
            join(self._month(i, month) for i, month in enumerate(self.months)),
            el("line", class_="cap", x1=0, x2=width, y1=at_capacity, y2=at_capacity),
            join(self._before(i, month) for i, month in enumerate(self.months)),
            class_="chart gauge",
            viewBox=f"0 0 {width:g} {self.HEIGHT:g}",
            role="img",
            aria_label=str(self.caption),
        )

    def _y(self, ratio: float) -> float:
        return self.FLOOR - min(max(ratio, 0.0), self.TOP_RATIO) / self.TOP_RATIO * (self.FLOOR - 6)

    def _month(self, index: int, month: GaugeMonth) -> SafeString:
        x, width = index * self.STEP + 1, self.STEP - 2
        y = min(self._y(month.ratio or 0.0), self.FLOOR - 2)
        shape = (
            el(
                "rect",
                class_=f"lv l{month.level}",
                x=x,
                y=y,
                width=width,
                height=self.FLOOR - y,
                rx=2,
            )
            if month.ratio is not None
            else el("line", class_="cap", x1=x, x2=x + width, y1=self.FLOOR - 1, y2=self.FLOOR - 1)
        )
        if index % self.EVERY:
            return el("g", title(month.title), shape)
        anchor = "start" if index == 0 else "middle"
        name = el("text", month.text, x=x if index == 0 else x + width / 2, y=80.0,
                  text_anchor=anchor)  # fmt: skip
        return el("g", title(month.title), shape, name)

    def _before(self, index: int, month: GaugeMonth) -> SafeString:
        """Drawn last, and only where it differs."""
        if month.before is None or month.ratio is None or abs(month.before - month.ratio) < 0.005:
            return join(())
        x, y = index * self.STEP, self._y(month.before)
        return el("line", class_="notch", x1=x, x2=x + self.STEP, y1=y, y2=y)

    def twin(self) -> DataTable:
        columns = (Column(_("Month")), Column(self.heading, numeric=True))
        rows = tuple(Row((month.title, month.value)) for month in self.months)
        return DataTable(self.caption, columns, rows, caption_hidden=True)
