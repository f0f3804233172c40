"""Where to go after an act: back, but never to another host."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def next_of(request: HttpRequest, default: str = "/") -> str:
    """Return the address asked for by `next` when it stays here, else the default."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    return asked if _stays(request, asked) else default


def back_to(request: HttpRequest, default: str = "/") -> str:
    """Return `next`, else the page one comes from, else the default."""
    before = request.headers.get("Referer", "")
    if _stays(request, before):
        parts = urlsplit(before)
        default = parts.path + (f"?{parts.query}" if parts.query else "")
    return next_of(request, default)


def _stays(request: HttpRequest, address: str) -> bool:
    return bool(address) and url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
