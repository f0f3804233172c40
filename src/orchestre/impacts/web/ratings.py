"""Pages where each side rates an impact blind, and where differences are settled."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from orchestre.impacts import policy, presenters, queries, rules, services
from orchestre.impacts.web.forms import RatingForm, SettleForm
from orchestre.impacts.web.views import form_page
from orchestre.org.entry import attempt, posted


@require_GET
def to_rate(request: HttpRequest) -> HttpResponse:
    """List the impacts that wait for the answer of this person's side."""
    waiting = queries.waiting_for(request.user)
    table = presenters.waiting_table(waiting) if waiting else None
    return render(request, "impacts/to_rate.html", {"table": table})


@require_http_methods(["GET", "POST"])
def rate(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer for one's side."""
    impact = queries.impact(request.user, pk)
    policy.may_rate(request.user, impact).require()
    facts = queries.facts_of(request.user, impact)
    if facts.both_answered:
        return redirect("impacts:settle", pk=pk)
    own = facts.unit if facts.side == "unit" else facts.project
    initial = {"version": own.version, "comment": own.comment} if own else {}
    if own:
        initial |= {
            "aspects": dict(own.answer.aspects),
            "intensity": own.answer.intensity,
            "hours_per_person": own.answer.hours_per_person,
        }
    form = RatingForm(posted(request), initial=initial)
    tried = None
    home = reverse("impacts:of", args=[impact.initiative.code])
    if request.method == "POST" and form.is_valid():
        data: dict[str, Any] = {
            name: initial.get(name) if form.keeps_theirs(name) else value
            for name, value in form.cleaned_data.items()
        }
        answer = rules.Answer(data["aspects"], data["intensity"], data["hours_per_person"])
        tried = attempt(
            form,
            lambda: services.rate(
                request.user,
                impact,
                answer,
                comment=data["comment"],
                expected_version=form.expected_version,
            ),
            action_url=request.path,
            cancel_url=request.path,
        )
        if tried.done:
            messages.success(request, _("Your answer is recorded."))
            return redirect(home)
    return form_page(
        request, form, tried, template="impacts/rate.html", facts=facts, cancel_url=home
    )


@require_http_methods(["GET", "POST"])
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Compare the two answers and choose what counts."""
    impact = queries.impact(request.user, pk)
    facts = queries.facts_of(request.user, impact)
    home = reverse("impacts:of", args=[impact.initiative.code])
    if not facts.both_answered:
        return redirect(home)
    may_settle = bool(policy.may_record(request.user, impact.initiative))
    form = SettleForm(
        posted(request), differences=facts.differences, initial={"version": impact.version}
    )
    tried = None
    if request.method == "POST":
        policy.may_record(request.user, impact.initiative).require()
        if form.is_valid():
            tried = attempt(
                form,
                lambda: services.settle(
                    request.user,
                    impact,
                    form.choices(),
                    reason=form.cleaned_data["reason"],
                    expected_version=form.expected_version,
                ),
                action_url=request.path,
                cancel_url=request.path,
                mergeable=False,
            )
            if tried.done:
                messages.success(request, _("Settled."))
                return redirect(home)
    return form_page(
        request,
        form,
        tried,
        template="impacts/settle.html",
        facts=facts,
        lines=presenters.compared(facts),
        may_settle=may_settle,
        cancel_url=home,
    )
