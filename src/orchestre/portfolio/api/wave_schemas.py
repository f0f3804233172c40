"""Bodies of the waves of deployment."""

from __future__ import annotations

from datetime import date
from typing import Literal

from ninja import Field, Schema

from orchestre.access.api.paging import Listing
from orchestre.access.api.strict import Day, Strict, Title, partial
from orchestre.portfolio.api.schemas import Known


class WaveFacts(Strict):
    """People who go live together."""

    name: Title
    go_live_on: Day
    populations: list[Known] = Field(
        min_length=1, max_length=500, description="Codes; each is in one wave at most."
    )


class WaveIn(WaveFacts):
    """A wave of an initiative."""

    initiative: Known


@partial
class WavePatch(WaveFacts):
    """Facts of a wave to change."""


class WaveOut(Schema):
    """A wave."""

    id: int
    version: int
    initiative: str
    name: str
    go_live_on: date
    populations: list[str] = Field(description="Codes of those you may read.")
    populations_closed: int = Field(description="How many more are closed to you.")


class WavesAsked(Listing):
    """Filters of the waves."""

    initiative: str = Field("", max_length=40, description="Code of an initiative.")
    order: Literal["go_live_on", "-go_live_on", "name", "-name"] = "go_live_on"
