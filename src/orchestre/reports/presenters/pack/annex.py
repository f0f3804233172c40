"""One page for each initiative: where it stands, its dates, its money, whom it asks."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.load.presenters import words
from orchestre.portfolio.models import Initiative, Milestone
from orchestre.reports.presenters.pack.roadmap import milestone_line, tone_of
from orchestre.reports.presenters.pack.scope import Scope
from orchestre.reports.rules import plain
from orchestre.reports.rules.document import (
    Block,
    Cell,
    Figure,
    Figures,
    Head,
    Line,
    Section,
    Table,
    Words,
)
from orchestre.ui import formats

DAYS_BEFORE, DAYS_AHEAD = 30, 90
MOST_POPULATIONS = 6


def sections(scope: Scope) -> tuple[Section, ...]:
    """Write a page for each initiative that may be named."""
    return tuple(page(scope, one) for one in scope.initiatives)


def page(scope: Scope, one: Initiative) -> Section:
    """Write the page of one initiative."""
    blocks: list[Block] = [_figures(scope, one)]
    if one.why:
        blocks.append(Words("why", (one.why,), title=_("Why")))
    blocks += [_milestones(scope, one), _people(scope, one)]
    lead = " · ".join(part for part in (_stage(one), _who(one)) if part)
    return Section(f"initiative:{one.code}", f"{one.code} · {one.title}", lead, tuple(blocks))


def _stage(one: Initiative) -> str:
    programme = one.programme.name if one.programme else ""
    return " · ".join(part for part in (str(one.get_stage_display()), programme) if part)


def _who(one: Initiative) -> str:
    parts = []
    if one.sponsor_name:
        parts.append(_("sponsor: %s") % one.sponsor_name)
    if one.lead_name:
        parts.append(_("lead: %s") % one.lead_name)
    return " · ".join(parts)


def _figures(scope: Scope, one: Initiative) -> Figures:
    value = scope.means.values.get(one.code)
    yearly = value.value_eur_per_year if value else None
    delay = value.delay_cost_eur_per_week if value else None
    cost = None if one.cost_eur is None else float(one.cost_eur)
    return Figures(
        "facts",
        (
            Figure("dates", _("Dates"), formats.dates(one.starts_on, one.ends_on)
                   if one.starts_on and one.ends_on else formats.undefined()),
            Figure("golive", _("Go-live"), formats.day(one.go_live_on)),
            Figure("cost", _("Full cost"), formats.euros(cost), cost),
            Figure("value", _("Value a year"), formats.euros(yearly), yearly,
                   why=_("Expected once in use, as estimated; not a proven benefit.")),
            Figure("delay", _("A week of delay"), formats.euros(delay), delay),
            Figure("health", _("Declared health"), _health(one), tone=tone_of(one)),
        ),
    )  # fmt: skip


def _health(one: Initiative) -> str:
    pillars = (
        (_("human"), one.get_health_human_display()),
        (_("technical"), one.get_health_technical_display()),
        (_("economic"), one.get_health_economic_display()),
    )
    return " · ".join(formats.labelled(*pair) for pair in pillars)


def _milestones(scope: Scope, one: Initiative) -> Table:
    first = scope.today - timedelta(days=DAYS_BEFORE)
    last = scope.today + timedelta(days=DAYS_AHEAD)
    rows = [row for row in scope.by_initiative[one.pk] if _within(row, first, last)]
    return Table(
        "milestones",
        _("Milestones, last 30 days and next 90"),
        (
            Head(_("When"), share=1.9),
            Head(_("Milestone"), share=2.6),
            Head(_("Promised at first"), share=1.9),
            Head(_("Drift (days)"), numeric=True),
        ),
        tuple(_without_name(milestone_line(row, one)) for row in rows),
        empty=_("No milestone in these weeks."),
    )


def _within(row: Milestone, first: date, last: date) -> bool:
    day = row.actual_on or row.forecast_on
    return day is not None and first <= day < last


def _without_name(line: Line) -> Line:
    when, name, _of, *rest = line.cells
    return Line(line.key, (when, name, *rest))


def _people(scope: Scope, one: Initiative) -> Table:
    """Give the populations that it asks, with the week when they are asked most by everything."""
    view = scope.view
    found = sorted(scope.asked.get(one.code, ()), key=lambda asked: -asked.ratio)
    return Table(
        "people",
        _("Whom it asks, and their heaviest week"),
        (
            Head(_("Population"), share=2.6),
            Head(_("Hours each, from now on"), numeric=True, share=1.4),
            Head(_("Heaviest week"), share=1.4),
            Head(_("All changes together"), numeric=True, share=1.7),
        ),
        tuple(
            Line(
                asked.population,
                (
                    Cell(view.snapshot.groups[asked.population].name),
                    Cell(formats.hours(asked.hours, 1), plain(asked.hours)),
                    Cell(f"{formats.week(asked.monday)} {asked.monday.year}"),
                    Cell(
                        words.ratio(asked.ratio),
                        plain(asked.ratio),
                        tone="off" if asked.ratio > 1 else "",
                    ),
                ),
            )
            for asked in found[:MOST_POPULATIONS]
        ),
        note=_left(len(found) - MOST_POPULATIONS),
        empty=_("It asks nothing of anybody from now on, as far as the data tell."),
    )


def _left(count: int) -> str:
    return ngettext("%(n)d more.", "%(n)d more.", count) % {"n": count} if count > 0 else ""
