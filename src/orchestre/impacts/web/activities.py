"""Pages of the activities that support a change."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from orchestre.impacts import policy, services
from orchestre.impacts.models import Activity
from orchestre.impacts.web.forms import ActivityForm, NewActivitiesForm
from orchestre.impacts.web.views import form_page
from orchestre.kernel.models import Provenance
from orchestre.org.entry import attempt, posted
from orchestre.portfolio.queries.one import by_code


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, code: str) -> HttpResponse:
    """Add the same activity for several populations."""
    initiative = by_code(request.user, code)
    policy.may_record(request.user, initiative).require()
    home = reverse("impacts:of", args=[code])
    among = policy.choosable_populations(request.user, initiative).select_related("unit")
    form = NewActivitiesForm(
        posted(request),
        among=among.order_by("unit__path", "name"),
        initial={"reach_ratio": 1.0, "provenance": Provenance.DECLARED},
    )
    tried = None
    if request.method == "POST" and form.is_valid():
        values = {k: v for k, v in form.cleaned_data.items() if k not in {"version", "populations"}}
        chosen = list(form.cleaned_data["populations"])
        tried = attempt(
            form,
            lambda: services.record_activities(request.user, initiative, chosen, values),
            action_url=request.path,
            cancel_url=home,
        )
        if tried.done:
            words = ngettext("%(n)d activity added.", "%(n)d activities added.", len(chosen))
            messages.success(request, words % {"n": len(chosen)})
            return redirect(home)
    return form_page(
        request, form, tried, heading=_("Add an activity"), initiative=initiative, cancel_url=home
    )


def _visible(request: HttpRequest, pk: int) -> Activity:
    rows = policy.visible_activities(request.user).select_related("initiative", "population")
    return get_object_or_404(rows, pk=pk)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an activity."""
    activity = _visible(request, pk)
    policy.may_record(request.user, activity.initiative).require()
    home = reverse("impacts:of", args=[activity.initiative.code])
    initial = {name: getattr(activity, name) for name in ActivityForm.base_fields}
    form = ActivityForm(posted(request), initial=initial)
    tried = None
    if request.method == "POST" and form.is_valid():
        tried = attempt(
            form,
            lambda: services.change_activity(
                request.user, activity, form.changes(), expected_version=form.expected_version
            ),
            action_url=request.path,
            cancel_url=request.path,
        )
        if tried.done:
            messages.success(request, _("Activity changed."))
            return redirect(home)
    return form_page(
        request,
        form,
        tried,
        heading=str(activity),
        initiative=activity.initiative,
        cancel_url=home,
        delete_url=reverse("impacts:delete-activity", args=[pk]),
    )


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete an activity."""
    activity = _visible(request, pk)
    home = reverse("impacts:of", args=[activity.initiative.code])
    services.remove_activity(request.user, activity)
    messages.success(request, _("Activity deleted."))
    return redirect(home)
