"""What a policy answers: yes, or no with the reason that the person reads."""

from __future__ import annotations

from dataclasses import dataclass

from orchestre.kernel.errors import CannotDo, Text


@dataclass(frozen=True)
class Allowed:
    """The act may go ahead."""

    def __bool__(self) -> bool:
        return True

    def require(self) -> None:
        """Do nothing: the act is allowed."""


@dataclass(frozen=True)
class Denied:
    """The act may not go ahead, for this reason."""

    reason: Text

    def __bool__(self) -> bool:
        return False

    def require(self) -> None:
        """Refuse with the reason."""
        raise CannotDo(self.reason)


Decision = Allowed | Denied
