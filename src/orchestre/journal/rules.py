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


def commitment(salt: str, label: str, reason: str, changes: list[dict[str, Any]]) -> str:
    """Fingerprint of the words and values, salted so that erasing them leaves nothing to guess."""
    content = [label, reason, [_steady(change) for change in changes]]
    return hashlib.sha256((salt + json.dumps(content, sort_keys=True)).encode()).hexdigest()


def _steady(value: object) -> object:
    """Write a number one way: databases give 2.0 back as 2, and 1e22 as an integer."""
    if isinstance(value, dict):
        return {key: _steady(inside) for key, inside in value.items()}
    if isinstance(value, list):
        return [_steady(inside) for inside in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def link(previous_hash: str, body: str) -> str:
    """Hash of an entry: of the previous one and of its own text."""
    return hashlib.sha256(f"{previous_hash}\n{body}".encode()).hexdigest()


@dataclass(frozen=True)
class Break:
    """The first place where the chain does not hold."""

    seq: int
    reason: str


@dataclass(frozen=True)
class Anchor:
    """A head that was written down elsewhere: a pack, a backup, a mailbox."""

    seq: int
    hash: str

    @classmethod
    def parse(cls, text: str) -> Anchor:
        """Read `12481:7f3a91c2…`, at least sixteen digits of the hash."""
        seq, _, digits = text.strip().partition(":")
        digits = digits.lower()
        if not seq.isdigit() or len(digits) < 16 or set(digits) - set("0123456789abcdef"):
            raise ValueError(text)
        return cls(int(seq), digits)


def first_break(
    entries: Iterable[tuple[int, str, str, str]],
    head: tuple[int, str],
    anchors: Iterable[Anchor] = (),
) -> Break | None:
    """Walk (seq, body, previous_hash, hash) in order; return where it breaks, if it does.

    Without an anchor, whoever rewrites every link and the head is not found; with one,
    the link it names must still be there.
    """
    wanted = {anchor.seq: anchor.hash for anchor in anchors if anchor.seq}
    expected_seq, previous = 0, GENESIS
    for seq, body, previous_hash, stored in entries:
        expected_seq += 1
        if seq != expected_seq:
            return Break(expected_seq, "missing")
        if previous_hash != previous or link(previous, body) != stored:
            return Break(seq, "altered")
        if not stored.startswith(wanted.get(seq, "")):
            return Break(seq, "rewritten")
        previous = stored
    if head != (expected_seq, previous) or max(wanted, default=0) > expected_seq:
        return Break(expected_seq + 1, "truncated")
    return None
