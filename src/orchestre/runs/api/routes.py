"""Computations over the API."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from orchestre.access.api.security import auth
from orchestre.runs import policy
from orchestre.runs.models import Run

router = Router(tags=["runs"], auth=auth)


class RunOut(Schema):
    """Where a computation stands, and what identifies it."""

    id: int
    kind: str
    fingerprint: str
    engine_version: str
    seed: int
    status: str
    progress: float
    message: str
    summary: dict[str, Any]
    requested_at: datetime
    computed_at: datetime | None
    duration_ms: int | None


@router.get("/runs/{int:run_id}", response=RunOut, summary="One computation")
def show_run(request: HttpRequest, run_id: int) -> Run:
    """Return one computation that this person may follow."""
    return get_object_or_404(policy.visible_to(request.user), pk=run_id)
