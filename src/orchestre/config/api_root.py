"""The REST API: one router per feature, one way to sign in, one shape of errors."""

from __future__ import annotations

import logging
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import DataError, IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Router
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from orchestre import __version__
from orchestre.access.api.problems import Handler, install_errors, problem
from orchestre.access.api.strict import StrictParser
from orchestre.config import api_docs, api_schema

logger = logging.getLogger("orchestre")
FEATURES = (
    "access",
    "org",
    "strategy",
    "portfolio",
    "resources",
    "benefits",
    "impacts",
    "load",
    "interactions",
    "selection",
    "outlook",
    "weather",
    "sequencing",
    "governance",
    "exchange",
    "reports",
    "cockpit",
    "journal",
    "runs",
)
VERBS = ["GET", "POST", "PUT", "PATCH", "DELETE"]


class Api(NinjaAPI):
    """The API with its conventions: tags of versions, one schema of errors, short names."""

    def create_response(
        self,
        request: HttpRequest,
        data: object,
        *,
        status: int | None = None,
        temporal_response: HttpResponse | None = None,
    ) -> HttpResponse:
        """Send the version of a row as its ETag, to be sent back as If-Match."""
        response = super().create_response(
            request, data, status=status, temporal_response=temporal_response
        )
        version = data.get("version") if isinstance(data, dict) else None
        if isinstance(version, int):
            response.headers["ETag"] = f'"{version}"'
        return response

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Name an operation by its function: `list_units`."""
        return str(operation.view_func.__name__)

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """Describe every operation, with the refusals and headers they share."""
        schema = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        api_schema.complete(schema)
        return schema


def _too_big(request: HttpRequest, error: Exception) -> HttpResponse:  # noqa: ARG001 - ninja's signature
    return problem(413, _("This request is too large. Send less at once."), "too-large")


def _malformed(request: HttpRequest, error: Exception) -> HttpResponse:  # noqa: ARG001 - idem
    return problem(400, _("This request cannot be read."), "malformed")


def _clash(request: HttpRequest, error: Exception) -> HttpResponse:
    logger.warning("refused by the database on %s: %s", request.path, error)
    sentence = _("Something with the same code or the same ends is already there.")
    return problem(409, sentence, "already-there")


nowhere = Router()


@nowhere.api_operation(VERBS, "/{path:rest}", include_in_schema=False)
def nothing_here(request: HttpRequest, rest: str) -> HttpResponse:  # noqa: ARG001 - ninja's signature
    """Answer as the rest of the API does."""
    raise Http404


def _build() -> Api:
    api = Api(
        title="Orchestre",
        version=__version__,
        urls_namespace="api",
        openapi_url=None,
        docs_url=None,
        parser=StrictParser(),
        description=api_schema.DESCRIPTION,
    )
    install_errors(api)
    refusals: tuple[tuple[type[Exception], Handler], ...] = (
        (RequestDataTooBig, _too_big),
        (MultiPartParserError, _malformed),
        (SuspiciousOperation, _malformed),
        (IntegrityError, _clash),
        (DataError, _malformed),
    )
    for kind, handler in refusals:
        api.add_exception_handler(kind, handler)
    for feature in FEATURES:
        name = f"orchestre.{feature}.api"
        if find_spec(name) and find_spec(f"{name}.routes"):
            api.add_router("", import_module(f"{name}.routes").router)
    api.add_router("", api_docs.router)
    api.add_router("", nowhere)
    return api


api = _build()
