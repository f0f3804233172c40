"""What every operation shares in the OpenAPI document: refusals, versions, keys, examples."""

from __future__ import annotations

from typing import Any

DESCRIPTION = """\
Every object and computation of Orchestre, with the permissions of the pages.

- **Sign in** with `Authorization: Bearer orc_…` (a token made in *My account*), or with the
  session of the browser; a session needs the CSRF token on every write.
- **What you may not see does not exist**: it is left out of lists and answers 404.
- **Lists** come in pages: `limit` (200 at most), `offset`, and the address of the `next` page.
  A parameter that is not declared is refused.
- **Writes** are acts of the journal and can be undone. `PATCH` and `DELETE` need the version you
  read, as `If-Match`; fields that somebody else changed meanwhile are refused with both values,
  other fields are merged. `POST` accepts an `Idempotency-Key`: asked twice, done once.
- **Refusals** are sentences, as `application/problem+json` (RFC 9457).
- Periods are half-open: `ends_on` is the first day after. `null` is not known, which is not 0.
"""
PROBLEM = "Problem"
REFUSALS: dict[str, str] = {
    "400": "The request cannot be read",
    "401": "No valid token, no session",
    "403": "Not allowed to you",
    "404": "Does not exist, or is not open to you",
    "409": "Already there",
    "412": "Somebody else changed it meanwhile: the clashing fields come with both values",
    "422": "Some values cannot be accepted: each field with its sentence",
    "428": "The version you read is missing: send If-Match",
    "429": "Too many requests: 600 a minute and token",
}
PROBLEM_SCHEMA: dict[str, Any] = {
    "title": PROBLEM,
    "type": "object",
    "required": ["type", "title", "status", "code"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string", "description": "A sentence: what, and how to mend it."},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "Stable, for programs."},
        "fields": {
            "type": "object",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
        "current_version": {"type": "integer"},
        "clashes": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"field": {"type": "string"}, "mine": {}, "theirs": {}},
            },
        },
    },
    "examples": [
        {
            "type": "about:blank",
            "title": "“IN-014” was changed by somebody else meanwhile; nothing was saved.",
            "status": 412,
            "code": "stale-version",
            "current_version": 4,
            "clashes": [{"field": "stage", "mine": "deploy", "theirs": "stopped"}],
        }
    ],
}
IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "schema": {"type": "string"},
    "description": "The version you read: the ETag, or `version`.",
    "example": '"3"',
}
KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "schema": {"type": "string", "maxLength": 150},
    "description": "Asked again with the same key and body, the first answer is given again.",
}
ETAG = {"description": "The version, to be sent as If-Match.", "schema": {"type": "string"}}
WITHOUT_KEY = {"add_import", "add_token", "revoke_token", "what_if"}


def complete(schema: dict[str, Any]) -> None:
    """Write what ninja cannot know on every operation."""
    schema["components"].setdefault("schemas", {})[PROBLEM] = PROBLEM_SCHEMA
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            told = operation["responses"].items()
            operation["responses"] = {str(status): answer for status, answer in told}
            _refusals(path, method, operation)
            _headers(method, operation)


def _refusals(path: str, method: str, operation: dict[str, Any]) -> None:
    wanted = {"401", "403", "422", "429"}
    if "{" in path:
        wanted.add("404")
    if method in {"patch", "delete"}:
        wanted |= {"412", "428"}
    if method in {"post", "patch", "put"}:
        wanted |= {"400", "409"}
    if "is honoured" in operation.get("description", ""):
        wanted.add("412")
    for status in sorted(wanted):
        operation["responses"][status] = {
            "description": REFUSALS[status],
            "content": {
                "application/problem+json": {"schema": {"$ref": f"#/components/schemas/{PROBLEM}"}}
            },
        }


def _headers(method: str, operation: dict[str, Any]) -> None:
    parameters = operation["parameters"]
    honoured = "is honoured" in operation.get("description", "")
    if method in {"patch", "delete"} or honoured:
        parameters.append({**IF_MATCH, "required": not honoured})
    if method == "post" and operation["operationId"] not in WITHOUT_KEY:
        parameters.append(KEY)
    if method == "patch":
        operation["responses"]["200"]["headers"] = {"ETag": ETAG}
