"""A browser that already entered: the attacker of an account cannot lock its owner out of it."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from orchestre.access.models import User

SALT = "orchestre.access.device"
LASTS_SECONDS = 180 * 24 * 3600


def cookie_name() -> str:
    """Bound to this host alone when the connection is encrypted."""
    return "__Host-device" if settings.SESSION_COOKIE_SECURE else "device"


def known_device(request: HttpRequest, email: str) -> str | None:
    """Return the device's number when this browser already entered this account."""
    signed = request.COOKIES.get(cookie_name(), "")
    try:
        owner, _colon, number = str(
            signing.loads(signed, salt=SALT, max_age=LASTS_SECONDS)
        ).partition(":")
    except signing.BadSignature:
        return None
    known = owner.isdecimal() and User.objects.filter(pk=owner, email__iexact=email).exists()
    return number if known else None


def remember_device(response: HttpResponseBase, user: User) -> None:
    """Let this browser be known for this account."""
    response.set_cookie(
        cookie_name(),
        signing.dumps(f"{user.pk}:{secrets.token_hex(8)}", salt=SALT),
        max_age=LASTS_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


BROWSERS = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def device_name(request: HttpRequest) -> str:
    """Return the browser and the system, in words that their owner recognises."""
    agent = request.headers.get("User-Agent", "")
    found = [
        next((name for mark, name in marks if mark in agent), "") for marks in (BROWSERS, SYSTEMS)
    ]
    return ", ".join(name for name in found if name)
