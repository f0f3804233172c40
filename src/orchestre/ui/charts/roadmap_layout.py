"""Where things go on the roadmap: dates to abscissas, bars to rows that do not touch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from orchestre.ui.charts.roadmap import RoadBar, Roadmap
from orchestre.ui.charts.svg import text_width

WIDTH, LABELS, HEAD = 1200.0, 190.0, 46.0
BAR, GAP, PADDING = 32.0, 10.0, 12.0
MARGIN = 8.0
WAVE, WAVE_GAP = 24.0, 4.0  # a wave is as high as a finger needs


@dataclass(frozen=True)
class Scale:
    """Days to pixels."""

    starts_on: date
    ends_on: date

    @property
    def day_px(self) -> float:
        return (WIDTH - LABELS - MARGIN) / max((self.ends_on - self.starts_on).days, 1)

    def x(self, day: date) -> float:
        clipped = min(max(day, self.starts_on), self.ends_on)
        return LABELS + (clipped - self.starts_on).days * self.day_px

    def shows(self, starts_on: date, ends_on: date) -> bool:
        return starts_on < self.ends_on and ends_on > self.starts_on


@dataclass(frozen=True)
class Placed:
    bar: RoadBar
    x: float
    y: float
    width: float
    label_side: str  # inside | right | left | cut
    height: float = BAR
    wave_of: str = ""

    @property
    def middle(self) -> float:
        return self.y + self.height / 2

    @property
    def right(self) -> float:
        return self.x + self.width


@dataclass(frozen=True)
class PlacedLane:
    label: str
    y: float
    height: float
    bars: tuple[Placed, ...]


@dataclass(frozen=True)
class Layout:
    scale: Scale
    lanes: tuple[PlacedLane, ...]
    height: float


def _side(label: str, x: float, width: float) -> tuple[str, float, float]:
    """Where the label fits, and the room that bar and label take together."""
    wanted = text_width(label) + 20
    if wanted <= width:
        return "inside", x, x + width
    if x + width + wanted <= WIDTH:
        return "right", x, x + width + wanted
    if x - wanted >= LABELS:
        return "left", x - wanted, x + width
    return "cut", x, x + width


def _room(bar: RoadBar, scale: Scale) -> tuple[str, float, float, float, float]:
    """Where the label fits, where the bar is, and the room that both take together."""
    x = scale.x(bar.starts_on)
    width = max(scale.x(bar.ends_on) - x, 6.0)
    side, left, right = _side(bar.label, x, width)
    return side, x, width, left, right


def _place_bars(bars: tuple[RoadBar, ...], scale: Scale, top: float) -> tuple[list[Placed], float]:
    """Lay bars in rows, each with its waves below it; return them and the height they take."""
    busy: list[float] = []  # right end of each row
    chosen: list[tuple[int, tuple[RoadBar, ...], Placed]] = []
    for bar in sorted(bars, key=lambda one: (one.starts_on, one.bar_id)):
        if not scale.shows(bar.starts_on, bar.ends_on):
            continue
        side, x, width, left, right = _room(bar, scale)
        waves = tuple(one for one in bar.waves if scale.shows(one.starts_on, one.ends_on))
        rooms = [_room(one, scale) for one in waves]
        left = min([left, *(room[3] for room in rooms)])
        right = max([right, *(room[4] for room in rooms)])
        row = next((i for i, end in enumerate(busy) if end + 6 <= left), len(busy))
        busy[row : row + 1] = [right]
        chosen.append((row, waves, Placed(bar, x, 0.0, width, side)))
    heights = [BAR] * len(busy)
    for row, waves, _placed in chosen:
        heights[row] = max(heights[row], BAR + len(waves) * (WAVE + WAVE_GAP))
    tops = [top + sum(heights[:row]) + row * GAP for row in range(len(busy))]
    placed = [
        one
        for row, waves, bar in chosen
        for one in (replace(bar, y=tops[row]), *_place_waves(bar.bar, waves, scale, tops[row]))
    ]
    return placed, max(sum(heights) + GAP * (len(heights) - 1), BAR)


def _place_waves(
    bar: RoadBar, waves: tuple[RoadBar, ...], scale: Scale, top: float
) -> Iterator[Placed]:
    for at, one in enumerate(waves):
        side, x, width, _left, _right = _room(one, scale)
        y = top + BAR + WAVE_GAP + at * (WAVE + WAVE_GAP)
        yield Placed(one, x, y, width, side, WAVE, bar.bar_id)


def lay_out(roadmap: Roadmap) -> Layout:
    scale = Scale(roadmap.starts_on, roadmap.ends_on)
    y = HEAD
    lanes = []
    for lane in roadmap.lanes:
        placed, taken = _place_bars(lane.bars, scale, y + PADDING)
        height = taken + 2 * PADDING
        lanes.append(PlacedLane(lane.label, y, height, tuple(placed)))
        y += height
    return Layout(scale, tuple(lanes), y + 4)


def ticks(roadmap: Roadmap) -> list[date]:
    """The first day of each week, month or quarter shown."""
    day = roadmap.starts_on
    if roadmap.zoom == "week":
        day -= timedelta(days=day.weekday())
        days = [day + timedelta(weeks=i) for i in range((roadmap.ends_on - day).days // 7 + 1)]
    else:
        step = 3 if roadmap.zoom == "quarter" else 1
        first = day.year * 12 + (day.month - 1) // step * step
        last = roadmap.ends_on.year * 12 + roadmap.ends_on.month - 1
        days = [date(m // 12, m % 12 + 1, 1) for m in range(first, last + 1, step)]
    return [one for one in days if roadmap.starts_on <= one < roadmap.ends_on]
