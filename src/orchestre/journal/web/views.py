"""Pages of the journal: the list of acts, one act field by field, undo."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from orchestre.access.reach import reach_of
from orchestre.access.rules import Can
from orchestre.journal import policy, presenters, queries, services
from orchestre.journal.models import Change, ChangeSet
from orchestre.journal.web import pages
from orchestre.journal.web.forms import FilterForm
from orchestre.kernel.errors import DomainError
from orchestre.ui.going import back_to

PER_PAGE = 50
ROWS_SHOWN = 100


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """List the acts that this person may read."""
    form = FilterForm(request.GET, request.user)
    found = queries.acts(request.user, form.filters())
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filters": form,
        "table": pages.table(page, request.GET),
        "all": reach_of(request.user).can(Can.READ_JOURNAL),
    }
    return render(request, "journal/list.html", context)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one act, field by field, and what undoing it would do."""
    change_set = _one(request, pk)
    changes = queries.open_changes(request.user, change_set)
    rows = [presenters.row_change(change, request.user) for change in changes[:ROWS_SHOWN]]
    shown, total = changes.count(), change_set.changes.count()
    context = {
        "act": presenters.act_line(change_set),
        "rows": rows,
        "more": max(0, shown - ROWS_SHOWN),
        "hidden": presenters.hidden_sentence(total - shown),
        "undone_by": getattr(change_set, "undone_by", None),
        "undoes": change_set.undoes,
        "may_undo": change_set.undoable and policy.may_undo(request.user, change_set),
        "overwrites": any(row.overwrites for row in rows),
        "hash": getattr(getattr(change_set, "entry", None), "hash", ""),
    }
    return render(request, "journal/show.html", context)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo one act; with `overwrite`, even what was changed since and shown on the page."""
    change_set = _one(request, pk)
    policy.may_undo(request.user, change_set).require()
    overwrite = request.POST.get("overwrite") == "yes"
    done = services.undo(request.user, change_set, overwrite=overwrite)
    messages.success(request, done.label)
    return redirect("journal:show", pk)


@require_POST
def undo_last(request: HttpRequest) -> HttpResponse:
    """Undo the act that the toast names, else the last one of this person."""
    given = request.POST.get("change_set", "")
    if given:
        found: ChangeSet | None = _one(request, int(given)) if given.isdecimal() else None
    else:
        found = queries.last_undoable(request.user)
    if found is None:
        raise DomainError(_("Nothing recent to undo. Older acts are in the journal."))
    policy.may_undo(request.user, found).require()
    done = services.undo(request.user, found)
    messages.success(request, done.label)
    return redirect(back_to(request))


def _one(request: HttpRequest, pk: int) -> ChangeSet:
    found = queries.one_act(request.user, pk)
    if found is None or (getattr(found, "is_hidden", False) and not _some_open(request, found)):
        raise Http404
    return found


def _some_open(request: HttpRequest, change_set: ChangeSet) -> bool:
    opened: list[Change] = list(queries.open_changes(request.user, change_set)[:1])
    return bool(opened)
