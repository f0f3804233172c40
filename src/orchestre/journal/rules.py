"""The arithmetic of the chain: canonical text, commitment, hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

GENESIS = "0" * 64


def canonical(body: dict[str, Any]) -> str:
    """One text for one content: sorted keys, no spaces, UTF-8."""
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def commitment(salt: str, changes: list[dict[str, Any]]) -> str:
    """Fingerprint of the values, salted so that erasing them leaves nothing to guess."""
    return hashlib.sha256((salt + json.dumps(changes, sort_keys=True)).encode()).hexdigest()


def link(previous_hash: str, body: str) -> str:
    """Hash of an entry: of the previous one and of its own text."""
    return hashlib.sha256(f"{previous_hash}\n{body}".encode()).hexdigest()


@dataclass(frozen=True)
class Break:
    """The first place where the chain does not hold."""

    seq: int
    reason: str


def first_break(
    entries: Iterable[tuple[int, str, str, str]], head: tuple[int, str]
) -> Break | None:
    """Walk (seq, body, previous_hash, hash) in order; return where it breaks, if it does."""
    expected_seq, previous = 0, GENESIS
    for seq, body, previous_hash, stored in entries:
        expected_seq += 1
        if seq != expected_seq:
            return Break(expected_seq, "missing")
        if previous_hash != previous or link(previous, body) != stored:
            return Break(seq, "altered")
        previous = stored
    if head != (expected_seq, previous):
        return Break(expected_seq + 1, "truncated")
    return None
