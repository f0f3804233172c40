"""Sealing an opinion: its fingerprint is published, its words are not, until the question opens."""

from __future__ import annotations

import hashlib
import json
import secrets


def draw() -> str:
    """Draw the salt without which a seal cannot be guessed from a likely text."""
    return secrets.token_hex(32)


def seal(salt: str, item: int, who: str, position: str, text: str) -> str:
    """Return the fingerprint of an opinion."""
    content = json.dumps([item, who, position, text], ensure_ascii=False)
    return hashlib.sha256(f"{salt}\n{content}".encode()).hexdigest()


def digest(content: object) -> str:
    """Return the fingerprint of minutes."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
