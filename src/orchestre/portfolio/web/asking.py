"""What every page of the portfolio needs of a request."""

from __future__ import annotations

from typing import cast

from django import forms
from django.http import HttpRequest

from orchestre.access.models import User
from orchestre.kernel.errors import DomainError
from orchestre.portfolio.queries.listing import choices
from orchestre.portfolio.rules.view import View, read_view


def user_of(request: HttpRequest) -> User:
    """Return the signed-in person; every page asks for one."""
    return cast("User", request.user)


def view_of(request: HttpRequest) -> View:
    """Return the state of the list that the address says."""
    return read_view(dict(request.GET.lists()), choices())


def is_fragment(request: HttpRequest) -> bool:
    """Tell whether only a part of the page is asked for."""
    return request.headers.get("HX-Request") == "true"


def tell(form: forms.Form, error: DomainError) -> None:
    """Put the sentences of a refusal beside the fields they are about."""
    told = False
    for name, sentences in error.fields.items():
        for sentence in sentences:
            form.add_error(name if name in form.fields else None, str(sentence))
            told = True
    if not told:
        form.add_error(None, str(error))


def version_of(request: HttpRequest) -> int | None:
    """Return the version that the form was opened with."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else None
