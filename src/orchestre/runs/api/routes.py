"""Computations over the API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Router

from orchestre.access.api.idempotency import once
from orchestre.access.api.paging import Paged, page
from orchestre.access.api.security import auth
from orchestre.access.api.versions import one
from orchestre.runs import policy, services
from orchestre.runs.api import schemas
from orchestre.runs.models import Run

router = Router(tags=["runs"], auth=auth)


def _run_out(row: Run) -> dict[str, Any]:
    return {name: getattr(row, name) for name in schemas.RunOut.model_fields}


def _runs(request: HttpRequest) -> QuerySet[Run]:
    return policy.visible_to(request.user).defer("problem", "result")


@router.get("/runs", response=Paged[schemas.RunOut], summary="List computations")
def list_runs(request: HttpRequest, asked: Query[schemas.RunsAsked]) -> dict[str, Any]:
    """Return the computations that you may follow, last first."""
    found = _runs(request)
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.status:
        found = found.filter(status=asked.status)
    return page(request, found, asked, _run_out, order=[asked.order])


@router.get("/runs/{int:run_id}", response=schemas.RunOut, summary="Follow a computation")
def read_run(request: HttpRequest, run_id: int) -> dict[str, Any]:
    """Return where one computation stands."""
    return _run_out(one(_runs(request), pk=run_id))


@router.post("/runs/{int:run_id}/cancel", response=schemas.RunOut, summary="Stop a computation")
@once
def cancel_run(request: HttpRequest, run_id: int) -> dict[str, Any]:
    """Stop a computation; it notices at its next step."""
    row = one(_runs(request), pk=run_id)
    policy.may_cancel(request.user, row).require()
    services.cancel(row)
    return _run_out(row)
