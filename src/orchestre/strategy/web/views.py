"""Pages of the strategy."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orchestre.access.models import User
from orchestre.kernel.errors import StaleVersion
from orchestre.strategy import policy, services
from orchestre.strategy.presenters.conflict import conflict_panel
from orchestre.strategy.presenters.page import strategy_page
from orchestre.strategy.queries import axis_names
from orchestre.strategy.web.forms import IndicatorForm, ObjectiveForm, OpenForm


def _user(request: HttpRequest) -> User:
    return cast("User", request.user)


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Show what the changes are for, and what serves nothing."""
    return render(request, "strategy/list.html", {"page": strategy_page(_user(request))})


@require_http_methods(["GET", "HEAD", "POST"])
def objective_new(request: HttpRequest) -> HttpResponse:
    """Write a new objective."""
    policy.may_edit(_user(request)).require()
    form = ObjectiveForm(request.POST or None, None, axis=request.GET.get("axis", ""))
    if request.method == "POST" and form.is_valid():
        services.add_objective(_user(request), form.cleaned_data)
        messages.success(request, _("Objective added."))
        return redirect("strategy:list")
    return _page(request, form, _("Write an objective"))


@require_http_methods(["GET", "HEAD", "POST"])
def objective(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an objective."""
    row = get_object_or_404(policy.visible_to(_user(request)), pk=pk)
    policy.may_edit(_user(request)).require()
    form = ObjectiveForm(request.POST or None, row)
    panel = None
    if request.method == "POST" and form.is_valid():
        try:
            services.change_objective(
                _user(request), row, form.changed_values(), expected_version=_version(request)
            )
        except StaleVersion as error:
            panel = conflict_panel(error.conflict, _labels(form), request.POST, request.path)
        else:
            messages.success(request, _("Saved."))
            return redirect("strategy:list")
    context = {
        "version": request.POST.get("version") or row.version,
        "conflict": panel,
        "remove_url": reverse("strategy:objective-remove", args=[pk]),
        "remove_note": _("Its indicators stay; what initiatives bring to it is deleted."),
    }
    return _page(request, form, row.title, **context)


@require_POST
def objective_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete an objective."""
    row = get_object_or_404(policy.visible_to(_user(request)), pk=pk)
    services.remove_objective(_user(request), row)
    messages.success(request, _("Objective deleted."))
    return redirect("strategy:list")


@require_http_methods(["GET", "HEAD", "POST"])
def indicator_new(request: HttpRequest) -> HttpResponse:
    """Write a new indicator."""
    policy.may_edit(_user(request)).require()
    objectives = list(policy.visible_to(_user(request)))
    asked = request.GET.get("objective", "")
    form = IndicatorForm(request.POST or None, None, objectives, objective_id=asked)
    if request.method == "POST" and form.is_valid():
        services.add_indicator(_user(request), form.cleaned_data)
        messages.success(request, _("Indicator added."))
        return redirect("strategy:list")
    return _page(request, form, _("Write an indicator"))


@require_http_methods(["GET", "HEAD", "POST"])
def indicator(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an indicator."""
    row = get_object_or_404(policy.visible_indicators(_user(request)), pk=pk)
    policy.may_edit(_user(request)).require()
    form = IndicatorForm(request.POST or None, row, list(policy.visible_to(_user(request))))
    panel = None
    if request.method == "POST" and form.is_valid():
        try:
            services.change_indicator(
                _user(request), row, form.changed_values(), expected_version=_version(request)
            )
        except StaleVersion as error:
            panel = conflict_panel(error.conflict, _labels(form), request.POST, request.path)
        else:
            messages.success(request, _("Saved."))
            return redirect("strategy:list")
    context = {
        "version": request.POST.get("version") or row.version,
        "conflict": panel,
        "remove_url": reverse("strategy:indicator-remove", args=[pk]),
        "remove_note": _("The effects that initiatives declare on it are deleted."),
    }
    return _page(request, form, row.name, **context)


@require_POST
def indicator_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete an indicator."""
    row = get_object_or_404(policy.visible_indicators(_user(request)), pk=pk)
    services.remove_indicator(_user(request), row)
    messages.success(request, _("Indicator deleted."))
    return redirect("strategy:list")


def _page(request: HttpRequest, form: OpenForm, heading: str, **context: object) -> HttpResponse:
    context |= {"form": form, "heading": heading, "axes": axis_names(_user(request))}
    return render(request, "strategy/form.html", context)


def _labels(form: OpenForm) -> dict[str, str]:
    return {name: str(field.label) for name, field in form.fields.items()}


def _version(request: HttpRequest) -> int | None:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else None
