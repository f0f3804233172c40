"""Signing in, signing out, choosing a first passphrase."""

from __future__ import annotations

import math
import time

from django.contrib import auth
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from orchestre.access import services
from orchestre.access.models import OpenSession, User
from orchestre.access.queries import invitation_for
from orchestre.access.web.devices import device_name, remember_device
from orchestre.access.web.forms import ChoosePassphraseForm, LoginForm, place
from orchestre.access.web.sessions import STARTED
from orchestre.access.web.signing_in import try_passphrase
from orchestre.kernel.errors import DomainError
from orchestre.ui.going import next_of

PAGES = ["GET", "HEAD", "POST"]


@login_not_required
@sensitive_post_parameters("passphrase")
@require_http_methods(PAGES)
def login(request: HttpRequest) -> HttpResponse:
    """Sign in; the same answer whether the account exists or not."""
    if isinstance(request.user, User) and request.method != "POST":
        return redirect(next_of(request))
    form = LoginForm(request.POST if request.method == "POST" else None)
    status, wait_seconds = 200, 0
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        outcome = try_passphrase(request, given["email"], given["passphrase"])
        if outcome.user is not None:
            return enter(request, outcome.user, next_of(request))
        if outcome.wait is not None:
            status, wait_seconds = 429, math.ceil(outcome.wait.total_seconds())
            form.add_error(None, _too_many(wait_seconds))
        else:
            status = 401
            form.add_error(None, _("Email or passphrase is incorrect."))
    response = render(
        request, "access/login.html", {"form": form, "next": next_of(request, "")}, status=status
    )
    if wait_seconds:
        response.headers["Retry-After"] = str(wait_seconds)
    return response


def _too_many(seconds: int) -> str:
    if seconds < 90:
        return ngettext(
            "Too many attempts. Try again in %(n)s second.",
            "Too many attempts. Try again in %(n)s seconds.",
            seconds,
        ) % {"n": seconds}
    minutes = math.ceil(seconds / 60)
    return ngettext(
        "Too many attempts. Try again in %(n)s minute.",
        "Too many attempts. Try again in %(n)s minutes.",
        minutes,
    ) % {"n": minutes}


def enter(request: HttpRequest, user: User, address: str) -> HttpResponse:
    """Open a session, let its owner see it, and know this browser next time."""
    auth.login(request, user, backend="orchestre.access.backends.PassphraseBackend")
    request.session[STARTED] = int(time.time())
    OpenSession.objects.create(
        user=user,
        session_key=request.session.session_key or "",
        device=device_name(request),
    )
    response = redirect(address)
    remember_device(response, user)
    return response


@login_not_required
@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """End the session; the browser forgets what it kept."""
    OpenSession.objects.filter(session_key=request.session.session_key or "").delete()
    auth.logout(request)
    response = redirect("access:login")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@login_not_required
@sensitive_post_parameters("passphrase")
@require_http_methods(PAGES)
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Let an invited person choose a passphrase, once."""
    found = invitation_for(token)
    if found is None:
        if request.method == "POST":
            raise Http404
        return render(request, "access/invitation_over.html", status=404)
    form = ChoosePassphraseForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            user = services.accept_invitation(found, form.cleaned_data["passphrase"])
        except DomainError as refused:
            place(form, refused)
        else:
            return enter(request, user, "/")
    context = {"form": form, "person": found.user}
    return render(request, "access/invitation.html", context, status=422 if form.errors else 200)
