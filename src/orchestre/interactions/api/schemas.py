"""Findings as programs read and decide them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from ninja import Schema
from pydantic import Field

from orchestre.access.api.paging import Listing
from orchestre.access.api.strict import Strict, Words250
from orchestre.interactions.models import Finding


class FindingOut(Schema):
    """What a rule found between initiatives, and what people decided of it."""

    id: int
    version: int
    key: str
    kind: str
    rule: str
    state: str
    present: bool = Field(description="False: the rule no longer finds it.")
    sentence: str
    initiatives: list[str] = Field(description="Codes; those closed to you are left out.")
    unnamed_initiatives: int
    populations: list[str]
    starts_on: date | None
    ends_on: date | None
    score: float | None
    score_unit: str
    reason: str
    decided_at: datetime | None


class FindingsAsked(Listing):
    """Filters of the findings, the heaviest first."""

    kind: Finding.Kind | None = None
    state: Literal["open", "new", "confirmed", "refused", "settled", "gone", "all"] = "open"
    initiative: str = Field("", max_length=40, description="Code of an initiative.")
    population: str = Field("", max_length=40, description="Code of a population.")
    unit: str = Field("", max_length=40, description="Code of a unit: it and all below it.")


class WhyIn(Strict):
    """Why; the next reader needs it."""

    reason: Words250 = Field(min_length=1)


class RefreshedOut(Schema):
    """What the rules found when they looked again."""

    run: int
    findings: int
