"""A session ends when it sleeps too long, and at once when its account is closed."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from orchestre.access.models import User

SEEN = "seen_at"
STEP_SECONDS = 300


def session_limits(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: close idle sessions and those of people whose access has ended."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        user = request.user
        if isinstance(user, User):
            now = int(time.time())
            seen = int(request.session.get(SEEN, now))
            ended = user.valid_until is not None and user.valid_until < timezone.localdate()
            if ended or now - seen > settings.SESSION_IDLE_SECONDS:
                logout(request)
            elif SEEN not in request.session or now - seen > STEP_SECONDS:
                request.session[SEEN] = now
        return get_response(request)

    return middleware
