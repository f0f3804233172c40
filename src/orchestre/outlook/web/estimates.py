"""Three dates of a milestone, two shares of a cost."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from orchestre.kernel.models import Provenance
from orchestre.org.entry import posted
from orchestre.org.sheet import Sheet, answer, initial_of, new_values
from orchestre.outlook import policy, queries
from orchestre.outlook.models import CostEstimate, MilestoneEstimate
from orchestre.outlook.services import writing
from orchestre.outlook.snapshot.rows import assumptions
from orchestre.outlook.web.forms import CostForm, EstimateForm
from orchestre.portfolio.queries.one import by_code


def home_of(code: str) -> str:
    """Return the page that a form leads back to."""
    return reverse("outlook:show", args=[code])


@require_http_methods(["GET", "POST"])
def estimate(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Say between which dates a milestone may be reached."""
    milestone = queries.milestone(request.user, code, pk)
    policy.may_estimate(request.user, milestone.initiative).require()
    row = queries.estimate_of(milestone)
    initial: dict[str, Any]
    if row is not None:
        initial = initial_of(row, EstimateForm)
    else:
        day = milestone.forecast_on
        initial = dict.fromkeys(writing.DATES, day) | {
            "kind": MilestoneEstimate.Kind.TRIGEN,
            "provenance": Provenance.DECLARED,
        }
    form = EstimateForm(posted(request), initial=initial)

    def save() -> None:
        values = form.changes() if row is not None else new_values(form)
        writing.estimate(request.user, milestone, values, expected_version=form.expected_version)

    sheet = Sheet(
        template="outlook/form.html",
        heading=milestone.name, home=home_of(code), home_label=code,
        eyebrow=f"{code} {milestone.initiative.title}",
        delete_url=reverse("outlook:delete-estimate", args=[code, pk]) if row else "",
    )  # fmt: skip
    return answer(request, form, save, sheet)


@require_POST
def delete(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Delete the estimate of a milestone."""
    queries.milestone(request.user, code, pk)
    row = get_object_or_404(policy.visible_estimates(request.user), milestone=pk)
    writing.forget_estimate(request.user, row)
    messages.success(request, _("Estimate deleted."))
    return redirect(home_of(code))


@require_http_methods(["GET", "POST"])
def cost(request: HttpRequest, code: str) -> HttpResponse:
    """Say between which shares of what is left to spend a cost may end."""
    initiative = by_code(request.user, code)
    policy.may_estimate(request.user, initiative).require()
    row = CostEstimate.objects.filter(initiative=initiative).first()
    assumed = assumptions()
    initial = initial_of(row, CostForm) if row is not None else {
        "low_ratio": assumed.cost_low_ratio, "high_ratio": assumed.cost_high_ratio,
    }  # fmt: skip
    form = CostForm(posted(request), initial=initial)

    def save() -> None:
        values = form.changes() if row is not None else new_values(form)
        writing.estimate_cost(
            request.user, initiative, values, expected_version=form.expected_version
        )

    sheet = Sheet(
        template="outlook/form.html",
        heading=_("Between what and what may it cost?"), home=home_of(code), home_label=code,
        eyebrow=f"{code} {initiative.title}",
        delete_url=reverse("outlook:delete-cost", args=[code]) if row else "",
    )  # fmt: skip
    return answer(request, form, save, sheet)


@require_POST
def delete_cost(request: HttpRequest, code: str) -> HttpResponse:
    """Delete the cost estimate of an initiative."""
    initiative = by_code(request.user, code)
    row = get_object_or_404(policy.visible_costs(request.user), initiative=initiative)
    writing.forget_cost(request.user, row)
    messages.success(request, _("Estimate deleted."))
    return redirect(home_of(code))
