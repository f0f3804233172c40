"""Computations as programs follow them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from ninja import Schema
from pydantic import Field

from orchestre.access.api.paging import Listing
from orchestre.runs.models import Run


class RunOut(Schema):
    """Where a computation stands, and what identifies it."""

    id: int
    kind: str
    fingerprint: str = Field(description="The same inputs have the same one.")
    engine_version: str
    seed: int
    status: str
    progress: float = Field(description="From 0 to 1.")
    message: str
    summary: dict[str, Any]
    requested_at: datetime
    computed_at: datetime | None
    duration_ms: int | None


class RunsAsked(Listing):
    """Filters of the computations."""

    kind: str = Field("", max_length=30)
    status: Run.Status | None = None
    order: Literal["requested_at", "-requested_at"] = "-requested_at"
