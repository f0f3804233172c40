"""Pages of meetings: prepared, open, on the screen, closed."""

from __future__ import annotations

from datetime import time, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orchestre.governance import policy, queries
from orchestre.governance.models import Body
from orchestre.governance.presenters import meeting as presenter
from orchestre.governance.presenters import screen as screens
from orchestre.governance.presenters.marks import address
from orchestre.governance.rules.meeting import next_after
from orchestre.governance.services import meetings as services
from orchestre.governance.web.forms import MeetingForm
from orchestre.governance.web.steps import Step, step
from orchestre.org.entry import posted
from orchestre.ui.components import Button, Link


def number(text: str) -> int | None:
    """Read a key of an address; None when it is not one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan a meeting; the day follows the cadence of the body."""
    body = queries.body(request.user, pk)
    policy.may_run(request.user, body).require()
    form = MeetingForm(posted(request), initial=_proposed(body))
    about = Step(
        _("Plan a meeting"),
        address("body", pk),
        _("Meeting planned."),
        (Link(body.name, address("body", pk)),),
    )
    return step(
        request,
        form,
        lambda: services.plan_meeting(request.user, body, form.values()),
        about,
        lambda meeting: address("meeting", meeting.pk),
    )


def _proposed(body: Body) -> dict[str, object]:
    last = body.meetings.order_by("-starts_at").first()
    known = {"minutes": body.usual_minutes, "place": last.place if last else ""}
    if last is None:
        return known | {"day": timezone.localdate() + timedelta(days=7), "time": time(10, 0)}
    at = timezone.localtime(next_after(last.starts_at, body.cadence))
    return known | {"day": at.date(), "time": at.time()}


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a meeting: agenda, what is due, who is there."""
    whole = request.GET.get("due") == "all"
    page = presenter.build(request.user, queries.meeting(request.user, pk), whole=whole)
    return render(request, "governance/meeting.html", {"page": page})


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the date, the place or the length."""
    meeting = queries.meeting(request.user, pk)
    policy.may_prepare(request.user, meeting).require()
    form = MeetingForm(posted(request), initial=MeetingForm.initial_for(meeting))
    cancel = Button(
        _("Cancel this meeting"), address("meeting-cancel", pk), "danger", method="post"
    )
    about = Step(
        _("Change the meeting"),
        address("meeting", pk),
        _("Meeting changed."),
        (Link(str(meeting), address("meeting", pk)),),
        extra=(cancel,) if meeting.state == "planned" else (),
    )
    return step(
        request,
        form,
        lambda: services.change_meeting(
            request.user, meeting, form.changes(), expected_version=form.expected_version
        ),
        about,
    )


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a meeting that has not begun."""
    meeting = queries.meeting(request.user, pk)
    body = meeting.body_id
    services.cancel_meeting(request.user, meeting)
    messages.success(request, _("Meeting cancelled."))
    return redirect("governance:body", body)


@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a meeting and show its screen."""
    meeting = services.open_meeting(request.user, queries.meeting(request.user, pk))
    return redirect("governance:screen", meeting.pk)


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """End a meeting."""
    services.close_meeting(request.user, queries.meeting(request.user, pk))
    messages.success(request, _("Meeting closed. The minutes are ready to be read and signed."))
    return redirect("governance:meeting", pk)


@require_POST
def presence(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who is there."""
    meeting = queries.meeting(request.user, pk)
    said = {
        int(name.removeprefix("member-")): str(value)
        for name, value in request.POST.items()
        if name.startswith("member-") and number(name.removeprefix("member-")) is not None
    }
    services.mark_presence(request.user, meeting, said)
    messages.success(request, _("Presence noted."))
    return redirect("governance:meeting", pk)


@require_safe
def screen(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one question to the room; the arrows go from one to the next."""
    meeting = queries.meeting(request.user, pk)
    page = screens.build(request.user, meeting, number(request.GET.get("item", "")))
    return render(request, "governance/screen.html", {"page": page})


@require_safe
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """Follow on a phone the question under discussion."""
    meeting = queries.meeting(request.user, pk)
    page = screens.build(request.user, meeting, None)
    return render(request, "governance/follow.html", {"page": page})
