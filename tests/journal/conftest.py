"""Fixtures of the journal's tests."""

from support.committed import committed

__all__ = ["committed"]
