"""The roadmap of the coming months, and the milestones promised in the next ninety days."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.org.models import CalendarPeriod
from orchestre.portfolio.models import Initiative, Milestone
from orchestre.reports.presenters.pack.scope import Scope
from orchestre.reports.rules.document import (
    Bar,
    Cell,
    Head,
    Line,
    Mark,
    Road,
    Section,
    Table,
    Tone,
)
from orchestre.resources.rules import next_month
from orchestre.ui import formats

DAYS_AHEAD = 90
MONTHS_BEFORE = 1
SHORTEST_DAYS = 7
TONES: dict[str, Tone] = {
    Initiative.Health.OFF: "off",
    Initiative.Health.WATCH: "watch",
    Initiative.Health.OK: "ok",
    Initiative.Health.DONE: "done",
}
WORST_FIRST = (
    Initiative.Health.OFF,
    Initiative.Health.WATCH,
    Initiative.Health.OK,
    Initiative.Health.DONE,
)


def sections(scope: Scope) -> tuple[Section, ...]:
    """Write the roadmap and the milestones to come."""
    road, promised = _road(scope), _promised(scope)
    lead = ngettext(
        "%(n)d milestone promised in the next 90 days.",
        "%(n)d milestones promised in the next 90 days.",
        len(promised.rows),
    ) % {"n": len(promised.rows)}
    return (Section("roadmap", _("Roadmap"), lead, (road, promised)),)


def _road(scope: Scope) -> Road:
    starts_on = (scope.months[0] - timedelta(days=1)).replace(day=1)
    ends_on = next_month(scope.months[-1])
    shown = [
        one
        for one in scope.initiatives
        if one.starts_on and one.ends_on and one.starts_on < ends_on and one.ends_on > starts_on
    ]
    undated = sum(1 for one in scope.initiatives if not (one.starts_on and one.ends_on))
    return Road(
        "roadmap",
        _("Roadmap, %s") % formats.dates(starts_on, ends_on),
        starts_on,
        ends_on,
        scope.today,
        tuple(
            _bar(one, scope.by_initiative[one.pk])
            for one in sorted(shown, key=lambda one: (_first(one), one.code))
        ),
        _freezes(starts_on, ends_on),
        note=ngettext(
            "%(n)d initiative without dates is not drawn.",
            "%(n)d initiatives without dates are not drawn.",
            undated,
        )
        % {"n": undated}
        if undated
        else "",
        empty=_("No initiative has dates in these months."),
    )


def _first(one: Initiative) -> date:
    return one.starts_on or date.max


def _bar(one: Initiative, milestones: list[Milestone]) -> Bar:
    if one.starts_on is None or one.ends_on is None:
        raise LookupError("a bar needs two dates")
    old = (one.baseline_starts_on, one.baseline_ends_on)
    return Bar(
        one.code,
        f"{one.code} · {one.title}",
        one.starts_on,
        one.ends_on,
        (old[0], old[1]) if old[0] and old[1] and old != (one.starts_on, one.ends_on) else None,
        tone_of(one),
        tuple(
            Mark(day, row.name, row.actual_on is not None)
            for row in milestones
            if (day := row.actual_on or row.forecast_on)
        ),
    )


def tone_of(one: Initiative) -> Tone:
    """Give the worst of the three declared pillars; they are never averaged."""
    told = {one.health_human, one.health_technical, one.health_economic}
    return next((TONES[level] for level in WORST_FIRST if level in told), "unknown")


def _freezes(starts_on: date, ends_on: date) -> tuple[Mark, ...]:
    rows = CalendarPeriod.objects.filter(
        kind=CalendarPeriod.Kind.FREEZE, starts_on__lt=ends_on, ends_on__gt=starts_on
    )
    return tuple(
        Mark(row.starts_on, f"{row.name} ({formats.dates(row.starts_on, row.ends_on)})")
        for row in rows
    )


def _promised(scope: Scope) -> Table:
    names = {one.pk: one for one in scope.initiatives}
    end = scope.today + timedelta(days=DAYS_AHEAD)
    rows = [
        row
        for row in scope.milestones
        if row.actual_on is None and row.forecast_on and scope.today <= row.forecast_on < end
    ]
    rows.sort(key=lambda row: (row.forecast_on or end, names[row.initiative_id].code))
    return Table(
        "promised",
        _("Milestones of the next 90 days"),
        (
            Head(_("When"), share=1.4),
            Head(_("Milestone"), share=2),
            Head(_("Initiative"), share=3),
            Head(_("Promised at first"), share=1.4),
            Head(_("Drift (days)"), numeric=True),
        ),
        tuple(milestone_line(row, names[row.initiative_id]) for row in rows),
        empty=_("No milestone is promised in the next 90 days."),
    )


def milestone_line(row: Milestone, of: Initiative) -> Line:
    """Write a milestone with its drift against what was promised at first."""
    day = row.actual_on or row.forecast_on
    drift = (day - row.baseline_on).days if day and row.baseline_on else None
    return Line(
        f"{of.code}/{row.pk}",
        (
            Cell(formats.day(day)),
            Cell(row.name),
            Cell(f"{of.code} · {of.title}"),
            Cell(formats.day(row.baseline_on)),
            Cell(
                formats.undefined() if drift is None else f"{drift:+d}" if drift else "0",
                None if drift is None else float(drift),
                tone="off" if (drift or 0) > DAYS_AHEAD else "watch" if (drift or 0) > 0 else "",
            ),
        ),
    )
