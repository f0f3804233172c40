"""One record read from a file, and one cell or row that was refused."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from orchestre.sheets.words import match_key

DANGEROUS = "=+-@\t\r\n＝＋－＠"
"""First letters by which spreadsheets take a text for a formula."""

_GUARD = re.compile(rf"'+\s*[{re.escape(DANGEROUS)}]")
_NEEDS_GUARD = re.compile(rf"'*\s*[{re.escape(DANGEROUS)}]")


@dataclass(frozen=True, slots=True)
class Record:
    """One row: the fields that were read, the columns kept as they are, where it stands."""

    kind: str
    key: str
    values: dict[str, object]
    custom: dict[str, str]
    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """One cell, or one row when `value` is empty, that could not be read, and why."""

    sheet: str
    row: int
    column: str
    value: str
    reason: str
    field: str = ""


def key_of(kind: str, values: Mapping[str, object]) -> str:
    """Return what identifies a record in its file, and from a file to the next."""
    names = {
        "milestones": ("initiative", "name"),
        "impacts": ("initiative", "population"),
        "activities": ("initiative", "population", "kind", "name", "starts_on"),
        "dependencies": ("predecessor", "successor", "kind", "what"),
        "capacity": ("unit", "starts_on", "ends_on"),
        "periods": ("unit", "kind", "name", "starts_on"),
        "roles": ("role", "starts_on"),
        "demands": ("initiative", "role", "starts_on"),
        "costs": ("initiative", "name", "nature", "state", "starts_on", "month"),
        "envelopes": ("name", "starts_on"),
        "waves": ("initiative", "name"),
    }.get(kind)
    if values.get("id"):
        return str(values["id"])
    if names is None:
        return match_key(str(values.get("code") or values.get("title") or values.get("name") or ""))
    return " / ".join(match_key(str(values.get(name) or "")) for name in names)


def guarded(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula when it opens a CSV."""
    return f"'{text}" if _NEEDS_GUARD.match(text) else text


def unguarded(text: str) -> str:
    """Return a text as it was before `guarded`."""
    return text[1:] if _GUARD.match(text) else text
