"""Impacts, activities, ratings and assumptions as programs read and write them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from orchestre.access.api.paging import Listing
from orchestre.access.api.strict import (
    Code,
    Custom,
    Day,
    Hours,
    Intensity,
    Level,
    Number,
    Prose,
    Ratio,
    Share,
    Strict,
    Weeks,
    Words250,
    partial,
)
from orchestre.impacts.models import Activity, Aspect
from orchestre.kernel.models import Provenance

Known = Annotated[Code, Field(min_length=1)]
Source = Annotated[Provenance, Field(strict=False)]
ActivityKind = Annotated[Activity.Kind, Field(strict=False)]
AspectName = Annotated[Aspect, Field(strict=False)]
Aspects = dict[AspectName, Level]


class AnswerIn(Strict):
    """An evaluation: each aspect from 0 to 5, an intensity, hours per person; blank is not 0."""

    aspects: Aspects = Field(default_factory=dict, examples=[{"process": 3, "tools": 4}])
    intensity: Intensity | None = None
    hours_per_person: Hours | None = None


class ImpactFacts(AnswerIn):
    """What a change asks of a population."""

    from_state: Prose = ""
    to_state: Prose = ""
    reach_ratio: Share = Field(1.0, description="Share of the people that are touched.")
    go_live_on: Day | None = Field(None, description="null: the go-live of the initiative.")
    provenance: Source = Provenance.DECLARED
    custom: Custom = Field(default_factory=dict)


class ImpactIn(ImpactFacts):
    """One initiative on one population."""

    initiative: Known
    population: Known


@partial
class ImpactPatch(ImpactFacts):
    """Facts of an impact to change; figures are settled once both sides have answered."""


class Figures(Schema):
    """An evaluation."""

    aspects: dict[str, int]
    intensity: float | None
    hours_per_person: float | None


class ImpactOut(Schema):
    """An impact as you may read it."""

    id: int
    version: int
    initiative: str
    population: str
    from_state: str
    to_state: str
    reach_ratio: float
    go_live_on: date | None = Field(description="Its own, else the initiative's.")
    go_live_assumed: bool
    provenance: str
    side: Literal["project", "unit"] | None = Field(description="The side you rate for.")
    hidden: bool = Field(description="Its figures open once you have given your own answer.")
    figures: Figures | None = Field(description="What the load counts; null while hidden.")
    project_answered: bool
    unit_answered: bool
    settled_at: datetime | None


class SideOut(Figures):
    """What one side answered."""

    comment: str
    who: str


class DifferenceOut(Schema):
    """Where the two sides part."""

    name: str
    project: float | None
    unit: float | None


class RatingsOut(Schema):
    """The two sides of an impact; each is blind to the other until both have answered."""

    impact: int
    version: int
    initiative: str
    population: str
    side: Literal["project", "unit"] | None
    waits_for_me: bool
    project_answered: bool
    unit_answered: bool
    project: SideOut | None
    unit: SideOut | None
    differences: list[DifferenceOut]
    settled_at: datetime | None


class ImpactsAsked(Listing):
    """Filters of the impacts."""

    initiative: str = Field("", max_length=40, description="Code of an initiative.")
    population: str = Field("", max_length=40, description="Code of a population.")
    unit: str = Field("", max_length=40, description="Code of a unit: it and all below it.")
    provenance: Provenance | None = None
    order: Literal["initiative", "-initiative", "population", "-population"] = "initiative"


class RatingsAsked(ImpactsAsked):
    """Filters of the ratings."""

    waiting: Literal["1"] | None = Field(None, description="Only those that wait for you.")


class RatingIn(AnswerIn):
    """Your side's answer."""

    comment: Prose = ""


class SettleIn(Strict):
    """What counts, difference by difference, and why."""

    choices: dict[Known, Literal["project", "unit", "halfway"]] = Field(
        examples=[{"intensity": "unit", "process": "halfway"}]
    )
    reason: Words250 = Field(min_length=1)


class ActivityFacts(Strict):
    """What people are asked to attend or read; `ends_on` is the first day after."""

    kind: ActivityKind = Activity.Kind.TRAINING
    name: Words250 = ""
    aspect: AspectName | Literal[""] = ""
    starts_on: Day
    ends_on: Day
    hours_per_person: Hours
    reach_ratio: Share = 1.0
    provenance: Source = Provenance.DECLARED
    custom: Custom = Field(default_factory=dict)


class ActivityIn(ActivityFacts):
    """An activity of one initiative for one population."""

    initiative: Known
    population: Known


@partial
class ActivityPatch(ActivityFacts):
    """Facts of an activity to change."""


class ActivityOut(Schema):
    """An activity."""

    id: int
    version: int
    initiative: str
    population: str
    kind: str
    name: str
    aspect: str
    starts_on: date
    ends_on: date
    hours_per_person: float
    reach_ratio: float
    provenance: str
    custom: dict[str, object]


class ActivitiesAsked(Listing):
    """Filters of the activities."""

    initiative: str = Field("", max_length=40)
    population: str = Field("", max_length=40)
    kind: Activity.Kind | None = None
    starts_after: Day | None = None
    starts_before: Day | None = None
    order: Literal["starts_on", "-starts_on"] = "starts_on"


class AssumptionsFacts(Strict):
    """What is assumed where nobody has said anything."""

    in_force: bool = True
    absorption_ratio: Ratio = 0.05
    reach_ratio: Share = 1.0
    intensity_by_cost: Annotated[
        list[Annotated[list[Number | None], Field(min_length=2, max_length=2)]],
        Field(max_length=20),
    ] = Field(default_factory=list, description="Up to so many euros (null: any), intensity.")
    intensity_without_cost: Intensity = 2.0
    intensity_by_family: dict[Known, Annotated[float, Field(ge=-5, le=5)]] = Field(
        default_factory=dict
    )
    hours_by_intensity: Annotated[list[Hours], Field(max_length=6)] = Field(default_factory=list)
    hours_margin_ratio: Ratio = 0.5
    capacity_margin_ratio: Ratio = 0.2
    go_live_earlier_weeks: Weeks = 2.0
    go_live_later_weeks: Weeks = 8.0


@partial
class AssumptionsPatch(AssumptionsFacts):
    """Assumptions to change."""


class AssumptionsOut(Schema):
    """The assumptions in use; version 0 are the defaults that nobody changed."""

    version: int
    in_force: bool
    absorption_ratio: float
    reach_ratio: float
    intensity_by_cost: list[tuple[float | None, float]]
    intensity_without_cost: float
    intensity_by_family: dict[str, float]
    hours_by_intensity: list[float]
    hours_margin_ratio: float
    capacity_margin_ratio: float
    go_live_earlier_weeks: float
    go_live_later_weeks: float
