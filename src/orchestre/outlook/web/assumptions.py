"""What is assumed of dates and money."""

from __future__ import annotations

from dataclasses import asdict

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from orchestre.org.entry import posted
from orchestre.org.sheet import Sheet, answer, initial_of, new_values
from orchestre.outlook import policy
from orchestre.outlook.services import writing
from orchestre.outlook.snapshot.rows import assumption_row, assumptions
from orchestre.outlook.web.forms import AssumptionsForm


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    """Change what is assumed where nobody has said anything."""
    if not policy.reads(request.user):
        raise Http404
    policy.may_assume(request.user).require()
    row = assumption_row()
    initial = initial_of(row, AssumptionsForm) if row else asdict(assumptions()) | {"version": None}
    form = AssumptionsForm(posted(request), initial=initial)

    def save() -> None:
        values = form.changes() if row is not None else new_values(form)
        writing.assume(request.user, values, expected_version=form.expected_version)

    sheet = Sheet(
        template="outlook/form.html",
        heading=_("What is assumed of dates and money?"), home=reverse("outlook:list"),
        home_label=_("Dates and money"),
    )  # fmt: skip
    return answer(request, form, save, sheet)
