"""Their columns, our fields: confirmed once, remembered next time."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from orchestre.exchange import sessions
from orchestre.exchange.columns import SheetChoice, choices_of, date_style_of, mistakes_in
from orchestre.exchange.models import ImportSession
from orchestre.exchange.presenters.check import date_choice
from orchestre.exchange.presenters.columns import kinds, sheet_cards
from orchestre.exchange.presenters.done import stepper
from orchestre.exchange.web.asking import session_of, user_of
from orchestre.sheets.cells import DateStyle
from orchestre.sheets.columns import FIELDS
from orchestre.sheets.limits import LIMITS


@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Show which column goes where; keep what the person settles."""
    session = session_of(request, pk)
    if not sessions.is_open(session):
        return redirect("exchange:resume", pk)
    workbook = sessions.workbook_of(session)
    choices = choices_of(session, workbook)
    mistakes: list[str] = []
    if request.method == "POST":
        sessions.settle_sheets(session, user_of(request), _settled(request, choices))
        choices = choices_of(session, workbook)
        mistakes = mistakes_in(choices)
        if "again" in request.POST:
            return redirect("exchange:columns", pk)
        if not mistakes:
            sessions.confirm_columns(session, user_of(request), choices)
            return redirect("exchange:check", pk)
    cards = sheet_cards(choices)
    context = {
        "session": session,
        "stepper": stepper(session, "columns"),
        "cards": cards,
        "kinds": kinds(),
        "mistakes": mistakes,
        "dates": date_choice(_style(session, choices)),
        "to_check": sum(
            c.confidence == "check" for one in choices if one.used for c in one.columns
        ),
    }
    return render(request, "exchange/columns.html", context)


def _style(session: ImportSession, choices: tuple[SheetChoice, ...]) -> DateStyle:
    style = date_style_of(choices)
    dayfirst = session.choices.get("dayfirst")
    if dayfirst is None:
        return style
    return DateStyle(dayfirst=bool(dayfirst), certain=True, example=style.example)


def _settled(request: HttpRequest, choices: tuple[SheetChoice, ...]) -> dict[str, dict[str, Any]]:
    """Read what the person says of each sheet; another kind or header makes columns anew."""
    return {one.sheet: _sheet(request, number, one) for number, one in enumerate(choices)}


def _sheet(request: HttpRequest, number: int, one: SheetChoice) -> dict[str, Any]:
    asked = request.POST
    told: dict[str, Any] = {"used": asked.get(f"used-{number}") == "yes"}
    kind = asked.get(f"kind-{number}", "")
    row = asked.get(f"header-{number}", "")
    turned = asked.get(f"turned-{number}") == "yes"
    header_row = int(row) if row.isdecimal() and 0 < int(row[:6]) <= LIMITS.rows else None
    same = (
        kind in ("", one.kind)
        and header_row in (None, one.table.header_row)
        and turned == one.table.transposed
    )
    if same:
        targets = {c.header: asked.get(f"col-{number}-{c.index}") for c in one.columns}
        told["columns"] = {header: one for header, one in targets.items() if one is not None}
        return told
    told["kind"] = kind if kind in FIELDS else one.kind
    told["transposed"] = turned
    told["header_row"] = None if turned != one.table.transposed else header_row
    return told


@require_POST
def dates(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether days or months come first in written dates."""
    session = session_of(request, pk)
    sessions.settle(session, user_of(request), dayfirst=request.POST.get("dayfirst") == "yes")
    messages.success(request, _("Dates are read again."))
    back = request.POST.get("back")
    return redirect("exchange:columns" if back == "columns" else "exchange:check", pk)
