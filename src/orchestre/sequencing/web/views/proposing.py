"""Asking for a better order, following the search, keeping what one accepts."""

from __future__ import annotations

from contextlib import suppress

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orchestre.kernel.errors import DomainError
from orchestre.runs import jobs
from orchestre.runs import policy as runs
from orchestre.runs.models import Run
from orchestre.runs.presenters import run_page
from orchestre.sequencing import policy
from orchestre.sequencing.presenters import proposal as presenter
from orchestre.sequencing.queries.planning import hidden_codes
from orchestre.sequencing.rules import proposal as kept
from orchestre.sequencing.services import proposing
from orchestre.sequencing.web.asking import is_fragment, user_of
from orchestre.sequencing.web.propose_form import ProposeForm


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """Ask what to protect and what may move, then look for a better order."""
    policy.may_draft(user_of(request)).require()
    form = ProposeForm(request.POST or None, initial=ProposeForm.read(request.GET))
    if request.method == "POST" and form.is_valid():
        try:
            asked = form.asked(hidden_codes(user_of(request)))
            run, waits = proposing.ask(user_of(request), asked)
        except DomainError as refused:
            _add_errors(form, refused)
        else:
            if waits:
                jobs.queue(run)
            return redirect("sequencing:proposal", run.pk)
    return render(
        request, "sequencing/propose.html", {"form": form}, status=422 if form.errors else 200
    )


def _add_errors(form: ProposeForm, refused: DomainError) -> None:
    for name, sentences in (refused.fields or {"": [str(refused)]}).items():
        for sentence in sentences:
            form.add_error(name if name in form.fields else None, str(sentence))


def _run_of(request: HttpRequest, pk: int) -> Run:
    rows = runs.visible_to(request.user).filter(kind=proposing.KIND, requested_by=user_of(request))
    found: Run = get_object_or_404(rows, pk=pk)
    return found


@require_safe
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the search while it runs, then what it found."""
    run = _run_of(request, pk)
    if run.status != Run.Status.DONE:
        followed = run_page(run)
        template = "sequencing/parts/searching.html" if is_fragment(request) else (
            "sequencing/searching.html"
        )  # fmt: skip
        return render(request, template, {"run": followed})
    if is_fragment(request) and "p" not in request.GET:
        response = HttpResponse()
        response["HX-Redirect"] = request.path
        return response
    page = presenter.page(request.user, run, request.GET.get("p", ""))
    return render(request, "sequencing/proposal.html", {"page": page})


@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop the search and keep the best order found."""
    run = _run_of(request, pk)
    with suppress(DomainError):  # it ended by itself meanwhile: its result is shown
        proposing.stop(run)
    return redirect("sequencing:proposal", pk)


@require_POST
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a private scenario of the moves that were accepted."""
    run = _run_of(request, pk)
    answer = kept.thaw(bytes(run.result)) if run.result else None
    name, codes = request.POST.get("p", ""), request.POST.getlist("accept")
    edits, why = presenter.accepted(answer, name, codes)
    made = proposing.keep(user_of(request), presenter.named_today(), why, edits)
    messages.success(request, _("The order is a scenario of yours: nobody else sees it yet."))
    return redirect("sequencing:show", made.pk)
