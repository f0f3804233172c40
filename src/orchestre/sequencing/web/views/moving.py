"""One initiative in a scenario: the panel, the preview while it moves, and what is written."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orchestre.kernel.errors import DomainError
from orchestre.org.entry import Attempt, attempt, posted
from orchestre.portfolio.models import Initiative
from orchestre.portfolio.rules.dates import Span, can_shift
from orchestre.sequencing import policy, services
from orchestre.sequencing.models import Override, Scenario
from orchestre.sequencing.presenters import panel
from orchestre.sequencing.queries.scenarios import override_of
from orchestre.sequencing.rules.edits import LONGEST_DAYS
from orchestre.sequencing.services.overriding import NEUTRAL
from orchestre.sequencing.web.asking import (
    initiative_of,
    is_fragment,
    scenario_of,
    user_of,
    whole,
)
from orchestre.sequencing.web.forms import InitiativeForm, MoveForm
from orchestre.sequencing.web.views.scenarios import context_of


@require_http_methods(["GET", "HEAD", "POST"])
def initiative(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Show what a scenario says of an initiative, and change it."""
    scenario, one = scenario_of(request, pk), initiative_of(request, code)
    row = override_of(user_of(request), scenario, code)
    form = InitiativeForm(posted(request), initial=_initial(row))
    here = reverse("sequencing:initiative", args=[pk, code])
    tried = None
    if request.method == "POST":
        policy.may_edit(user_of(request), scenario).require()
    if request.method == "POST" and form.is_valid():
        changes = _changes(form)
        tried = attempt(
            form,
            lambda: services.override(
                user_of(request), scenario, one, changes, expected_version=form.expected_version
            ),
            action_url=here,
            cancel_url=here,
        )
        if tried.done:
            messages.success(request, _("Saved in the scenario; the plan is unchanged."))
            return redirect("sequencing:show", pk)
    page = panel.page(user_of(request), scenario, one, row)
    context: dict[str, Any] = {
        "page": page,
        "form": form,
        "conflict": tried.conflict if tried else None,
        "aside": is_fragment(request),
    }
    name = "sequencing/parts/panel.html" if is_fragment(request) else "sequencing/initiative.html"
    return render(request, name, context, status=tried.http_status if tried else 200)


def _initial(row: Override | None) -> dict[str, Any]:
    values = {name: getattr(row, name) if row else none for name, none in NEUTRAL.items()}
    if values["amount_eur"] is not None:
        values["amount_eur"] = float(values["amount_eur"])
    return {**values, "version": row.version if row else 0}


def _changes(form: InitiativeForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in form.changes()}


@require_safe
def preview(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Say what a further move would do to the three gauges; nothing is written."""
    scenario, one = scenario_of(request, pk), initiative_of(request, code)
    policy.may_edit(user_of(request), scenario).require()
    days = whole(request.GET.get("shift", ""), most=LONGEST_DAYS // 7) * 7
    _check_calendar(one, days)
    row = override_of(user_of(request), scenario, code)
    found = panel.preview(user_of(request), scenario, one, row, days)
    return render(request, "sequencing/parts/preview.html", {"preview": found})


def _check_calendar(one: Initiative, days: int) -> None:
    span = Span(one.starts_on, one.ends_on, one.go_live_on)
    if not can_shift((span.starts_on, span.ends_on, span.go_live_on), days):
        raise DomainError(_("This move leaves the calendar. Choose fewer days."))


@require_POST
def move(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Keep where a bar was dropped."""
    scenario, one = scenario_of(request, pk), initiative_of(request, code)
    form = MoveForm(request.POST)
    here = reverse("sequencing:move", args=[pk, code])
    home = reverse("sequencing:show", args=[pk])
    if not form.is_valid():
        raise DomainError(_("This move leaves the calendar. Choose fewer days."))
    tried = attempt(
        form,
        lambda: services.override(
            user_of(request),
            scenario,
            one,
            form.changes(),
            expected_version=form.cleaned_data["version"],
        ),
        action_url=here,
        cancel_url=home,
    )
    if tried.done:
        messages.success(request, _("Moved in the scenario; the plan is unchanged."))
        if not is_fragment(request):
            return redirect(home)
        context = {**context_of(request, pk), "moved": str(one.pk)}
        return render(request, "sequencing/parts/body.html", context)
    return _refused(request, scenario, one, form, tried)


def _refused(
    request: HttpRequest, scenario: Scenario, one: Initiative, form: MoveForm, tried: Attempt
) -> HttpResponse:
    if tried.conflict is None:
        raise DomainError(" ".join(str(text) for texts in form.errors.values() for text in texts))
    row = override_of(user_of(request), scenario, one.code)
    page = panel.page(user_of(request), scenario, one, row)
    context = {"page": page, "conflict": tried.conflict, "form": form}
    if is_fragment(request):
        answer = render(request, "sequencing/parts/conflict.html", context)
        answer.headers["HX-Retarget"] = "[data-roadmap-preview]"
        answer.headers["HX-Reswap"] = "innerHTML"
        return answer
    return render(request, "sequencing/initiative.html", context, status=tried.http_status)


@require_POST
def clear(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Take back what the scenario says of an initiative."""
    scenario, one = scenario_of(request, pk), initiative_of(request, code)
    text = request.POST.get("version", "")
    version = int(text) if text.isdecimal() and len(text) < 10 else None
    services.clear_override(user_of(request), scenario, one, expected_version=version)
    messages.success(request, _("%s is as in the plan again.") % one.code)
    back = request.POST.get("back", "")
    return redirect(f"sequencing:{'differences' if back == 'differences' else 'show'}", pk)
