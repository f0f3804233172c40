"""Imports: read a file, check it, apply it once, undo it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from orchestre.access.models import User
from orchestre.access.queries import Person
from orchestre.exchange.applying import write
from orchestre.exchange.guessing import guessed_mapping
from orchestre.exchange.models import ColumnMapping, ImportSession
from orchestre.exchange.planning import ImportPlan, plan
from orchestre.exchange.policy import may_import
from orchestre.journal.models import ChangeSet
from orchestre.journal.services import Actor, act
from orchestre.kernel.errors import DomainError
from orchestre.sheets.dataset import Dataset, build
from orchestre.sheets.mapping import Mapping
from orchestre.sheets.presets import Preset, detect_preset, preset_named
from orchestre.sheets.reading import read
from orchestre.sheets.shapes import Workbook

Progress = Callable[[float], None]


def _silent(_ratio: float) -> None:
    """Tell nobody how far it went."""


def open_file(
    content: bytes, file_name: str, *, preset_code: str = "", mapping: Mapping | None = None
) -> tuple[Workbook, Preset | Mapping | None]:
    """Read a file and find how to understand it: as asked, as recognised, else None."""
    workbook = read(content, file_name)
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


def dataset_of(content: bytes, file_name: str, *, preset_code: str = "") -> Dataset:
    """Read a file whole, with a preset or with the columns that can be guessed."""
    workbook, how = open_file(content, file_name, preset_code=preset_code)
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
    with act(actor, "exchange.import", label) as done:
        planned = plan(dataset)
        write(done, planned, progress)
    return planned, done.change_set


def apply_session(
    person: User, session: ImportSession, dataset: Dataset, *, progress: Progress = _silent
) -> ChangeSet | None:
    """Apply an import once: a second click finds it applied and changes nothing."""
    may_import(person).require()
    with transaction.atomic():
        held = ImportSession.objects.select_for_update().get(pk=session.pk)
        if held.state == ImportSession.State.APPLIED:
            return held.change_set
        if held.state == ImportSession.State.ABANDONED:
            raise DomainError(
                _("This import was abandoned; drop the file again."), code="abandoned"
            )
        label = _("Imported %(file)s") % {"file": held.file_name}
        planned, change_set = apply_dataset(person, dataset, label, progress=progress)
        held.state = ImportSession.State.APPLIED
        held.change_set = change_set
        held.progress = 1.0
        held.report = {**held.report, "counts": planned.counts()}
        held.save()
    session.refresh_from_db()
    return change_set


def receive(person: Person, content: bytes, file_name: str) -> ImportSession:
    """Keep a file for the steps that follow; it is read and refused here when hostile."""
    may_import(person).require()
    _workbook, how = open_file(content, file_name)
    return ImportSession.objects.create(
        file_name=file_name[:250],
        content=content,
        digest=hashlib.sha256(content).hexdigest(),
        preset=how.code if isinstance(how, Preset) else "",
        created_by=person if isinstance(person, User) else None,
    )


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
