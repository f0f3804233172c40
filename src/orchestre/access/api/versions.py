"""`If-Match` and `ETag`: nobody overwrites what somebody else wrote meanwhile."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import models, transaction
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja.responses import Status

from orchestre.access.api.caller import user_of
from orchestre.access.models import User
from orchestre.kernel.errors import Conflict, DomainError, StaleVersion
from orchestre.kernel.models import Versioned

Row = TypeVar("Row", bound=models.Model)
Kept = TypeVar("Kept", bound=Versioned)
_TAG = re.compile(r'(?:W/)?"(\d{1,9})"|(\d{1,9})')


class VersionRequiredError(DomainError):
    """The version that was read must be said before writing over it."""

    code = "version-required"
    http_status = 428


def expected(request: HttpRequest) -> int:
    """Return the version that the caller read; it is required."""
    found = said(request)
    if found is None:
        raise VersionRequiredError(
            _("Send the version you read, as If-Match: the ETag of your last answer.")
        )
    return found


def said(request: HttpRequest) -> int | None:
    """Return the version that the caller read, None when nothing is said."""
    text = request.headers.get("If-Match", "").strip()
    if not text:
        return None
    found = _TAG.fullmatch(text)
    if found is None:
        raise DomainError(_("If-Match holds one version, as in “3”."), code="version-unreadable")
    return int(found[1] or found[2])


@contextmanager
def held(request: HttpRequest, row: Kept, *, needed: bool = True) -> Iterator[Kept]:
    """Lock a row and go on only while it is at the version that the caller read."""
    version = expected(request) if needed else said(request)
    with transaction.atomic():
        model = type(row)
        stored = model._default_manager.select_for_update().filter(pk=row.pk).first()  # noqa: SLF001 - Django's documented API
        if stored is None:
            raise Http404
        if version is not None and stored.version != version:
            raise StaleVersion(
                _("“%(what)s” was changed by somebody else meanwhile; nothing was saved.")
                % {"what": stored},
                Conflict(object_label=str(stored), current_version=stored.version, clashes=()),
            )
        yield row


def removed(
    request: HttpRequest, row: Kept, remove: Callable[[User, Kept], object]
) -> Status[None]:
    """Delete a row while it is at the version that the caller read, and answer with nothing."""
    with held(request, row):
        remove(user_of(request), row)
    return Status(204, None)


def still_said(row: Kept | None, version: int, of: models.Model) -> None:
    """Refuse to write again what the caller read and somebody deleted since."""
    if row is None and version:
        raise StaleVersion(
            _("What you read of “%(what)s” was deleted meanwhile; nothing was saved.")
            % {"what": of},
            Conflict(object_label=str(of), current_version=0, clashes=()),
        )


def one(rows: models.QuerySet[Row], **by: object) -> Row:
    """Return the visible row that an address names; what one may not see does not exist."""
    unkept = any(isinstance(value, str) and "\x00" in value for value in by.values())
    found = None if unkept else rows.filter(**by).first()
    if found is None:
        raise Http404
    return found


def referred(rows: models.QuerySet[Row], field: str, code: str | None) -> Row | None:
    """Return the visible row that a body names by its code; an empty name is nobody."""
    return _known(rows.filter(code=code), field, code) if code else None


def needed(rows: models.QuerySet[Row], field: str, code: str) -> Row:
    """Return the visible row that a body must name."""
    found = referred(rows, field, code)
    if found is None:
        sentence = _("Give the code of an existing one.")
        raise DomainError(sentence, code="unknown-reference", fields={field: [sentence]})
    return found


def numbered(rows: models.QuerySet[Row], field: str, number: int) -> Row:
    """Return the visible row that a body names by its number, where rows have no code."""
    return _known(rows.filter(pk=number), field, number)


def keyed(rows: models.QuerySet[Row], field: str, values: dict[str, Any]) -> dict[str, Any]:
    """Turn the code that a body gives in a field, if it gives one, into the key of the row."""
    if field in values:
        found = referred(rows, field, values.pop(field))
        values[f"{field}_id"] = found.pk if found else None
    return values


def _known(rows: models.QuerySet[Row], field: str, name: str | int) -> Row:
    found = rows.first()
    if found is None:
        sentence = _("“%s” does not exist, or is not open to you.") % name
        raise DomainError(sentence, code="unknown-reference", fields={field: [sentence]})
    return found
