"""What every page of an import needs of a request."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header

from orchestre.access.models import User
from orchestre.exchange.models import ImportSession
from orchestre.exchange.policy import may_import, visible_sessions


def user_of(request: HttpRequest) -> User:
    """Return the signed-in person; every page asks for one."""
    return cast("User", request.user)


def session_of(request: HttpRequest, pk: int) -> ImportSession:
    """Return an import that this person may open."""
    may_import(request.user).require()
    found = visible_sessions(request.user).select_related("change_set")
    return get_object_or_404(found, pk=pk)


def download(content: bytes, name: str, content_type: str) -> HttpResponse:
    """Answer with a file to keep."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response
