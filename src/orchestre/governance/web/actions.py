"""Pages of actions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orchestre.governance import policy, queries
from orchestre.governance.models import Action, Decision
from orchestre.governance.presenters import actions as presenter
from orchestre.governance.presenters.marks import address
from orchestre.governance.services import actions as services
from orchestre.governance.services import matters
from orchestre.governance.web.forms import ActionForm, ChaseForm, FinishForm, initial_of
from orchestre.governance.web.meetings import number
from orchestre.governance.web.steps import Step, step
from orchestre.org.entry import attempt, posted
from orchestre.ui.components import Link


@require_safe
def actions(request: HttpRequest) -> HttpResponse:
    """List the actions, the most overdue first."""
    page = presenter.listing(request.user, request.GET.dict())
    return render(request, "governance/actions.html", {"page": page})


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Ask something of somebody."""
    if not policy.runnable_bodies(request.user).exists():
        policy.may_found(request.user).require()
    decision = _decision(request)
    known: dict[str, Any] = {}
    if decision is not None:
        known = {"body": decision.body_id, "initiative": decision.initiative_id}
    form = ActionForm(posted(request), person=request.user, initial=known)
    home = address("decision", decision.pk) if decision else address("actions")
    about = Step(
        _("Add an action"),
        home,
        _("Action added."),
        (Link(_("Actions"), address("actions")),),
        lead=_("It follows decision %s.") % decision if decision else "",
    )

    def save() -> Action:
        values = form.values()
        if decision is not None:
            values |= {"decision": decision, "meeting": decision.meeting}
        return services.add_action(request.user, values)

    return step(request, form, save, about)


def _decision(request: HttpRequest) -> Decision | None:
    wanted = number(request.GET.get("decision", ""))
    if wanted is None:
        return None
    rows = policy.visible_decisions(request.user).select_related("body", "meeting")
    return get_object_or_404(rows, pk=wanted)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one action."""
    return _page(request, queries.action(request.user, pk), FinishForm())


def _page(
    request: HttpRequest, action: Action, form: FinishForm, status: int = 200
) -> HttpResponse:
    page = presenter.build(request.user, action)
    context = {"page": page, "form": form, "chase": ChaseForm()}
    return render(request, "governance/action.html", context, status=status)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an action."""
    action = queries.action(request.user, pk)
    policy.may_carry(request.user, action).require()
    form = ActionForm(posted(request), person=request.user, initial=initial_of(ActionForm, action))
    crumbs = (Link(_("Actions"), address("actions")), Link(action.code, address("action", pk)))
    about = Step(_("Change the action"), address("action", pk), _("Action changed."), crumbs)
    return step(
        request,
        form,
        lambda: services.change_action(
            request.user, action, form.changes(), expected_version=form.expected_version
        ),
        about,
    )


@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that an action is done, or dropped."""
    action, form = queries.action(request.user, pk), FinishForm(request.POST)
    if not form.is_valid():
        return _page(request, action, form, 422)
    tried = attempt(
        form,
        lambda: services.finish(
            request.user,
            action,
            form.cleaned_data["result"],
            dropped="dropped" in request.POST,
            expected_version=number(request.POST.get("version", "")),
        ),
        action_url=request.path,
        cancel_url=address("action", pk),
        mergeable=False,
    )
    if not tried.done:
        return _page(request, action, form, tried.http_status)
    messages.success(request, _("Action closed."))
    return redirect("governance:actions")


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an action back among those to do."""
    services.reopen(request.user, queries.action(request.user, pk))
    messages.success(request, _("Action reopened."))
    return redirect("governance:action", pk)


@require_POST
def chase(request: HttpRequest, pk: int) -> HttpResponse:
    """Note a reminder."""
    action, form = queries.action(request.user, pk), ChaseForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    services.chase(request.user, action, note)
    messages.success(request, _("Reminder noted; the action is in the to-do of its owner."))
    return redirect("governance:action", pk)


@require_POST
def convert(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a change request of an action."""
    matter = matters.becomes_change_request(request.user, queries.action(request.user, pk))
    messages.success(request, _("Change request %s opened.") % matter.code)
    return redirect("governance:matter", matter.pk)
