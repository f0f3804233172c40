"""Pages of units and populations."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from orchestre.org import presenters, queries, services
from orchestre.org.entry import Attempt, VersionedForm, attempt, posted
from orchestre.org.models import Population, Unit
from orchestre.org.policy import may_edit_org, visible_populations, visible_units
from orchestre.org.web.forms import PopulationForm, UnitForm

HOME = "org:populations"


@require_GET
def populations(request: HttpRequest) -> HttpResponse:
    """Show who the people concerned by changes are."""
    words = request.GET.get("q", "").strip()[:100]
    page = presenters.tree_page(
        queries.unit_tree(request.user, words),
        queries.shares(),
        words=words,
        unfolded=request.GET.get("unfold") == "all",
        may_edit=bool(may_edit_org(request.user)),
        sees_whole=queries.sees_whole_organisation(request.user),
    )
    return render(request, "org/populations.html", {"page": page})


def _form_page(
    request: HttpRequest,
    form: VersionedForm,
    tried: Attempt | None,
    **facts: Any,  # noqa: ANN401 - a template context
) -> HttpResponse:
    status = tried.http_status if tried else 422 if form.is_bound else 200
    context = {
        "form": form,
        "conflict": tried.conflict if tried else None,
        "eyebrow": "",
        "delete_url": "",
        **facts,
    }
    return render(request, "org/form.html", context, status=status)


def _units(request: HttpRequest) -> list[tuple[Unit, int]]:
    return queries.units_in_order(visible_units(request.user))


def _unit_values(cleaned: dict[str, Any]) -> dict[str, Any]:
    return {"parent_id" if name == "parent" else name: value for name, value in cleaned.items()}


def _population_values(cleaned: dict[str, Any]) -> dict[str, Any]:
    return {"unit_id" if name == "unit" else name: value for name, value in cleaned.items()}


def _without_version(form: VersionedForm) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "version"}


@require_http_methods(["GET", "POST"])
def create_unit(request: HttpRequest) -> HttpResponse:
    """Add a unit."""
    may_edit_org(request.user).require()
    form = UnitForm(
        posted(request), units=_units(request), initial={"parent": request.GET.get("parent")}
    )
    tried = None
    if request.method == "POST" and form.is_valid():
        values = _unit_values(_without_version(form))
        tried = attempt(
            form,
            lambda: services.create_unit(request.user, values),
            action_url=request.path,
            cancel_url=reverse(HOME),
        )
        if tried.done:
            messages.success(request, _("Unit added."))
            return redirect(HOME)
    return _form_page(request, form, tried, heading=_("Add a unit"), cancel_url=reverse(HOME))


@require_http_methods(["GET", "POST"])
def edit_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change or move a unit."""
    unit = get_object_or_404(visible_units(request.user), pk=pk)
    may_edit_org(request.user).require()
    names = ("name", "manager_name", "code", "version")
    initial = {name: getattr(unit, name) for name in names} | {"parent": unit.parent_id}
    form = UnitForm(posted(request), units=_units(request), initial=initial)
    tried = None
    if request.method == "POST" and form.is_valid():
        values = _unit_values(form.changes())
        tried = attempt(
            form,
            lambda: services.change_unit(
                request.user, unit, values, expected_version=form.expected_version
            ),
            action_url=request.path,
            cancel_url=request.path,
        )
        if tried.done:
            messages.success(request, _("Unit changed."))
            return redirect(HOME)
    return _form_page(
        request,
        form,
        tried,
        heading=unit.name,
        eyebrow=_("Unit"),
        cancel_url=reverse(HOME),
        delete_url=reverse("org:delete-unit", args=[pk]),
    )


@require_POST
def delete_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a unit on which nothing hangs."""
    unit = get_object_or_404(visible_units(request.user), pk=pk)
    services.delete_unit(request.user, unit)
    messages.success(request, _("Unit deleted."))
    return redirect(HOME)


@require_http_methods(["GET", "POST"])
def create_population(request: HttpRequest) -> HttpResponse:
    """Add a population."""
    may_edit_org(request.user).require()
    initial = {
        "unit": request.GET.get("unit"),
        "weekly_hours": presenters.USUAL_HOURS,
        "kind": Population.Kind.UNIT,
    }
    form = PopulationForm(posted(request), units=_units(request), initial=initial)
    tried = None
    if request.method == "POST" and form.is_valid():
        values = _population_values(_without_version(form))
        tried = attempt(
            form,
            lambda: services.create_population(request.user, values),
            action_url=request.path,
            cancel_url=reverse(HOME),
        )
        if tried.done:
            messages.success(request, _("Population added."))
            return redirect(HOME)
    return _form_page(request, form, tried, heading=_("Add a population"), cancel_url=reverse(HOME))


@require_http_methods(["GET", "POST"])
def edit_population(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a population."""
    population = get_object_or_404(visible_populations(request.user), pk=pk)
    may_edit_org(request.user).require()
    names = set(PopulationForm.base_fields) - {"unit"}
    initial = {name: getattr(population, name) for name in names} | {"unit": population.unit_id}
    form = PopulationForm(posted(request), units=_units(request), initial=initial)
    tried = None
    if request.method == "POST" and form.is_valid():
        values = _population_values(form.changes())
        tried = attempt(
            form,
            lambda: services.change_population(
                request.user, population, values, expected_version=form.expected_version
            ),
            action_url=request.path,
            cancel_url=request.path,
        )
        if tried.done:
            messages.success(request, _("Population changed."))
            return redirect(HOME)
    return _form_page(
        request,
        form,
        tried,
        heading=population.name,
        eyebrow=_("Population"),
        cancel_url=reverse(HOME),
        delete_url=reverse("org:delete-population", args=[pk]),
    )


@require_POST
def delete_population(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a population that no change touches."""
    population = get_object_or_404(visible_populations(request.user), pk=pk)
    services.delete_population(request.user, population)
    messages.success(request, _("Population deleted."))
    return redirect(HOME)
