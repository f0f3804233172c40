"""After the import: what was done, undoing it, or giving it up before."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from orchestre.exchange import services
from orchestre.exchange.models import ImportSession
from orchestre.exchange.presenters.done import done_page, in_the_way, stepper
from orchestre.exchange.web.asking import session_of, user_of
from orchestre.journal import policy as journal_policy
from orchestre.journal import services as journal
from orchestre.kernel.errors import DomainError


@require_safe
def done(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was done."""
    session = session_of(request, pk)
    if session.state != ImportSession.State.APPLIED:
        return redirect("exchange:resume", pk)
    return render(request, "exchange/done.html", _context(request, session))


def _context(request: HttpRequest, session: ImportSession) -> dict[str, object]:
    return {
        "session": session,
        "stepper": stepper(session, "done"),
        "page": done_page(session, user_of(request)),
    }


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo an import as a whole; what was changed since stands in the way, by name."""
    session = session_of(request, pk)
    act = session.change_set
    if act is None:
        raise Http404
    journal_policy.may_undo(request.user, act).require()
    try:
        journal.undo(user_of(request), act)
    except DomainError as refused:
        context = _context(request, session)
        context |= {"refusal": str(refused), "in_the_way": in_the_way(act)}
        return render(request, "exchange/done.html", context, status=409)
    messages.success(request, _("Import undone: everything is as it was before."))
    return redirect("exchange:done", pk)


@require_POST
def abandon(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an import up; nothing was written."""
    services.abandon(user_of(request), session_of(request, pk))
    messages.info(request, _("Import abandoned; nothing was written."))
    return redirect("exchange:new")
