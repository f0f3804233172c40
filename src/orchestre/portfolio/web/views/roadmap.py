"""The portfolio in time."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from orchestre.portfolio.presenters.roadmap import roadmap_page
from orchestre.portfolio.queries.plan import drawn
from orchestre.portfolio.rules.window import read_window
from orchestre.portfolio.web.asking import user_of, view_of


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show what happens when, and what a move would break."""
    view = view_of(request)
    view = replace(view, group=view.group or "unit", sort=view.sort or "starts")
    window = read_window(dict(request.GET.lists()), timezone.localdate())
    found = drawn(user_of(request), view, window)
    return render(
        request,
        "portfolio/roadmap.html",
        {"page": roadmap_page(user_of(request), view, found), "view": view},
    )
