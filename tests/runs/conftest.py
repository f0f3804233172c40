"""Fixtures of the tests of computations."""

from support.committed import committed

__all__ = ["committed"]
