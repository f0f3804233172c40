"""Until somebody can administer, every page leads to the first-run page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from orchestre.access.models import User
from orchestre.access.queries import needs_first_run

OPEN = ("/static/", "/health/", "/welcome/", "/api/")


def first_run(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: send a fresh installation to the creation of its administrator."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if (
            not isinstance(request.user, User)
            and not request.path.startswith(OPEN)
            and needs_first_run()
        ):
            return redirect(reverse("access:welcome"))
        return get_response(request)

    return middleware
