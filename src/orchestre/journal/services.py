"""Every write of the product goes through `act`: one transaction, one journal entry, one undo.

    with act(user, "portfolio.move", _("Moved IN-014")) as done:
        done.update(initiative, {"starts_on": day}, expected_version=form_version)

Checking the chain is in `checking`.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orchestre.access import rights
from orchestre.access.models import User
from orchestre.journal import rules
from orchestre.journal.models import Change, ChangeSet, Entry, Head
from orchestre.journal.rows import assign, keeps_all, label_of, model_of, plain, values_of
from orchestre.kernel.errors import Clash, Conflict, DomainError, StaleVersion
from orchestre.kernel.models import Versioned

Row = TypeVar("Row", bound=models.Model)
Actor = User | AnonymousUser | None
NOT_COMPARED = {"version", "created_at", "updated_at"}


class Act:
    """What one person does in one go; written to the journal when the block ends."""

    def __init__(self, actor: Actor, verb: str, label: str, *, reason: str, undoable: bool) -> None:
        self.actor = actor if isinstance(actor, User) else None
        self.verb, self.label, self.reason, self.undoable = verb, label, reason, undoable
        self.changes: list[Change] = []
        self.facts: dict[str, Any] = {}
        self.change_set: ChangeSet | None = None

    def create(self, row: Row) -> Row:
        """Insert a row."""
        row.save(force_insert=True)
        self._note(row, Change.Operation.CREATED, {}, values_of(row))
        return row

    def create_many(self, rows: Sequence[Row]) -> list[Row]:
        """Insert rows of one table in few statements."""
        if not rows:
            return []
        made: list[Row] = list(type(rows[0])._default_manager.bulk_create(rows, batch_size=500))  # noqa: SLF001 - Django's documented API
        for row in made:
            self._note(row, Change.Operation.CREATED, {}, values_of(row))
        return made

    def update(
        self, row: Row, values: dict[str, Any], *, expected_version: int | None = None
    ) -> bool:
        """Write some fields (by attname) of a row; return False when nothing differs.

        With `expected_version`, fields that others changed since are merged when they differ
        from ours, and refused with both values when they are the same.
        """
        model = row._meta.model  # noqa: SLF001 - idem; not the type: `request.user` is a proxy
        stored = model._default_manager.select_for_update().get(pk=row.pk)  # noqa: SLF001 - Django's documented API
        before = values_of(stored)
        wanted = {name: plain(value) for name, value in values.items()}
        if expected_version is not None and isinstance(stored, Versioned):
            self._check_version(stored, before, wanted, expected_version)
        changed = {name for name, value in values.items() if not _same(stored, name, value)}
        for name in changed:
            setattr(stored, name, values[name])
        if changed:
            self._write(stored, changed)
            after = values_of(stored, changed)
            self.undoable = self.undoable and len(after) == len(changed)
            self._note(
                stored, Change.Operation.UPDATED, {name: before[name] for name in after}, after
            )
        row.refresh_from_db()
        return bool(changed)

    def delete(self, row: models.Model) -> None:
        """Delete a row; what depends on it must be deleted first, in the same act."""
        self.undoable = self.undoable and keeps_all(row)
        self._note(row, Change.Operation.DELETED, values_of(row), {})
        row.delete()

    def touch(self, row: Versioned) -> None:
        """Raise the version of a row whose own facts do not change, but those that hang on it."""
        stored = type(row)._default_manager.select_for_update().get(pk=row.pk)  # noqa: SLF001 - idem
        self._write(stored, set())
        self._note(stored, Change.Operation.UPDATED, {}, {})
        row.refresh_from_db()

    def restore(self, row: models.Model, values: dict[str, Any]) -> None:
        """Make a deleted row again, with the instants it had."""
        assign(row, values)
        stamps = {
            field.attname: getattr(row, field.attname)
            for field in row._meta.concrete_fields  # noqa: SLF001 - Django's documented API
            if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
        }
        row.save(force_insert=True)
        if stamps:
            type(row)._default_manager.filter(pk=row.pk).update(**stamps)  # noqa: SLF001 - idem
            row.refresh_from_db()
        self._note(row, Change.Operation.CREATED, {}, values_of(row))

    def note(self, **facts: object) -> None:
        """Add facts to the journal entry of an act, with or without written rows."""
        self.facts.update(plain(facts))

    def _write(self, stored: models.Model, changed: set[str]) -> None:
        names = set(changed)
        if isinstance(stored, Versioned):
            stored.version += 1
            names |= {"version", "updated_at"}
        stored.save(update_fields=[_field_name(stored, name) for name in names])

    def _check_version(
        self, stored: Versioned, before: dict[str, Any], wanted: dict[str, Any], expected: int
    ) -> None:
        if stored.version == expected:
            return
        since = Change.objects.filter(
            model=model_of(stored), object_id=stored.pk, version__gt=expected
        ).select_related("change_set__actor")
        theirs = {name for change in since for name in change.after} - NOT_COMPARED
        clashes = tuple(
            Clash(name, mine=wanted[name], theirs=before[name])
            for name in sorted(theirs & set(wanted))
            if wanted[name] != before[name]
        )
        if not clashes:
            return
        last = since.last()
        raise StaleVersion(
            _("“%(what)s” was changed by somebody else meanwhile; nothing was saved.")
            % {"what": label_of(stored)},
            Conflict(
                object_label=label_of(stored),
                current_version=stored.version,
                clashes=clashes,
                who=str(last.change_set.actor or "") if last else "",
                at=last.change_set.created_at if last else None,
                mergeable={k: v for k, v in wanted.items() if k not in theirs},
            ),
        )

    def _note(
        self, row: models.Model, operation: str, before: dict[str, Any], after: dict[str, Any]
    ) -> None:
        self.changes.append(
            Change(
                model=model_of(row),
                object_id=row.pk,
                object_label=label_of(row),
                operation=operation,
                version=getattr(row, "version", 0),
                before=before,
                after=after,
            )
        )

    def close(self, undoes: ChangeSet | None = None) -> None:
        """Write the change set and its link of the chain; nothing when nothing happened."""
        if not self.changes and not self.facts:
            return
        self.change_set = ChangeSet.objects.create(
            verb=self.verb,
            label=self.label[:250],
            reason=self.reason,
            actor=self.actor,
            undoable=self.undoable and bool(self.changes),
            undoes=undoes,
            salt=secrets.token_hex(16),
        )
        for change in self.changes:
            change.change_set = self.change_set
        Change.objects.bulk_create(self.changes, batch_size=500)
        digest = commitment_of(self.change_set, self.changes)
        append(
            self.actor,
            self.verb,
            {"changes": len(self.changes), "digest": digest, "facts": self.facts},
            self.change_set,
        )


def commitment_of(change_set: ChangeSet, changes: Iterable[Change]) -> str:
    """Return the fingerprint that the chain keeps of an act."""
    return rules.commitment(
        change_set.salt, change_set.label, change_set.reason, described(changes)
    )


def described(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """Return the changes as the values that the commitment covers."""
    return [
        {
            "model": change.model,
            "id": change.object_id,
            "operation": str(change.operation),
            "before": change.before,
            "after": change.after,
        }
        for change in changes
    ]


@contextmanager
def act(
    actor: Actor,
    verb: str,
    label: str,
    *,
    reason: str = "",
    undoable: bool = True,
    undoes: ChangeSet | None = None,
) -> Iterator[Act]:
    """Open an act: one transaction; all of it or nothing."""
    with transaction.atomic():
        doing = Act(actor, verb, str(label), reason=reason, undoable=undoable)
        yield doing
        doing.close(undoes)


def append(
    actor: User | None, verb: str, content: dict[str, Any], change_set: ChangeSet | None = None
) -> Entry:
    """Add one link to the chain, inside the caller's transaction."""
    head = Head.objects.select_for_update().filter(pk=1).first()
    if head is None:  # the first act of all
        Head.objects.get_or_create(pk=1)
        head = Head.objects.select_for_update().get(pk=1)
    at = timezone.now()
    who = f"u{actor.pk}" if actor else "system"
    body = rules.canonical(
        {
            "seq": head.seq + 1,
            "at": at.isoformat(),
            "actor": who,
            "verb": verb,
            "change_set": change_set.pk if change_set else None,
            **content,
        }
    )
    entry = Entry.objects.create(
        seq=head.seq + 1,
        at=at,
        actor=who,
        verb=verb,
        change_set=change_set,
        body=body,
        previous_hash=head.hash,
        hash=rules.link(head.hash, body),
    )
    head.seq, head.hash = entry.seq, entry.hash
    head.save()
    return entry


