"""Fixtures of the API's tests."""

from __future__ import annotations

import pytest

from api import world as worlds
from support.committed import committed

__all__ = ["committed"]


@pytest.fixture
def world(db: None) -> worlds.World:
    """A small organisation with one row of everything."""
    return worlds.build()
