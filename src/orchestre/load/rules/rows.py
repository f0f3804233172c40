"""The columns that the load reads of tables with tens of thousands of rows."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class ImpactRow(NamedTuple):
    """One initiative on one population."""

    initiative_id: int
    population_id: int
    aspects: dict[str, int]
    intensity: float | None
    hours_per_person: float | None
    reach_ratio: float
    go_live_on: date | None
    provenance: str


class ActivityRow(NamedTuple):
    """One event that takes hours of a population."""

    initiative_id: int
    population_id: int
    starts_on: date
    ends_on: date
    hours_per_person: float
    reach_ratio: float
    kind: str
    provenance: str