def undo(actor: Actor, change_set: ChangeSet, *, overwrite: bool = False) -> ChangeSet:
    """Reverse an act as a whole.

    What was changed since is refused by name, unless the person has seen it and overwrites it.
    """
    if not change_set.undoable:
        raise DomainError(_("This act cannot be undone."), code="not-undoable")
    if hasattr(change_set, "undone_by"):
        raise DomainError(_("This act was already undone."), code="already-undone")
    changes = list(change_set.changes.order_by("-pk"))
    with (
        act(
            actor,
            "journal.undo",
            _("Undid: %(what)s") % {"what": change_set.label},
            undoes=change_set,
        ) as doing,
        _still_administered(changes),
    ):
        touched = [c.object_label for c in changes if not _reverse(doing, c, overwrite=overwrite)]
        if touched:
            raise DomainError(
                _("Changed since, so not undone: %(what)s. Undo these later changes first.")
                % {"what": ", ".join(touched[:10]) + ("…" if len(touched) > 10 else "")},
                code="changed-since",
            )
    if doing.change_set is None:
        raise DomainError(_("Nothing is left of this act to undo."), code="nothing-left")
    return doing.change_set


@contextmanager
def _still_administered(changes: Sequence[Change]) -> Iterator[None]:
    """Refuse the undo that takes the last administrator away: the first run would open again."""
    if not any(change.model.startswith("access.") for change in changes):
        yield
        return
    rights.one_at_a_time()
    before = rights.standing_administrators().exists()
    yield
    if before and not rights.standing_administrators().exists():
        raise DomainError(
            _("Undoing this would leave nobody to administer. Name an administrator first."),
            code="last-administrator",
        )


