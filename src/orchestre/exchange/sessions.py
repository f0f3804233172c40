"""An import on its way: what the person settled, and what the file gives once that is applied."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from orchestre.access.models import User
from orchestre.access.reach import Person
from orchestre.exchange.columns import SheetChoice, mapping_of
from orchestre.exchange.fixing import Correction, corrected
from orchestre.exchange.models import ImportSession
from orchestre.exchange.policy import may_import
from orchestre.exchange.services import read_file, remember_columns
from orchestre.kernel.errors import DomainError
from orchestre.runs.models import Run
from orchestre.runs.services import find_or_start
from orchestre.sheets.cells import DateStyle
from orchestre.sheets.dataset import Dataset, build
from orchestre.sheets.shapes import Workbook

State = ImportSession.State
OPEN = (State.UPLOADED, State.MAPPED, State.CHECKED)
RUNNING = (Run.Status.WAITING, Run.Status.RUNNING)
LARGE = 2_000  # rows from which an import is applied in the background


def run_of(session: ImportSession) -> Run | None:
    """Return the computation that applies a large import, while it is under way."""
    if session.state != State.APPLYING:
        return None
    return Run.objects.filter(pk=session.choices.get("run"), status__in=RUNNING).first()


def is_open(session: ImportSession) -> bool:
    """Tell whether the import can still be settled and applied."""
    stopped = session.state == State.APPLYING and run_of(session) is None
    return session.state in OPEN or stopped


def workbook_of(session: ImportSession) -> Workbook:
    """Read the file of an import again."""
    return read_file(bytes(session.content), session.file_name)


def corrections_of(session: ImportSession) -> tuple[Correction, ...]:
    """Return the cells that were corrected in the wizard."""
    return tuple(Correction(**one) for one in session.choices.get("corrections", []))


def dataset_for(session: ImportSession) -> Dataset:
    """Read the file as the person settled: columns, dates, corrected cells."""
    workbook = workbook_of(session)
    mapping = mapping_of(session, workbook)
    dayfirst = session.choices.get("dayfirst")
    style = None if dayfirst is None else DateStyle(dayfirst=bool(dayfirst), certain=True)
    fixed = corrected(workbook, mapping, corrections_of(session))
    return build(fixed, mapping, date_style=style)


def settle(session: ImportSession, person: Person, **choices: object) -> None:
    """Keep what was settled, so that the import can be left and taken up again."""
    may_import(person).require()
    with transaction.atomic():
        held = ImportSession.objects.select_for_update().get(pk=session.pk)
        if not is_open(held):
            raise DomainError(_("This import is over; drop the file again."), code="over")
        held.choices = {**held.choices, **choices}
        held.version += 1
        held.state = State.MAPPED if held.choices.get("confirmed") else State.UPLOADED
        held.save(update_fields=["choices", "state", "version", "updated_at"])
    session.refresh_from_db()


def settle_sheets(
    session: ImportSession, person: Person, sheets: dict[str, dict[str, Any]]
) -> None:
    """Keep how each sheet is read."""
    known: dict[str, Any] = session.choices.get("sheets", {})
    settle(session, person, sheets={**known, **sheets})


def confirm_columns(
    session: ImportSession, person: Person, choices: tuple[SheetChoice, ...]
) -> None:
    """Keep the columns for this import, and propose them for the next file of that shape."""
    settle(session, person, confirmed=True)
    if session.preset:
        return
    for one in choices:
        if one.used:
            remember_columns(one.signature, one.kind, {c.header: c.target for c in one.columns})


def correct(session: ImportSession, person: Person, cells: Iterable[Correction]) -> int:
    """Add corrected cells to those already there; the last one on a cell stands."""
    known = {(one.sheet, one.row, one.column): one for one in corrections_of(session)}
    new = {(one.sheet, one.row, one.column): one for one in cells}
    kept = [asdict(one) for one in (known | new).values()]
    settle(session, person, corrections=kept)
    return len(new)


def start(session: ImportSession, person: User, language: str) -> Run:
    """Have a large import applied in the background; asked twice, it is the same run."""
    may_import(person).require()
    told = {
        "session": session.pk,
        "person": person.pk,
        "language": language,
        "only_if_clean": bool(session.choices.get("only_if_clean")),
    }
    name = f"{session.digest} {session.pk} {session.version}"
    with transaction.atomic():
        held = ImportSession.objects.select_for_update().get(pk=session.pk)
        known = run_of(held)
        if known is not None:
            return known
        run, _new = find_or_start(
            "import",
            hashlib.sha256(name.encode()).hexdigest(),
            engine_version="1",
            problem=json.dumps(told).encode(),
            requested_by=person,
        )
        held.state = State.APPLYING
        held.choices = {**held.choices, "run": run.pk}
        held.save(update_fields=["state", "choices", "updated_at"])
    return run
