"""A session ends when it sleeps too long or grows too old, and with its account at once."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase

from orchestre.access.models import User

SEEN = "seen_at"
STARTED = "started_at"
STEP_SECONDS = 300


def session_limits(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: close idle and old sessions; `get_user` closes those of closed accounts."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if isinstance(request.user, User):
            now = int(time.time())
            seen = int(request.session.get(SEEN, now))
            started = int(request.session.get(STARTED, now))
            if (
                now - seen > settings.SESSION_IDLE_SECONDS
                or now - started > settings.SESSION_COOKIE_AGE
            ):
                logout(request)
            elif SEEN not in request.session or now - seen > STEP_SECONDS:
                request.session[SEEN] = now
                request.session[STARTED] = started
        return get_response(request)

    return middleware
