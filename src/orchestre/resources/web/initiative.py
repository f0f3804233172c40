"""The means of one initiative: roles asked, costs, worth."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orchestre.kernel.errors import DomainError
from orchestre.kernel.models import Provenance
from orchestre.org.entry import posted
from orchestre.org.sheet import Sheet, answer, initial_of, new_values
from orchestre.portfolio.models import Initiative
from orchestre.portfolio.presenters import sheet as sheets
from orchestre.portfolio.queries.one import by_code
from orchestre.resources import policy, queries, services
from orchestre.resources.models import CostLine
from orchestre.resources.presenters import initiative as tabs
from orchestre.resources.web.forms import CostForm, DemandForm, WorthForm


@require_safe
def of(request: HttpRequest, code: str) -> HttpResponse:
    """Show what an initiative asks and brings."""
    row = by_code(request.user, code)
    context = {
        "page": tabs.build(request.user, row),
        "initiative": row,
        "head": sheets.head(request.user, row, "means"),
    }
    return render(request, "resources/of.html", context)


def _open(request: HttpRequest, code: str) -> Initiative:
    row = by_code(request.user, code)
    policy.may_say(request.user, row).require()
    return row


def _sheet(heading: str, row: Initiative, delete_url: str = "") -> Sheet:
    home = reverse("resources:of", args=[row.code])
    label = _("%s · Means") % row.code
    return Sheet(heading, home, label, f"{row.code} {row.title}", delete_url=delete_url)


def _dates(row: Initiative) -> dict[str, object]:
    return {
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "provenance": Provenance.DECLARED,
    }


def _roles(request: HttpRequest) -> list[tuple[int, str]]:
    return list(policy.visible_roles(request.user).values_list("pk", "name"))


@require_http_methods(["GET", "HEAD", "POST"])
def ask_role(request: HttpRequest, code: str) -> HttpResponse:
    """Say that an initiative needs a role."""
    row, roles = _open(request, code), _roles(request)
    if not roles:
        raise DomainError(_("No role exists yet: the transformation office adds them in Means."))
    form = DemandForm(posted(request), initial=_dates(row), roles=roles)

    def save() -> object:
        values = new_values(form)
        role = queries.role(request.user, values.pop("role_id"))
        return services.ask_role(request.user, row, role, values)

    return answer(request, form, save, _sheet(_("Ask for a role"), row))


@require_http_methods(["GET", "HEAD", "POST"])
def edit_demand(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what an initiative asks of a role."""
    row = queries.demand(request.user, pk)
    policy.may_say(request.user, row.initiative).require()
    initial = initial_of(row, DemandForm)
    form = DemandForm(posted(request), initial=initial, roles=_roles(request))
    return answer(
        request,
        form,
        lambda: services.change_demand(
            request.user, row, form.changes(), expected_version=form.expected_version
        ),
        _sheet(row.role.name, row.initiative, reverse("resources:delete-demand", args=[pk])),
    )


@require_POST
def delete_demand(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete what an initiative asks of a role."""
    row = queries.demand(request.user, pk)
    services.remove_demand(request.user, row)
    messages.success(request, _("Deleted."))
    return redirect("resources:of", row.initiative.code)


@require_http_methods(["GET", "HEAD", "POST"])
def add_cost(request: HttpRequest, code: str) -> HttpResponse:
    """Say what an initiative spends."""
    row = _open(request, code)
    initial = _dates(row) | {"nature": CostLine.Nature.OPEX, "state": CostLine.State.PLANNED}
    form = CostForm(posted(request), initial=initial)
    return answer(
        request,
        form,
        lambda: services.add_cost(request.user, row, new_values(form)),
        _sheet(_("Add a cost"), row),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit_cost(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a cost line."""
    row = queries.cost(request.user, pk)
    policy.may_say(request.user, row.initiative).require()
    form = CostForm(posted(request), initial=initial_of(row, CostForm))
    heading = row.name or row.get_nature_display()
    return answer(
        request,
        form,
        lambda: services.change_cost(
            request.user, row, form.changes(), expected_version=form.expected_version
        ),
        _sheet(heading, row.initiative, reverse("resources:delete-cost", args=[pk])),
    )


@require_POST
def delete_cost(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a cost line."""
    row = queries.cost(request.user, pk)
    services.remove_cost(request.user, row)
    messages.success(request, _("Deleted."))
    return redirect("resources:of", row.initiative.code)


@require_http_methods(["GET", "HEAD", "POST"])
def worth(request: HttpRequest, code: str) -> HttpResponse:
    """Say what an initiative brings and what waiting costs."""
    row = _open(request, code)
    known = queries.worth_of(row)
    initial = {"ramp_weeks": 0, "provenance": Provenance.DECLARED}
    form = WorthForm(posted(request), initial=initial_of(known, WorthForm) if known else initial)

    def save() -> object:
        values = form.changes() if known else new_values(form)
        version = form.expected_version
        return services.say_worth(request.user, row, values, expected_version=version)

    delete = reverse("resources:delete-worth", args=[code]) if known else ""
    return answer(request, form, save, _sheet(_("What is it worth?"), row, delete))


@require_POST
def delete_worth(request: HttpRequest, code: str) -> HttpResponse:
    """Forget what an initiative was said to be worth."""
    row = by_code(request.user, code)
    known = queries.worth_of(row)
    if known is not None:
        services.remove_worth(request.user, known)
        messages.success(request, _("Deleted."))
    return redirect("resources:of", row.code)
