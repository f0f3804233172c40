"""The one family of errors that the user can mend.

Everything else is our fault: it is logged, answered 500 and never caught in a view.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

Text = str | Promise


class DomainError(Exception):
    """An act was refused; the message is a sentence that says how to mend it."""

    code = "refused"
    http_status = 422

    def __init__(
        self, message: Text, *, code: str = "", fields: dict[str, list[Text]] | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.code
        self.fields: dict[str, list[Text]] = fields or {}

    def __str__(self) -> str:
        return str(self.message)


class CannotDo(DomainError):  # noqa: N818 - exceptions finish their sentence
    """The person may not do this, or not in this state."""

    code = "not-allowed"
    http_status = 403


@dataclass(frozen=True)
class Clash:
    """One field that somebody else wrote since the form was opened."""

    field: str
    mine: Any
    theirs: Any


@dataclass(frozen=True)
class Conflict:
    """What the merge page needs: who wrote what meanwhile."""

    object_label: str
    current_version: int
    clashes: tuple[Clash, ...]
    who: str = ""
    at: datetime | None = None
    mergeable: dict[str, Any] = field(default_factory=dict)


class StaleVersion(DomainError):  # noqa: N818 - exceptions finish their sentence
    """The object changed since it was read; nothing was written."""

    code = "stale-version"
    http_status = 412

    def __init__(self, message: Text, conflict: Conflict) -> None:
        super().__init__(message)
        self.conflict = conflict
