"""The load map, its plain table and its files."""

from __future__ import annotations

import logging

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from orchestre.access.queries import organisation
from orchestre.load import queries
from orchestre.load.presenters import page, sheets
from orchestre.load.presenters.heat import Grid, grid
from orchestre.load.rules import scale, view
from orchestre.load.services import compute

logger = logging.getLogger(__name__)


def thresholds() -> tuple[float, ...]:
    """Return the classes that the organisation chose."""
    about = organisation()
    return scale.thresholds_of(about.load_thresholds if about else [])


def state_of(request: HttpRequest) -> view.MapState:
    """Read what the address asks for; what is not known is ignored and logged."""
    state = view.read(request.GET.dict(), timezone.localdate())
    if state.ignored:
        logger.info("unknown parameters on %s: %s", request.path, ", ".join(state.ignored))
    return state


def grid_of(state: view.MapState, reader: queries.Reader) -> Grid:
    """Gather the figures of the map for one reader."""
    found = compute.current(state.first, state.weeks, confirmed_only=state.confirmed_only)
    return grid(found, reader, state, thresholds())


@require_safe
def load_map(request: HttpRequest) -> HttpResponse:
    """Show who exceeds what they can absorb, and when."""
    state = state_of(request)
    drawn = grid_of(state, queries.reader_of(request.user))
    context = {"page": page.build(drawn, request.user)}
    if request.headers.get("HX-Request") and "panel" in request.headers.get("HX-Target", ""):
        # a fold link inside the grid: redraw the grid, not the panel it would have filled
        response = render(request, "load/grid.html", context)
        response["HX-Retarget"] = "#load-grid"
        response["HX-Reswap"] = "outerHTML"
        response["HX-Push-Url"] = request.get_full_path()
        return response
    return render(request, "load/map.html", context)


@require_safe
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """Give the figures of the map as a file."""
    if kind not in sheets.WRITERS:
        raise Http404
    drawn = grid_of(state_of(request), queries.reader_of(request.user))
    content_type, write = sheets.WRITERS[kind]
    response = HttpResponse(write(drawn), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{sheets.file_name(drawn, kind)}"'
    return response


@require_POST
def recompute(request: HttpRequest) -> HttpResponse:
    """Draw again what was stopped or failed, then show the map."""
    state = view.read(request.GET.dict(), timezone.localdate())
    compute.ask_again(
        compute.current(state.first, state.weeks, confirmed_only=state.confirmed_only)
    )
    return redirect(f"{reverse('load:map')}?{state.query()}")
