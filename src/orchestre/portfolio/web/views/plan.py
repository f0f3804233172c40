"""Milestones, dependencies and aims of one initiative, and all the dependencies."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orchestre.kernel.errors import DomainError
from orchestre.portfolio import policy, services
from orchestre.portfolio.models import Dependency, Initiative, Milestone
from orchestre.portfolio.presenters import listing, plan, roadmap, sheet, waves
from orchestre.portfolio.queries import one
from orchestre.portfolio.queries import plan as queries
from orchestre.portfolio.rules.view import View
from orchestre.portfolio.services.plan import Side
from orchestre.portfolio.web.asking import tell, user_of, version_of
from orchestre.portfolio.web.forms import DependencyForm, MilestoneForm


@require_safe
def dependencies(request: HttpRequest) -> HttpResponse:
    """Show who waits for whom, what is broken, and who waits in a circle."""
    needs = queries.all_dependencies(user_of(request))
    page = request.GET.get("page", "")
    context = {
        "table": plan.dependencies_table(
            needs, int(page) if page.isdecimal() and len(page) < 6 else 1
        ),
        "broken": sum(need.is_broken for need in needs),
        "total": len(needs),
        "knots": [[*knot, knot[0]] for knot in queries.knots(needs)],
        "layouts": listing.layouts("dependencies", View()),
    }
    return render(request, "portfolio/dependencies.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show the plan of an initiative; with POST, add a milestone."""
    initiative = one.by_code(user_of(request), code)
    form = MilestoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_milestone(user_of(request), initiative, form.cleaned_data)
        except DomainError as error:
            tell(form, error)
        else:
            messages.success(request, _("Milestone added."))
            return redirect("portfolio:plan", code)
    needs = one.needs_of(user_of(request), initiative)
    context = {
        "head": sheet.head(user_of(request), initiative, "plan"),
        "plan": plan.plan_page(user_of(request), initiative),
        "roadmap": roadmap.around(user_of(request), initiative, needs),
        "waves": waves.waves_table(user_of(request), initiative),
        "form": form,
    }
    return render(request, "portfolio/plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def milestone(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Change or delete a milestone."""
    initiative = one.by_code(user_of(request), code)
    policy.may_change(user_of(request), initiative).require()
    row = get_object_or_404(Milestone, pk=pk, initiative=initiative)
    if request.method == "POST" and "delete" in request.POST:
        services.remove_milestone(user_of(request), row)
        messages.success(request, _("Milestone deleted."))
        return redirect("portfolio:plan", code)
    names = ("name", "kind", "forecast_on", "actual_on")
    form = MilestoneForm(request.POST or None, {name: getattr(row, name) for name in names})
    if request.method == "POST" and form.is_valid():
        try:
            services.change_milestone(
                user_of(request), row, form.cleaned_data, expected_version=version_of(request)
            )
        except DomainError as error:
            tell(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("portfolio:plan", code)
    context = {
        "head": sheet.head(user_of(request), initiative, "plan"),
        "form": form,
        "milestone": row,
        "version": request.POST.get("version") or row.version,
    }
    return render(request, "portfolio/milestone.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def dependency_new(request: HttpRequest, code: str) -> HttpResponse:
    """Say what an initiative needs of another, or gives to it."""
    initiative = one.by_code(user_of(request), code)
    policy.may_change(user_of(request), initiative).require()
    others = policy.visible_to(user_of(request)).filter(archived_at=None)
    rows = others.order_by("code").only("code", "title", "archived_at", "lead_id", "unit_id")
    candidates = [other for other in rows if other.pk != initiative.pk]
    form = DependencyForm(request.POST or None, code, candidates)
    if request.method == "POST" and form.is_valid():
        try:
            _add(request, initiative, form.cleaned_data, candidates)
        except DomainError as error:
            tell(form, error)
        else:
            messages.success(request, _("Dependency added. The other side has yet to agree."))
            return redirect("portfolio:plan", code)
    context = {"head": sheet.head(user_of(request), initiative, "plan"), "form": form}
    return render(request, "portfolio/dependency.html", context)


def _add(
    request: HttpRequest,
    initiative: Initiative,
    given: dict[str, object],
    candidates: list[Initiative],
) -> None:
    other = next(one for one in candidates if one.pk == given["other"])
    values = {name: given[name] for name in ("what", "kind", "lag_days")}
    if given["direction"] == "gives":
        services.add_dependency(user_of(request), initiative, other, values, side="giver")
    else:
        services.add_dependency(user_of(request), other, initiative, values, side="taker")


@require_POST
def agree(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Agree for the side of this initiative, or withdraw."""
    initiative, row, side = _end(request, code, pk)
    agreed = request.POST.get("agreed") != "0"
    services.agree(user_of(request), row, side=side, agreed=agreed)
    messages.success(request, _("Agreed.") if agreed else _("No longer agreed."))
    return redirect("portfolio:plan", initiative.code)


@require_POST
def dependency_remove(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Delete a dependency."""
    initiative, row, _side = _end(request, code, pk)
    services.remove_dependency(user_of(request), row)
    messages.success(request, _("Dependency deleted."))
    return redirect("portfolio:plan", initiative.code)


def _end(request: HttpRequest, code: str, pk: int) -> tuple[Initiative, Dependency, Side]:
    initiative = one.by_code(user_of(request), code)
    # an end that is not visible hides the whole: the act would name it
    rows = policy.visible_dependencies(user_of(request)).select_related("predecessor", "successor")
    row = get_object_or_404(rows, pk=pk)
    if row.predecessor_id == initiative.pk:
        return initiative, row, "giver"
    if row.successor_id == initiative.pk:
        return initiative, row, "taker"
    raise Http404
