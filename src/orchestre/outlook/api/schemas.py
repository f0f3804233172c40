"""Dates and money as programs read and write them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from orchestre.access.api.paging import Asked, Listing, Window
from orchestre.access.api.strict import (
    Code,
    Day,
    Key,
    Number,
    Ratio,
    Strict,
    Title,
    Words120,
    Words250,
    partial,
)
from orchestre.kernel.models import Provenance
from orchestre.outlook.models import MilestoneEstimate

Known = Annotated[Code, Field(min_length=1)]
Source = Annotated[Provenance, Field(strict=False)]
Reading = Annotated[MilestoneEstimate.Kind, Field(strict=False)]
Delay = Annotated[float, Field(ge=-520, le=520)]
Part = Annotated[float, Field(ge=0, lt=1)]


class MoneyOut(Schema):
    """An amount with its margins, in euros."""

    mean: float
    p20: float
    p50: float
    p80: float


class GoLiveOut(Schema):
    """One go-live with its chances."""

    initiative: str
    promised_on: date | None
    planned_on: date = Field(description="With likely durations and without any risk.")
    p10_on: date
    p50_on: date
    p80_on: date
    p90_on: date
    p80_between: list[date] = Field(description="Holds the true P80, 95 times in 100.")
    probability_kept: float | None
    joint_probability: float | None = Field(description="On time and within the announced cost.")
    reserve_days: float
    cost_eur: MoneyOut | None
    assumed: bool = Field(description="Whether nobody estimated some of its dates.")
    sentence: str


class ProvenanceOut(Schema):
    """What identifies a computation."""

    computation: str
    fingerprint: str
    run: int | None
    draws: int
    seed: int
    assumed_ratio: float | None
    computed_at: datetime | None


class OutlookAsked(Listing):
    """The year over which the value brought is counted; go-lives come by pages."""

    year: int | None = Field(None, ge=2000, le=2100)


class OutlookOut(Window):
    """A page of the go-lives that you may see; the totals when you read the whole portfolio."""

    year: int
    pending: bool = Field(description="Draws are under way: ask again.")
    go_lives: list[GoLiveOut]
    cost_eur: MoneyOut | None
    value_of_the_year_eur: MoneyOut | None
    npv_eur: MoneyOut | None
    without_date: list[str]
    provenance: ProvenanceOut


class MitigatedOut(Schema):
    """The same once the mitigations are carried out."""

    p80_on: date
    probability_kept: float | None


class DriverOut(Schema):
    """How much one step drives the date; steps of initiatives you may not see are not named."""

    task: str
    criticality: float
    significance: float
    schedule_sensitivity: float | None
    cruciality: float | None


class CheckOut(Schema):
    """One of the fourteen checks."""

    check: str
    value: float | None
    limit: float
    passed: bool | None
    blocks: bool


class InitiativeOutlookOut(Schema):
    """The outlook of one initiative."""

    initiative: str
    refused: bool = Field(description="The plan does not allow a simulation: see the checks.")
    sentence: str
    go_live: GoLiveOut | None
    mitigated: MitigatedOut | None
    drivers: list[DriverOut]
    checks: list[CheckOut]
    provenance: ProvenanceOut


class SlipAsked(Asked):
    """Which milestone slips, and by how much."""

    milestone: int | None = Field(None, ge=0, description="null: the go-live.")
    weeks: float = Field(4.0, gt=0, le=52)


class MovedOut(Schema):
    """A go-live that moves."""

    initiative: str
    before: date
    after: date
    days: float


class SlipOut(Schema):
    """What a slip moves; nothing is written."""

    moved: list[MovedOut]
    hidden: int = Field(description="Go-lives that move and that you may not see.")


class RiskFacts(Strict):
    """An event that may happen; below 0 for an opportunity."""

    name: Title
    probability: Ratio
    milestone: Key | None = Field(None, description="null: the go-live.")
    impact_weeks: Delay | None = None
    impact_eur: Number | None = None
    mitigation: Words250 = ""
    residual_probability: Ratio | None = None
    residual_weeks: Delay | None = None
    residual_eur: Number | None = None
    owner_role: Words120 = Field("", description="A role, never a person.")
    closed: bool = False


class RiskIn(RiskFacts):
    """A risk of one initiative."""

    initiative: Known


@partial
class RiskPatch(RiskFacts):
    """Facts of a risk to change."""


class RiskOut(Schema):
    """A risk."""

    id: int
    version: int
    initiative: str
    milestone: int | None
    name: str
    probability: float
    impact_weeks: float | None
    impact_eur: float | None
    mitigation: str
    residual_probability: float | None
    residual_weeks: float | None
    residual_eur: float | None
    owner_role: str
    closed: bool


class RowsAsked(Listing):
    """Filters of risks and estimates."""

    initiative: str = Field("", max_length=40)
    order: Literal["initiative", "-initiative"] = "initiative"


class EstimateFacts(Strict):
    """Three dates of a milestone, if the step before is held on its forecast."""

    kind: Reading = MilestoneEstimate.Kind.TRIGEN
    optimistic_on: Day
    likely_on: Day
    pessimistic_on: Day
    basis: Words250 = ""
    provenance: Source = Provenance.DECLARED


class EstimateIn(EstimateFacts):
    """The estimate of one milestone."""

    milestone: Key


@partial
class EstimatePatch(EstimateFacts):
    """Facts of an estimate to change."""


class EstimateOut(Schema):
    """An estimate."""

    id: int
    version: int
    initiative: str
    milestone: int
    kind: str
    optimistic_on: date
    likely_on: date
    pessimistic_on: date
    basis: str
    provenance: str


class AssumptionsFacts(Strict):
    """What is assumed of dates and money where nobody has said anything."""

    programme_correlation: Part = 0.3
    supplier_correlation: Part = 0.3
    unit_correlation: Part = 0.2
    cost_low_ratio: Ratio = 0.9
    cost_high_ratio: Annotated[float, Field(ge=1, le=10)] = 1.3
    discount_rate: Part | None = None
    discount_source: Words250 = ""


@partial
class AssumptionsPatch(AssumptionsFacts):
    """Assumptions to change."""


class AssumptionsOut(Schema):
    """The assumptions in use; version 0 are the defaults that nobody changed."""

    version: int
    programme_correlation: float
    supplier_correlation: float
    unit_correlation: float
    cost_low_ratio: float
    cost_high_ratio: float
    discount_rate: float | None
    discount_source: str
