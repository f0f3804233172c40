"""How refusals are told: a sentence on the page, never a trace."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from orchestre.kernel.errors import DomainError
from orchestre.ui.going import back_to

logger = logging.getLogger("orchestre")
Responder = Callable[[HttpRequest], HttpResponseBase]


def refusals(get_response: Responder) -> Responder:
    """Middleware that turns a refusal nobody handled into a page with its sentence."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return get_response(request)

    middleware.process_exception = _refused  # type: ignore[attr-defined]  # Django's hook
    return middleware


def _refused(request: HttpRequest, exception: Exception) -> HttpResponse | None:
    if not isinstance(exception, DomainError):
        return None
    if request.headers.get("HX-Request"):
        messages.error(request, str(exception))
    return render(
        request,
        "ui/refused.html",
        {"sentence": str(exception), "back": back_to(request)},
        status=exception.http_status,
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Say that the page does not exist or is not open to this person."""
    return render(request, "ui/404.html", status=404)


def our_fault(request: HttpRequest) -> HttpResponse:
    """Say that the error is ours, with a number found again in the log."""
    number = secrets.token_hex(3).upper()
    logger.error("incident %s on %s %s", number, request.method, request.path)
    return render(request, "ui/500.html", {"number": number}, status=500)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form is too old, rather than show Django's own page."""
    logger.warning("refused without its token: %s %s (%s)", request.method, request.path, reason)
    sentence = _("This form is too old or came from elsewhere. Reload the page and send it again.")
    context = {"sentence": sentence, "back": back_to(request)}
    return render(request, "ui/refused.html", context, status=403)
