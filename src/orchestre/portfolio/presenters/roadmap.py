"""Initiatives in time: the roadmap of a view, and the small one of an initiative."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.reach import Person
from orchestre.portfolio import policy
from orchestre.portfolio.models import Dependency, Initiative, Milestone, Wave
from orchestre.portfolio.presenters import empty, sentences, words
from orchestre.portfolio.presenters.listing import layouts
from orchestre.portfolio.presenters.waves import marks as wave_marks
from orchestre.portfolio.queries.beside import freezes
from orchestre.portfolio.queries.one import Need, milestones_of, span_of
from orchestre.portfolio.queries.plan import WINDOW_ROWS, Drawn
from orchestre.portfolio.rules.dates import slack_days
from orchestre.portfolio.rules.view import View
from orchestre.portfolio.rules.window import MONTHS_SHOWN, Window, Zoom
from orchestre.ui import formats
from orchestre.ui.charts import roadmap as chart
from orchestre.ui.components import EmptyState, FilterChips, Link, Pager, Switch

TONES: dict[str, chart.BarTone] = {"idea": "unknown", "stopped": "off", "value": "done"}


@dataclass(frozen=True)
class RoadmapPage:
    """What the roadmap shows."""

    sentence: str
    roadmap: chart.Roadmap | None
    empty: EmptyState | None
    layouts: Switch
    zooms: Switch
    period: str
    previous_url: str
    next_url: str
    today_url: str
    groups: tuple[tuple[str, str, bool], ...]
    kept: tuple[tuple[str, str], ...]
    chips: FilterChips
    undated: Link | None
    pager: Pager | None
    movable: bool


def roadmap_page(person: Person, view: View, drawn: Drawn) -> RoadmapPage:
    """Turn what is drawn into the page."""
    window = drawn.window
    base = reverse("portfolio:roadmap")
    half = max(1, MONTHS_SHOWN[window.zoom] // 2)
    group = view.group or "unit"
    editable = _editable(person, drawn.rows)
    here = _Here(base, view)
    return RoadmapPage(
        sentence=_sentence(drawn),
        roadmap=_chart(drawn, group, editable) if drawn.rows else None,
        empty=None if drawn.rows else _empty(person, drawn, here),
        layouts=layouts("roadmap", view),
        zooms=Switch(
            _("Zoom"),
            tuple(
                Link(label, here.at(window.zoomed(zoom)), window.zoom == zoom)
                for zoom, label in _zooms()
            ),
        ),
        period=formats.dates(window.starts_on, window.ends_on),
        previous_url=here.at(window.moved(-half)),
        next_url=here.at(window.moved(half)),
        today_url=here.at(replace(window, chosen=False)),
        groups=tuple(
            (name, str(label), name == group) for name, label in words.GROUP_LABELS.items()
        ),
        kept=tuple(here.kept(window)),
        chips=FilterChips(sentences.chips(view, base), clear_url=base),
        undated=_undated(drawn),
        pager=_pager(drawn, here),
        movable=bool(editable),
    )


def _zooms() -> tuple[tuple[Zoom, str], ...]:
    return (("week", _("Weeks")), ("month", _("Months")), ("quarter", _("Quarters")))


@dataclass(frozen=True)
class _Here:
    """Writes addresses of this page that keep its state."""

    base: str
    view: View

    def at(self, window: Window, page: int = 1) -> str:
        query = replace(self.view, page=page, columns=(), saved=None).query()
        return f"{self.base}?{'&'.join(part for part in (query, window.query()) if part)}"

    def kept(self, window: Window) -> list[tuple[str, str]]:
        found = [(one.name, value) for one in self.view.filters for value in one.values]
        if self.view.text:
            found.append(("q", self.view.text))
        return found + window.pairs()


def _editable(person: Person, rows: tuple[Initiative, ...]) -> frozenset[int]:
    keys = [one.pk for one in rows]
    found = policy.editable_by(person).filter(pk__in=keys, archived_at=None)
    return frozenset(found.values_list("pk", flat=True))


def _chart(drawn: Drawn, group: str, editable: frozenset[int]) -> chart.Roadmap:
    window = drawn.window
    pairs = zip(drawn.lanes, drawn.rows, strict=True)
    lanes = tuple(
        chart.Lane(
            words.group_label(group, value),
            tuple(
                _bar(
                    one,
                    drawn.milestones.get(one.pk, []),
                    drawn.waves.get(one.pk, []),
                    movable=one.pk in editable,
                )
                for _value, one in some
            ),
        )
        for value, some in groupby(pairs, key=lambda pair: pair[0])
    )
    return chart.Roadmap(
        caption=_("Roadmap, %s") % formats.dates(window.starts_on, window.ends_on),
        starts_on=window.starts_on,
        ends_on=window.ends_on,
        lanes=lanes,
        dependencies=tuple(link(row) for row in drawn.dependencies),
        freezes=freezes_in(window),
        today=timezone.localdate(),
        zoom=window.zoom,
    )


def freezes_in(window: Window) -> tuple[chart.FreezeBand, ...]:
    """Return the frozen periods that a window shows."""
    return tuple(
        chart.FreezeBand(period.name, period.starts_on, period.ends_on)
        for period in freezes()
        if period.starts_on < window.ends_on and period.ends_on > window.starts_on
    )


def _bar(
    one: Initiative, milestones: list[Milestone], waves: list[Wave], *, movable: bool
) -> chart.RoadBar:
    preview = reverse("portfolio:preview", args=[one.code]) if movable else ""
    return bar(one, milestones, reverse("portfolio:show", args=[one.code]), preview, waves)


def bar(
    one: Initiative,
    milestones: list[Milestone],
    url: str,
    preview_url: str = "",
    waves: list[Wave] | None = None,
) -> chart.RoadBar:
    """Draw an initiative between its dates."""
    starts_on, ends_on = one.starts_on or date.max, one.ends_on or date.max
    marks = [
        chart.Milestone(row.name, on)
        for row in milestones
        if (on := row.actual_on or row.forecast_on) is not None
    ]
    marks += wave_marks(waves or [])
    if one.go_live_on:
        marks.append(chart.Milestone(_("Go-live"), one.go_live_on))
    stage = words.capital(Initiative.Stage(one.stage).label)
    return chart.RoadBar(
        bar_id=str(one.pk),
        label=one.title,
        starts_on=starts_on,
        ends_on=ends_on,
        url=url,
        aria_label=f"{one.code} {one.title}, {stage}, {formats.dates(starts_on, ends_on)}",
        tone=TONES.get(one.stage, "accent"),
        milestones=tuple(sorted(marks, key=lambda mark: mark.on)),
        preview_url=preview_url,
    )


def link(row: Dependency) -> chart.Dependency:
    """Draw a dependency between the dates that its two ends have."""
    slack = slack_days(row.kind, span_of(row.predecessor), span_of(row.successor), row.lag_days)
    label = _("%(taker)s needs %(giver)s: %(slack)s") % {
        "taker": row.successor.code,
        "giver": row.predecessor.code,
        "slack": words.slack(slack),
    }
    broken = slack is not None and slack < 0
    return chart.Dependency(str(row.predecessor_id), str(row.successor_id), label, broken)


def _sentence(drawn: Drawn) -> str:
    told = ngettext(
        "%(n)s initiative in this period", "%(n)s initiatives in this period", drawn.total
    ) % {"n": formats.number(drawn.total)}
    broken = sum(link(row).broken for row in drawn.dependencies)
    if broken:
        told += ", " + ngettext("%(n)s broken dependency", "%(n)s broken dependencies", broken) % {
            "n": formats.number(broken)
        }
    if drawn.outside:
        told += ", " + ngettext("%(n)s outside it", "%(n)s outside it", drawn.outside) % {
            "n": formats.number(drawn.outside)
        }
    return f"{told}."


def _undated(drawn: Drawn) -> Link | None:
    if not drawn.undated:
        return None
    label = ngettext(
        "%(n)s initiative without dates is not drawn",
        "%(n)s initiatives without dates are not drawn",
        drawn.undated,
    ) % {"n": formats.number(drawn.undated)}
    return Link(label, f"{reverse('portfolio:list')}?{urlencode({'dates': 'missing'})}")


def _empty(person: Person, drawn: Drawn, here: _Here) -> EmptyState:
    if drawn.outside:
        return empty.elsewhere(drawn.outside, here.base)
    if drawn.undated:
        return empty.undrawable(drawn.undated)
    if here.view.is_narrowed:
        return empty.nothing_matches(here.base)
    return empty.new(person)


def _pager(drawn: Drawn, here: _Here) -> Pager | None:
    if drawn.pages == 1:
        return None
    first = (drawn.page - 1) * WINDOW_ROWS + 1
    summary = _("%(first)s–%(last)s of %(total)s initiatives, %(rows)s at a time") % {
        "first": formats.number(first),
        "last": formats.number(first + len(drawn.rows) - 1),
        "total": formats.number(drawn.total),
        "rows": WINDOW_ROWS,
    }
    before, after = drawn.page - 1, drawn.page + 1
    return Pager(
        summary,
        here.at(drawn.window, before) if before else "",
        here.at(drawn.window, after) if after <= drawn.pages else "",
    )


def around(person: Person, initiative: Initiative, needs: list[Need]) -> chart.Roadmap | None:
    """Return an initiative and those it gives to or needs, in time; None without dates."""
    if not span_of(initiative).complete:
        return None
    needed = [need.other for need in needs if not need.gives and need.other]
    given = [need.other for need in needs if need.gives and need.other and need.other not in needed]
    rows = [one for one in (initiative, *given, *needed) if span_of(one).complete]
    first = min(one.starts_on for one in rows if one.starts_on)
    last = max(one.ends_on for one in rows if one.ends_on)
    margin = timedelta(days=max(14, (last - first).days // 20))
    window = Window(first - margin, last + margin, _zoom((last - first).days))
    editable = _editable(person, (initiative,))
    lanes = (
        (_("Needs"), needed),
        (initiative.code, [initiative]),
        (_("Gives to"), given),
    )
    return chart.Roadmap(
        caption=_("Plan of %s and what it depends on") % initiative.code,
        starts_on=window.starts_on,
        ends_on=window.ends_on,
        lanes=tuple(
            chart.Lane(
                label,
                tuple(
                    _bar(
                        one,
                        milestones_of(one) if one == initiative else [],
                        list(one.waves.all()) if one == initiative else [],
                        movable=one.pk in editable,
                    )
                    for one in _once(some)
                    if span_of(one).complete
                ),
            )
            for label, some in lanes
            if any(span_of(one).complete for one in some)
        ),
        dependencies=tuple(link(need.dependency) for need in needs if need.other),
        freezes=freezes_in(window),
        today=timezone.localdate(),
        zoom=window.zoom,
    )


def _zoom(days: int) -> Zoom:
    return "week" if days < 120 else "month" if days < 800 else "quarter"


def _once(some: list[Initiative]) -> list[Initiative]:
    return list({one.pk: one for one in some}.values())
