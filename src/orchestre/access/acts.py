"""How this house writes: through the journal, which is above it on the street.

The journal brings its `act` when the application starts; nothing here imports it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Protocol, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.functional import Promise

from orchestre.access.models import User

Row = TypeVar("Row", bound=models.Model)
Actor = User | AnonymousUser | None


class Acting(Protocol):
    """What an open act can do."""

    def create(self, row: Row) -> Row:
        """Insert a row."""
        ...

    def update(
        self, row: models.Model, values: dict[str, Any], *, expected_version: int | None = None
    ) -> bool:
        """Write some fields of a row."""
        ...

    def delete(self, row: models.Model) -> None:
        """Delete a row."""
        ...

    def note(self, **facts: object) -> None:
        """Add facts to the entry of the act."""
        ...


Opener = Callable[..., AbstractContextManager[Acting]]
_openers: list[Opener] = []


def write_through(opener: Opener) -> None:
    """Say where acts are written; called once, when the journal starts."""
    _openers[:] = [opener]


def act(
    actor: Actor, verb: str, label: str | Promise, *, reason: str = "", undoable: bool = True
) -> AbstractContextManager[Acting]:
    """Open an act: one transaction; all of it or nothing."""
    return _openers[0](actor, verb, str(label), reason=reason, undoable=undoable)
