"""Following a computation, and stopping it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from orchestre.runs import policy, services
from orchestre.runs.presenters import run_page


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show where the run stands; the fragment alone when the page asks for it each second."""
    page = run_page(get_object_or_404(policy.visible_to(request.user), pk=pk))
    fragment = request.headers.get("HX-Request") == "true"
    template = "runs/progress.html" if fragment else "runs/show.html"
    return render(request, template, {"run": page})


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop the run."""
    run = get_object_or_404(policy.visible_to(request.user), pk=pk)
    policy.may_cancel(request.user, run).require()
    services.cancel(run)
    return redirect("runs:show", pk)
