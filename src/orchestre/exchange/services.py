"""Imports: read a file, check it, apply it once, undo it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orchestre.access.models import User
from orchestre.access.reach import Person
from orchestre.exchange.applying import write
from orchestre.exchange.guessing import guessed_mapping
from orchestre.exchange.models import ColumnMapping, ImportSession
from orchestre.exchange.planning import plan
from orchestre.exchange.plans import ImportPlan
from orchestre.exchange.policy import may_import
from orchestre.journal.models import ChangeSet, Head
from orchestre.journal.services import Actor, act
from orchestre.kernel.errors import DomainError
from orchestre.sheets.dataset import Dataset, build
from orchestre.sheets.mapping import Mapping
from orchestre.sheets.presets import Preset, detect_preset, preset_named
from orchestre.sheets.reading import FileRefused, read
from orchestre.sheets.shapes import Workbook

Progress = Callable[[float], None]
KEPT = timedelta(days=30)
NOT_CLEAN = gettext_lazy("Some cells are refused, so nothing was written. Correct them first.")


def _silent(_ratio: float) -> None:
    """Tell nobody how far it went."""


class CannotRead(DomainError):  # noqa: N818 - exceptions finish their sentence
    """The file is refused; the sentence says which rule and how to pass it."""

    def __init__(self, refused: FileRefused) -> None:
        super().__init__(refused.message, code=refused.code)


def read_file(content: bytes, file_name: str) -> Workbook:
    """Read a file, or refuse it with a sentence."""
    try:
        return read(content, file_name)
    except FileRefused as refused:
        raise CannotRead(refused) from refused


def open_file(
    content: bytes, file_name: str, *, preset_code: str = "", mapping: Mapping | None = None
) -> tuple[Workbook, Preset | Mapping | None]:
    """Read a file and find how to understand it: as asked, as recognised, else None."""
    workbook = read_file(content, file_name)
    if mapping is not None:
        return workbook, mapping
    if preset_code:
        preset = preset_named(preset_code)
        if preset is None:
            raise DomainError(
                _("No preset is called “%(code)s”.") % {"code": preset_code}, code="no-preset"
            )
        return workbook, preset
    return workbook, detect_preset(workbook)


def dataset_of(
    content: bytes, file_name: str, *, preset_code: str = "", mapping: Mapping | None = None
) -> Dataset:
    """Read a file whole, with a preset or with the columns that can be guessed."""
    workbook, how = open_file(content, file_name, preset_code=preset_code, mapping=mapping)
    return build(workbook, how if how is not None else guessed_mapping(workbook))


def apply_dataset(
    actor: Actor,
    dataset: Dataset,
    label: str,
    *,
    progress: Progress = _silent,
    checked: bool = True,
) -> tuple[ImportPlan, ChangeSet | None]:
    """Write a data set in one act; return what was done and the act to undo it."""
    if checked and isinstance(actor, User):
        may_import(actor).require()
    seen = _head()
    return _applied(actor, dataset, label, (plan(dataset, actor), seen), progress)


def _applied(
    actor: Actor, dataset: Dataset, label: str, known: tuple[ImportPlan, int], progress: Progress
) -> tuple[ImportPlan, ChangeSet | None]:
    """Write a plan in one act; it is made again when somebody wrote since it was made.

    Planning is done before the act so that others keep writing meanwhile; every write moves
    the head of the journal.
    """
    planned, seen = known
    progress(0.5)
    with act(actor, "exchange.import", label) as done:
        if _head() != seen:
            planned = plan(dataset, actor)
        write(done, planned, lambda ratio: progress(0.5 + ratio / 2))
    return planned, done.change_set


def _head() -> int:
    return Head.objects.filter(pk=1).values_list("seq", flat=True).first() or 0


def require_clean(planned: ImportPlan, *, wanted: bool) -> None:
    """Refuse a plan with refusals, when the person asked for all or nothing."""
    if wanted and planned.refused:
        raise DomainError(NOT_CLEAN, code="not-clean")


def apply_session(
    person: User | None,
    session: ImportSession,
    dataset: Dataset,
    *,
    progress: Progress = _silent,
    only_if_clean: bool = False,
) -> ChangeSet | None:
    """Apply an import once: a second click finds it applied and changes nothing."""
    if person is not None:
        may_import(person).require()
    seen = _head()
    planned = plan(dataset, person)
    require_clean(planned, wanted=only_if_clean)
    with transaction.atomic():
        held = ImportSession.objects.select_for_update().get(pk=session.pk)
        if held.state == ImportSession.State.APPLIED:
            return held.change_set
        if held.state == ImportSession.State.ABANDONED:
            raise DomainError(
                _("This import was abandoned; drop the file again."), code="abandoned"
            )
        label = _("Imported %(file)s") % {"file": held.file_name}
        planned, change_set = _applied(person, dataset, label, (planned, seen), progress)
        held.state = ImportSession.State.APPLIED
        held.change_set = change_set
        held.progress = 1.0
        held.report = report_of(planned)
        held.save()
    session.refresh_from_db()
    return change_set


def apply_file(
    content: bytes, file_name: str, dataset: Dataset
) -> tuple[ImportPlan, ChangeSet | None]:
    """Apply a file on behalf of nobody, and keep it in the list of imports."""
    with transaction.atomic():
        label = _("Imported %(file)s") % {"file": file_name}
        planned, change_set = apply_dataset(None, dataset, label)
        ImportSession.objects.create(
            file_name=file_name[:250],
            content=content,
            digest=hashlib.sha256(content).hexdigest(),
            preset=dataset.preset,
            state=ImportSession.State.APPLIED,
            progress=1.0,
            report=report_of(planned),
            change_set=change_set,
        )
    return planned, change_set


def abandon(person: Person, session: ImportSession) -> None:
    """Give up an import that was not applied; what was sent is kept in the list, not the file."""
    may_import(person).require()
    with transaction.atomic():
        held = ImportSession.objects.select_for_update().get(pk=session.pk)
        if held.state == ImportSession.State.APPLIED:
            raise DomainError(_("This import is done; undo it instead."), code="applied")
        held.state, held.content = ImportSession.State.ABANDONED, b""
        held.save()


def receive(person: Person, content: bytes, file_name: str) -> ImportSession:
    """Keep a file for the steps that follow; it is read and refused here when hostile."""
    may_import(person).require()
    _workbook, how = open_file(content, file_name)
    forget_old_files()
    return ImportSession.objects.create(
        file_name=file_name[:250],
        content=content,
        digest=hashlib.sha256(content).hexdigest(),
        preset=how.code if isinstance(how, Preset) else "",
        created_by=person if isinstance(person, User) else None,
    )


def forget_old_files() -> None:
    """Let go of files after the thirty days in which an import may be undone or finished."""
    before = timezone.now() - KEPT
    old = ImportSession.objects.filter(created_at__lt=before).exclude(content=b"")
    old.exclude(state=ImportSession.State.APPLIED).update(state=ImportSession.State.ABANDONED)
    ImportSession.objects.filter(created_at__lt=before).update(content=b"")


def remember_columns(signature: str, kind: str, fields_by_header: dict[str, str]) -> None:
    """Keep confirmed columns, to propose them for the next table of the same shape."""
    ColumnMapping.objects.update_or_create(
        signature=signature, defaults={"kind": kind, "fields_by_header": fields_by_header}
    )


def report_of(planned: ImportPlan, change_set: ChangeSet | None = None) -> dict[str, Any]:
    """Return what outside programs read of an import."""
    counts = planned.counts()
    report: dict[str, Any] = {
        "created": counts["created"],
        "changed": counts["changed"],
        "unchanged": counts["unchanged"],
        "deleted": counts["deleted"],
        "refused": refused_rows(planned),
    }
    if change_set is not None:
        report["change_set"] = change_set.pk
    return report


def refused_rows(planned: ImportPlan) -> list[dict[str, Any]]:
    """Return the refusals, cell by cell."""
    return [
        {name: value for name, value in asdict(one).items() if name != "field"}
        for one in planned.refused
    ]


MOVED = {"starts_on", "ends_on", "go_live_on", "cost_eur", "stage"}


def moved_since(planned: ImportPlan) -> list[dict[str, Any]]:
    """Return what moved between two editions of a portfolio: dates, cost, stage."""
    return [
        {
            "initiative": row.label,
            "field": diff.attname,
            "label": diff.label,
            "before": diff.before,
            "after": diff.after,
            "days": (diff.after - diff.before).days
            if isinstance(diff.before, date) and isinstance(diff.after, date)
            else None,
        }
        for row in planned.rows.get("initiatives", [])
        for diff in row.diffs
        if diff.attname in MOVED
    ]
