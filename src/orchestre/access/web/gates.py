"""Pages of administrators: for anybody else they do not exist."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse

from orchestre.access.policy import may_administer


def administrators(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 404 to who does not administer."""

    @wraps(view)
    def gated(request: HttpRequest, **named: int) -> HttpResponse:
        if not may_administer(request.user):
            raise Http404
        return view(request, **named)

    return gated
