"""What every page of scenarios needs of a request."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest
from django.utils import timezone

from orchestre.access.models import User
from orchestre.portfolio.models import Initiative
from orchestre.portfolio.queries.one import by_code
from orchestre.portfolio.rules.view import View
from orchestre.portfolio.rules.window import Window, read_window
from orchestre.sequencing.models import Scenario
from orchestre.sequencing.queries import scenarios as queries


def user_of(request: HttpRequest) -> User:
    """Return the signed-in person; every page asks for one."""
    return cast("User", request.user)


def is_fragment(request: HttpRequest) -> bool:
    """Tell whether only a part of the page is asked for."""
    return request.headers.get("HX-Request") == "true"


def scenario_of(request: HttpRequest, pk: int) -> Scenario:
    """Return a visible scenario."""
    return queries.scenario(user_of(request), pk)


def initiative_of(request: HttpRequest, code: str) -> Initiative:
    """Return a visible initiative."""
    return by_code(user_of(request), code)


def view_of(request: HttpRequest) -> View:
    """Return what of the portfolio the roadmap shows."""
    page = request.GET.get("page", "")
    return View(
        text=request.GET.get("q", "")[:100],
        page=int(page) if page.isdecimal() and 0 < len(page) < 6 else 1,
    )


def window_of(request: HttpRequest) -> Window:
    """Return the period that the roadmap shows."""
    return read_window(dict(request.GET.lists()), timezone.localdate())


def whole(text: str, *, most: int) -> int:
    """Read a whole number from an address, 0 when it is not one."""
    digits = text.removeprefix("-")
    if not digits.isdecimal() or len(digits) > 6:
        return 0
    return max(-most, min(most, int(text)))
