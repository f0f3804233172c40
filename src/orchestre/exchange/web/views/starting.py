"""Bringing a file in, taking an import up again, and the workbooks to start from."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from orchestre.exchange import services
from orchestre.exchange.models import ImportSession
from orchestre.exchange.policy import may_import, visible_sessions
from orchestre.exchange.presenters.done import former, stepper
from orchestre.exchange.sessions import run_of
from orchestre.exchange.web.asking import download, session_of, user_of
from orchestre.exchange.web.forms import FileForm
from orchestre.kernel.errors import DomainError
from orchestre.sheets.limits import LIMITS
from orchestre.sheets.writing import empty_workbook, worked_example

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LISTED = 20
MODELS = {
    ("classeur-vide", "fr"): empty_workbook,
    ("empty-workbook", "en"): empty_workbook,
    ("exemple", "fr"): worked_example,
    ("example", "en"): worked_example,
}


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Take a file in; nothing is written to the portfolio."""
    may_import(request.user).require()
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if request.method == "POST" and form.is_valid():
        content, name = form.received()
        try:
            session = services.receive(user_of(request), content, name)
        except DomainError as refused:
            form.add_error("file" if form.cleaned_data.get("file") else "pasted", str(refused))
        else:
            return redirect("exchange:resume", session.pk)
    sessions = visible_sessions(request.user).defer("content")
    found = sessions.select_related("change_set", "change_set__undone_by")[:LISTED]
    context = {
        "form": form,
        "limits": LIMITS,
        "xlsx_mib": LIMITS.xlsx_bytes >> 20,
        "mspdi_mib": LIMITS.mspdi_bytes >> 20,
        "former": former(list(found)),
        "stepper": stepper(None, "new"),
    }
    return render(request, "exchange/new.html", context)


@require_safe
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Go to the step where the import stands."""
    session = session_of(request, pk)
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return HttpResponse()  # the page only wants to know where to go
    if session.state == ImportSession.State.APPLIED:
        return redirect("exchange:done", pk)
    if session.state == ImportSession.State.ABANDONED:
        messages.info(request, _("This import was abandoned; drop the file again."))
        return redirect("exchange:new")
    run = run_of(session)
    if run is not None:
        return redirect("runs:show", run.pk)
    settled = session.preset or session.choices.get("confirmed")
    return redirect("exchange:check" if settled else "exchange:columns", pk)


@require_safe
def model(request: HttpRequest, what: str, language: str) -> HttpResponse:
    """Give the empty workbook, or a filled one to look at."""
    may_import(request.user).require()
    write = MODELS.get((what, language))
    if write is None:
        raise Http404
    return download(write(language), f"{what}-{language}.xlsx", XLSX)
