"""Cost estimates of initiatives as programs read and write them."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from orchestre.access.api.paging import Listing
from orchestre.access.api.strict import Ratio, Strict, Words250, partial


class CostsAsked(Listing):
    """The initiatives whose cost somebody estimated."""

    order: Literal["initiative", "-initiative"] = "initiative"


class CostEstimateFacts(Strict):
    """Between which shares of what is left to spend a cost may end."""

    low_ratio: Ratio = Field(0.9, description="At best, share of what is left to spend.")
    high_ratio: Annotated[float, Field(ge=1, le=10)] = Field(
        1.3, description="At worst, share of what is left to spend."
    )
    basis: Words250 = Field("", description="What it rests on.")


@partial
class CostEstimatePatch(CostEstimateFacts):
    """What to write; what is left out stays as it is. If-Match: 0 while nobody estimated."""


class CostEstimateOut(Schema):
    """A cost estimate; version 0 and null shares while it rests on the assumptions."""

    version: int
    initiative: str
    low_ratio: float | None
    high_ratio: float | None
    basis: str
