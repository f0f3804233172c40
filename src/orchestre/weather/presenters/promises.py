"""What was promised at the opening of a month, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from orchestre.access.reach import Person
from orchestre.load.services.compute import today
from orchestre.ui import formats
from orchestre.ui.components import Button, EmptyState
from orchestre.ui.tables import Column, DataTable, Row
from orchestre.weather import policy, queries
from orchestre.weather.models import Promise
from orchestre.weather.presenters import words
from orchestre.weather.presenters.words import pager_of
from orchestre.weather.rules import month_of
from orchestre.weather.rules.view import PER_PAGE
from orchestre_engine.value import health as engine


@dataclass(frozen=True)
class PromisesPage:
    """What the page draws."""

    lead: str
    months: DataTable | None
    table: DataTable | None
    empty: EmptyState | None
    open_now: Button | None


Days = dict[int, tuple[date | None, date | None]]


def flows(person: Person) -> list[tuple[date, engine.Flow]]:
    """Return the flow of each frozen month, newest first, on what a person sees."""
    months = queries.frozen_months()
    return _flows(person, months, _days(person, months))


def _days(person: Person, months: list[date]) -> Days:
    return queries.days_of_milestones(person, months) if months else {}


def _flows(person: Person, months: list[date], days: Days) -> list[tuple[date, engine.Flow]]:
    promised = queries.promised(person, months)
    now = {key: (_number(forecast), _number(actual)) for key, (forecast, actual) in days.items()}
    found = []
    for month in months:
        first, until = month_of(month)
        flow = engine.flow(
            {key: day.toordinal() for key, day in promised[month].items()},
            now,
            today=today().toordinal(),
            opens=first.toordinal(),
            closes=until.toordinal(),
        )
        found.append((month, flow))
    return found


def _number(day: date | None) -> int | None:
    return None if day is None else day.toordinal()


def build(person: Person, page: int = 1) -> PromisesPage:
    """Assemble the page for one person."""
    months = queries.frozen_months()
    days = _days(person, months)
    found = _flows(person, months, days)
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
        table=_promises(person, months[0], days, page) if months else None,
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


def _promises(person: Person, month: date, days: Days, number: int) -> DataTable:
    page = Paginator(queries.promises(person, month), PER_PAGE).get_page(number)
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
        tuple(_line(row, days.get(row.milestone_id), day) for row in page.object_list),
        empty=EmptyState("done", _("No milestone was promised in this month.")),
        pager=pager_of(page, lambda n: f"?page={n}"),
    )


def _line(row: Promise, known: tuple[date | None, date | None] | None, day: date) -> Row:
    forecast, actual = known or (None, None)
    return Row(
        (
            row.name,
            str(row.initiative),
            formats.day(row.promised_on),
            formats.day(actual or forecast) if known else pgettext("milestone", "dropped"),
            _state(row.promised_on, known, day),
        ),
        url=reverse("portfolio:plan", args=[row.initiative.code]),
    )


def _state(
    promised_on: date, known: tuple[date | None, date | None] | None, day: date
) -> SafeString:
    if known is None:
        return words.mark("", text=pgettext("promise", "dropped"))
    forecast, actual = known
    if actual is not None:
        if actual <= promised_on:
            return words.mark("ok", text=pgettext("promise", "kept"))
        return words.mark("off", text=pgettext("promise", "kept late"))
    if promised_on < day:
        return words.mark("off", text=pgettext("promise", "date passed"))
    if forecast and forecast > promised_on:
        return words.mark("watch", text=pgettext("promise", "pushed out"))
    return words.mark("ok", text=pgettext("promise", "still ahead"))
