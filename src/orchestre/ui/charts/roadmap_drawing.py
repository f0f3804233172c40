"""The roadmap as SVG: links for bars, textures for phases, elbows for dependencies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from orchestre.ui import formats
from orchestre.ui.charts.roadmap import Dependency, Phase, RoadBar, Roadmap
from orchestre.ui.charts.roadmap_layout import (
    BAR,
    HEAD,
    LABELS,
    WIDTH,
    Layout,
    Placed,
    PlacedLane,
    Scale,
    lay_out,
    ticks,
)
from orchestre.ui.charts.svg import el, join, title

_DEFS = mark_safe(
    '<defs><pattern id="rm-freeze" width="8" height="8" patternUnits="userSpaceOnUse">'
    '<path class="hx" d="M-2 10 10-2M6 10l4-4M-2 2l4-4"/></pattern>'
    '<pattern id="rm-announce" width="7" height="7" patternUnits="userSpaceOnUse">'
    '<circle class="dot" cx="2" cy="2" r="1.1"/></pattern>'
    '<pattern id="rm-train" width="7" height="7" patternUnits="userSpaceOnUse">'
    '<path class="tx" d="M-1 8 8-1M5 8l3-3M-1 2l3-3"/></pattern>'
    '<pattern id="rm-recover" width="7" height="7" patternUnits="userSpaceOnUse">'
    '<path class="tx" d="M0 3.5h7"/></pattern>'
    '<marker id="rm-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
    'orient="auto-start-reverse" markerUnits="userSpaceOnUse"><path d="M0 0 8 4 0 8z"/></marker>'
    '<marker id="rm-arrow-bad" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" '
    'markerHeight="8" orient="auto" markerUnits="userSpaceOnUse">'
    '<path class="bad" d="M0 0 8 4 0 8z"/></marker></defs>'
)
_TEXTURES = {"announce": "announce", "train": "train", "recover": "recover"}


def draw(roadmap: Roadmap) -> SafeString:
    layout = lay_out(roadmap)
    placed = {one.bar.bar_id: one for lane in layout.lanes for one in lane.bars}
    return el(
        "svg",
        _DEFS,
        _header(roadmap, layout),
        _freezes(roadmap, layout),
        join(_lane(lane) for lane in layout.lanes),
        _today(roadmap, layout),
        join(_dependency(one, placed) for one in roadmap.dependencies),
        join(_bar(one, layout.scale) for lane in layout.lanes for one in lane.bars),
        class_="chart rm",
        viewBox=f"0 0 {WIDTH:g} {layout.height:g}",
        role="group",
        aria_label=str(roadmap.caption),
        data_roadmap="",
        data_week_px=7 * layout.scale.day_px,
    )


def _tick_text(day: date, zoom: str) -> str:
    if zoom == "week":
        return formats.week(day)
    if zoom == "quarter":
        return _("Q%(quarter)s %(year)s") % {"quarter": (day.month + 2) // 3, "year": day.year}
    return formats.month_short(day)


def _header(roadmap: Roadmap, layout: Layout) -> SafeString:
    parts: list[SafeString] = []
    years: set[int] = set()
    free_from = 0.0
    for day in ticks(roadmap):
        x = layout.scale.x(day)
        parts.append(el("line", class_="grid", x1=x, x2=x, y1=24.0, y2=layout.height))
        if day.year not in years and roadmap.zoom != "quarter":
            parts.append(el("text", str(day.year), class_="strong", x=x + 6, y=14))
            years.add(day.year)
        if x >= free_from:
            text = _tick_text(day, roadmap.zoom)
            parts.append(el("text", text, x=x + 6, y=36))
            free_from = x + len(text) * 7 + 10
    return join(parts)


def _freezes(roadmap: Roadmap, layout: Layout) -> SafeString:
    scale = layout.scale
    return join(
        el(
            "g",
            title(f"{band.label} – {formats.dates(band.starts_on, band.ends_on)}"),
            el(
                "rect",
                class_="frz",
                x=scale.x(band.starts_on),
                y=HEAD,
                width=scale.x(band.ends_on) - scale.x(band.starts_on),
                height=layout.height - HEAD,
            ),
        )
        for band in roadmap.freezes
        if scale.shows(band.starts_on, band.ends_on)
    )


def _clipped(text: str, x: float, y: float, width: float, height: float, css: str) -> SafeString:
    """A nested drawing cuts what does not fit; the whole text is in its title."""
    inside = el("text", text, class_=css, x=0, y=height / 2 + 4.5)
    return el("svg", title(text), inside, x=x, y=y, width=max(width, 1.0), height=height)


def _lane(lane: PlacedLane) -> SafeString:
    line = el("line", class_="grid", x1=0, x2=WIDTH, y1=lane.y, y2=lane.y)
    lines = _two_lines(lane.label)
    names = [
        _clipped(text, 0, lane.y + 14 + 18 * i, LABELS - 14, 22, "lane")
        for i, text in enumerate(lines)
    ]
    return el("g", line, *names)


def _two_lines(text: str, limit: int = 24) -> list[str]:
    if len(text) <= limit or " " not in text:
        return [text]
    cut = text.rfind(" ", 0, limit + 1)
    return [text] if cut < 0 else [text[:cut], text[cut + 1 :]]


def _bar(placed: Placed, scale: Scale) -> SafeString:
    bar = placed.bar
    return el(
        "a",
        title(bar.aria_label),
        el("rect", class_="body", width=placed.width, height=placed.height, rx=8),
        join(
            _phase(
                phase.kind, scale.x(phase.starts_on) - placed.x, scale.x(phase.ends_on) - placed.x
            )
            for phase in _shown(bar, scale)
        ),
        _label(placed),
        join(
            el(
                "path",
                title(f"{one.label} – {formats.day(one.on)}"),
                class_="ms-mark",
                d=_DIAMOND,
                transform=f"translate({scale.x(one.on) - placed.x:.1f} {BAR - 3.5:g})",
            )
            for one in bar.milestones
            if scale.starts_on <= one.on <= scale.ends_on
        ),
        href=bar.url,
        class_=f"bar k-{bar.tone} wave" if placed.wave_of else f"bar k-{bar.tone}",
        transform=f"translate({placed.x:.1f} {placed.y:g})",
        aria_label=bar.aria_label,
        data_bar=bar.bar_id,
        data_movable="" if bar.preview_url else None,
        data_preview=bar.preview_url or None,
        data_with=placed.wave_of or None,
    )


def _shown(bar: RoadBar, scale: Scale) -> Iterator[Phase]:
    """The parts of phases that are both in the bar and in the period."""
    for phase in bar.phases:
        starts_on, ends_on = max(phase.starts_on, bar.starts_on), min(phase.ends_on, bar.ends_on)
        if starts_on < ends_on and scale.shows(starts_on, ends_on):
            yield replace(phase, starts_on=starts_on, ends_on=ends_on)


_DIAMOND = "M0-6 6 0 0 6-6 0z"


def _phase(kind: str, left: float, right: float) -> SafeString:
    left, width = max(left, 0.0), max(right - max(left, 0.0), 0.0)
    box = {"x": left + 1, "y": BAR - 6, "width": max(width - 2, 1.0), "height": 5, "rx": 2.5}
    if kind == "go_live":
        return el("rect", class_="ph", **box)
    fill = f"url(#rm-{_TEXTURES[kind]})" if kind in _TEXTURES else "none"
    return el("rect", fill=fill, **box)


def _label(placed: Placed) -> SafeString:
    text, middle = placed.bar.label, placed.height / 2 + (4.5 if placed.wave_of else 3)
    if placed.label_side == "right":
        return el("text", text, x=placed.width + 8, y=middle)
    if placed.label_side == "left":
        return el("text", text, x=-8, y=middle, text_anchor="end")
    return _clipped(text, 10, 0, placed.width - 14, placed.height - 3, "ink")


def _dependency(one: Dependency, placed: dict[str, Placed]) -> SafeString:
    before, after = placed.get(one.before_id), placed.get(one.after_id)
    if before is None or after is None:
        return mark_safe("")  # one end is outside the period shown; the twin list has both
    x1, y1, x2, y2 = before.right, before.middle, after.x, after.middle
    if x2 >= x1 + 16:
        path = f"M{x1:.1f} {y1:g}H{x2 - 10:.1f}V{y2:g}H{x2:.1f}"
    else:
        turn = y1 + (BAR / 2 + 4) * (1 if y2 > y1 else -1)
        path = f"M{x1:.1f} {y1:g}h8V{turn:g}H{x2 - 10:.1f}V{y2:g}H{x2:.1f}"
    marker = "url(#rm-arrow-bad)" if one.broken else "url(#rm-arrow)"
    css = "dep broken" if one.broken else "dep"
    return el("path", title(one.label), class_=css, d=path, marker_end=marker)


def _today(roadmap: Roadmap, layout: Layout) -> SafeString:
    today = roadmap.today
    if today is None or not roadmap.starts_on <= today < roadmap.ends_on:
        return mark_safe("")
    x = layout.scale.x(today)
    text = f"{_('Today')} – {formats.day(today)}"
    line = el("line", class_="today", x1=x, x2=x, y1=24.0, y2=layout.height)
    return el("g", title(text), line, el("circle", class_="now", cx=x, cy=22, r=4))
