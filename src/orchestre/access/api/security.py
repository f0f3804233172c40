"""Who calls the API: a token, or the session of a browser with its CSRF token."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.security import HttpBearer
from ninja.security.apikey import APIKeyCookie
from ninja.utils import check_csrf

from orchestre.access import throttles
from orchestre.access.models import ApiToken, User
from orchestre.access.queries import token_for
from orchestre.kernel.errors import CannotDo, DomainError

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class TooManyRequestsError(DomainError):
    """The token asks more often than its limit."""

    code = "too-many-requests"
    http_status = 429
    retry_after_seconds = 60


class TokenAuth(HttpBearer):
    """`Authorization: Bearer orc_…`; a read token refuses every unsafe method."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        """Return the owner of the token."""
        found = token_for(token)
        if found is None:
            return None
        if not throttles.take(f"api:{found.pk}", throttles.API_PER_TOKEN):
            raise TooManyRequestsError(_("Too many requests: 600 a minute. Try again in a minute."))
        if request.method not in SAFE and not found.may_write:
            raise CannotDo(_("This token only reads. Create one that may write."))
        request.user = found.user
        _seen(found)
        return found.user


class SessionAuth(APIKeyCookie):
    """The session of a signed-in browser; unsafe methods need the CSRF token."""

    def __init__(self) -> None:
        super().__init__(csrf=False)

    def authenticate(self, request: HttpRequest, key: str | None) -> User | None:  # noqa: ARG002 - ninja's signature
        """Return the person signed in."""
        if "Authorization" in request.headers or not isinstance(request.user, get_user_model()):
            return None
        if request.method not in SAFE and check_csrf(request):
            raise CannotDo(_("The CSRF token is missing or wrong."), code="csrf")
        return request.user


def _seen(token: ApiToken) -> None:
    """Remember that the token served, once an hour at most: reading must stay cheap."""
    now = timezone.now()
    if token.last_used_at is None or (now - token.last_used_at).total_seconds() > 3600:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)


auth = [TokenAuth(), SessionAuth()]
