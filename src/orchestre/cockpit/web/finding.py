"""The palette: what one types, found among what one may see."""

from __future__ import annotations

import time

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from orchestre.cockpit.presenters.palette import options

PER_MINUTE = 120
LONGEST = 80


@require_safe
def palette(request: HttpRequest) -> HttpResponse:
    """Answer with lines for the palette, or with a page when there is no script."""
    if not _within_limit(request):
        return HttpResponse(
            _("Too many searches. Wait a minute."), status=429, content_type="text/plain"
        )
    text = request.GET.get("q", "")[:LONGEST]
    context = {"options": options(request.user, text), "text": text}
    fragment = request.headers.get("HX-Request") == "true"
    page = "cockpit/palette_options.html" if fragment else "cockpit/search.html"
    response = render(request, page, context)
    response["Vary"] = "HX-Request"
    return response


def _within_limit(request: HttpRequest) -> bool:
    """Count the searches of a person in this minute, in the memory of this process."""
    name = f"palette-{request.user.pk}-{int(time.time() // 60)}"
    cache.add(name, 0, 60)
    return cache.incr(name) <= PER_MINUTE
