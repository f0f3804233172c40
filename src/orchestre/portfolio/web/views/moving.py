"""Moving in time: what it would do, then, when agreed, doing it."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from orchestre.kernel.errors import DomainError
from orchestre.portfolio import policy, services
from orchestre.portfolio.models import Initiative
from orchestre.portfolio.presenters import effects, sheet
from orchestre.portfolio.queries import one
from orchestre.portfolio.rules.dates import can_shift
from orchestre.portfolio.web.asking import is_fragment, user_of, version_of
from orchestre.portfolio.web.forms import MoveForm

LONGEST_DAYS = 3660


@require_safe
def preview(request: HttpRequest, code: str) -> HttpResponse:
    """Say what a shift would do: a fragment, or JSON for who asks for it; nothing is written."""
    initiative = one.by_code(user_of(request), code)
    policy.may_change(user_of(request), initiative).require()
    days = _days_asked(request)
    if days == 0:
        return HttpResponse("")
    found = _preview(request, initiative, days)
    if "application/json" in request.headers.get("Accept", ""):
        facts = asdict(found)
        facts["initiative"] = initiative.code
        return JsonResponse(facts)
    context = {"preview": found, "initiative": initiative, "next": _next(request)}
    return render(request, "portfolio/parts/preview.html", context)


def _days_asked(request: HttpRequest) -> int:
    for name, factor in (("shift", 7), ("shift_weeks", 7), ("days", 1)):
        text = request.GET.get(name, "")
        if text.lstrip("-").isdecimal() and len(text) < 7:
            return int(text) * factor
    return 0


def _preview(request: HttpRequest, initiative: Initiative, days: int) -> effects.Preview:
    dates = (initiative.starts_on, initiative.ends_on, initiative.go_live_on)
    if abs(days) > LONGEST_DAYS or not can_shift(dates, days):
        raise DomainError(_("This move leaves the calendar. Choose fewer days."))
    return effects.preview(user_of(request), initiative, days)


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, code: str) -> HttpResponse:
    """Ask by how much, show the effect, then move."""
    initiative = one.by_code(user_of(request), code)
    policy.may_change(user_of(request), initiative).require()
    if request.method == "POST":
        return _do_move(request, initiative)
    asked = bool({"weeks", "starts_on"} & set(request.GET))
    form = MoveForm(request.GET if asked else None)
    found = None
    if asked and form.is_valid():
        days = _days_of(initiative, form)
        if days is None:
            form.add_error("starts_on", _("It has no first day yet: move it by weeks instead."))
        elif days == 0:
            form.add_error(None, _("These are its dates already: nothing would change."))
        else:
            found = _preview(request, initiative, days)
    context = {
        "head": sheet.head(user_of(request), initiative, "move"),
        "form": form,
        "preview": found,
        "initiative": initiative,
        "next": _next(request),
    }
    return render(request, "portfolio/move.html", context)


def _days_of(initiative: Initiative, form: MoveForm) -> int | None:
    if form.cleaned_data.get("weeks"):
        return int(form.cleaned_data["weeks"]) * 7
    if initiative.starts_on is None:
        return None
    return int((form.cleaned_data["starts_on"] - initiative.starts_on).days)


def _do_move(request: HttpRequest, initiative: Initiative) -> HttpResponse:
    text = request.POST.get("days", "")
    days = int(text) if text.lstrip("-").isdecimal() and len(text) < 7 else 0
    done = services.move(user_of(request), initiative, days, expected_version=version_of(request))
    messages.success(request, done.label if done else _("Nothing differed."))
    target = _next(request)
    if is_fragment(request):
        return HttpResponse(headers={"HX-Redirect": target})
    return redirect(target or "portfolio:show", *([] if target else [initiative.code]))


def _next(request: HttpRequest) -> str:
    asked = request.POST.get("next") or request.GET.get("next") or ""
    if not asked and is_fragment(request):
        asked = request.headers.get("HX-Current-URL", "")
    safe = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if asked and safe else ""
