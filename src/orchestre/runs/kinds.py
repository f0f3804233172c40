"""Which function computes which kind of run; each feature says its own in `jobs.py`.

@kind("load")
def compute(run: Run, progress: Progress) -> Outcome: ...
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from orchestre.runs.models import Run


class Progress(Protocol):
    """How a computation says where it stands, and learns that nobody wants it any more."""

    def __call__(self, ratio: float, message: str = "") -> None:
        """Note the progress in 0..1; raises `RunCancelledError` when the run was cancelled."""
        ...


@dataclass(frozen=True)
class Outcome:
    """What a computation gives back: bytes to keep, and figures to list."""

    result: bytes
    summary: dict[str, Any] = field(default_factory=dict)


Compute = Callable[[Run, Progress], Outcome]
_computes: dict[str, Compute] = {}


def kind(name: str) -> Callable[[Compute], Compute]:
    """Register the function that computes this kind of run."""

    def register(compute: Compute) -> Compute:
        _computes[name] = compute
        return compute

    return register


def compute_of(name: str) -> Compute:
    """Return the function of a kind; a kind without one is our mistake."""
    return _computes[name]
