"""A tornado: what drives a result, the strongest first."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString

from orchestre.ui.charts.svg import el, join, title
from orchestre.ui.component import Component, Text
from orchestre.ui.tables import Column, DataTable, Row


@dataclass(frozen=True, slots=True)
class Blade:
    """One driver; `value` from 0 on, `text` writes it, `facts` are the other columns."""

    name: str
    value: float
    text: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tornado(Component):
    """Bars centred on an axis, the longest at the top, as committees know them."""

    template_name = "ui/charts/figure.html"
    caption: Text
    blades: tuple[Blade, ...]
    name_heading: Text
    value_heading: Text
    fact_headings: tuple[Text, ...] = ()

    NAMES, WIDTH, ROW, BAR, ROOM = 300.0, 760.0, 32.0, 18.0, 190.0
    MOST = 8

    @property
    def drawing(self) -> SafeString:
        shown = self.blades[: self.MOST]
        longest = max((one.value for one in shown), default=0.0) or 1.0
        middle, height = self.NAMES + self.ROOM + 10, self.ROW * len(shown) + 8
        return el(
            "svg",
            join(self._blade(at, one, middle, longest) for at, one in enumerate(shown)),
            el("line", class_="axis", x1=middle, x2=middle, y1=2, y2=height - 4),
            class_="chart",
            viewBox=f"0 0 {self.WIDTH:g} {height:g}",
            role="img",
            aria_label=str(self.caption),
        )

    def _blade(self, at: int, one: Blade, middle: float, longest: float) -> SafeString:
        half = max(one.value / longest * self.ROOM, 1.5)
        y = at * self.ROW + 7
        base, name = y + self.BAR - 5, _short(one.name)
        box = {"x": middle - half, "y": y, "width": 2 * half, "height": self.BAR, "rx": 3}
        return el(
            "g",
            title(f"{one.name} – {one.text}"),
            el("text", name, class_="ink", x=self.NAMES - 10, y=base, text_anchor="end"),
            el("rect", fill="var(--accent)", **box),
            el("text", one.text, class_="strong", x=middle + half + 8, y=base),
        )  # fmt: skip

    def twin(self) -> DataTable:
        columns = (
            Column(self.name_heading),
            Column(self.value_heading, numeric=True),
            *(Column(heading, numeric=True) for heading in self.fact_headings),
        )
        rows = tuple(Row((one.name, one.text, *one.facts)) for one in self.blades)
        return DataTable(self.caption, columns, rows, caption_hidden=True)


def _short(name: str, most: int = 42) -> str:
    return name if len(name) <= most else f"{name[: most - 1]}…"
