"""Signing in with an address and a passphrase."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from orchestre.access.models import User
from orchestre.access.queries import may_enter


class PassphraseBackend:
    """Same work and same answer whether the account exists or not."""

    def authenticate(
        self,
        request: HttpRequest | None,  # noqa: ARG002 - Django's signature
        email: str | None = None,
        password: str | None = None,
        **_others: object,
    ) -> User | None:
        """Return the account when the passphrase is right and access is open."""
        if not email or password is None:
            return None
        user = User.objects.filter(email__iexact=email.strip()).first()
        if user is None:
            make_password(password)  # same time as for a known account
            return None
        if not user.check_password(password) or not may_enter(user):
            return None
        return user

    def get_user(self, user_id: int) -> User | None:
        """Find the account of a session; a closed one ends the session at once."""
        user = User.objects.filter(pk=user_id).first()
        return user if user is not None and may_enter(user) else None
