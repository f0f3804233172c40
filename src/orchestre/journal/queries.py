"""Reads of the journal: pages of acts, one act, the history of one row, the last act."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from orchestre.access.models import User
from orchestre.access.reach import Person
from orchestre.journal import policy
from orchestre.journal.models import Change, ChangeSet, Entry
from orchestre.journal.rows import model_of

UNDO_OFFER = timedelta(minutes=2)


class Written(NamedTuple):
    """The last act written: its link of the chain, its number, and when."""

    link: int
    act: int
    at: datetime


@dataclass(frozen=True)
class Filters:
    """What the reader of the journal is looking for."""

    actor_id: int | None = None
    verb: str = ""
    text: str = ""
    first_day: date | None = None
    last_day: date | None = None


def acts(person: Person, filters: Filters) -> QuerySet[ChangeSet]:
    """Return the acts that this person may read, last first, those asked for."""
    found = policy.visible_to(person).select_related("actor", "undone_by", "undoes", "entry")
    if filters.actor_id is not None:
        found = found.filter(actor_id=filters.actor_id)
    if filters.verb:
        found = found.filter(verb__startswith=filters.verb)
    if filters.first_day:
        found = found.filter(created_at__gte=_midnight(filters.first_day))
    if filters.last_day:
        found = found.filter(created_at__lt=_midnight(filters.last_day + timedelta(days=1)))
    found = policy.with_hidden(found, person)
    if filters.text:
        named = Change.objects.filter(object_label__icontains=filters.text)
        text = Q(label__icontains=filters.text) | Q(pk__in=named.values("change_set"))
        found = found.filter(text, is_hidden=False)  # type: ignore[misc]  # an annotation
    return found


def written(*, but: Iterable[str] = ()) -> Written | None:
    """Return the last act, without those whose verbs begin with these words; None before any.

    Links are numbered while the head of the chain is locked: none appears later under an earlier
    number. Numbers of acts promise nothing of the kind: an act may be numbered first and end last.
    """
    found = _links(but).order_by("-seq").values_list("seq", "change_set", "at").first()
    return None if found is None else Written(*found)


def first_since(link: int, *, but: Iterable[str] = ()) -> datetime | None:
    """Return when the first act after a link was written, None when there is none."""
    later = _links(but).filter(seq__gt=link).order_by("seq")
    return later.values_list("at", flat=True).first()


def _links(but: Iterable[str]) -> QuerySet[Entry]:
    links = Entry.objects.filter(change_set__isnull=False)
    for words in but:
        links = links.exclude(verb__startswith=words)
    return links


def last_act() -> int:
    """Return the number of the last act written, 0 before any."""
    last = written()
    return 0 if last is None else last.act


def link_of(act: int) -> int:
    """Return the link of the chain that holds an act; 0 when there is none."""
    return Entry.objects.filter(change_set=act).values_list("seq", flat=True).first() or 0


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def one_act(person: Person, pk: int) -> ChangeSet | None:
    """Return one act that this person may read."""
    return acts(person, Filters()).filter(pk=pk).first()


def open_changes(person: Person, change_set: ChangeSet) -> QuerySet[Change]:
    """Return what the act wrote, without the rows and answers closed to this person."""
    changes = change_set.changes.order_by("pk")
    closed = changes.filter(policy.unread_changes(person))
    return changes.exclude(pk__in=closed.values("pk"))


def history_of(row: models.Model, person: Person) -> QuerySet[Change]:
    """Return the changes of one row that the caller has already let this person see."""
    del person  # the row was loaded through its own policy; kept for the symmetry of calls
    return (
        Change.objects.filter(model=model_of(row), object_id=row.pk)
        .select_related("change_set__actor", "change_set__undone_by")
        .order_by("-pk")
    )


def last_undoable(person: Person, within: timedelta = UNDO_OFFER) -> ChangeSet | None:
    """Return the act that the key `u` undoes: the last one of this person, while it is fresh."""
    if not isinstance(person, User):
        return None
    last = ChangeSet.objects.filter(actor=person).order_by("-pk").first()
    if last is None or not last.undoable or last.created_at < timezone.now() - within:
        return None
    if hasattr(last, "undone_by") or not policy.may_undo(person, last):
        return None
    return last


def authors(person: Person) -> QuerySet[User]:
    """Return who appears in the acts that this person may read."""
    return User.objects.filter(pk__in=policy.visible_to(person).values("actor")).order_by("name")


def verbs(person: Person) -> list[str]:
    """Return the verbs that appear in the acts that this person may read."""
    found = policy.visible_to(person).order_by("verb").values_list("verb", flat=True)
    return list(found.distinct())
