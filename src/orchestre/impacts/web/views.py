"""Pages of the impacts of an initiative."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from orchestre.impacts import policy, presenters, queries, services
from orchestre.impacts.web.forms import ImpactForm, NewImpactsForm
from orchestre.org.entry import Attempt, VersionedForm, attempt, posted
from orchestre.portfolio.presenters import sheet
from orchestre.portfolio.queries.one import by_code


def form_page(
    request: HttpRequest,
    form: VersionedForm,
    tried: Attempt | None,
    **facts: Any,  # noqa: ANN401 - a template context
) -> HttpResponse:
    """Show a form, its refusals or its conflict."""
    status = tried.http_status if tried else 422 if form.is_bound else 200
    template = facts.pop("template", "impacts/form.html")
    context = {
        "form": form,
        "conflict": tried.conflict if tried else None,
        "delete_url": "",
        "settle_url": "",
        **facts,
    }
    return render(request, template, context, status=status)


@require_GET
def of(request: HttpRequest, code: str) -> HttpResponse:
    """Show whom an initiative touches, how much and when."""
    initiative = by_code(request.user, code)
    page = presenters.impacts_page(
        queries.impacts_of(request.user, initiative),
        queries.activities_of(request.user, initiative),
        queries.assumption_values(),
        may_record=bool(policy.may_record(request.user, initiative)),
    )
    head = sheet.head(request.user, initiative, "impacts")
    context = {"page": page, "initiative": initiative, "head": head}
    return render(request, "impacts/of.html", context)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, code: str) -> HttpResponse:
    """Add impacts on several populations at once."""
    initiative = by_code(request.user, code)
    policy.may_record(request.user, initiative).require()
    home = reverse("impacts:of", args=[code])
    among = policy.choosable_populations(request.user, initiative).exclude(
        impacts__initiative=initiative
    )
    form = NewImpactsForm(
        posted(request),
        among=among.select_related("unit").order_by("unit__path", "name"),
        initial={"reach_ratio": 1.0},
    )
    tried = None
    if request.method == "POST" and form.is_valid():
        values = {k: v for k, v in form.cleaned_data.items() if k not in {"version", "populations"}}
        chosen = list(form.cleaned_data["populations"])
        tried = attempt(
            form,
            lambda: services.record_impacts(request.user, initiative, chosen, values),
            action_url=request.path,
            cancel_url=home,
        )
        if tried.done:
            words = ngettext("%(n)d impact added.", "%(n)d impacts added.", len(chosen))
            messages.success(request, words % {"n": len(chosen)})
            return redirect(home)
    return form_page(
        request, form, tried, heading=_("Add impacts"), initiative=initiative, cancel_url=home
    )


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is said of one impact."""
    impact = queries.impact(request.user, pk)
    policy.may_record(request.user, impact.initiative).require()
    home = reverse("impacts:of", args=[impact.initiative.code])
    facts = queries.facts_of(request.user, impact)
    names = (*ImpactForm.base_fields,)
    initial = {name: getattr(impact, name) for name in names}
    form = ImpactForm(posted(request), initial=initial)
    if facts.both_answered:
        form.without_figures()
    tried = None
    if request.method == "POST" and form.is_valid():
        tried = attempt(
            form,
            lambda: services.change_impact(
                request.user, impact, form.changes(), expected_version=form.expected_version
            ),
            action_url=request.path,
            cancel_url=request.path,
        )
        if tried.done:
            messages.success(request, _("Impact changed."))
            return redirect(home)
    return form_page(
        request,
        form,
        tried,
        heading=impact.population.name,
        initiative=impact.initiative,
        cancel_url=home,
        delete_url=reverse("impacts:delete", args=[pk]),
        settle_url=reverse("impacts:settle", args=[pk]) if facts.both_answered else "",
    )


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete an impact."""
    impact = queries.impact(request.user, pk)
    home = reverse("impacts:of", args=[impact.initiative.code])
    services.remove_impact(request.user, impact)
    messages.success(request, _("Impact deleted."))
    return redirect(home)
