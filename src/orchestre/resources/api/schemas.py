"""Roles, demands, costs, envelopes and worth as programs read and write them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from orchestre.access.api.paging import Asked, Listing
from orchestre.access.api.strict import (
    Amount,
    Code,
    Custom,
    Day,
    Name,
    Prose,
    Strict,
    Words250,
    partial,
)
from orchestre.kernel.models import Provenance
from orchestre.resources.models import CostLine

Known = Annotated[Code, Field(min_length=1)]
Source = Annotated[Provenance, Field(strict=False)]
Nature = Annotated[CostLine.Nature, Field(strict=False)]
State = Annotated[CostLine.State, Field(strict=False)]
Fte = Annotated[float, Field(ge=0, le=10_000, description="Full-time equivalents.")]
Label = Annotated[Words250, Field(max_length=200)]


class RangeFacts(Strict):
    """A range of days; `ends_on` is the first day after."""

    starts_on: Day
    ends_on: Day


class RoleFacts(Strict):
    """A trade or a skill, never a person."""

    name: Name
    unit: Code | None = Field(None, description="Code of its unit; null: shared by all.")
    custom: Custom = Field(default_factory=dict)


class RoleIn(RoleFacts):
    """A role to add."""

    code: Code = Field("", description="Empty: the next one is given.")


@partial
class RolePatch(RoleFacts):
    """Facts of a role to change."""


class RoleOut(Schema):
    """A role."""

    id: int
    version: int
    code: str
    name: str
    unit: str | None
    custom: dict[str, object]


class RolesAsked(Listing):
    """Filters of the roles."""

    unit: str = Field("", max_length=40)
    order: Literal["name", "-name", "code", "-code"] = "name"


class CapacityFacts(RangeFacts):
    """How many can be given to initiatives, daily work done."""

    fte: Fte
    provenance: Source = Provenance.DECLARED
    custom: Custom = Field(default_factory=dict)


class CapacityIn(CapacityFacts):
    """The capacity of one role."""

    role: Known


@partial
class CapacityPatch(CapacityFacts):
    """Facts of a capacity to change."""


class CapacityOut(Schema):
    """The capacity of a role over a range of days."""

    id: int
    version: int
    role: str
    starts_on: date
    ends_on: date
    fte: float
    provenance: str
    custom: dict[str, object]


class DemandFacts(RangeFacts):
    """How many of a role are needed."""

    role: Known
    fte: Fte
    provenance: Source = Provenance.DECLARED
    custom: Custom = Field(default_factory=dict)


class DemandIn(DemandFacts):
    """What one initiative asks of one role."""

    initiative: Known


@partial
class DemandPatch(DemandFacts):
    """Facts of a demand to change."""


class DemandOut(Schema):
    """What an initiative asks of a role."""

    id: int
    version: int
    initiative: str
    role: str
    starts_on: date
    ends_on: date
    fte: float
    provenance: str
    custom: dict[str, object]


class DemandsAsked(Listing):
    """Filters of the demands."""

    initiative: str = Field("", max_length=40)
    role: str = Field("", max_length=40)
    starts_before: Day | None = None
    ends_after: Day | None = None
    order: Literal["starts_on", "-starts_on"] = "starts_on"


class CapacitiesAsked(Listing):
    """Filters of the capacities."""

    role: str = Field("", max_length=40)
    order: Literal["starts_on", "-starts_on"] = "starts_on"


class CostFacts(RangeFacts):
    """Money, spread evenly over its days."""

    name: Label = ""
    amount_eur: Amount
    nature: Nature = CostLine.Nature.OPEX
    state: State = CostLine.State.PLANNED
    provenance: Source = Provenance.DECLARED
    custom: Custom = Field(default_factory=dict)


class CostIn(CostFacts):
    """Money of one initiative."""

    initiative: Known


@partial
class CostPatch(CostFacts):
    """Facts of a cost to change."""


class CostOut(Schema):
    """A cost line."""

    id: int
    version: int
    initiative: str
    name: str
    starts_on: date
    ends_on: date
    amount_eur: float
    nature: str
    state: str
    provenance: str
    custom: dict[str, object]


class CostsAsked(Listing):
    """Filters of the costs."""

    initiative: str = Field("", max_length=40)
    state: CostLine.State | None = None
    nature: CostLine.Nature | None = None
    order: Literal["starts_on", "-starts_on"] = "starts_on"


class EnvelopeFacts(RangeFacts):
    """Money that may be spent over a range of days."""

    name: Name
    programme: Code | None = Field(None, description="null: the whole portfolio.")
    amount_eur: Amount
    custom: Custom = Field(default_factory=dict)


class EnvelopeIn(EnvelopeFacts):
    """An envelope to add."""


@partial
class EnvelopePatch(EnvelopeFacts):
    """Facts of an envelope to change."""


class EnvelopeOut(Schema):
    """An envelope."""

    id: int
    version: int
    name: str
    programme: str | None
    starts_on: date
    ends_on: date
    amount_eur: float
    custom: dict[str, object]


class EnvelopesAsked(Listing):
    """Filters of the envelopes."""

    programme: str = Field("", max_length=40)
    order: Literal["starts_on", "-starts_on", "name"] = "starts_on"


class WorthFacts(Strict):
    """What an initiative brings once in use; null is not known, never zero."""

    value_eur_per_year: Amount | None = None
    ramp_weeks: Annotated[int, Field(ge=0, le=520)] = 0
    delay_cost_eur_per_week: Amount | None = None
    method: Prose = ""
    provenance: Source = Provenance.DECLARED
    custom: Custom = Field(default_factory=dict)


@partial
class WorthPatch(WorthFacts):
    """Facts of a worth to write; If-Match: 0 while nobody said any."""


class WorthOut(Schema):
    """What an initiative is said to be worth; version 0 while nobody said."""

    version: int
    initiative: str
    value_eur_per_year: float | None
    ramp_weeks: int
    delay_cost_eur_per_week: float | None
    method: str
    provenance: str | None
    custom: dict[str, object]


class WorthsAsked(Listing):
    """The worth of the initiatives that have one."""

    order: Literal["initiative", "-initiative"] = "initiative"


class MeansAsked(Asked):
    """The months to look at."""

    first: Day | None = Field(None, description="Any day of the first month; today by default.")
    months: int = Field(12, ge=1, le=60)


class RoleMonths(Schema):
    """One role, month by month; null where nobody said what is available."""

    role: str
    name: str
    asked_fte: list[float]
    available_fte: list[float | None]


class EnvelopeMeans(Schema):
    """One envelope and what is asked within its dates."""

    name: str
    programme: str | None
    starts_on: date
    ends_on: date
    amount_eur: float
    asked_eur: float
    firm_eur: float
    assumed_eur: float
    left_eur: float


class MeansOut(Schema):
    """What is asked and what there is; money is null to who reads only a part of the portfolio."""

    computation: str
    months: list[date]
    roles: list[RoleMonths]
    cost_eur: dict[str, list[float]] | None = Field(
        description="By month: spent, committed, planned, assumed (full cost spread evenly)."
    )
    undated_costs: int | None = Field(description="Initiatives with a full cost and no dates.")
    envelopes: list[EnvelopeMeans] | None
