"""The control: what the import would do, cells corrected in place, then one button."""

from __future__ import annotations

import csv
from io import StringIO

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orchestre.exchange import services, sessions
from orchestre.exchange.checking import Checked, checked
from orchestre.exchange.fixing import Correction, key_of_cell
from orchestre.exchange.presenters.check import check_page
from orchestre.exchange.presenters.done import stepper
from orchestre.exchange.web.asking import download, session_of, user_of
from orchestre.kernel.errors import DomainError
from orchestre.runs import jobs as runs
from orchestre.sheets.records import guarded


@require_safe
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what the import would do; nothing is written yet."""
    session = session_of(request, pk)
    if not sessions.is_open(session):
        return redirect("exchange:resume", pk)
    try:
        found = checked(session, user_of(request))
    except DomainError as refused:
        messages.error(request, str(refused))
        return redirect("exchange:columns", pk)
    context = {
        "session": session,
        "stepper": stepper(session, "check"),
        "page": check_page(
            found, session, request.GET.get("tab", ""), request.GET.get("page", "1")
        ),
        "only_if_clean": bool(session.choices.get("only_if_clean")),
        "corrected": len(sessions.corrections_of(session)),
    }
    return render(request, "exchange/check.html", context)


@require_POST
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Put what the person typed in place of refused cells, then check again."""
    session = session_of(request, pk)
    cells = _corrections(request, checked(session, user_of(request)))
    if cells:
        number = sessions.correct(session, user_of(request), cells)
        told = ngettext("%(n)s cell corrected.", "%(n)s cells corrected.", number)
        messages.success(request, told % {"n": number})
    else:
        messages.info(request, _("Type a value beside a cell, then correct it."))
    return redirect("exchange:check", pk)


def _corrections(request: HttpRequest, found: Checked) -> list[Correction]:
    only = request.POST.get("only", "")
    cells: dict[tuple[str, int, str], Correction] = {}
    for group in found.groups:
        if only and only != group.key:
            continue
        whole = request.POST.get(f"all-{group.key}", "").strip()
        for one in group.refusals:
            text = request.POST.get(f"one-{key_of_cell(one)}", "").strip() or whole
            if text and text != one.value:
                place = (one.sheet, one.row, one.column)
                cells[place] = Correction(one.sheet, one.row, one.column, text)
    return list(cells.values())


@require_safe
def refused(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the refused cells as a file; those of a past import as they were then."""
    session = session_of(request, pk)
    if sessions.is_open(session):
        rows = services.refused_rows(checked(session, user_of(request)).plan)
    else:
        rows = session.report.get("refused", [])
    text = StringIO()
    french = (get_language() or "fr").startswith("fr")
    writer = csv.writer(text, delimiter=";" if french else ",", quoting=csv.QUOTE_ALL)
    writer.writerow([_("Sheet"), _("Row"), _("Column"), _("Value"), _("Why")])
    for one in rows:
        cells = (one["sheet"], str(one["row"]), one["column"], one["value"], one["reason"])
        writer.writerow([guarded(cell) for cell in cells])
    name = f"{_('to-correct')}-{session.pk}.csv"
    return download(text.getvalue().encode("utf-8-sig"), name, "text/csv; charset=utf-8")


@require_http_methods(["POST"])
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Write everything in one act; a large import is applied in the background."""
    session, person = session_of(request, pk), user_of(request)
    if not sessions.is_open(session):
        return redirect("exchange:resume", pk)
    clean = request.POST.get("only_if_clean") == "yes"
    try:
        sessions.settle(session, person, only_if_clean=clean)
        services.require_clean(checked(session, person).plan, wanted=clean)
        if checked(session, person).plan.total() > sessions.LARGE:
            run = sessions.start(session, person, get_language() or "fr")
            runs.queue(run)
            return redirect("runs:show", run.pk)
        dataset = sessions.dataset_for(session)
        services.apply_session(person, session, dataset, only_if_clean=clean)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("exchange:resume", pk)
    return redirect("exchange:done", pk)
