"""API tokens and share links."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orchestre.access import keys as services
from orchestre.access.models import User
from orchestre.access.policy import share_links_of, tokens_of
from orchestre.access.web import tables
from orchestre.access.web.forms import TokenForm, place
from orchestre.access.web.views.signing import PAGES
from orchestre.kernel.errors import DomainError


@require_http_methods(PAGES)
def tokens(request: HttpRequest) -> HttpResponse:
    """List the tokens; a new one is shown once."""
    form = TokenForm(request.POST if request.method == "POST" else None)
    secret = ""
    if form.is_bound and form.is_valid() and isinstance(request.user, User):
        try:
            _token, secret = services.create_token(request.user, **form.cleaned_data)
        except DomainError as refused:
            place(form, refused)
        else:
            form = TokenForm()
    context = {"form": form, "secret": secret, "table": tables.tokens(tokens_of(request.user))}
    return render(request, "access/tokens.html", context, status=422 if form.errors else 200)


@require_POST
def revoke_token(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a token useless."""
    token = get_object_or_404(tokens_of(request.user), pk=pk)
    if isinstance(request.user, User):
        services.revoke_token(request.user, token)
    messages.success(request, _("Token revoked."))
    return redirect("access:tokens")


@require_safe
def links(request: HttpRequest) -> HttpResponse:
    """List the share links."""
    table = tables.links(share_links_of(request.user))
    return render(request, "access/links.html", {"table": table})


@require_POST
def revoke_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the door of a link."""
    link = get_object_or_404(share_links_of(request.user), pk=pk)
    if isinstance(request.user, User):
        services.revoke_link(request.user, link)
    messages.success(request, _("Link closed."))
    return redirect("access:links")
