"""Text compared as people compare it: without case, accents or punctuation."""

from __future__ import annotations

import re
import unicodedata

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
