"""Pages of bodies."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orchestre.governance import policy, queries
from orchestre.governance.presenters import bodies as presenter
from orchestre.governance.presenters.marks import address
from orchestre.governance.services import bodies as services
from orchestre.governance.web.forms import BodyForm, MemberForm, initial_of
from orchestre.governance.web.steps import Step, step
from orchestre.org.entry import posted
from orchestre.ui.components import Button, Link


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Create a body."""
    policy.may_found(request.user).require()
    form = BodyForm(
        posted(request), initial={"usual_minutes": 90, "kind": "copil", "cadence": "monthly"}
    )
    about = Step(_("Create a body"), address("home"), _("Body created."))
    return step(
        request,
        form,
        lambda: services.found_body(request.user, form.values()),
        about,
        lambda body: address("body", body.pk),
    )


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a body."""
    page = presenter.build(request.user, queries.body(request.user, pk))
    return render(request, "governance/body.html", {"page": page})


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a body."""
    body = queries.body(request.user, pk)
    policy.may_found(request.user).require()
    form = BodyForm(posted(request), initial=initial_of(BodyForm, body))
    close = Button(_("Close this body"), address("body-close", pk), "danger", method="post")
    about = Step(
        _("Change the body"),
        address("body", pk),
        _("Body changed."),
        (Link(body.name, address("body", pk)),),
        extra=() if body.closed_at else (close,),
    )
    return step(
        request,
        form,
        lambda: services.change_body(
            request.user, body, form.changes(), expected_version=form.expected_version
        ),
        about,
    )


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a body no longer meets."""
    services.close_body(request.user, queries.body(request.user, pk))
    messages.success(request, _("Body closed."))
    return redirect("governance:home")


@require_http_methods(["GET", "POST"])
def seat(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a member."""
    body = queries.body(request.user, pk)
    policy.may_run(request.user, body).require()
    form = MemberForm(posted(request), initial={"votes": True})
    about = Step(
        _("Add a member"),
        address("body", pk),
        _("Member added."),
        (Link(body.name, address("body", pk)),),
        lead=_(
            "An account reads the agendas and decisions of this body; a role in words does not."
        ),
    )
    return step(request, form, lambda: services.seat(request.user, body, form.values()), about)


@require_POST
def unseat(request: HttpRequest, pk: int, member_pk: int) -> HttpResponse:
    """Say that a member left."""
    body = queries.body(request.user, pk)
    services.unseat(request.user, get_object_or_404(body.members, pk=member_pk))
    messages.success(request, _("Member removed: past meetings keep the presence."))
    return redirect("governance:body", pk)
