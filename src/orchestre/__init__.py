"""Orchestre: the instrument of a transformation office."""

__version__ = "0.1.0"
