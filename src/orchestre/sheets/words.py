"""Words compared without accents, capitals nor punctuation of circumstance."""

import re
import unicodedata

_SPACES = re.compile(r"[\s\u00a0\u202f\u2007\u2009\ufeff]+")
_APOSTROPHES = str.maketrans(
    {"’": "'", "ʼ": "'", "‘": "'", "`": "'", "´": "'", "œ": "oe", "æ": "ae"}
)
_NOT_A_WORD = re.compile(r"[^a-z0-9£€$%]+")


def squeeze(text: str) -> str:
    """Return the text with every run of spaces, of any width, made one plain space."""
    return _SPACES.sub(" ", text).strip()


def fold(text: str) -> str:
    """Return the text in small letters, without accents, with plain spaces."""
    return squeeze(_bare(_bare(text).lower().translate(_APOSTROPHES)))


def _bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def header_key(text: str) -> str:
    """Return what two spellings of one column header have in common."""
    return _NOT_A_WORD.sub(" ", fold(text)).strip()


def match_key(title: str) -> str:
    """Return what the names of one project have in common from an edition to the next.

    Capitals, accents and spacing vanish; words and punctuation that tell two projects
    apart, such as “phase II” or “v2”, stay.
    """
    return re.sub(r"\s*([-–—_/])\s*", r"\1", fold(title)).replace("–", "-").replace("—", "-")
