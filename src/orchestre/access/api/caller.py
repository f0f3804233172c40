"""The account behind a call."""

from __future__ import annotations

from django.http import HttpRequest
from ninja.errors import AuthenticationError

from orchestre.access.models import User


def user_of(request: HttpRequest) -> User:
    """Return who calls; routes are behind a sign-in, so it is an account."""
    if not isinstance(request.user, User):
        raise AuthenticationError
    return request.user
