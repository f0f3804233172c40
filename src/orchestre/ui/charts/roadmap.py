"""The roadmap: what is drawn. How it is placed is in `roadmap_layout`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from orchestre.ui import formats
from orchestre.ui.component import Component, Text
from orchestre.ui.tables import Column, DataTable, Row

PhaseKind = Literal["announce", "prepare", "train", "go_live", "recover"]
BarTone = Literal["accent", "ok", "watch", "off", "done", "unknown"]


@dataclass(frozen=True, slots=True)
class Phase:
    """Half-open range; the kind decides the texture, the label is said."""

    kind: PhaseKind
    label: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Milestone:
    label: str
    on: date


@dataclass(frozen=True, slots=True)
class RoadBar:
    """One change. With `preview_url` it can be moved: `?shift=<weeks>` answers with a fragment.

    `waves` are drawn below it, narrower; those that can be moved follow it while it moves.
    """

    bar_id: str
    label: str
    starts_on: date
    ends_on: date
    url: str
    aria_label: str
    tone: BarTone = "accent"
    phases: tuple[Phase, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    preview_url: str = ""
    waves: tuple[RoadBar, ...] = ()


@dataclass(frozen=True, slots=True)
class Lane:
    label: str
    bars: tuple[RoadBar, ...]


@dataclass(frozen=True, slots=True)
class Dependency:
    before_id: str
    after_id: str
    label: str
    broken: bool = False


@dataclass(frozen=True, slots=True)
class FreezeBand:
    label: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Roadmap(Component):
    template_name = "ui/charts/roadmap.html"
    caption: Text
    starts_on: date
    ends_on: date
    lanes: tuple[Lane, ...]
    dependencies: tuple[Dependency, ...] = ()
    freezes: tuple[FreezeBand, ...] = ()
    today: date | None = None
    zoom: Literal["week", "month", "quarter"] = "month"
    map_id: str = "roadmap"
    live: bool = False  # the effect follows the bar while it moves, and dropping it writes

    @property
    def drawing(self) -> SafeString:
        from orchestre.ui.charts import roadmap_drawing  # noqa: PLC0415 - it needs these types

        return roadmap_drawing.draw(self)

    def twin(self) -> DataTable:
        """The same changes as a list, in the order of the drawing."""
        columns = tuple(
            Column(text)
            for text in (_("Name"), _("Lane"), _("Dates"), _("Milestones"), _("Waits for"))
        )
        rows = tuple(
            self._row(lane, one)
            for lane in self.lanes
            for bar in lane.bars
            for one in (bar, *bar.waves)
        )
        caption = _("%s, as a list") % self.caption  # a name of its own beside the drawing
        return DataTable(caption=caption, columns=columns, rows=rows, caption_hidden=True)

    def _row(self, lane: Lane, bar: RoadBar) -> Row:
        return Row(
            (
                bar.label,
                lane.label,
                formats.dates(bar.starts_on, bar.ends_on),
                ", ".join(f"{m.label} ({formats.day(m.on)})" for m in bar.milestones),
                ", ".join(one.label for one in self.dependencies if one.after_id == bar.bar_id),
            ),
            url=bar.url,
        )
