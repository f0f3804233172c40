"""What somebody asks a pack to be."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

MONTHS = (3, 6, 12)
USUAL_MONTHS = 6


@dataclass(frozen=True, slots=True)
class PackAsked:
    """A pack before it is written; `previous` is the one it is compared with.

    A pack of a meeting asks for the decisions of its agenda, and for no other.
    """

    title: str
    audience: str
    language: str
    parts: tuple[str, ...]
    months_ahead: int = USUAL_MONTHS
    confidential: bool = False
    previous: int | None = None
    meeting: int | None = None

    def as_json(self) -> bytes:
        """Write it with its keys in order."""
        return json.dumps(asdict(self), sort_keys=True, ensure_ascii=False).encode()

    @classmethod
    def from_json(cls, content: bytes) -> PackAsked:
        """Read it again."""
        values = json.loads(content)
        return cls(**{**values, "parts": tuple(values["parts"])})
