"""Files in, step by step: upload, columns, report, apply, undo."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import File, Query, Router, UploadedFile
from ninja.responses import Status

from orchestre.access.api.caller import user_of
from orchestre.access.api.idempotency import once
from orchestre.access.api.paging import Paged, page
from orchestre.access.api.versions import one
from orchestre.exchange import services, sessions
from orchestre.exchange.api import schemas
from orchestre.exchange.columns import choices_of, mistakes_in
from orchestre.exchange.fixing import Correction
from orchestre.exchange.models import ImportSession
from orchestre.exchange.planning import plan
from orchestre.exchange.policy import may_import, visible_sessions
from orchestre.journal import services as journal
from orchestre.journal.policy import may_undo
from orchestre.kernel.errors import DomainError
from orchestre.sheets.columns import FIELDS
from orchestre.sheets.limits import LIMITS

router = Router()


def _import_out(row: ImportSession) -> dict[str, Any]:
    return {
        "id": row.pk,
        "version": row.version,
        "file_name": row.file_name,
        "digest": row.digest,
        "preset": row.preset,
        "state": row.state,
        "progress": row.progress,
        "report": row.report,
        "act": row.change_set_id,
        "created_at": row.created_at,
    }


def _sessions(request: HttpRequest) -> QuerySet[ImportSession]:
    return visible_sessions(request.user).defer("content")


def _mine(request: HttpRequest, import_id: int) -> ImportSession:
    found = one(visible_sessions(request.user), pk=import_id)
    may_import(request.user).require()
    if not found.content:
        raise DomainError(_("The file of this import is gone; drop it again."), code="no-file")
    return found


def _mapping_out(session: ImportSession) -> dict[str, Any]:
    choices = choices_of(session, sessions.workbook_of(session))
    return {
        "sheets": [
            {
                "sheet": choice.sheet,
                "kind": choice.kind,
                "used": choice.used,
                "columns": [
                    {"header": c.header, "target": c.target, "confidence": c.confidence}
                    for c in choice.columns
                ],
            }
            for choice in choices
        ],
        "mistakes": mistakes_in(choices),
    }


@router.get("/imports", response=Paged[schemas.ImportOut], summary="List imports")
def list_imports(request: HttpRequest, asked: Query[schemas.ImportsAsked]) -> dict[str, Any]:
    """Return your imports, last first; all of them for who may read whatever is in them."""
    found = _sessions(request)
    if asked.state:
        found = found.filter(state=asked.state)
    return page(request, found, asked, _import_out, order=["-created_at"])


@router.post("/imports", response={201: schemas.ImportOut}, summary="Send a file")
def add_import(request: HttpRequest, file: File[UploadedFile]) -> Status[dict[str, Any]]:
    """Receive a workbook, a CSV or a plan; it is read, and refused here when it cannot be."""
    may_import(request.user).require()
    if (file.size or 0) > LIMITS.mspdi_bytes:
        raise TooLargeError(_("This file is too large. Split it in several."))
    session = services.receive(request.user, file.read(), file.name or "import")
    return Status(201, _import_out(session))


class TooLargeError(DomainError):
    """The file weighs more than can be read."""

    code = "too-large"
    http_status = 413


@router.get("/imports/{int:import_id}", response=schemas.ImportOut, summary="Read an import")
def read_import(request: HttpRequest, import_id: int) -> dict[str, Any]:
    """Return where an import stands."""
    return _import_out(one(_sessions(request), pk=import_id))


@router.get(
    "/imports/{int:import_id}/mapping", response=schemas.MappingOut, summary="Read the columns"
)
def read_mapping(request: HttpRequest, import_id: int) -> dict[str, Any]:
    """Return which column goes where: recognised, guessed, or as you settled."""
    return _mapping_out(_mine(request, import_id))


@router.put(
    "/imports/{int:import_id}/mapping", response=schemas.MappingOut, summary="Settle the columns"
)
def settle_mapping(
    request: HttpRequest, import_id: int, payload: schemas.MappingIn
) -> dict[str, Any]:
    """Say how the sheets are read; what is left out stays as it was guessed."""
    session = _mine(request, import_id)
    sheets = {name: _told(name, sheet) for name, sheet in payload.sheets.items()}
    sessions.settle_sheets(session, request.user, sheets)
    if payload.dayfirst is not None:
        sessions.settle(session, request.user, dayfirst=payload.dayfirst)
    return _mapping_out(session)


def _told(name: str, sheet: schemas.SheetIn) -> dict[str, Any]:
    if sheet.kind is not None and sheet.kind not in FIELDS:
        sentence = _("Choose a kind among: %s.") % ", ".join(FIELDS)
        raise DomainError(sentence, fields={f"sheets.{name}.kind": [sentence]})
    return {key: value for key, value in sheet.said().items() if value is not None}


@router.post(
    "/imports/{int:import_id}/corrections",
    response=schemas.MappingOut,
    summary="Correct cells",
)
@once
def correct_cells(
    request: HttpRequest, import_id: int, payload: schemas.CorrectionsIn
) -> dict[str, Any]:
    """Say what to read in some cells instead; the file itself is kept as it came."""
    session = _mine(request, import_id)
    cells = [Correction(one.sheet, one.row, one.column, one.value) for one in payload.cells]
    sessions.correct(session, request.user, cells)
    return _mapping_out(session)


@router.get(
    "/imports/{int:import_id}/report", response=schemas.ReportOut, summary="See what it would do"
)
def read_report(request: HttpRequest, import_id: int) -> dict[str, Any]:
    """Return what applying would create, change, leave and refuse; nothing is written."""
    session = _mine(request, import_id)
    planned = plan(sessions.dataset_for(session), user_of(request))
    return {
        **services.report_of(planned),
        "notices": [notice.message for notice in planned.notices],
    }


@router.post(
    "/imports/{int:import_id}/apply", response=schemas.ImportOut, summary="Apply an import"
)
@once
def apply_import(request: HttpRequest, import_id: int, payload: schemas.ApplyIn) -> dict[str, Any]:
    """Write it in one act; asked twice, it is applied once."""
    session = _mine(request, import_id)
    services.apply_session(
        user_of(request),
        session,
        sessions.dataset_for(session),
        only_if_clean=payload.only_if_clean,
    )
    return _import_out(session)


@router.post(
    "/imports/{int:import_id}/abandon", response=schemas.ImportOut, summary="Abandon an import"
)
@once
def abandon_import(request: HttpRequest, import_id: int) -> dict[str, Any]:
    """Give up an import that was not applied; its file is deleted."""
    session = _mine(request, import_id)
    services.abandon(request.user, session)
    session.refresh_from_db()
    return _import_out(session)


@router.post("/imports/{int:import_id}/undo", response=schemas.UndoneOut, summary="Undo an import")
@once
def undo_import(request: HttpRequest, import_id: int) -> dict[str, Any]:
    """Undo an applied import as a whole; what was changed since is refused by name."""
    session = one(_sessions(request), pk=import_id)
    change_set = session.change_set
    if change_set is None:
        raise DomainError(_("This import was not applied, or changed nothing."), code="not-applied")
    may_undo(request.user, change_set).require()
    return {"act": journal.undo(user_of(request), change_set).pk}
