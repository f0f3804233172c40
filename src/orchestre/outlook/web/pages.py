"""When, how likely, how much: the list, one initiative, what if it slips."""

from __future__ import annotations

import math

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from orchestre.outlook import policy
from orchestre.outlook.presenters import listing as lists
from orchestre.outlook.presenters.one import one_page
from orchestre.outlook.presenters.slipping import slip_answer
from orchestre.outlook.rules import MOST_WEEKS
from orchestre.outlook.services import compute, known
from orchestre.portfolio.presenters import sheet
from orchestre.portfolio.queries.one import by_code

YEARS_AHEAD = 4


def whole(text: str, default: int) -> int:
    """Read a whole number of an address."""
    return int(text) if text.isdecimal() and len(text) < 10 else default


def _year(request: HttpRequest) -> int:
    first = known.today().year
    asked = whole(request.GET.get("year", ""), first)
    return min(max(asked, first), first + YEARS_AHEAD - 1)


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Show the go-lives to come, with their chances and their margins."""
    if not policy.reads(request.user):
        raise Http404
    view = compute.portfolio(year=_year(request), person=request.user)
    page = lists.list_page(request.user, view, whole(request.GET.get("page", ""), 1))
    return render(request, "outlook/list.html", {"page": page})


@require_POST
def again(request: HttpRequest) -> HttpResponse:
    """Draw again what failed."""
    if not policy.reads(request.user):
        raise Http404
    compute.ask_again(compute.portfolio(person=request.user))
    return redirect("outlook:list")


@require_safe
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show the outlook of one initiative."""
    initiative = by_code(request.user, code)
    page = one_page(request.user, initiative)
    if page is None:
        raise Http404
    head = sheet.head(request.user, initiative, "outlook")
    return render(
        request, "outlook/one.html", {"page": page, "initiative": initiative, "head": head}
    )


@require_safe
def slip(request: HttpRequest, code: str) -> HttpResponse:
    """Tell which go-lives move when a milestone slips; nothing is written."""
    initiative = by_code(request.user, code)
    step = whole(request.GET.get("milestone", ""), -1)
    weeks = _weeks(request.GET.get("weeks", ""))
    view = compute.plan_of_all()
    if step < 0:
        step = compute.last_step(view, initiative.code)
    answer = slip_answer(request.user, view, initiative.code, step, weeks)
    context = {"answer": answer, "initiative": initiative}
    if request.headers.get("HX-Request") == "true":
        return render(request, "outlook/slipped.html", context)
    return render(request, "outlook/slip.html", context)


def _weeks(text: str) -> float:
    try:
        found = float(text.replace(",", "."))
    except ValueError:
        return 1.0
    return min(max(found, 0.0), float(MOST_WEEKS)) if math.isfinite(found) else 1.0
