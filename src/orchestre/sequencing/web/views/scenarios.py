"""Scenarios: the list, one of them, and what its owner does with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orchestre.org.entry import attempt, posted
from orchestre.sequencing import policy, services
from orchestre.sequencing.presenters import board
from orchestre.sequencing.presenters.listing import list_page
from orchestre.sequencing.web.asking import scenario_of, user_of, view_of, window_of
from orchestre.sequencing.web.forms import NameForm
from orchestre.ui.components import Link


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Show one's own scenarios, the shared ones, and those that became the plan."""
    return render(request, "sequencing/list.html", {"page": list_page(user_of(request))})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Open a private draft."""
    policy.may_draft(user_of(request)).require()
    form = NameForm(posted(request))
    context: dict[str, Any] = {"form": form, "cancel_url": reverse("sequencing:list")}
    if request.method == "POST" and form.is_valid():
        made = services.draft(
            user_of(request), form.cleaned_data["name"], why=form.cleaned_data["why"]
        )
        messages.success(request, _("Scenario opened: only you see it."))
        return redirect("sequencing:show", made.pk)
    return render(request, "sequencing/new.html", context)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a scenario: three gauges, the roadmap, what it changes."""
    return render(request, "sequencing/show.html", context_of(request, pk))


def context_of(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Return what the page of a scenario shows."""
    scenario = scenario_of(request, pk)
    found = board.board(user_of(request), scenario, view_of(request), window_of(request))
    return {"page": found}


@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the name and the reason."""
    scenario = scenario_of(request, pk)
    policy.may_own(user_of(request), scenario).require()
    initial = {"name": scenario.name, "why": scenario.why, "version": scenario.version}
    form = NameForm(posted(request), initial=initial)
    home = reverse("sequencing:show", args=[pk])
    tried = None
    if request.method == "POST" and form.is_valid():
        given = {**initial, **form.changes()}
        tried = attempt(
            form,
            lambda: services.rename(
                user_of(request),
                scenario,
                given["name"],
                given["why"],
                expected_version=form.expected_version,
            ),
            action_url=request.path,
            cancel_url=home,
        )
        if tried.done:
            messages.success(request, _("Saved."))
            return redirect(home)
    context = {
        "form": form,
        "cancel_url": home,
        "conflict": tried.conflict if tried else None,
        "breadcrumb": board.breadcrumb(scenario, Link(_("Rename"), "")),
    }
    return render(request, "sequencing/new.html", context)


@require_POST
def share(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a scenario to everybody who reads the portfolio."""
    services.share(user_of(request), scenario_of(request, pk))
    messages.success(request, _("Shared: everybody who reads the portfolio sees it."))
    return redirect("sequencing:show", pk)


@require_POST
def duplicate(request: HttpRequest, pk: int) -> HttpResponse:
    """Copy a scenario into a private draft."""
    copy = services.duplicate(user_of(request), scenario_of(request, pk))
    messages.success(request, _("Copied into a draft of your own."))
    return redirect("sequencing:show", copy.pk)


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a scenario away."""
    services.drop(user_of(request), scenario_of(request, pk))
    messages.success(request, _("Scenario dropped."))
    return redirect("sequencing:list")
