"""Comparing, differences, plans of record, and why a number is what it is."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orchestre.kernel.errors import CannotDo, DomainError
from orchestre.org.entry import posted
from orchestre.sequencing import policy, services
from orchestre.sequencing.presenters import differences, plans
from orchestre.sequencing.presenters.compare import MOST, compare_page
from orchestre.sequencing.presenters.why import why_page
from orchestre.sequencing.queries import scenarios as queries
from orchestre.sequencing.web.asking import scenario_of, user_of
from orchestre.sequencing.web.forms import PublishForm
from orchestre.sequencing.web.views.questions import supposed


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Put up to four plans side by side; the list of scenarios sends what was ticked."""
    policy.may_read(user_of(request)).require()
    asked = [request.GET.get(name, "") for name in "abcd"] + request.GET.getlist("of")
    wanted = [one for one in asked if one][:MOST]
    page = compare_page(user_of(request), wanted, request.GET.get("map", ""))
    return render(request, "sequencing/compare.html", {"page": page})


@require_safe
def show_differences(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a scenario would write, each move refusable by itself."""
    scenario = scenario_of(request, pk)
    page = differences.difference_page(user_of(request), scenario, _("Differences, one by one"))
    return render(request, "sequencing/differences.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Show exactly what will change, ask for the decision, then write it."""
    scenario = scenario_of(request, pk)
    policy.may_publish(user_of(request), scenario).require()
    page = differences.difference_page(user_of(request), scenario, _("Make it the plan"))
    form = PublishForm(posted(request), initial={"expected": page.expected})
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            plan = services.publish(user_of(request), scenario, **form.cleaned_data)
        except CannotDo:
            raise
        except DomainError as error:
            # what is shown from now on is what would be done now
            form = PublishForm({**request.POST.dict(), "expected": page.expected})
            form.add_error(None, str(error))
            status = error.http_status
        else:
            messages.success(request, _("Published: plan %(n)s is in force.") % {"n": plan.number})
            return redirect("sequencing:plan", plan.number)
    return render(request, "sequencing/publish.html", {"page": page, "form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def rebase(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what changed in the plan under a scenario, then say that it was read."""
    scenario = scenario_of(request, pk)
    if request.method == "POST":
        text = request.POST.get("act", "")
        act = int(text) if text.isdecimal() and len(text) < 18 else 0
        services.rebase(user_of(request), scenario, act_read=act)
        messages.success(request, _("Read: the scenario stands on the plan as it now is."))
        return redirect("sequencing:show", pk)
    page = differences.rebase_page(user_of(request), scenario)
    return render(request, "sequencing/rebase.html", {"page": page})


@require_safe
def diff(request: HttpRequest) -> HttpResponse:
    """Show what two plans or scenarios say differently."""
    user, last = user_of(request), request.GET.get("to", "current")
    first = request.GET.get("from") or differences.before_current(user)
    page = differences.diff_page(user, first, last)
    return render(request, "sequencing/diff.html", {"page": page})


@require_safe
def plans_listing(request: HttpRequest) -> HttpResponse:
    """Show the history of the plan."""
    return render(request, "sequencing/plans.html", {"page": plans.plans_page(user_of(request))})


@require_safe
def plan(request: HttpRequest, number: int) -> HttpResponse:
    """Read a plan of record again."""
    page = plans.plan_page(user_of(request), number)
    return render(request, "sequencing/plan.html", {"page": page})


@require_POST
def draft_return(request: HttpRequest, number: int) -> HttpResponse:
    """Open a draft that goes back to a former plan."""
    found = queries.plan(user_of(request), number)
    made = services.draft_return(user_of(request), found)
    messages.success(request, _("Drafted: only you see it."))
    return redirect("sequencing:show", made.pk)


@require_safe
def why(request: HttpRequest, name: str) -> HttpResponse:
    """Explain a figure."""
    page = why_page(user_of(request), name, request.GET.get("of", "current"), supposed(request))
    context: dict[str, Any] = {"page": page, "list_url": reverse("sequencing:list")}
    return render(request, "sequencing/why.html", context)
