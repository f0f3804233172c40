"""How refusals are told: a sentence on the page, never a trace."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from orchestre.kernel.errors import DomainError
from orchestre.ui.going import back_to

logger = logging.getLogger("orchestre")
Responder = Callable[[HttpRequest], HttpResponseBase]

# what the tables refuse when two acts cross: a twin, a row that goes, a row that is gone
MEANWHILE = (IntegrityError, ObjectDoesNotExist)


def refusals(get_response: Responder) -> Responder:
    """Middleware that turns a refusal nobody handled into a page with its sentence."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return get_response(request)

    middleware.process_exception = _refused  # type: ignore[attr-defined]  # Django's hook
    return middleware


def _refused(request: HttpRequest, exception: Exception) -> HttpResponse | None:
    if isinstance(exception, DomainError):
        return _said(request, str(exception), exception.http_status)
    if isinstance(exception, MEANWHILE) and request.method == "POST":
        logger.warning("crossed on %s", request.path, exc_info=exception)
        sentence = _(
            "Somebody wrote or deleted the same thing at the same moment. Nothing of yours was "
            "saved: open the page again, read what is there, then send it again."
        )
        return _said(request, sentence, HTTPStatus.CONFLICT)
    return None


def _said(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    if request.headers.get("HX-Request"):
        messages.error(request, sentence)
    context = {"sentence": sentence, "back": back_to(request)}
    return render(request, "ui/refused.html", context, status=status)


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
    return _said(request, sentence, HTTPStatus.FORBIDDEN)
