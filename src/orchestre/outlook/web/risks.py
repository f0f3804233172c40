"""Events that may happen to an initiative."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from orchestre.org.entry import posted
from orchestre.org.sheet import Sheet, answer, initial_of, new_values
from orchestre.outlook import policy
from orchestre.outlook.services import writing
from orchestre.outlook.web.estimates import home_of
from orchestre.outlook.web.forms import RiskForm
from orchestre.portfolio.models import Milestone
from orchestre.portfolio.queries.one import by_code


def _exact(values: dict[str, Any]) -> dict[str, Any]:
    """Write amounts to the cent."""
    for name in ("impact_eur", "residual_eur"):
        if values.get(name) is not None:
            values[name] = Decimal(str(values[name])).quantize(Decimal("0.01"))
    return values


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, code: str) -> HttpResponse:
    """Write an event that may happen."""
    initiative = by_code(request.user, code)
    policy.may_estimate(request.user, initiative).require()
    among = Milestone.objects.filter(initiative=initiative, actual_on=None)
    form = RiskForm(posted(request), among=among)
    sheet = Sheet(
        template="outlook/form.html",
        heading=_("What may happen?"), home=home_of(code), home_label=code,
        eyebrow=f"{code} {initiative.title}",
    )  # fmt: skip

    def save() -> None:
        writing.add_risk(request.user, initiative, _exact(new_values(form)))

    return answer(request, form, save, sheet)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a risk."""
    rows = policy.visible_risks(request.user).select_related("initiative", "milestone")
    risk = get_object_or_404(rows, pk=pk)
    policy.may_estimate(request.user, risk.initiative).require()
    among = Milestone.objects.filter(initiative=risk.initiative)
    initial = initial_of(risk, RiskForm)
    form = RiskForm(posted(request), among=among, initial=initial)
    code = risk.initiative.code
    sheet = Sheet(
        template="outlook/form.html",
        heading=risk.name, home=home_of(code), home_label=code,
        eyebrow=f"{code} {risk.initiative.title}",
        delete_url=reverse("outlook:delete-risk", args=[pk]),
    )  # fmt: skip

    def save() -> None:
        writing.change_risk(
            request.user, risk, _exact(form.changes()), expected_version=form.expected_version
        )

    return answer(request, form, save, sheet)


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a risk."""
    rows = policy.visible_risks(request.user).select_related("initiative")
    risk = get_object_or_404(rows, pk=pk)
    writing.remove_risk(request.user, risk)
    messages.success(request, _("Risk deleted."))
    return redirect(home_of(risk.initiative.code))
