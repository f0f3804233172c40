"""Selections computed in the background: the worker finds them here."""

from __future__ import annotations

from orchestre.selection.services.computing import choose

__all__ = ["choose"]
