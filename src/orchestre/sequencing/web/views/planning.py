"""How far each initiative may move: the list, one of them, its legal steps."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orchestre.org.entry import VersionedForm, attempt, posted
from orchestre.portfolio import policy as portfolio
from orchestre.portfolio.models import Initiative
from orchestre.sequencing import policy
from orchestre.sequencing.models import LegalStep
from orchestre.sequencing.presenters import planning as presenter
from orchestre.sequencing.queries.planning import rule_of
from orchestre.sequencing.services import planning
from orchestre.sequencing.web.asking import initiative_of, user_of
from orchestre.sequencing.web.rule_forms import RuleForm, StepForm


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """List what limits the moves."""
    policy.may_read(request.user).require()
    return render(request, "sequencing/rules.html", {"page": presenter.listing(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, code: str) -> HttpResponse:
    """Say how far an initiative may move."""
    initiative = initiative_of(request, code)
    row = rule_of(initiative)
    initial = {name: getattr(row, name) for name in planning.FIELDS} if row else {}
    form = RuleForm(posted(request), initial={**initial, "version": row.version if row else 0})
    if request.method == "POST":
        portfolio.may_change(user_of(request), initiative).require()
    if request.method == "POST" and form.is_valid():
        values = form.changes() if row else {n: form.cleaned_data[n] for n in planning.FIELDS}
        tried = attempt(
            form,
            lambda: planning.set_rule(
                user_of(request), initiative, values, expected_version=form.expected_version
            ),
            action_url=request.path,
            cancel_url=request.path,
        )
        if tried.done:
            messages.success(request, _("Saved."))
            return redirect("sequencing:rules")
        return _page(request, initiative, form, tried.http_status, conflict=tried.conflict)
    return _page(request, initiative, form, 422 if form.errors else 200)


def _page(
    request: HttpRequest,
    initiative: Initiative,
    form: VersionedForm,
    status: int,
    **more: Any,  # noqa: ANN401 - what the template shows
) -> HttpResponse:
    context = {
        "page": presenter.one(request.user, initiative),
        "form": form,
        "step": StepForm(),
        **more,
    }
    return render(request, "sequencing/rule.html", context, status=status)


@require_POST
def add_step(request: HttpRequest, code: str) -> HttpResponse:
    """Add a legal step."""
    initiative = initiative_of(request, code)
    portfolio.may_change(user_of(request), initiative).require()
    step = StepForm(request.POST)
    if step.is_valid():
        values = {name: step.cleaned_data[name] for name in _step_fields()}
        planning.add_step(user_of(request), initiative, values)
        messages.success(request, _("Saved."))
        return redirect("sequencing:rule", code)
    row = rule_of(initiative)
    initial = {name: getattr(row, name) for name in planning.FIELDS} if row else {}
    return _page(request, initiative, RuleForm(initial=initial), 422, step=step)


def _step_fields() -> tuple[str, ...]:
    return tuple(name for name in StepForm.base_fields if name != "version")


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Change a legal step, or say that it is completed."""
    initiative = initiative_of(request, code)
    portfolio.may_change(user_of(request), initiative).require()
    row = get_object_or_404(LegalStep, pk=pk, initiative=initiative)
    initial = {name: getattr(row, name) for name in _step_fields()}
    form = StepForm(posted(request), initial={**initial, "version": row.version})
    home = reverse("sequencing:rule", args=[code])
    tried = None
    if request.method == "POST" and form.is_valid():
        tried = attempt(
            form,
            lambda: planning.change_step(
                user_of(request), row, form.changes(), expected_version=form.expected_version
            ),
            action_url=request.path,
            cancel_url=home,
        )
        if tried.done:
            messages.success(request, _("Saved."))
            return redirect(home)
    context = {
        "form": form,
        "row": row,
        "cancel_url": home,
        "conflict": tried.conflict if tried else None,
        "page": presenter.one(request.user, initiative),
    }
    status = tried.http_status if tried else (422 if form.errors else 200)
    return render(request, "sequencing/step.html", context, status=status)


@require_POST
def remove_step(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take a legal step away."""
    initiative = initiative_of(request, code)
    planning.remove_step(
        user_of(request), get_object_or_404(LegalStep, pk=pk, initiative=initiative)
    )
    messages.success(request, _("Removed."))
    return redirect("sequencing:rule", code)


@require_POST
def clear(request: HttpRequest, code: str) -> HttpResponse:
    """Let an initiative move as far as the usual reach."""
    initiative = initiative_of(request, code)
    row = rule_of(initiative)
    if row is not None:
        planning.clear_rule(user_of(request), row)
        messages.success(request, _("Removed."))
    return redirect("sequencing:rule", code)
