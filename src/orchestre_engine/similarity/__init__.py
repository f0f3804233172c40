"""Texts that say nearly the same thing, in French, in English or in both (`similar-text/1`)."""

from orchestre_engine.similarity.vectorise import fold, stems

__all__ = ["fold", "stems"]
