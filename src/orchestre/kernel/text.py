"""Text compared as people compare it: without case, accents or punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_NOT_WORD = re.compile(r"[^0-9a-z]+")


def fold(text: str) -> str:
    """Lower case, without accents, ligatures or punctuation, single spaces."""
    text = text.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae").replace("Æ", "AE")
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _NOT_WORD.sub(" ", bare).strip()


def slug_code(text: str, limit: int = 24) -> str:
    """An upper-case code made of a text: `Direction des achats` gives DIRECTION-DES-ACHATS."""
    return fold(text).replace(" ", "-").upper()[:limit].strip("-")


def next_code(prefix: str, known: Iterable[str], width: int = 3) -> str:
    """Return the first free code after the largest number in use: IN-001, IN-002…"""
    numbered = re.compile(rf"{re.escape(prefix)}-(\d+)", re.IGNORECASE)
    taken = [int(found[1]) for code in known if (found := numbered.fullmatch(code.strip()))]
    return f"{prefix}-{max(taken, default=0) + 1:0{width}}"
