"""What is behind one figure of the map, and the list of overloads."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from orchestre.load import queries
from orchestre.load.presenters import cell as cells
from orchestre.load.presenters import nothing
from orchestre.load.presenters import overloads as lists
from orchestre.load.presenters import row as rows
from orchestre.load.presenters import unit as units
from orchestre.load.presenters import why as whys
from orchestre.load.rules import dates, scale
from orchestre.load.services import compute
from orchestre.load.services.answer import LoadView
from orchestre.load.snapshot import Group, UnitNode
from orchestre.load.web.pages import thresholds


def _monday(week: str) -> date:
    found = dates.parse_week(week)
    if found is None or not 1990 <= found.year <= 2140:
        raise Http404
    return found


def _view(request: HttpRequest, monday: date | None = None) -> LoadView:
    confirmed = request.GET.get("count") == "confirmed"
    return compute.current(monday or timezone.localdate(), confirmed_only=confirmed)


def _group(view: LoadView, reader: queries.Reader, key: str) -> Group:
    for group in view.snapshot.groups.values():
        if f"p{group.pk}" == key and reader.sees_population(group.code):
            return group
    raise Http404


def _unit(view: LoadView, reader: queries.Reader, key: str) -> UnitNode:
    for unit in view.snapshot.units.values():
        if f"u{unit.pk}" == key and reader.sees_unit(unit.code):
            return unit
    raise Http404


def _is_fragment(request: HttpRequest) -> bool:
    return bool(request.headers.get("HX-Request"))


@require_safe
def cell(request: HttpRequest, key: str, week: str) -> HttpResponse:
    """Say what one population, or one unit, is asked in one week."""
    monday, reader = _monday(week), queries.reader_of(request.user)
    view = _view(request, monday)
    if key.startswith("u"):
        unit = _unit(view, reader, key)
        panel = units.unit_week(view, reader, unit, monday, thresholds())
        name, fragment = "load/unit.html", "load/unit_panel.html"
        context: dict[str, object] = {"panel": panel}
    else:
        group = _group(view, reader, key)
        row, at = view.result.population_row(group.code), view.week_index(monday)
        level = scale.level(float(view.result.load_ratio[row, at or 0]), thresholds())
        name, fragment = "load/cell.html", "load/panel.html"
        context = {"panel": cells.cell(view, reader, group, monday, request.user, level)}
    return render(request, fragment if _is_fragment(request) else name, context)


@require_safe
def row(request: HttpRequest, key: str) -> HttpResponse:
    """Show the coming weeks of one population, with what is not sure; a unit opens on the map."""
    reader = queries.reader_of(request.user)
    view = _view(request)
    today = timezone.localdate()
    if key.startswith("u"):
        return redirect(f"{reverse('load:map')}?in={_unit(view, reader, key).pk}")
    context = {"row": rows.of_group(view, _group(view, reader, key), today, thresholds())}
    return render(request, "load/row.html", context)


@require_safe
def why(request: HttpRequest, key: str, week: str) -> HttpResponse:
    """Say where a figure comes from: inputs, formula, version, draws."""
    monday, reader = _monday(week), queries.reader_of(request.user)
    view = _view(request, monday)
    if key.startswith("u"):
        told = whys.of_unit(view, reader, _unit(view, reader, key), monday, request.user)
    else:
        told = whys.of_group(view, reader, _group(view, reader, key), monday, request.user)
    return render(request, "load/why.html", {"why": told})


@require_safe
def overloads(request: HttpRequest) -> HttpResponse:
    """List the overloads to come, the heaviest first."""
    reader = queries.reader_of(request.user)
    view = _view(request)
    page = lists.listing(view, reader, timezone.localdate(), request.GET)
    empty = nothing.without_populations(view, request.user) or nothing.without_initiatives(
        view, request.user
    )
    return render(request, "load/overloads.html", {"page": page, "empty": empty})


@require_safe
def overload(request: HttpRequest, key: str, week: str) -> HttpResponse:
    """Show one overload: its weeks, and who adds what to it."""
    monday, reader = _monday(week), queries.reader_of(request.user)
    view = _view(request, monday)
    told = lists.one(view, reader, _group(view, reader, key), monday)
    if told is None:
        raise Http404
    return render(request, "load/overload.html", {"one": told})
