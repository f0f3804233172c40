"""Secrets given to people and programs: drawn here, kept as fingerprints only."""

from __future__ import annotations

import hashlib
import secrets

TOKEN_PREFIX = "orc_"  # noqa: S105 - the visible start of a token, not a secret


def draw(prefix: str = "") -> str:
    """Draw a secret of 256 bits that fits in an address."""
    return prefix + secrets.token_urlsafe(32)


def fingerprint(secret: str) -> str:
    """Return what is kept; a random secret of this length needs no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()
