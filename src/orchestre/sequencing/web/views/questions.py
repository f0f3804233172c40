"""Three questions of a committee, and the draft that keeps their answer."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from orchestre.kernel.errors import DomainError
from orchestre.selection import queries as selections
from orchestre.sequencing import services
from orchestre.sequencing.presenters import asking, questions, words
from orchestre.sequencing.presenters.answers import Asked
from orchestre.sequencing.presenters.why import Supposed
from orchestre.sequencing.web.asking import user_of, whole


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
    weeks = whole(given.get("weeks", ""), most=asking.LONGEST_WEEKS)
    return asking.asked_of(user_of(request), given, name, weeks)


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
