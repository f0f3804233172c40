"""The language of the reader: of the account, else of the browser, else French."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

from orchestre.access.models import User


def preferences(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: activate the language for this request."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        user = request.user
        language = (
            user.language
            if isinstance(user, User)
            else request.session.get("language") or translation.get_language_from_request(request)
        )
        with translation.override(language):
            response = get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response

    return middleware
