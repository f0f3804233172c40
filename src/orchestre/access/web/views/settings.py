"""Settings: the hub, the organisation, the state of the installation."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from orchestre.access import services
from orchestre.access import status as state
from orchestre.access.models import User
from orchestre.access.policy import share_links_of, tokens_of
from orchestre.access.queries import organisation as the_organisation
from orchestre.access.web.forms import OrganisationForm, place
from orchestre.access.web.gates import administrators
from orchestre.access.web.views.signing import PAGES
from orchestre.kernel.errors import DomainError
from orchestre.ui import formats


@dataclass(frozen=True)
class Door:
    """One page of the settings."""

    icon: str
    title: str
    text: str
    url: str
    figure: str = ""


@require_safe
@administrators
def hub(request: HttpRequest) -> HttpResponse:
    """Lead to each page of the settings."""
    about = the_organisation()
    active = formats.number(User.objects.filter(is_active=True).count())
    in_force = tokens_of(request.user).filter(revoked_at=None).count()
    opened = share_links_of(request.user).filter(revoked_at=None).count()
    warnings = len([finding for finding in state.doctor() if finding.serious])
    doors = [
        Door(
            "flag",
            _("Organisation"),
            about.name if about else "",
            reverse("access:organisation"),
        ),
        Door(
            "people",
            _("People and roles"),
            _("Accounts, roles, scopes, end dates"),
            reverse("access:people"),
            active,
        ),
        Door(
            "lock",
            _("API tokens"),
            _("Keys for programs"),
            reverse("access:tokens"),
            formats.number(in_force),
        ),
        Door(
            "link",
            _("Share links"),
            _("Read-only doors to one view"),
            reverse("access:links"),
            formats.number(opened),
        ),
        Door(
            "info",
            _("Privacy and state"),
            _("Settings in force, database, versions, backups"),
            reverse("access:status"),
            _("%(n)s to look at") % {"n": warnings} if warnings else "",
        ),
        Door("person", _("My account"), _("Display, passphrase, sessions"), reverse("access:me")),
    ]
    return render(request, "access/settings.html", {"doors": doors})


@require_http_methods(PAGES)
@administrators
def organisation(request: HttpRequest) -> HttpResponse:
    """Change the organisation's name and language."""
    about = the_organisation()
    if about is None:
        raise Http404
    form = OrganisationForm(
        request.POST if request.method == "POST" else None,
        instance=about,
        initial={"version": about.version},
    )
    if form.is_bound and form.is_valid():
        given = dict(form.cleaned_data)
        expected = given.pop("version")
        try:
            services.set_organisation(request.user, given, expected_version=expected)
        except DomainError as refused:
            place(form, refused)
        else:
            messages.success(request, _("Saved."))
            return redirect("access:organisation")
    return render(
        request, "access/organisation.html", {"form": form}, status=422 if form.errors else 200
    )


@require_safe
@administrators
def status(request: HttpRequest) -> HttpResponse:
    """Show what is in force: nothing here can be changed from the web."""
    return render(
        request,
        "access/status.html",
        {
            "findings": state.doctor(),
            "groups": state.in_force(),
            "verified": state.last_verified(),
        },
    )
