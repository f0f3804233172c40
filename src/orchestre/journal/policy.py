"""Who reads which acts, and who may undo one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from orchestre.access.models import User
from orchestre.access.reach import Person, reach_of
from orchestre.access.rules import Can
from orchestre.journal.models import Change, ChangeSet
from orchestre.kernel.decisions import Allowed, Decision, Denied

Visible = Callable[[Person], QuerySet[Any]]


@dataclass(frozen=True)
class Guard:
    """Who sees the rows of a table, and which columns hang them on rows of other tables."""

    visible: Visible
    parents: dict[str, str]


# rows that not everybody may see, by table; the features above this one say which, when they start
_guarded: dict[str, Guard] = {}
# rows whose existence is open and whose figures are not, yet
_blind: dict[str, Visible] = {}

WRITING = (
    Can.EDIT_PORTFOLIO,
    Can.EDIT_ORG,
    Can.EDIT_CAPACITY,
    Can.RATE_AS_PROJECT,
    Can.RATE_AS_UNIT,
    Can.IMPORT,
    Can.RUN_COMMITTEES,
)


def guard(model: str, visible: Visible, parents: dict[str, str] | None = None) -> None:
    """Declare that rows of a table (`portfolio.initiative`) are seen through this policy only.

    `parents` (column → table) keeps rows closed once deleted, like the rows they hung on.
    """
    _guarded[model] = Guard(visible, parents or {})


def blind(model: str, readable: Visible) -> None:
    """Declare that what is written in the rows of a table is read through this policy only."""
    _blind[model] = readable


def visible_to(person: Person) -> QuerySet[ChangeSet]:
    """Return every act for who reads the journal, one's own acts for anybody else."""
    if reach_of(person).can(Can.READ_JOURNAL):
        return ChangeSet.objects.all()
    if isinstance(person, User) and person.is_active:
        return ChangeSet.objects.filter(actor=person)
    return ChangeSet.objects.none()


def hidden_changes(person: Person) -> Q | None:
    """Return the filter on the changes of rows closed to this person; None when all is open."""
    if _reads_everything(person) or _reads_own_only(person):
        return None
    return (_once_confidential() | _closed_now(person)) & ~_own(person)


def unread_changes(person: Person) -> Q:
    """Return the filter on the changes whose values are closed: hidden rows, blind answers."""
    unread = Q(pk__in=[])
    if _reads_own_only(person):
        return unread
    for label, readable in _blind.items():
        unread |= Q(model=label, object_id__in=_beyond(person, label, readable))
    unread &= ~_own(person)
    hidden = hidden_changes(person)
    return unread if hidden is None else unread | hidden


def _reads_everything(person: Person) -> bool:
    reach = reach_of(person)
    return reach.can(Can.READ) and reach.can(Can.READ_CONFIDENTIAL)


def _reads_own_only(person: Person) -> bool:
    """What one wrote oneself is never closed: without the journal, nothing else is read."""
    return not reach_of(person).can(Can.READ_JOURNAL)


def _own(person: Person) -> Q:
    return Q(change_set__actor_id=person.pk) if isinstance(person, User) else Q(pk__in=[])


def _once_confidential() -> Q:
    """Return the filter on the changes of rows that were confidential then, deleted ones too."""
    gone = Change.objects.filter(operation=Change.Operation.DELETED, before__confidential=True)
    closed = Q(before__confidential=True) | Q(after__confidential=True)
    for label in _guarded:
        closed |= Q(model=label, object_id__in=gone.filter(model=label).values("object_id"))
    return closed


def _closed_now(person: Person) -> Q:
    """Return the filter on the changes of rows that their own policy closes."""
    closed = Q(pk__in=[])
    for label, by in _guarded.items():
        closed |= Q(model=label, object_id__in=_beyond(person, label, by.visible))
        closed |= Q(model=label) & _below(person, by)
    return closed


def _below(person: Person, by: Guard) -> Q:
    """Return the filter on the changes of rows that hang, or hung, on closed ones."""
    found = Q(pk__in=[])
    for column, parent in by.parents.items():
        ids = _closed_ids(person, parent)
        found |= Q(**{f"before__{column}__in": ids}) | Q(**{f"after__{column}__in": ids})
    return found


def _closed_ids(person: Person, label: str) -> list[int]:
    by = _guarded[label]
    gone = Change.objects.filter(model=label, operation=Change.Operation.DELETED)
    closed = gone.filter(Q(before__confidential=True) | _below(person, by))
    now = _beyond(person, label, by.visible).values_list("pk", flat=True)
    return [*now, *closed.values_list("object_id", flat=True)]


def _beyond(person: Person, label: str, visible: Visible) -> QuerySet[Any]:
    rows: QuerySet[Any] = apps.get_model(label)._default_manager.all()  # noqa: SLF001 - Django's documented API
    return rows.exclude(pk__in=visible(person).values("pk")).values("pk")


def with_hidden(acts: QuerySet[ChangeSet], person: Person) -> QuerySet[ChangeSet]:
    """Mark the acts whose name would tell about a closed row (`is_hidden`)."""
    closed = hidden_changes(person)
    if closed is None:
        return acts.annotate(is_hidden=Exists(Change.objects.none()))
    return acts.annotate(is_hidden=Exists(Change.objects.filter(closed, change_set=OuterRef("pk"))))


def open_to(person: Person, model: str, pk: int) -> bool:
    """Tell whether the name of this row may be shown to this person."""
    by = _guarded.get(model)
    return by is None or by.visible(person).filter(pk=pk).exists()


def may_undo(person: Person, change_set: ChangeSet) -> Decision:
    """The author or the office, on rows they see; accounts and rights, administrators only."""
    if _writes_closed(person, change_set):  # undoing it would write, and tell, what is closed
        return Denied(
            _("This act wrote rows that are closed to you. Ask the transformation office.")
        )
    return _has_standing(person, change_set)


def _writes_closed(person: Person, change_set: ChangeSet) -> bool:
    """One's own act stays open to read; to write again, its rows must still be visible."""
    if _reads_everything(person):
        return False
    closed = _closed_now(person) | (_once_confidential() & ~_own(person))
    return change_set.changes.filter(closed).exists()


def _has_standing(person: Person, change_set: ChangeSet) -> Decision:
    reach = reach_of(person)
    if _about_access(person, change_set):
        if reach.can(Can.ADMINISTER):
            return Allowed()
        return Denied(_("Only an administrator undoes an act on accounts and rights."))
    if reach.can(Can.EDIT_PORTFOLIO) and reach.can(Can.READ_JOURNAL):
        return Allowed()
    author = isinstance(person, User) and change_set.actor_id == person.pk
    if author and any(reach.can_somewhere(what) for what in WRITING):
        return Allowed()
    return Denied(_("Only its author or the transformation office undoes an act."))


def _about_access(person: Person, change_set: ChangeSet) -> bool:
    """One's own name and preferences are one's own business."""
    touched = change_set.changes.filter(model__startswith="access.")
    if isinstance(person, User) and change_set.actor_id == person.pk:
        touched = touched.exclude(model="access.user", object_id=person.pk)
    return touched.exists()
