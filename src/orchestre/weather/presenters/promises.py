"""What was promised at the opening of a month, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from orchestre.access.reach import Person
from orchestre.load.services.compute import today
from orchestre.portfolio.models import Milestone
from orchestre.ui import formats
from orchestre.ui.components import Button, EmptyState
from orchestre.ui.tables import Column, DataTable, Row
from orchestre.weather import policy, queries
from orchestre.weather.models import Promise
from orchestre.weather.presenters import words
from orchestre.weather.rules import month_of
from orchestre_engine.value import health as engine


@dataclass(frozen=True)
class PromisesPage:
    """What the page draws."""

    lead: str
    months: DataTable | None
    table: DataTable | None
    empty: EmptyState | None
    open_now: Button | None


def flows(person: Person) -> list[tuple[date, engine.Flow]]:
    """Return the flow of each frozen month, newest first, on what a person sees."""
    milestones = queries.dated_milestones(person)
    return [(month, _flow(person, month, milestones)) for month in queries.frozen_months()]


def _flow(person: Person, month: date, milestones: list[Milestone]) -> engine.Flow:
    first, until = month_of(month)
    rows = queries.promises(person, month)
    return engine.flow(
        {row.milestone_id: row.promised_on.toordinal() for row in rows},
        {row.pk: (_number(row.forecast_on), _number(row.actual_on)) for row in milestones},
        today=today().toordinal(),
        opens=first.toordinal(),
        closes=until.toordinal(),
    )


def _number(day: date | None) -> int | None:
    return None if day is None else day.toordinal()


def build(person: Person) -> PromisesPage:
    """Assemble the page for one person."""
    found = flows(person)
    first, _until = month_of(today())
    is_open = any(month == first for month, _flow in found)
    may = policy.may_open_month(person)
    button = Button(
        _("Freeze the promises of this month"),
        reverse("weather:open-month"),
        "primary",
        "lock",
        method="post",
    )
    return PromisesPage(
        lead=_lead(found),
        months=_months(found) if found else None,
        table=_promises(person, found[0][0]) if found else None,
        empty=None if found else _empty(),
        open_now=button if may and not is_open else None,
    )


def _lead(found: list[tuple[date, engine.Flow]]) -> str:
    closed = [flow for month, flow in found if month < month_of(today())[0] and flow.promised]
    if not closed:
        return ""
    promised = sum(flow.promised for flow in closed)
    met = sum(flow.met for flow in closed)
    return _(
        "Over the months that are over, %(met)s of %(all)s promises were kept (%(share)s)."
    ) % {
        "met": formats.number(met),
        "all": formats.number(promised),
        "share": formats.percent(met / promised),
    }


def _empty() -> EmptyState:
    return EmptyState(
        "new",
        _("No month is frozen yet."),
        _("The first weather of a month freezes the milestones promised in it."),
    )


def _months(found: list[tuple[date, engine.Flow]]) -> DataTable:
    rows = tuple(
        Row(
            (
                formats.month(month),
                formats.number(flow.promised),
                formats.number(flow.met),
                formats.percent(flow.commitment),
                formats.number(flow.slipped),
                formats.percent(flow.slip),
                formats.number(flow.waiting),
                formats.number(flow.dropped),
                formats.number(flow.inserted),
            )
        )
        for month, flow in found
    )
    columns = (
        Column(_("Month")),
        Column(_("Promised"), numeric=True),
        Column(pgettext("promises", "Kept"), numeric=True),
        Column(_("Commitment"), numeric=True),
        Column(_("Slipped"), numeric=True),
        Column(_("Slip rate"), numeric=True),
        Column(_("Still ahead"), numeric=True),
        Column(_("Dropped"), numeric=True),
        Column(_("Inserted since"), numeric=True),
    )
    return DataTable(_("Promises, month by month"), columns, rows)


def _promises(person: Person, month: date) -> DataTable:
    rows = queries.promises(person, month)
    known = {row.pk: row for row in queries.dated_milestones(person)}
    day = today()
    return DataTable(
        _("Promised in %s") % formats.month(month),
        (
            Column(_("Milestone"), wide=True),
            Column(_("Initiative")),
            Column(_("Promised on")),
            Column(_("Today")),
            Column(_("State")),
        ),
        tuple(_line(row, known.get(row.milestone_id), day) for row in rows),
        empty=EmptyState("done", _("No milestone was promised in this month.")),
    )


def _line(row: Promise, milestone: Milestone | None, day: date) -> Row:
    now = (milestone.actual_on or milestone.forecast_on) if milestone else None
    return Row(
        (
            row.name,
            str(row.initiative),
            formats.day(row.promised_on),
            formats.day(now) if milestone else pgettext("milestone", "dropped"),
            _state(row, milestone, day),
        ),
        url=reverse("portfolio:plan", args=[row.initiative.code]),
    )


def _state(row: Promise, milestone: Milestone | None, day: date) -> str:
    if milestone is None:
        return words.mark("", text=pgettext("promise", "dropped"))
    if milestone.actual_on is not None:
        if milestone.actual_on <= row.promised_on:
            return words.mark("ok", text=pgettext("promise", "kept"))
        return words.mark("off", text=pgettext("promise", "kept late"))
    if row.promised_on < day:
        return words.mark("off", text=pgettext("promise", "date passed"))
    if milestone.forecast_on and milestone.forecast_on > row.promised_on:
        return words.mark("watch", text=pgettext("promise", "pushed out"))
    return words.mark("ok", text=pgettext("promise", "still ahead"))
