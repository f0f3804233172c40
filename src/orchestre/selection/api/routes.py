"""Selections over the API."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Query, Router
from ninja.responses import Status

from orchestre.access.api.idempotency import once
from orchestre.access.api.paging import Paged, paged
from orchestre.access.api.security import auth
from orchestre.access.api.versions import expected, removed
from orchestre.selection import policy, queries
from orchestre.selection.api import orders, priorities, saying, schemas
from orchestre.selection.models import Selection
from orchestre.selection.presenters import plain
from orchestre.selection.services import computing, exercises

router = Router(tags=["selections"], auth=auth)
FIELDS = (
    "version", "name", "shared", "finished_at", "starts_on", "months", "grain", "budget_eur",
    "method", "stages", "use_roles", "use_people", "later_months",
)  # fmt: skip


def _out(row: Selection, names: queries.Names) -> dict[str, Any]:
    """Give a selection; what was picked among the initiatives closed to the reader is left out."""
    picks = [code for code in row.picks if names.sees(code)]
    return {"id": row.pk, "picks": picks} | {name: getattr(row, name) for name in FIELDS}


def _one(request: HttpRequest, row: Selection) -> dict[str, Any]:
    return _out(row, queries.names_for(request.user))


@router.get("/selections", response=Paged[schemas.SelectionOut], summary="List selections")
def list_selections(request: HttpRequest, asked: Query[schemas.SelectionsAsked]) -> dict[str, Any]:
    """Return your selections and those shared with you, the last first."""
    rows = policy.visible_to(request.user).order_by("-pk")
    cut = rows[asked.offset : asked.offset + asked.limit]
    names = queries.names_for(request.user)
    return paged(request, [_out(row, names) for row in cut], rows.count(), asked)


@router.post("/selections", response={201: schemas.SelectionOut}, summary="Open a selection")
@once
def add_selection(request: HttpRequest, payload: schemas.SelectionIn) -> Status[dict[str, Any]]:
    """Open an exercise, private to you until you share it."""
    return Status(201, _one(request, exercises.create(request.user, payload.dict())))


@router.get(
    "/selections/{int:selection_id}", response=schemas.SelectionOut, summary="Read a selection"
)
def read_selection(request: HttpRequest, selection_id: int) -> dict[str, Any]:
    """Return one selection."""
    return _one(request, queries.selection(request.user, selection_id))


@router.patch(
    "/selections/{int:selection_id}", response=schemas.SelectionOut, summary="Change a selection"
)
def change_selection(
    request: HttpRequest, selection_id: int, payload: schemas.SelectionPatch
) -> dict[str, Any]:
    """Change what a selection chooses among, or its limits."""
    row = queries.selection(request.user, selection_id)
    version = expected(request)
    exercises.change(request.user, row, payload.said(), expected_version=version)
    return _one(request, row)


@router.delete("/selections/{int:selection_id}", response={204: None}, summary="Delete a selection")
def remove_selection(request: HttpRequest, selection_id: int) -> Status[None]:
    """Delete an exercise with all that was said in it; a finished one must be reopened first."""
    return removed(request, queries.selection(request.user, selection_id), exercises.delete)


@router.post(
    "/selections/{int:selection_id}/compute",
    response=schemas.ComputedOut,
    summary="Compute a selection",
)
@once
def compute_selection(request: HttpRequest, selection_id: int) -> dict[str, Any]:
    """Compute, or find the known answer; a large portfolio is queued."""
    run = computing.compute(request.user, queries.selection(request.user, selection_id))
    return {"run": run.pk, "status": run.status}


@router.get(
    "/selections/{int:selection_id}/answer", response=schemas.AnswerOut, summary="Read the answer"
)
def read_selection_answer(request: HttpRequest, selection_id: int) -> dict[str, Any]:
    """Return what to keep, what binds and the frontier; not found before it is computed."""
    return plain.answer(_found(request, selection_id), queries.names_for(request.user))


@router.get(
    "/selections/{int:selection_id}/refused/{code}",
    response=schemas.AdmissionOut,
    summary="Read what would admit an initiative",
)
def read_selection_refusal(request: HttpRequest, selection_id: int, code: str) -> dict[str, Any]:
    """Return three ways to admit a refused initiative, each verified by solving again."""
    found, names = _found(request, selection_id), queries.names_for(request.user)
    if not names.sees(code) or code not in {one.id for one in found.result.refused}:
        raise Http404
    return plain.admission(computing.admission(found, code), names)


def _found(request: HttpRequest, selection_id: int) -> computing.Outcomes:
    found = computing.outcomes(queries.selection(request.user, selection_id))
    if found is None:
        raise Http404
    return found


for part in (priorities, saying, orders):
    router.add_router("", part.router)
