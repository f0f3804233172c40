"""People and their roles, for administrators."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orchestre.access import rights, services
from orchestre.access.models import Grant, User
from orchestre.access.queries import organisation
from orchestre.access.web import tables
from orchestre.access.web.forms import AccountForm, GrantForm, PersonForm, place
from orchestre.access.web.gates import administrators
from orchestre.access.web.views.signing import PAGES
from orchestre.kernel.errors import DomainError

GRANT_IDS = "grant_%s"  # two forms of the page have an end date


@require_safe
@administrators
def listing(request: HttpRequest) -> HttpResponse:
    """List every account with its roles."""
    people = User.objects.prefetch_related("grants").order_by("-is_active", "name", "pk")
    return render(request, "access/people.html", {"table": tables.people(people)})


@sensitive_post_parameters("passphrase")
@require_http_methods(PAGES)
@administrators
def create(request: HttpRequest) -> HttpResponse:
    """Create an account with its first role."""
    about = organisation()
    form = PersonForm(
        request.POST if request.method == "POST" else None,
        initial={"language": about.language if about else "fr"},
    )
    if form.is_bound and form.is_valid():
        try:
            user, secret = _create(request, form)
        except DomainError as refused:
            place(form, refused)
        else:
            return _person(request, user, link=_link(request, secret) if secret else "")
    return render(
        request, "access/person_new.html", {"form": form}, status=422 if form.errors else 200
    )


def _create(request: HttpRequest, form: PersonForm) -> tuple[User, str]:
    given = form.cleaned_data
    return services.create_person_with_role(
        request.user,
        services.NewPerson(
            email=given["email"],
            name=given["name"],
            language=given["language"],
            valid_until=given["valid_until"],
            passphrase=given["passphrase"] or None,
        ),
        services.GivenRole(given["role"], given["scope"], given["scope_code"]),
    )


@require_http_methods(PAGES)
@administrators
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show and change one account."""
    user = get_object_or_404(User, pk=pk)
    if request.method != "POST":
        return _person(request, user)
    form = AccountForm(request.POST, instance=User.objects.get(pk=pk))
    if not form.is_valid():
        return _person(request, user, form=form)
    services.change_person(request.user, user, form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect("access:person", pk)


@require_POST
@administrators
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw a link and show it once."""
    user = get_object_or_404(User, pk=pk)
    return _person(request, user, link=_link(request, services.invite(request.user, user)))


@require_POST
@administrators
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an account."""
    user = get_object_or_404(User, pk=pk)
    services.deactivate(request.user, user)
    messages.success(request, _("Account closed. Its sessions and tokens are dead."))
    return redirect("access:person", pk)


@require_POST
@administrators
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed account again."""
    user = get_object_or_404(User, pk=pk)
    services.reactivate(request.user, user)
    messages.success(request, _("Account reopened."))
    return redirect("access:person", pk)


@require_POST
@administrators
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a role."""
    user = get_object_or_404(User, pk=pk)
    form = GrantForm(request.POST, auto_id=GRANT_IDS)
    if form.is_valid():
        try:
            rights.grant(request.user, user, **form.cleaned_data)
        except DomainError as refused:
            place(form, refused)
        else:
            messages.success(request, _("Role given."))
            return redirect("access:person", pk)
    return _person(request, user, roles=form)


@require_POST
@administrators
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a role back."""
    held = get_object_or_404(Grant.objects.select_related("user"), pk=pk)
    rights.revoke_grant(request.user, held)
    messages.success(request, _("Role taken back."))
    return redirect("access:person", held.user_id)


def _person(
    request: HttpRequest,
    user: User,
    *,
    form: AccountForm | None = None,
    roles: GrantForm | None = None,
    link: str = "",
) -> HttpResponse:
    refused = bool(form and form.errors) or bool(roles and roles.errors)
    grant_form = roles or GrantForm(auto_id=GRANT_IDS)
    context = {
        "person": user,
        "myself": user.pk == request.user.pk,
        "account": form or AccountForm(instance=user),
        "form": grant_form if roles else form,
        "grant_form": grant_form,
        "grants": tables.grants(user),
        "link": link,
    }
    return render(request, "access/person.html", context, status=422 if refused else 200)


def _link(request: HttpRequest, secret: str) -> str:
    return request.build_absolute_uri(reverse("access:invitation", args=[secret]))