def _reverse(doing: Act, change: Change, *, overwrite: bool) -> bool:
    model: type[models.Model] = apps.get_model(change.model)
    row = model._default_manager.filter(pk=change.object_id).first()  # noqa: SLF001 - Django's documented API
    if change.operation == Change.Operation.DELETED:
        if row is not None:
            return False
        return _restore(doing, model(pk=change.object_id), change.before)
    if row is None or (not overwrite and changed_since(row, change)):
        return False
    if change.operation == Change.Operation.CREATED:
        return _remove(doing, row)
    if not change.before and not change.after and isinstance(row, Versioned):
        doing.touch(row)
        return True
    previous = model(pk=row.pk)
    assign(previous, change.before)
    doing.update(row, {name: getattr(previous, name) for name in change.before})
    return True


def _restore(doing: Act, row: models.Model, before: dict[str, Any]) -> bool:
    """Make a deleted row again; False when another took its place since."""
    try:
        with transaction.atomic():
            doing.restore(row, before)
    except IntegrityError:
        return False
    return True


def _remove(doing: Act, row: models.Model) -> bool:
    try:
        with transaction.atomic():
            doing.delete(row)
    except models.ProtectedError:
        return False
    return True


def changed_since(row: models.Model, change: Change) -> set[str]:
    """Return the fields that this change wrote and that hold something else now."""
    names = set(change.after) - NOT_COMPARED
    now = values_of(row, names)
    return {name for name in names if now.get(name) != change.after[name]}


def _same(row: models.Model, attname: str, value: object) -> bool:
    return bool(plain(getattr(row, attname)) == plain(value))


def _field_name(row: models.Model, attname: str) -> str:
    for field in row._meta.concrete_fields:  # noqa: SLF001 - Django's documented Meta API
        if attname in {field.attname, field.name}:
            return str(field.name)
    raise LookupError(f"{row._meta.label} has no field {attname}")  # noqa: SLF001 - idem
