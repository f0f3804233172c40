"""Computations that the worker makes for this feature."""

from __future__ import annotations

from orchestre.outlook.services import compute

__all__ = ["compute"]
