"""The help inside: guides and methods."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from orchestre.cockpit.presenters import help as presenter
from orchestre.cockpit.queries import guides


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the pages of help."""
    return render(request, "cockpit/help.html", {"shelves": presenter.index()})


@require_safe
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the guide of a page of the product."""
    return _page(request, "guide", slug)


@require_safe
def method(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how a figure is computed."""
    return _page(request, "methods", slug)


@require_safe
def manual(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a page for who runs the product."""
    return _page(request, "admin", slug)


def _page(request: HttpRequest, shelf: str, slug: str) -> HttpResponse:
    found = guides.guides(shelf).get(slug)
    if found is None:
        raise Http404
    return render(request, "cockpit/guide.html", {"guide": presenter.shown(found)})
