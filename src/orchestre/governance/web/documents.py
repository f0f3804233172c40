"""Minutes read, signed and taken away; calendars opened, closed and served."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orchestre.governance import policy, queries
from orchestre.governance.models import Meeting, Minutes
from orchestre.governance.presenters import documents, feeds
from orchestre.governance.presenters import minutes as presenter
from orchestre.governance.presenters.marks import address
from orchestre.governance.queries.feeds import feed_for
from orchestre.governance.services import feeds as feed_services
from orchestre.governance.services import minutes as services
from orchestre.governance.web.forms import SignForm
from orchestre.governance.web.meetings import number
from orchestre.org.entry import attempt

KINDS = {
    "pdf": ("application/pdf", documents.pdf),
    "docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        documents.word,
    ),
}


def _signed(request: HttpRequest, meeting: Meeting) -> Minutes | None:
    wanted = number(request.GET.get("edition", ""))
    if wanted is not None:
        return get_object_or_404(meeting.signed, edition=wanted)
    return meeting.signed.first()


def _readable(request: HttpRequest, meeting: Meeting) -> None:
    """Drafts are read by who prepares; signed minutes by who sits."""
    if not meeting.signed.exists() and not policy.may_run(request.user, meeting.body):
        raise Http404


@require_http_methods(["GET", "POST"])
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the minutes, and sign them."""
    meeting = queries.meeting(request.user, pk)
    _readable(request, meeting)
    form = SignForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        tried = attempt(
            form,
            lambda: services.sign(request.user, meeting, data["name"], data["correction"]),
            action_url=request.path,
            cancel_url=address("meeting", pk),
        )
        if tried.done:
            messages.success(request, _("Minutes signed."))
            return redirect(address("minutes", pk))
    signed = _signed(request, meeting)
    may_sign = policy.may_run(request.user, meeting.body) and meeting.state in {"closed", "minuted"}
    context = {
        "meeting": meeting,
        "signed": signed,
        "editions": list(meeting.signed.all()),
        "paper": presenter.paper(request.user, meeting, signed),
        "may_sign": bool(may_sign),
        "form": form,
        "broken": signed is not None and not services.holds(signed),
        "changed": signed is not None and services.changed_since(signed),
    }
    if signed is None:
        del form.fields["correction"]
    status = 422 if form.errors else 200
    return render(request, "governance/minutes.html", context, status=status)


@require_safe
def minutes_file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Take the minutes away, as a DOCX or a tagged PDF."""
    meeting = queries.meeting(request.user, pk)
    _readable(request, meeting)
    if kind not in KINDS:
        raise Http404
    content_type, write = KINDS[kind]
    paper = presenter.paper(request.user, meeting, _signed(request, meeting))
    response = HttpResponse(write(paper), content_type=content_type)
    day = timezone.localtime(meeting.starts_at).date().isoformat()
    response["Content-Disposition"] = f'attachment; filename="minutes-{day}-{pk}.{kind}"'
    return response


@require_http_methods(["GET", "POST"])
def calendars(request: HttpRequest) -> HttpResponse:
    """List one's calendars; the address of a new one is shown once."""
    shown = ""
    if request.method == "POST":
        wanted = number(request.POST.get("body", ""))
        body = None if wanted is None else queries.body(request.user, wanted)
        _feed, secret = feed_services.open_feed(request.user, body)
        shown = request.build_absolute_uri(address("feed", secret))
    context = {"page": feeds.build(request.user), "shown": shown}
    return render(request, "governance/feeds.html", context)


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a calendar."""
    feed = get_object_or_404(policy.feeds_of(request.user), pk=pk)
    feed_services.revoke_feed(request.user, feed)
    messages.success(request, _("Calendar closed: its address no longer answers."))
    return redirect("governance:feeds")


@login_not_required
@require_safe
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """Serve a calendar to whoever holds its address."""
    feed = feed_for(secret)
    if feed is None:
        raise Http404
    with translation.override(feed.language):
        written = feeds.text(feed, request.get_host())
    response = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
