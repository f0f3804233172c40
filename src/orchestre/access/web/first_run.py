"""Until somebody can administer, every page leads to the first-run page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from orchestre.access.models import User
from orchestre.access.queries import needs_first_run

OPEN = ("/static/", "/health/", "/welcome/", "/api/", "/preferences/")
Responder = Callable[[HttpRequest], HttpResponseBase]


def first_run(get_response: Responder) -> Responder:
    """Middleware: send a fresh installation to the creation of its administrator."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if (
            not isinstance(request.user, User)
            and not request.path.startswith(OPEN)
            and needs_first_run()
        ):
            return redirect(reverse("access:welcome"))
        return get_response(request)

    middleware.process_view = _programs_sign_in_themselves  # type: ignore[attr-defined]  # Django's hook
    return middleware


def _programs_sign_in_themselves(
    request: HttpRequest, view: Callable[..., HttpResponseBase], _args: object, _kwargs: object
) -> None:
    """The API answers 401 rather than the sign-in page: its routes check who calls."""
    if request.path.startswith("/api/"):
        view.login_required = False  # type: ignore[attr-defined]  # read by Django's middleware
