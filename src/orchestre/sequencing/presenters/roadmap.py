"""The roadmap of a scenario: the plan in force with what the scenario overrides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import groupby
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from orchestre.access.reach import Person
from orchestre.portfolio.models import Dependency, Initiative, Milestone, Wave
from orchestre.portfolio.presenters import roadmap as drawing
from orchestre.portfolio.presenters import words as portfolio_words
from orchestre.portfolio.queries.one import span_of
from orchestre.portfolio.queries.plan import WINDOW_ROWS, Drawn, drawn
from orchestre.portfolio.rules.dates import Span
from orchestre.portfolio.rules.view import View
from orchestre.portfolio.rules.window import MONTHS_SHOWN, Window
from orchestre.sequencing.models import Scenario
from orchestre.sequencing.presenters import words
from orchestre.sequencing.rules.edits import Edit, PlannedWave, days_moved, new_span, wave_days
from orchestre.ui import formats
from orchestre.ui.charts import roadmap as chart
from orchestre.ui.components import Link, Pager, Switch

Edits = Mapping[str, Edit]


@dataclass(frozen=True)
class Timeline:
    """The drawing and the ways to move in time."""

    roadmap: chart.Roadmap | None
    period: str
    previous_url: str
    next_url: str
    today_url: str
    zooms: Switch
    pager: Pager | None
    undated: int
    has_waves: bool


def timeline(
    person: Person,
    scenario: Scenario,
    edits: Edits,
    view: View,
    window: Window,
    *,
    movable: bool,
) -> Timeline:
    """Draw one window of a scenario."""
    found = drawn(person, replace(view, group=view.group or "unit", sort="starts"), window)
    here = _Here(scenario, view)
    half = max(1, MONTHS_SHOWN[found.window.zoom] // 2)
    zooms = (("week", _("Weeks")), ("month", _("Months")), ("quarter", _("Quarters")))
    return Timeline(
        roadmap=_chart(scenario, edits, found, view, movable=movable) if found.rows else None,
        period=formats.dates(found.window.starts_on, found.window.ends_on),
        previous_url=here.at(found.window.moved(-half)),
        next_url=here.at(found.window.moved(half)),
        today_url=here.at(replace(found.window, chosen=False)),
        zooms=Switch(
            _("Zoom"),
            tuple(
                Link(label, here.at(found.window.zoomed(zoom)), found.window.zoom == zoom)  # type: ignore[arg-type]  # the names are those of Zoom
                for zoom, label in zooms
            ),
        ),
        pager=_pager(found, here),
        undated=found.undated,
        has_waves=any(found.waves.values()),
    )


@dataclass(frozen=True)
class _Here:
    """Writes addresses of this page that keep its state."""

    scenario: Scenario
    view: View

    def at(self, window: Window, page: int = 1) -> str:
        """Return the address of another window."""
        pairs = window.pairs()
        if self.view.text:
            pairs.append(("q", self.view.text))
        if page > 1:
            pairs.append(("page", str(page)))
        return f"{reverse('sequencing:show', args=[self.scenario.pk])}?{urlencode(pairs)}"


def _chart(
    scenario: Scenario, edits: Edits, found: Drawn, view: View, *, movable: bool
) -> chart.Roadmap:
    for one in found.rows:
        edit = edits.get(one.code)
        for mark in found.milestones.get(one.pk, []) if edit else []:
            _shift(mark, days_moved(edit or Edit(), span_of(one)))
        if edit:
            _shift_waves(edit, span_of(one), found.waves.get(one.pk, []))
    moved = {one.pk: in_scenario(one, edits.get(one.code)) for one in found.rows}
    pairs = zip(found.lanes, found.rows, strict=True)
    lanes = tuple(
        chart.Lane(
            portfolio_words.group_label(view.group or "unit", value),
            tuple(
                _bar(scenario, moved[one.pk], edits.get(one.code), found, movable=movable)
                for _value, one in some
            ),
        )
        for value, some in groupby(pairs, key=lambda pair: pair[0])
    )
    return chart.Roadmap(
        caption=_("Roadmap of the scenario, %s")
        % formats.dates(found.window.starts_on, found.window.ends_on),
        starts_on=found.window.starts_on,
        ends_on=found.window.ends_on,
        lanes=lanes,
        dependencies=tuple(_link(row, moved) for row in found.dependencies),
        freezes=drawing.freezes_in(found.window),
        today=timezone.localdate(),
        zoom=found.window.zoom,
        live=True,
    )


def _shift_waves(edit: Edit, span: Span, rows: list[Wave]) -> None:
    """Give the waves of an initiative the days that a scenario gives them; nothing is written."""
    waves = tuple(PlannedWave(one.pk, one.name, one.go_live_on, frozenset()) for one in rows)
    days = wave_days(edit, span, waves, timezone.localdate())
    for one in rows:
        one.go_live_on += timedelta(days=days[one.pk])


def in_scenario(one: Initiative, edit: Edit | None) -> Initiative:
    """Give an initiative the dates that a scenario gives it; nothing is written."""
    if edit is None:
        return one
    new = new_span(edit, span_of(one))
    one.starts_on, one.ends_on, one.go_live_on = new.starts_on, new.ends_on, new.go_live_on
    return one


def _link(row: Dependency, moved: Mapping[int, Initiative]) -> chart.Dependency:
    row.predecessor, row.successor = moved[row.predecessor_id], moved[row.successor_id]
    return drawing.link(row)


def _bar(
    scenario: Scenario, one: Initiative, edit: Edit | None, found: Drawn, *, movable: bool
) -> chart.RoadBar:
    marks = found.milestones.get(one.pk, [])
    url = reverse("sequencing:initiative", args=[scenario.pk, one.code])
    preview = reverse("sequencing:preview", args=[scenario.pk, one.code]) if movable else ""
    movable = movable and (edit is None or edit.included)
    bar = replace(
        drawing.bar(one, marks, url, preview if movable else ""),
        waves=tuple(
            _wave(scenario, one, wave, dict(edit.waves) if edit else {}, movable=movable)
            for wave in found.waves.get(one.pk, [])
        ),
    )
    if edit is None or edit.says_nothing:
        return bar
    told = words.edit(edit, span_of(one))
    label = _("%(title)s (%(what)s)") % {"title": bar.label, "what": told}
    aria = _("%(bar)s, in the scenario: %(what)s") % {"bar": bar.aria_label, "what": told}
    return replace(bar, label=label, aria_label=aria, tone="watch" if edit.included else "off")


def bar_id(wave: Wave) -> str:
    """Return the name of the bar of a wave."""
    return f"wave-{wave.pk}"


def _wave(
    scenario: Scenario, one: Initiative, wave: Wave, own: Mapping[int, int], *, movable: bool
) -> chart.RoadBar:
    """Draw the week in which a wave goes live, already where the scenario puts it."""
    today = timezone.localdate()
    told = {"code": one.code, "wave": wave.name, "day": formats.day(wave.go_live_on)}
    label = _("%(wave)s: %(day)s") % told
    aria = _("%(code)s, wave “%(wave)s”, go-live on %(day)s") % told
    tone: chart.BarTone = "accent"
    if days := own.get(wave.pk):
        apart = words.shifted(days)
        label = _("%(title)s (%(what)s)") % {"title": label, "what": apart}
        aria = _("%(bar)s, in the scenario: %(what)s") % {"bar": aria, "what": apart}
        tone = "watch"
    args = [scenario.pk, one.code, wave.pk]
    movable = movable and wave.go_live_on >= today
    return chart.RoadBar(
        bar_id=bar_id(wave),
        label=label,
        starts_on=wave.go_live_on,
        ends_on=wave.go_live_on + timedelta(weeks=1),
        url=reverse("sequencing:wave", args=args),
        aria_label=aria,
        tone=tone if movable or tone == "watch" else "done",
        preview_url=reverse("sequencing:wave-preview", args=args) if movable else "",
    )


def _shift(mark: Milestone, days: int) -> None:
    if mark.actual_on is None and mark.forecast_on is not None:
        mark.forecast_on += timedelta(days=days)


def _pager(found: Drawn, here: _Here) -> Pager | None:
    if found.pages == 1:
        return None
    first = (found.page - 1) * WINDOW_ROWS + 1
    summary = _("%(first)s–%(last)s of %(total)s initiatives, %(rows)s at a time") % {
        "first": formats.number(first),
        "last": formats.number(first + len(found.rows) - 1),
        "total": formats.number(found.total),
        "rows": WINDOW_ROWS,
    }
    before, after = found.page - 1, found.page + 1
    return Pager(
        summary,
        here.at(found.window, before) if before else "",
        here.at(found.window, after) if after <= found.pages else "",
    )
