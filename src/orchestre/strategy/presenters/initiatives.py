"""What initiatives bring to the strategy, told by the feature above that holds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from orchestre.access.reach import Person


@dataclass(frozen=True)
class Serving:
    """An initiative that serves an objective."""

    code: str
    title: str
    url: str
    weight: float


@dataclass(frozen=True)
class Pushing:
    """An initiative that pushes an indicator one way."""

    code: str
    url: str
    direction: str


class Source(Protocol):
    """Who answers about initiatives."""

    def serving(self, person: Person, objectives: list[int]) -> dict[int, list[Serving]]:
        """Return the visible initiatives that serve each objective."""

    def pushing(self, person: Person, indicators: list[int]) -> dict[int, list[Pushing]]:
        """Return the visible initiatives that push each indicator."""

    def orphans(self, person: Person, most: int) -> tuple[list[Serving], int]:
        """Return some visible initiatives that serve no objective, and how many there are."""


class Nobody:
    """Without a portfolio, nothing serves anything."""

    def serving(self, person: Person, objectives: list[int]) -> dict[int, list[Serving]]:  # noqa: ARG002 - the protocol
        """Return nothing."""
        return {}

    def pushing(self, person: Person, indicators: list[int]) -> dict[int, list[Pushing]]:  # noqa: ARG002 - idem
        """Return nothing."""
        return {}

    def orphans(self, person: Person, most: int) -> tuple[list[Serving], int]:  # noqa: ARG002 - idem
        """Return nothing."""
        return [], 0


class Slot:
    """Holds the one source; filled when the portfolio starts."""

    def __init__(self) -> None:
        self.now: Source = Nobody()

    def register(self, source: Source) -> None:
        """Set who answers."""
        self.now = source


source = Slot()
