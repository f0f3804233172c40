"""The demo organisation from the first-run page and the settings."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orchestre.demo import services


@require_POST
def load(request: HttpRequest) -> HttpResponse:
    """Load it in the reader's language and show the load map."""
    services.load(request.user, "en" if get_language() == "en" else "fr")
    messages.success(request, _("The demo organisation is loaded."))
    return redirect("load:map")


@require_POST
def wipe(request: HttpRequest) -> HttpResponse:
    """Remove it and go back to the choice of where to start."""
    services.wipe(request.user, request.POST.get("name", ""))
    messages.success(request, _("The demo organisation is removed."))
    return redirect("access:start")
