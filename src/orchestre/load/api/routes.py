"""The load over the API: the map's figures, one figure explained, overloads, moves on paper."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router

from orchestre.access.api.paging import Paged, page_of
from orchestre.access.api.security import auth
from orchestre.access.api.strict import FIRST_YEAR, LAST_YEAR
from orchestre.access.api.versions import needed, referred
from orchestre.kernel.errors import DomainError
from orchestre.load import queries
from orchestre.load.api import answers, schemas
from orchestre.load.presenters.overloads import coming
from orchestre.load.queries import Reader
from orchestre.load.rules import dates
from orchestre.load.services import compute
from orchestre.load.services.answer import LoadView
from orchestre.load.services.whatif import shift
from orchestre.org.policy import visible_units
from orchestre.portfolio.policy import visible_to as visible_initiatives

router = Router(tags=["load"], auth=auth)


def _rows(request: HttpRequest, view: LoadView, reader: Reader, unit: str) -> list[int]:
    """Return the rows of the visible populations, of a unit when one is asked."""
    chosen = referred(visible_units(request.user), "unit", unit)
    rows = view.rows_of(chosen.code if chosen else None)
    codes = view.result.population_ids
    return [row for row in rows if reader.sees_population(codes[row])]


@router.get("/load", response=schemas.LoadOut, summary="Load week by week")
def read_load(request: HttpRequest, asked: Query[schemas.LoadAsked]) -> dict[str, Any]:
    """Return hours asked, hours possible and the probability of overload, per population."""
    first_day = asked.as_of or timezone.localdate()
    view = compute.current(first_day, asked.weeks, confirmed_only=asked.count == "confirmed")
    reader = queries.reader_of(request.user)
    first = view.week_index(first_day)
    if first is None:
        raise LookupError("the asked weeks are outside the computed ones")
    rows = _rows(request, view, reader, asked.unit)
    return {
        "weeks": list(view.result.weeks[first : first + asked.weeks]),
        "populations": answers.populations(view, rows, first, asked.weeks),
        "provenance": answers.provenance(view),
    }


@router.get(
    "/load/overloads", response=Paged[schemas.OverloadOut], summary="List the overloads to come"
)
def list_overloads(request: HttpRequest, asked: Query[schemas.OverloadsAsked]) -> dict[str, Any]:
    """Return the overloads of the coming weeks, the heaviest first."""
    view, reader = compute.current(), queries.reader_of(request.user)
    codes = view.result.population_ids
    wanted = {codes[row] for row in _rows(request, view, reader, asked.unit)}
    if asked.population:
        wanted &= {asked.population}
    found = [one for one in coming(view, reader, timezone.localdate()) if one.population in wanted]
    cut, wrap = page_of(request, found, asked)
    return wrap([answers.overload(view, reader, one) for one in cut])


@router.get(
    "/load/cells/{population}/{week}", response=schemas.CellOut, summary="Explain one figure"
)
def read_cell(
    request: HttpRequest, population: str, week: str, asked: Query[schemas.CellAsked]
) -> dict[str, Any]:
    """Return what a population is asked in a week (`2027-W12`), by what, and why."""
    monday, reader = _monday(week), queries.reader_of(request.user)
    view = compute.current(monday, confirmed_only=asked.count == "confirmed")
    group = view.snapshot.groups.get(population)
    at = view.week_index(monday)
    if group is None or at is None or not reader.sees_population(population):
        raise Http404
    return answers.cell(view, reader, group, monday, request.user, at)


def _monday(week: str) -> date:
    found = dates.parse_week(week)
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Http404
    return found


@router.post("/load/what-if", response=schemas.WhatIfOut, summary="Move an initiative on paper")
def what_if(request: HttpRequest, payload: schemas.WhatIfIn) -> dict[str, Any]:
    """Return what moving an initiative would do to people; nothing is written."""
    row = needed(visible_initiatives(request.user), "initiative", payload.initiative)
    view, reader = compute.current(), queries.reader_of(request.user)
    if row.code not in view.snapshot.askings:
        sentence = _("%s asks nothing any more: it is stopped or archived.") % row.code
        raise DomainError(sentence, code="asks-nothing", fields={"initiative": [sentence]})
    return answers.effect(view, reader, row.code, shift(view, row.code, payload.days))
