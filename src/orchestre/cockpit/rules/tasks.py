"""What awaits a person: in which order, and gathered when there is too much of a kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

KINDS = (
    "opinion",
    "action",
    "verdict",
    "rate",
    "finding",
    "agree",
    "weather",
    "dates",
    "stale",
    "assumed",
)
GATHERED_FROM = 3
HOME_CARDS = 5
LINES_SHOWN = 10
SNOOZE_DAYS = (1, 7)


@dataclass(frozen=True)
class Task:
    """One thing that awaits a person. `ref` leads to the page where it is done."""

    kind: str
    ref: str
    title: str = ""
    detail: str = ""
    due_on: date | None = None
    people: int | None = None

    @property
    def key(self) -> str:
        """Name the thing, to put it off."""
        return f"{self.kind}:{self.ref}"


@dataclass(frozen=True)
class Batch:
    """One thing to do, or many of a kind gathered in one card."""

    kind: str
    tasks: tuple[Task, ...]
    gathered: bool

    @property
    def key(self) -> str:
        """Name what is put off: the kind as a whole, or the one thing."""
        return f"all:{self.kind}" if self.gathered else self.tasks[0].key

    @property
    def due_on(self) -> date | None:
        """The first date of the card."""
        return min((one.due_on for one in self.tasks if one.due_on is not None), default=None)

    @property
    def people(self) -> int:
        """People concerned, as far as headcounts are known."""
        return sum(one.people or 0 for one in self.tasks)


def batches(tasks: Iterable[Task], snoozed: frozenset[str] = frozenset()) -> list[Batch]:
    """Order what awaits a person by date then by people; what was put off is left out."""
    by_kind: dict[str, list[Task]] = {}
    for one in tasks:
        if one.key not in snoozed and f"all:{one.kind}" not in snoozed:
            by_kind.setdefault(one.kind, []).append(one)
    found = [batch for kind, some in by_kind.items() for batch in _gathered(kind, some)]
    return sorted(found, key=_place)


def _gathered(kind: str, tasks: Sequence[Task]) -> list[Batch]:
    ordered = tuple(sorted(tasks, key=_within))
    if len(ordered) >= GATHERED_FROM or kind == "assumed":
        return [Batch(kind, ordered, gathered=True)]
    return [Batch(kind, (one,), gathered=False) for one in ordered]


def _within(one: Task) -> tuple[date, int, str, str]:
    return (one.due_on or date.max, -(one.people or 0), one.detail, one.ref)


def _place(batch: Batch) -> tuple[date, int, int, str]:
    return (batch.due_on or date.max, -batch.people, KINDS.index(batch.kind), batch.key)
