"""The names by which a customer's template says where the pack goes."""

from __future__ import annotations

CONTENT, LEAD, FOOT = "orchestre:content", "orchestre:lead", "orchestre:foot"
NAMES = (CONTENT, LEAD, FOOT)


def normalised(name: str) -> str:
    """Read a name as people type it: case and spaces do not count."""
    return name.replace(" ", "").casefold()
