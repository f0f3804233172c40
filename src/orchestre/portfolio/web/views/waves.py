"""Waves of one initiative: added, changed, deleted."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from orchestre.kernel.errors import DomainError
from orchestre.portfolio import policy, services
from orchestre.portfolio.presenters import sheet
from orchestre.portfolio.queries import one, waves
from orchestre.portfolio.web.asking import tell, user_of, version_of
from orchestre.portfolio.web.forms import WaveForm


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Add a wave."""
    initiative = one.by_code(user_of(request), code)
    policy.may_change(user_of(request), initiative).require()
    among = waves.servable(initiative)
    form = WaveForm(request.POST or None, among)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_wave(user_of(request), initiative, **form.values())
        except DomainError as error:
            tell(form, error)
        else:
            messages.success(request, _("Wave added."))
            return redirect("portfolio:plan", code)
    context = {
        "head": sheet.head(user_of(request), initiative, "plan"),
        "form": form,
        "nobody": not among.exists(),
    }
    return render(request, "portfolio/wave.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Change or delete a wave."""
    initiative = one.by_code(user_of(request), code)
    policy.may_change(user_of(request), initiative).require()
    row = waves.wave_of(initiative, pk)
    if request.method == "POST" and "delete" in request.POST:
        done = services.remove_wave(user_of(request), row)
        messages.success(request, done.label if done else _("Nothing differed."))
        return redirect("portfolio:plan", code)
    initial = {
        "name": row.name,
        "go_live_on": row.go_live_on,
        "populations": list(row.members.values_list("population_id", flat=True)),
    }
    form = WaveForm(request.POST or None, waves.servable(initiative), initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_wave(
                user_of(request), row, form.values(), expected_version=version_of(request)
            )
        except DomainError as error:
            tell(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("portfolio:plan", code)
    context = {
        "head": sheet.head(user_of(request), initiative, "plan"),
        "form": form,
        "wave": row,
        "version": request.POST.get("version") or row.version,
        "nobody": False,
    }
    return render(request, "portfolio/wave.html", context)
