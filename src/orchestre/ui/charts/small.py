"""Small charts: a strip of weeks, bars of contributions, a band of uncertainty."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from orchestre.ui import formats
from orchestre.ui.charts.svg import axis_top, el, join, title
from orchestre.ui.component import Component, Text
from orchestre.ui.tables import Column, DataTable, Row


@dataclass(frozen=True, slots=True)
class StripWeek:
    """`ratio` is load over capacity; None when it is not known."""

    text: str  # S12
    title: str  # semaine 12, du 16 au 20 mars 2026 : 140 %, Agences Ouest
    value: str  # 140 %
    ratio: float | None
    level: int = 0
    url: str = ""


@dataclass(frozen=True)
class LoadStrip(Component):
    """Thirteen weeks at a glance, with the line of what is possible."""

    template_name = "ui/charts/load_strip.html"
    caption: Text
    weeks: tuple[StripWeek, ...]

    STEP, HEIGHT, FLOOR = 46.0, 132.0, 108.0
    LEAST_TOP, MOST_TOP = 1.6, 4.0  # beyond, the bars below capacity would no longer be seen

    @property
    def drawing(self) -> SafeString:
        width = self.STEP * len(self.weeks)
        at_capacity = self._y(1.0)
        return el(
            "svg",
            join(self._week(i, week) for i, week in enumerate(self.weeks)),
            el("line", class_="cap", x1=0, x2=width, y1=at_capacity, y2=at_capacity),
            join(self._value(i, week) for i, week in enumerate(self.weeks)),
            class_="chart",
            viewBox=f"0 0 {width:g} {self.HEIGHT:g}",
            role="group",
            aria_label=str(self.caption),
        )

    @property
    def _top(self) -> float:
        highest = max((one.ratio or 0.0 for one in self.weeks), default=0.0)
        return min(max(highest, self.LEAST_TOP), self.MOST_TOP)

    def _y(self, ratio: float) -> float:
        return self.FLOOR - min(ratio / self._top, 1.0) * (self.FLOOR - 18)

    def _week(self, index: int, week: StripWeek) -> SafeString:
        x, width = index * self.STEP + 3, self.STEP - 6
        middle = x + width / 2
        known = week.ratio is not None
        y = min(self._y(week.ratio or 0.0), self.FLOOR - 3)
        box = {"x": x, "width": width, "rx": 5}
        shape = (
            el("rect", class_=f"lv l{week.level}", y=y, height=self.FLOOR - y, **box)
            if known
            else el(
                "rect",
                class_="axis",
                fill="none",
                stroke_dasharray="4 3",
                y=72.0,
                height=36.0,
                **box,
            )
        )
        name = el("text", week.text, x=middle, y=126.0, text_anchor="middle")
        if week.url:
            return el("a", title(week.title), shape, name, href=week.url, aria_label=week.title)
        return el("g", title(week.title), shape, name)

    def _value(self, index: int, week: StripWeek) -> SafeString:
        """Written last, so that the line of capacity never crosses a figure."""
        y = 94.0 if week.ratio is None else min(self._y(week.ratio), self.FLOOR - 3) - 5
        x = (index + 0.5) * self.STEP
        return el(
            "text",
            week.value,
            class_="strong value",
            x=x,
            y=y,
            text_anchor="middle",
            aria_hidden="true",
        )

    def twin(self) -> DataTable:
        columns = (Column(_("Week")), Column(_("Load"), numeric=True))
        rows = tuple(Row((week.title, week.value), url=week.url) for week in self.weeks)
        return DataTable(self.caption, columns, rows, caption_hidden=True)


@dataclass(frozen=True, slots=True)
class Contribution:
    label: str
    value: float
    text: str  # « 1,20 h »
    note: str = ""
    url: str = ""
    over: bool = False


@dataclass(frozen=True)
class Bars(Component):
    """What each one adds, longest first; it is a table, hence its own twin."""

    template_name = "ui/charts/bars.html"
    caption: Text
    items: tuple[Contribution, ...]
    heading: Text = ""
    value_heading: Text = ""

    @property
    def rows(self) -> tuple[tuple[Contribution, str], ...]:
        longest = max((item.value for item in self.items), default=0.0) or 1.0
        return tuple((item, f"{max(item.value, 0) / longest * 100:.1f}") for item in self.items)


@dataclass(frozen=True, slots=True)
class BandPoint:
    text: str  # S12
    low: float
    middle: float
    high: float
    title: str = ""


@dataclass(frozen=True)
class Band(Component):
    """From the tenth to the ninetieth percentile, with the line of what is possible."""

    template_name = "ui/charts/band.html"
    caption: Text
    points: tuple[BandPoint, ...]
    capacity: float | None = None
    capacity_label: str = ""
    unit: str = ""

    LEFT, WIDTH, TOP, FLOOR = 52.0, 760.0, 24.0, 220.0

    @property
    def drawing(self) -> SafeString:
        top = self._top
        xs = [self._x(i) for i in range(len(self.points))]
        high = [(x, self._y(p.high, top)) for x, p in zip(xs, self.points, strict=True)]
        low = [(x, self._y(p.low, top)) for x, p in zip(xs, self.points, strict=True)]
        middle = [(x, self._y(p.middle, top)) for x, p in zip(xs, self.points, strict=True)]
        return el(
            "svg",
            self._scale(top),
            el("polygon", class_="area", points=_points(high + low[::-1])),
            el("polyline", class_="line", points=_points(middle)),
            self._capacity(top),
            el("text", self.unit, x=0.0, y=self.TOP - 2) if self.unit else join(()),
            join(self._name(i, p) for i, p in enumerate(self.points)),
            class_="chart",
            viewBox=f"0 0 {self.WIDTH:g} {self.FLOOR + 26:g}",
            role="img",
            aria_label=str(self.caption),
        )

    @property
    def _top(self) -> float:
        highest = max([p.high for p in self.points] + [self.capacity or 0.0], default=0.0)
        return axis_top(highest or 1.0)

    def _x(self, index: int) -> float:
        return self.LEFT + 14 + index * (self.WIDTH - self.LEFT - 34) / max(len(self.points) - 1, 1)

    def _y(self, value: float, top: float) -> float:
        return self.FLOOR - value / top * (self.FLOOR - self.TOP)

    def _scale(self, top: float) -> SafeString:
        parts = []
        for quarter in range(5):
            value = top * quarter / 4
            y = self._y(value, top)
            parts.append(el("line", class_="grid", x1=self.LEFT, x2=self.WIDTH, y1=y, y2=y))
            parts.append(
                el("text", formats.number(value), x=self.LEFT - 8, y=y + 4, text_anchor="end")
            )
        return join(parts)

    def _capacity(self, top: float) -> SafeString:
        if self.capacity is None:
            return join(())
        y = self._y(self.capacity, top)
        line = el("line", class_="cap", x1=self.LEFT, x2=self.WIDTH, y1=y, y2=y)
        words = el("text", self.capacity_label, class_="strong", x=self.WIDTH - 4, y=y - 8,
                   text_anchor="end")  # fmt: skip
        return join((line, words))

    def _name(self, index: int, point: BandPoint) -> SafeString:
        every = max(len(self.points) // 13, 1)
        if index % every:
            return join(())
        return el("text", point.text, x=self._x(index), y=self.FLOOR + 20, text_anchor="middle")

    def twin(self) -> DataTable:
        columns = (
            Column(_("Week")),
            Column(_("Low (1 in 10)"), numeric=True),
            Column(_("Middle"), numeric=True),
            Column(_("High (9 in 10)"), numeric=True),
        )
        rows = tuple(
            Row(
                (
                    p.title or p.text,
                    *(
                        f"{formats.number(v)} {self.unit}".strip()
                        for v in (p.low, p.middle, p.high)
                    ),
                )
            )
            for p in self.points
        )
        return DataTable(self.caption, columns, rows, caption_hidden=True)


def _points(pairs: list[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in pairs)
