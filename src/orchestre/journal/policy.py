"""Who reads which acts, and who may undo one."""

from __future__ import annotations

from collections.abc import Callable
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

# rows that not everybody may see, by table; the features above this one say which, when they start
_guarded: dict[str, Visible] = {}

WRITING = (
    Can.EDIT_PORTFOLIO,
    Can.EDIT_ORG,
    Can.EDIT_CAPACITY,
    Can.RATE_AS_PROJECT,
    Can.RATE_AS_UNIT,
    Can.IMPORT,
)


def guard(model: str, visible: Visible) -> None:
    """Declare that rows of a table (`portfolio.initiative`) are seen through this policy only."""
    _guarded[model] = visible


def visible_to(person: Person) -> QuerySet[ChangeSet]:
    """Return every act for who reads the journal, one's own acts for anybody else."""
    if reach_of(person).can(Can.READ_JOURNAL):
        return ChangeSet.objects.all()
    if isinstance(person, User) and person.is_active:
        return ChangeSet.objects.filter(actor=person)
    return ChangeSet.objects.none()


def hidden_changes(person: Person) -> Q | None:
    """Return the filter on the changes of rows closed to this person; None when all is open."""
    reach = reach_of(person)
    if reach.can(Can.READ) and reach.can(Can.READ_CONFIDENTIAL):
        return None
    closed = Q(before__confidential=True) | Q(after__confidential=True)
    gone = Change.objects.filter(operation=Change.Operation.DELETED, before__confidential=True)
    for label, visible in _guarded.items():
        closed |= Q(model=label, object_id__in=gone.filter(model=label).values("object_id"))
        rows: QuerySet[Any] = apps.get_model(label)._default_manager.all()  # noqa: SLF001 - Django's documented API
        unseen = rows.exclude(pk__in=visible(person).values("pk")).values("pk")
        closed |= Q(model=label, object_id__in=unseen)
    if isinstance(person, User):
        closed &= ~Q(change_set__actor_id=person.pk)
    return closed


def with_hidden(acts: QuerySet[ChangeSet], person: Person) -> QuerySet[ChangeSet]:
    """Mark the acts whose name would tell about a closed row (`is_hidden`)."""
    closed = hidden_changes(person)
    if closed is None:
        return acts.annotate(is_hidden=Exists(Change.objects.none()))
    return acts.annotate(is_hidden=Exists(Change.objects.filter(closed, change_set=OuterRef("pk"))))


def open_to(person: Person, model: str, pk: int) -> bool:
    """Tell whether the name of this row may be shown to this person."""
    visible = _guarded.get(model)
    return visible is None or visible(person).filter(pk=pk).exists()


def may_undo(person: Person, change_set: ChangeSet) -> Decision:
    """The author or the office; acts on accounts and rights, the administrators only."""
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
