"""Three questions of a committee, and the draft that keeps their answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from orchestre.kernel.errors import DomainError
from orchestre.portfolio import policy as portfolio
from orchestre.portfolio.models import Initiative, Programme
from orchestre.selection import queries as selections
from orchestre.sequencing import services
from orchestre.sequencing.presenters import questions, words
from orchestre.sequencing.presenters.answers import Asked
from orchestre.sequencing.web.asking import initiative_of, user_of, whole
from orchestre.sequencing.web.forms import LONGEST_DAYS

USUAL_WEEKS = 8


@require_safe
def question(request: HttpRequest, name: str) -> HttpResponse:
    """Answer a question, or ask what it is about."""
    if name not in questions.NAMES:
        raise Http404
    asked = _asked(request, request.GET.dict(), name)
    page = questions.question_page(user_of(request), name, asked)
    return render(request, "sequencing/question.html", {"page": page})


def _asked(request: HttpRequest, given: dict[str, str], name: str) -> Asked:
    weeks = whole(given.get("weeks", ""), most=LONGEST_DAYS // 7) or USUAL_WEEKS
    code, programme = given.get("initiative", ""), given.get("programme", "")
    if programme and not code and name == "stop":
        found = Programme.objects.filter(code=programme[:40]).first()
        if found is None:
            raise Http404
        rows = portfolio.visible_to(user_of(request)).filter(programme=found, archived_at=None)
        live = rows.exclude(stage=Initiative.Stage.STOPPED).order_by("code")
        return Asked(tuple(live), found, weeks)
    return Asked((initiative_of(request, code[:40]),) if code else (), None, weeks)


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Open a private draft that does what the question asks."""
    given = request.POST.dict()
    act = given.get("act", "")
    if act not in {"stop", "delay"}:
        raise Http404
    asked = _asked(request, {name: str(value) for name, value in given.items()}, act)
    if not asked.initiatives:
        raise DomainError(_("Choose an initiative or a programme first."))
    name = (
        _("Stop %(name)s") % {"name": asked.name}
        if act == "stop"
        else f"{asked.name}, {words.shifted(asked.weeks * 7)}"
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
