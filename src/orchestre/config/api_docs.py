"""The description of the API, for programs (JSON) and for people (a page without a script)."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import pgettext
from ninja import Router

from orchestre.access.api.security import auth

router = Router(auth=auth)
CONTEXT = "API"  # of the summaries in the catalogue


@cache
def document() -> dict[str, Any]:
    """Return the OpenAPI document; it does not change while the process runs."""
    from orchestre.config.api_root import api  # noqa: PLC0415 - the API holds these routes

    return dict(api.get_openapi_schema(path_prefix="/api/v1/"))


@router.get("/openapi.json", include_in_schema=False)
def openapi(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - ninja's signature
    """Return the OpenAPI document."""
    return JsonResponse(document())


@router.get("/docs", include_in_schema=False)
def docs(request: HttpRequest) -> HttpResponse:
    """Show the operations, by subject."""
    subjects: dict[str, list[dict[str, Any]]] = {}
    for path, methods in document()["paths"].items():
        for method, operation in methods.items():
            subjects.setdefault(operation["tags"][0], []).append(_shown(path, method, operation))
    shown = [
        {"name": name, "title": pgettext(CONTEXT, name), "operations": operations}
        for name, operations in subjects.items()
    ]
    return render(request, "access/api_docs.html", {"subjects": shown})


def _shown(path: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    summary = operation["summary"]
    return {
        "anchor": operation["operationId"],
        "method": method.upper(),
        "path": path,
        "summary": pgettext(CONTEXT, summary),
        "description": operation.get("description", ""),
        "parameters": [_parameter(one) for one in operation["parameters"]],
        "fields": _fields(operation),
        "answers": [
            (str(status), answer["description"])
            for status, answer in operation["responses"].items()
        ],
    }


def _parameter(one: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": one["name"],
        "place": one["in"],
        "required": one.get("required", False),
        "description": one.get("description", ""),
    }


def _fields(operation: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the fields of the body, by name."""
    content = operation.get("requestBody", {}).get("content", {})
    reference = content.get("application/json", {}).get("schema", {}).get("$ref", "")
    found = document()["components"]["schemas"].get(reference.rpartition("/")[2], {})
    required = set(found.get("required", []))
    return [
        {
            "name": name,
            "required": name in required,
            "description": field.get("description", ""),
        }
        for name, field in found.get("properties", {}).items()
    ]
