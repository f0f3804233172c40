"""Milestone trend: what was expected of each date, report after report (MTA)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from orchestre.ui import formats
from orchestre.ui.charts.svg import el, join, title
from orchestre.ui.component import Component, Text
from orchestre.ui.tables import Column, DataTable, Row

DASHES = (None, "7 4", "2 4", "9 4 2 4")
"""Lines differ by their dashes, never by their colour alone."""


@dataclass(frozen=True, slots=True)
class Reported:
    """On `on`, the milestone was expected on `expected`."""

    on: date
    expected: date


@dataclass(frozen=True, slots=True)
class SlipLine:
    """One milestone: a line that stays level is a promise held; that climbs, one that slips."""

    name: str
    points: tuple[Reported, ...]
    reached_on: date | None = None


@dataclass(frozen=True)
class SlipChart(Component):
    """Dates of reports from left to right, dates expected upwards, the diagonal is today."""

    template_name = "ui/charts/figure.html"
    caption: Text
    lines: tuple[SlipLine, ...]
    today: date

    LEFT, WIDTH, TOP, FLOOR, NAMES = 74.0, 760.0, 14.0, 262.0, 182.0
    MOST_LINES = 7

    @property
    def drawing(self) -> SafeString:
        return el(
            "svg",
            self._scale(),
            self._diagonal(),
            join(
                self._line(at, one, y)
                for at, (one, y) in enumerate(zip(self._shown, self._heights(), strict=True))
            ),
            class_="chart",
            viewBox=f"0 0 {self.WIDTH:g} {self.FLOOR + 28:g}",
            role="img",
            aria_label=str(self.caption),
        )

    @property
    def _shown(self) -> tuple[SlipLine, ...]:
        return self.lines[: self.MOST_LINES]

    def _heights(self) -> list[float]:
        """Give the heights of the names, apart from one another where they end together."""
        ends = [(line.reached_on or self.today, line.points[-1].expected) for line in self._shown]
        heights = [self._y(expected) for _day, expected in ends]
        order = sorted(range(len(heights)), key=lambda at: heights[at])
        for before, at in pairwise(order):
            if ends[before][0] == ends[at][0]:
                heights[at] = max(heights[at], heights[before] + 15)
        return heights

    @property
    def _reports(self) -> tuple[date, date]:
        days = [one.on for line in self.lines for one in line.points] + [self.today]
        first, last = min(days), max(days)
        return (first, last) if last > first else (date.fromordinal(first.toordinal() - 7), last)

    @property
    def _expected(self) -> tuple[date, date]:
        days = [one.expected for line in self.lines for one in line.points]
        days += [line.reached_on for line in self.lines if line.reached_on]
        first, last = min(days), max(days)
        return date.fromordinal(first.toordinal() - 7), date.fromordinal(last.toordinal() + 7)

    def _x(self, day: date) -> float:
        first, last = self._reports
        room = self.WIDTH - self.LEFT - self.NAMES
        return self.LEFT + (day - first).days / (last - first).days * room

    def _y(self, day: date) -> float:
        first, last = self._expected
        room = self.FLOOR - self.TOP
        return self.FLOOR - (day - first).days / (last - first).days * room

    def _scale(self) -> SafeString:
        parts = []
        for first, last, along in (*((*self._expected, False),), (*self._reports, True)):
            span = (last - first).days
            for quarter in range(5):
                day = date.fromordinal(first.toordinal() + round(span * quarter / 4))
                text = formats.day_short(day)
                if along:
                    middle = el(
                        "text", text, x=self._x(day), y=self.FLOOR + 20, text_anchor="middle"
                    )
                    parts.append(middle)
                    continue
                y = self._y(day)
                end = self.WIDTH - self.NAMES
                parts.append(el("line", class_="grid", x1=self.LEFT, x2=end, y1=y, y2=y))
                parts.append(el("text", text, x=self.LEFT - 8, y=y + 4, text_anchor="end"))
        return join(parts)

    def _diagonal(self) -> SafeString:
        """Draw the days on which what was expected was the day of the report itself."""
        low = max(self._reports[0], self._expected[0])
        high = min(self._reports[1], self._expected[1])
        if high <= low:
            return join(())
        return el(
            "line",
            class_="cap",
            x1=self._x(low),
            x2=self._x(high),
            y1=self._y(low),
            y2=self._y(high),
        )

    def _line(self, at: int, line: SlipLine, name_y: float) -> SafeString:
        steps: list[tuple[float, float]] = []
        for one in line.points:
            x, y = self._x(one.on), self._y(one.expected)
            if steps:
                steps.append((x, steps[-1][1]))
            steps.append((x, y))
        last = self._x(line.reached_on or self.today)
        if last > steps[-1][0]:
            steps.append((last, steps[-1][1]))
        places = [(self._x(one.on), self._y(one.expected)) for one in line.points]
        dots = join(el("circle", fill="var(--accent)", cx=x, cy=y, r=4) for x, y in places)
        end_x, end_y = steps[-1]
        done = el("circle", fill="var(--text)", cx=end_x, cy=end_y, r=5)
        return el(
            "g",
            title(f"{line.name} – {formats.day(line.points[-1].expected)}"),
            el("polyline", class_="line", points=_points(steps), stroke_dasharray=DASHES[at % 4]),
            dots,
            done if line.reached_on else "",
            el("text", _short(line.name), class_="strong", x=end_x + 8, y=name_y + 4),
        )

    def twin(self) -> DataTable:
        columns = (Column(_("Milestone")), Column(_("Reported on")), Column(_("Expected on")))
        rows = tuple(
            Row((line.name, formats.day(one.on), formats.day(one.expected)))
            for line in self.lines
            for one in line.points
        )
        return DataTable(self.caption, columns, rows, caption_hidden=True)


def _short(name: str, most: int = 24) -> str:
    return name if len(name) <= most else f"{name[: most - 1]}…"


def _points(pairs: list[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in pairs)
