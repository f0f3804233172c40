"""Signing in with an address and a passphrase."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.utils import timezone

from orchestre.access.models import User


class PassphraseBackend:
    """Same work and same answer whether the account exists or not."""

    def authenticate(
        self,
        request: HttpRequest | None,  # noqa: ARG002 - Django's signature
        email: str | None = None,
        password: str | None = None,
        **_others: Any,
    ) -> User | None:
        """Return the account when the passphrase is right and access is open."""
        if not email or password is None:
            return None
        user = User.objects.filter(email__iexact=email.strip()).first()
        if user is None:
            make_password(password)  # same time as for a known account
            return None
        if not user.check_password(password) or not _may_enter(user):
            return None
        return user

    def get_user(self, user_id: int) -> User | None:
        """Find the account of a session; a closed one ends the session at once."""
        user = User.objects.filter(pk=user_id).first()
        return user if user is not None and _may_enter(user) else None


def _may_enter(user: User) -> bool:
    ended = user.valid_until is not None and user.valid_until < timezone.localdate()
    return user.is_active and not ended
