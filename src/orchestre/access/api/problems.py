"""One shape of errors for the whole API: `application/problem+json` (RFC 9457)."""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as FieldError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from orchestre.access.api.security import TooManyRequestsError
from orchestre.kernel.errors import DomainError, StaleVersion

WRAPPERS = frozenset({"body", "payload", "data"})
logger = logging.getLogger("orchestre")


def problem(
    status: int,
    title: str,
    code: str,
    *,
    fields: Mapping[str, Iterable[object]] | None = None,
    **more: object,
) -> HttpResponse:
    """Answer with a sentence, a stable code, and the fields at fault."""
    body: dict[str, object] = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "code": code,
    }
    if fields:
        body["fields"] = {name: [str(text) for text in texts] for name, texts in fields.items()}
    body.update(more)
    return HttpResponse(
        json.dumps(body, ensure_ascii=False, default=str),
        status=status,
        content_type="application/problem+json; charset=utf-8",
    )


def install_errors(api: NinjaAPI) -> None:
    """Render every refusal of this API as a problem."""
    for kind, handler in HANDLERS:
        api.add_exception_handler(kind, handler)


def _refused(request: HttpRequest, error: DomainError) -> HttpResponse:  # noqa: ARG001 - ninja's signature
    more: dict[str, Any] = {}
    if isinstance(error, StaleVersion):
        conflict = error.conflict
        more["current_version"] = conflict.current_version
        more["clashes"] = [
            {"field": clash.field, "mine": clash.mine, "theirs": clash.theirs}
            for clash in conflict.clashes
        ]
    answer = problem(error.http_status, str(error), error.code, fields=error.fields, **more)
    if isinstance(error, TooManyRequestsError):
        answer.headers["Retry-After"] = str(error.retry_after_seconds)
    return answer


def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:  # noqa: ARG001 - idem
    fields: dict[str, list[str]] = {}
    for one in error.errors:
        place = [
            str(part) for part in one.get("loc", ()) if part not in {"body", "payload", "data"}
        ]
        fields.setdefault(".".join(place) or "body", []).append(str(one.get("msg", "")))
    return problem(422, _("Some values cannot be read."), "invalid", fields=fields)


def _invalid_field(request: HttpRequest, error: FieldError) -> HttpResponse:  # noqa: ARG001 - idem
    fields = error.message_dict if hasattr(error, "error_dict") else {"body": error.messages}
    return problem(422, _("Some values cannot be accepted."), "invalid", fields=fields)


def _unknown(request: HttpRequest, error: Exception) -> HttpResponse:  # noqa: ARG001 - idem
    answer = problem(401, _("Sign in, or send a valid token."), "not-signed-in")
    answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def _forbidden(request: HttpRequest, error: Exception) -> HttpResponse:  # noqa: ARG001 - idem
    return problem(403, _("This is not open to you."), "not-allowed")


def _absent(request: HttpRequest, error: Exception) -> HttpResponse:  # noqa: ARG001 - idem
    return problem(404, _("This does not exist, or is not open to you."), "not-found")


def _throttled(request: HttpRequest, error: Exception) -> HttpResponse:  # noqa: ARG001 - idem
    return problem(429, _("Too many requests. Try again in a minute."), "too-many-requests")


def _http(request: HttpRequest, error: HttpError) -> HttpResponse:  # noqa: ARG001 - idem
    return problem(error.status_code, str(error), "refused")


def _our_fault(request: HttpRequest, error: Exception) -> HttpResponse:
    number = secrets.token_hex(3).upper()
    logger.error("incident %s on %s %s", number, request.method, request.path, exc_info=error)
    title = _("An error on our side. Nothing was changed.")
    return problem(500, title, "our-fault", number=number)


Handler = Callable[[HttpRequest, Any], HttpResponse]
HANDLERS: tuple[tuple[type[Exception], Handler], ...] = (
    (DomainError, _refused),
    (ValidationError, _invalid),
    (FieldError, _invalid_field),
    (AuthenticationError, _unknown),
    (PermissionDenied, _forbidden),
    (Http404, _absent),
    (Throttled, _throttled),
    (HttpError, _http),
    (Exception, _our_fault),
)
