"""Reads of the cockpit; every one starts from what the person may see."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from django.core.cache import cache
from django.utils import timezone

from orchestre.access.models import User
from orchestre.access.reach import Person
from orchestre.cockpit.queries import tasks
from orchestre.cockpit.rules.tasks import Batch, batches
from orchestre.journal import queries as journal

__all__ = ["forget", "todo", "todo_count"]

SECONDS = 60


class _Known(NamedTuple):
    """A count, and what it was true of."""

    act: journal.Written | None
    day: date
    since: datetime
    cards: int


def todo(person: Person) -> list[Batch]:
    """Return what awaits a person, first things first, without what was put off."""
    return batches(tasks.everything(person), tasks.snoozed(person))


def todo_count(person: Person) -> int:
    """Count the cards that await a person; one query while nothing was written.

    The count is kept for a minute at most, and counted again as soon as anybody writes.
    """
    if not isinstance(person, User):
        return 0
    last = journal.written()
    stands = (last, timezone.localdate(), person.created_at)
    known: _Known | None = cache.get(_name(person))
    if known is not None and known[:3] == stands and last is not None:
        return known.cards
    found = len(todo(person))
    cache.set(_name(person), _Known(*stands, found), SECONDS)
    return found


def forget(person: User) -> None:
    """Have the count of a person made again."""
    cache.delete(_name(person))


def _name(person: User) -> str:
    return f"cockpit-todo-{person.pk}"
