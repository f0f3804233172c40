"""What the similarity room answers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SimilarPair:
    """Two documents whose texts are close.

    Parameters
    ----------
    first, second
        Codes of the documents, `first < second`.
    score
        Blended cosine in 0..1.
    shared_terms
        Words that bring the two together, the weightiest first; `formation = training`
        when the domain thesaurus brought them together.
    """

    first: str
    second: str
    score: float
    shared_terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SimilarityResult:
    """Pairs at or above the threshold, closest first, then by codes.

    Parameters
    ----------
    pairs
        Each pair once.
    wordless
        Documents with no usable word: they were compared with nothing.
    """

    pairs: tuple[SimilarPair, ...]
    wordless: tuple[str, ...] = ()
