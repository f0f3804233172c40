"""Packs as the API speaks of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from ninja import Schema
from pydantic import Field

from orchestre.access.api.paging import Listing
from orchestre.access.api.strict import Code, Key, Name, Strict, Words150
from orchestre.reports.presenters.pack.parts import KEYS
from orchestre.reports.rules.asked import USUAL_MONTHS


class PacksAsked(Listing):
    """Which packs."""

    audience: str = Field("", max_length=150, description="Only those given to these readers.")


class PackOut(Schema):
    """A pack that was published."""

    id: int
    title: str
    audience: str
    language: str
    as_of: date
    confidential: bool
    fingerprint: str
    previous: int | None
    meeting: int | None = Field(description="The meeting it is for, when you may open it.")
    published_at: datetime
    published_by: str


class PackContentOut(PackOut):
    """A pack with what it says, frozen."""

    content: dict[str, Any] = Field(description="Sections, blocks and figures, as published.")


class ShiftOut(Schema):
    """One difference between two packs."""

    section: str
    what: Literal["added", "removed", "changed"]
    label: str
    before: str
    after: str
    delta: float | None


class PackIn(Strict):
    """A pack to be published."""

    title: Name
    audience: Words150 = ""
    language: Literal["fr", "en"] = "fr"
    parts: list[Code] = Field(default_factory=lambda: list(KEYS), max_length=30)
    months_ahead: Literal[3, 6, 12] = USUAL_MONTHS  # type: ignore[assignment]  # one of the three
    confidential: bool = False
    previous: int | None = Field(None, ge=1, le=2**31)
    meeting: Key | None = Field(None, description="Its decisions asked are those of this agenda.")


class AskedOut(Schema):
    """The computation that writes the pack; follow it at `/runs/{run}`."""

    run: int
    status: str
    publication: int | None
