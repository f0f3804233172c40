"""One read cell, and why a cell could not be read."""

from dataclasses import dataclass
from typing import Literal

from orchestre.sheets.words import fold

Precision = Literal["day", "week", "month", "quarter", "half", "year"]

UNKNOWN = frozenset({
    "-", "–", "—", "?", ".", "..", "...", "/", "n/a", "na", "n.a.", "n.a", "nd", "n.d.", "n.d",
    "nc", "n.c.", "n.c", "nc.", "tbc", "tbd", "tba", "nr", "n.r.", "unknown", "inconnu",
    "inconnue", "vide", "none", "null", "non communique", "non renseigne", "non renseignee",
    "non disponible", "non defini", "sans objet", "s.o.", "so", "a definir", "a preciser",
    "not available", "not applicable", "not known", "data not provided", "not provided",
})  # fmt: skip
"""Words by which people say that they do not know: an empty cell, never a zero."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value read from a cell.

    `precision` says how fine a date was written; `assumed` names the assumption without
    which the cell could have been read otherwise, and is empty when there is none.
    """

    value: object
    precision: Precision | None = None
    assumed: str = ""


EMPTY = Cell(None)


class CellError(ValueError):
    """This cell cannot be read; the message tells the person why and how to write it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def is_unknown(text: str) -> bool:
    """Return whether the cell is empty or says in words that nobody knows."""
    folded = fold(text)
    return not folded or folded in UNKNOWN


def shown(value: object, most: int = 60) -> str:
    """Return the value as quoted in a sentence, cut when long."""
    text = " ".join(str(value).split())
    return text if len(text) <= most else f"{text[: most - 1]}…"
