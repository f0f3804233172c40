"""Three questions of a committee, and the draft that keeps their answer."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from orchestre.kernel.errors import DomainError
from orchestre.org.models import Unit
from orchestre.portfolio.models import Programme
from orchestre.selection import queries as selections
from orchestre.sequencing import services
from orchestre.sequencing.presenters import candidates, questions, words
from orchestre.sequencing.presenters.answers import Asked
from orchestre.sequencing.presenters.candidates import USUAL_WEEKS
from orchestre.sequencing.presenters.why import Supposed
from orchestre.sequencing.web.asking import initiative_of, user_of, whole
from orchestre.sequencing.web.forms import LONGEST_DAYS


@require_safe
def question(request: HttpRequest, name: str) -> HttpResponse:
    """Answer a question, or ask what it is about."""
    if name not in questions.NAMES:
        raise Http404
    asked = asked_of(request, request.GET.dict(), name)
    page = questions.question_page(user_of(request), name, asked)
    return render(request, "sequencing/question.html", {"page": page})


def asked_of(request: HttpRequest, given: dict[str, str], name: str) -> Asked:
    """Read what a question is about from an address or a form."""
    weeks = whole(given.get("weeks", ""), most=LONGEST_DAYS // 7) or USUAL_WEEKS
    code, programme, unit = (given.get(key, "") for key in ("initiative", "programme", "unit"))
    quarter = _quarter(given.get("quarter", "")) if name == "delay" else None
    if unit and not code and name == "delay":
        holder = Unit.objects.filter(code=unit[:40]).first()
        rows = candidates.ahead(user_of(request)).filter(unit=holder).order_by("code")
        if holder is None or not rows.exists():
            raise Http404
        return Asked(tuple(rows), None, weeks, holder, quarter)
    if programme and not code and name == "stop":
        found = Programme.objects.filter(code=programme[:40]).first()
        if found is None:
            raise Http404
        rows = candidates.live_rows(user_of(request)).filter(programme=found)
        return Asked(tuple(rows.order_by("code")), found, weeks)
    one = (initiative_of(request, code[:40]),) if code else ()
    return Asked(one, None, weeks, quarter=quarter)


def _quarter(text: str) -> tuple[int, int] | None:
    """Read 2027-2; what is not a quarter is not asked."""
    found = re.fullmatch(r"(20[0-9]{2})-([1-4])", text)
    return (int(found[1]), int(found[2])) if found else None


def supposed(request: HttpRequest) -> Supposed | None:
    """Return what the question of an address supposes; None when it asks none."""
    given = request.GET.dict()
    name = given.pop("act", "")
    if name not in questions.NAMES:
        return None
    asked = asked_of(request, given, name)
    edits = questions.edits_of(name, asked, questions.codes_of(asked))
    url = f"{reverse('sequencing:question', args=[name])}?{urlencode(given)}"
    return Supposed(questions.question_of(name, asked), url, edits)


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Open a private draft that does what the question asks."""
    given = request.POST.dict()
    act = given.get("act", "")
    if act not in {"stop", "delay"}:
        raise Http404
    asked = asked_of(request, {name: str(value) for name, value in given.items()}, act)
    if not asked.initiatives:
        raise DomainError(_("Choose an initiative or a programme first."))
    name = (
        _("Stop %(name)s") % {"name": asked.name}
        if act == "stop"
        else words.opening(f"{asked.name}, {words.shifted(asked.weeks * 7)}")
    )
    values = {"included": False} if act == "stop" else {"shift_days": asked.weeks * 7}
    made = services.draft(user_of(request), name)
    services.override_many(user_of(request), made, dict.fromkeys(asked.initiatives, values))
    messages.success(request, _("Scenario opened: only you see it."))
    return redirect("sequencing:show", made.pk)


@require_POST
def from_selection(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a private draft that keeps what a selection keeps."""
    chosen = selections.selection(user_of(request), pk)
    made = services.from_selection(user_of(request), chosen)
    messages.success(request, _("Scenario opened: only you see it."))
    return redirect("sequencing:show", made.pk)
