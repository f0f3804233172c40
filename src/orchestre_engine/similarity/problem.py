"""What the similarity room is asked."""

import math
from dataclasses import dataclass

from orchestre_engine.errors import ProblemError


@dataclass(frozen=True, slots=True)
class Document:
    """One text to compare.

    Parameters
    ----------
    id
        Stable code of the change, process or lesson the text belongs to.
    text
        Title and description, French or English, as people wrote them.
    tokens
        Opaque codes compared exactly beside the words (systems, processes, tags).
    """

    id: str
    text: str
    tokens: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SimilarityProblem:
    """Documents to compare two by two, kept in the order of their codes.

    Parameters
    ----------
    documents
        The texts; the order they come in changes nothing.
    threshold
        Score in ]0, 1] from which a pair is told.

    Raises
    ------
    ProblemError
        When a code is empty or twice there, or the threshold is outside ]0, 1].
    """

    documents: tuple[Document, ...]
    threshold: float = 0.35

    def __post_init__(self) -> None:
        """Check the inputs and put them in canonical order."""
        if not (math.isfinite(self.threshold) and 0 < self.threshold <= 1):
            raise ProblemError(
                f"The similarity threshold is {self.threshold}; give a number above 0, at most 1."
            )
        ordered = tuple(sorted(self.documents, key=lambda document: document.id))
        for before, after in zip(("", *(d.id for d in ordered)), ordered, strict=False):
            if not after.id:
                raise ProblemError("A document has no code; give each document its own code.")
            if before == after.id:
                raise ProblemError(f"Document {after.id} comes twice; keep one of the two.")
        object.__setattr__(self, "documents", ordered)
