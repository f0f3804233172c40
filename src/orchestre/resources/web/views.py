"""Have we the hands and the money? The page, its cells, its roles and envelopes."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orchestre.kernel.models import Provenance
from orchestre.org.entry import posted
from orchestre.org.models import Unit
from orchestre.org.queries import units_in_order
from orchestre.org.sheet import Sheet, answer, initial_of, new_values
from orchestre.portfolio.models import Programme
from orchestre.resources import policy, queries, rules, services
from orchestre.resources.models import Role, RoleCapacity
from orchestre.resources.presenters import cell as cells
from orchestre.resources.presenters import page as pages
from orchestre.resources.presenters import role as roles
from orchestre.resources.web.forms import CapacityForm, EnvelopeForm, RoleForm


def first_month(request: HttpRequest) -> date:
    """Return the first month that an address asks for, this one by default."""
    asked = rules.parse_month(request.GET.get("from", ""))
    return asked or rules.month_of(timezone.localdate())


@require_safe
def means(request: HttpRequest) -> HttpResponse:
    """Say whether there are enough hands and money."""
    if not policy.reads_roles(request.user):
        raise Http404
    page = pages.build(request.user, first_month(request))
    return render(request, "resources/means.html", {"page": page})


@require_safe
def cell(request: HttpRequest, pk: int, month: str) -> HttpResponse:
    """Explain one role in one month."""
    role, asked = queries.role(request.user, pk), rules.parse_month(month)
    if asked is None:
        raise Http404
    context = {"panel": cells.panel(request.user, role, asked), "role": role}
    fragment = bool(request.headers.get("HX-Request"))
    name = "resources/panel.html" if fragment else "resources/cell.html"
    return render(request, name, context)


@require_safe
def role(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one role: what can be given, who asks."""
    page = roles.build(request.user, queries.role(request.user, pk), first_month(request))
    return render(request, "resources/role.html", {"page": page})


def _units() -> list[tuple[int, str]]:
    rows = units_in_order(Unit.objects.all())
    return [(unit.pk, f"{'– ' * depth}{unit.name}") for unit, depth in rows]


@require_http_methods(["GET", "HEAD", "POST"])
def add_role(request: HttpRequest) -> HttpResponse:
    """Write a new role."""
    policy.may_edit_means(request.user).require()
    form = RoleForm(posted(request), units=_units())
    home = reverse("resources:means")
    return answer(
        request,
        form,
        lambda: services.add_role(request.user, new_values(form)),
        Sheet(_("Add a role"), home, _("Means")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a role."""
    row = queries.role(request.user, pk)
    policy.may_edit_means(request.user).require()
    form = RoleForm(posted(request), initial=initial_of(row, RoleForm), units=_units())
    del form.fields["code"]
    return answer(
        request,
        form,
        lambda: services.change_role(
            request.user, row, form.changes(), expected_version=form.expected_version
        ),
        Sheet(
            row.name,
            reverse("resources:role", args=[pk]),
            row.name,
            delete_url=reverse("resources:delete-role", args=[pk]),
        ),
    )


@require_POST
def delete_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a role that nobody asks for."""
    services.remove_role(request.user, queries.role(request.user, pk))
    messages.success(request, _("Role deleted."))
    return redirect("resources:means")


@require_http_methods(["GET", "HEAD", "POST"])
def add_capacity(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how many people of a role can be given."""
    row = queries.role(request.user, pk)
    policy.may_edit_means(request.user).require()
    form = CapacityForm(posted(request), initial=_next_range(row))
    return answer(
        request,
        form,
        lambda: services.say_capacity(request.user, row, new_values(form)),
        Sheet(_("Say its capacity"), reverse("resources:role", args=[pk]), row.name, row.name),
    )


def _next_range(role: Role) -> dict[str, object]:
    """Propose the year that follows what is already said."""
    last = role.capacities.order_by("-ends_on").first()
    first = last.ends_on if last else rules.month_of(timezone.localdate())
    return {
        "starts_on": first,
        "ends_on": rules.months_later(rules.month_of(first), 12),
        "fte": last.fte if last else None,
        "provenance": Provenance.DECLARED,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def edit_capacity(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what can be given of a role."""
    row = queries.capacity(request.user, pk)
    policy.may_edit_means(request.user).require()
    form = CapacityForm(posted(request), initial=initial_of(row, CapacityForm))
    return answer(
        request,
        form,
        lambda: services.change_capacity(
            request.user, row, form.changes(), expected_version=form.expected_version
        ),
        Sheet(
            _("Capacity"),
            reverse("resources:role", args=[row.role_id]),
            row.role.name,
            row.role.name,
            delete_url=reverse("resources:delete-capacity", args=[pk]),
        ),
    )


@require_POST
def delete_capacity(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete what was said of the capacity of a role."""
    row: RoleCapacity = queries.capacity(request.user, pk)
    home = reverse("resources:role", args=[row.role_id])
    services.remove_capacity(request.user, row)
    messages.success(request, _("Capacity deleted."))
    return redirect(home)


def _programmes() -> list[tuple[int, str]]:
    return list(Programme.objects.order_by("name").values_list("pk", "name"))


@require_http_methods(["GET", "HEAD", "POST"])
def add_envelope(request: HttpRequest) -> HttpResponse:
    """Write a new envelope."""
    policy.may_edit_means(request.user).require()
    year = timezone.localdate().year
    initial = {"starts_on": date(year, 1, 1), "ends_on": date(year + 1, 1, 1)}
    form = EnvelopeForm(posted(request), initial=initial, programmes=_programmes())
    return answer(
        request,
        form,
        lambda: services.add_envelope(request.user, new_values(form)),
        Sheet(_("Add an envelope"), reverse("resources:means"), _("Means")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit_envelope(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an envelope."""
    row = queries.envelope(request.user, pk)
    policy.may_edit_means(request.user).require()
    initial = initial_of(row, EnvelopeForm)
    form = EnvelopeForm(posted(request), initial=initial, programmes=_programmes())
    return answer(
        request,
        form,
        lambda: services.change_envelope(
            request.user, row, form.changes(), expected_version=form.expected_version
        ),
        Sheet(
            row.name,
            reverse("resources:means"),
            _("Means"),
            delete_url=reverse("resources:delete-envelope", args=[pk]),
        ),
    )


@require_POST
def delete_envelope(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete an envelope."""
    services.remove_envelope(request.user, queries.envelope(request.user, pk))
    messages.success(request, _("Envelope deleted."))
    return redirect("resources:means")
