"""The home of committees, and why its figures."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from orchestre.governance.presenters import home as presenter
from orchestre.governance.presenters import why as reasons


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Say what was decided last time and what it changed, then what is due."""
    return render(request, "governance/home.html", {"page": presenter.build(request.user)})


@require_safe
def why(request: HttpRequest) -> HttpResponse:
    """Say where velocity and debt come from."""
    return render(request, "governance/why.html", {"page": reasons.build(request.user)})
