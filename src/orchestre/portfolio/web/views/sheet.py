"""The pages of one initiative that only tell."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from orchestre.journal.presenters import history_line
from orchestre.portfolio.presenters import plan, roadmap, sheet
from orchestre.portfolio.queries import one
from orchestre.portfolio.web.asking import user_of


@require_safe
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show what an initiative is, for whom, when, and what is missing."""
    initiative = one.by_code(user_of(request), code)
    context = {
        "head": sheet.head(user_of(request), initiative, "summary"),
        "summary": sheet.summary(user_of(request), initiative),
    }
    return render(request, "portfolio/show.html", context)


@require_safe
def history(request: HttpRequest, code: str) -> HttpResponse:
    """Show who changed what, and when."""
    initiative = one.by_code(user_of(request), code)
    changes = one.history_of(user_of(request), initiative)
    context = {
        "head": sheet.head(user_of(request), initiative, "history"),
        "history": [history_line(change, user_of(request)) for change in changes],
        "limit": one.HISTORY_ROWS if len(changes) == one.HISTORY_ROWS else 0,
    }
    return render(request, "portfolio/history.html", context)


@require_safe
def one_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show an initiative on one printed page."""
    initiative = one.by_code(user_of(request), code)
    needs = one.needs_of(user_of(request), initiative)
    context = {
        "head": sheet.head(user_of(request), initiative, "one-page"),
        "summary": sheet.summary(user_of(request), initiative),
        "plan": plan.plan_page(user_of(request), initiative, printed=True),
        "roadmap": roadmap.around(user_of(request), initiative, needs),
        "aims": one.contributions_of(initiative),
    }
    return render(request, "portfolio/one_page.html", context)
