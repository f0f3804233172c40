"""The strategy as programs read and write it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from orchestre.access.api.paging import Listing
from orchestre.access.api.strict import (
    Code,
    Custom,
    Day,
    Name,
    Number,
    Strict,
    Title,
    Words40,
    Words150,
    partial,
)
from orchestre.strategy.models import Indicator

GivenCode = Annotated[Code, Field(min_length=1)]
Direction = Annotated[Indicator.Direction, Field(strict=False)]


class ObjectiveIn(Strict):
    """A result the organisation wants; only a title is needed."""

    title: Title = Field(examples=["Deliver within 24 hours"])
    code: Code = Field("", description="Empty: the next one, such as OB-007.")
    axis: Words150 = ""
    horizon_on: Day | None = None
    owner_name: Words150 = ""
    custom: Custom = Field(default_factory=dict)


@partial
class ObjectivePatch(ObjectiveIn):
    """Facts of an objective to change."""

    code: GivenCode


class ObjectiveOut(Schema):
    """An objective."""

    id: int
    version: int
    code: str
    title: str
    axis: str
    horizon_on: date | None
    owner_name: str
    custom: dict[str, object]


class ObjectivesAsked(Listing):
    """Filters of the objectives."""

    axis: str = Field("", max_length=150)
    order: Literal["code", "-code", "title", "-title", "horizon_on", "-horizon_on"] = "code"


class IndicatorIn(Strict):
    """A measure that initiatives push up or down; only a name is needed."""

    name: Name = Field(examples=["Parcels delivered late"])
    code: Code = Field("", description="Empty: the next one, such as KPI-007.")
    objective: Code | None = Field(None, description="Code of an objective.")
    direction: Direction = Indicator.Direction.UP
    unit_of_measure: Words40 = ""
    baseline: Number | None = None
    target: Number | None = None


@partial
class IndicatorPatch(IndicatorIn):
    """Facts of an indicator to change."""

    code: GivenCode


class IndicatorOut(Schema):
    """An indicator."""

    id: int
    version: int
    code: str
    name: str
    objective: str | None
    direction: str
    unit_of_measure: str
    baseline: float | None
    target: float | None


class IndicatorsAsked(Listing):
    """Filters of the indicators."""

    objective: str = Field("", max_length=40, description="Code of an objective.")
    order: Literal["code", "-code", "name", "-name"] = "code"
