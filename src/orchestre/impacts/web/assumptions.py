"""The page of what is assumed where nobody has said anything."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from orchestre.impacts import policy, presenters, queries, services
from orchestre.impacts.web.forms import AssumptionsForm
from orchestre.impacts.web.views import form_page
from orchestre.org.entry import attempt, posted


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    """Show the assumptions, what they produce today, and let them be changed."""
    if not policy.reads_assumptions(request.user):
        raise Http404
    row = queries.assumption_row()
    values = queries.assumption_values()
    initial = {"version": row.version} if row else {}
    form = AssumptionsForm(posted(request), values=values, initial=initial)
    tried = None
    here = reverse("impacts:assumptions")
    if request.method == "POST":
        policy.may_edit_assumptions(request.user).require()
        if form.is_valid():
            tried = attempt(
                form,
                lambda: services.save_assumptions(
                    request.user, form.row_values(), expected_version=form.expected_version
                ),
                action_url=here,
                cancel_url=here,
                mergeable=False,
            )
            if tried.done:
                messages.success(request, _("Assumptions changed."))
                return redirect(here)
    return form_page(
        request,
        form,
        tried,
        template="impacts/assumptions.html",
        sentences=presenters.produced_sentences(queries.produced(request.user, values), values),
        in_force=values.in_force,
        may_edit=bool(policy.may_edit_assumptions(request.user)),
    )
