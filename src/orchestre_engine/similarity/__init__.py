"""Texts that say nearly the same thing, in French, in English or in both (`similar-text/1`)."""

from orchestre_engine.similarity.problem import Document, SimilarityProblem
from orchestre_engine.similarity.result import SimilarityResult, SimilarPair
from orchestre_engine.similarity.solve import solve
from orchestre_engine.similarity.vectorise import fold, stems

__all__ = [
    "Document",
    "SimilarPair",
    "SimilarityProblem",
    "SimilarityResult",
    "fold",
    "solve",
    "stems",
]
