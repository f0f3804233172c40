"""The load as programs read it: hours, shares, probabilities, and where they come from."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from orchestre.access.api.paging import Asked, Listing
from orchestre.access.api.strict import Code, Day, Strict

MOST_WEEKS = 260


class Horizon(Asked):
    """Which weeks are computed."""

    as_of: Day | None = Field(None, description="First day; today by default.")
    weeks: int = Field(52, ge=1, le=MOST_WEEKS)
    count: Literal["all", "confirmed"] = Field(
        "all", description="`confirmed` leaves out what is assumed."
    )


class LoadAsked(Horizon):
    """Which people, over which weeks."""

    unit: str = Field("", max_length=40, description="Code of a unit: it and all below it.")


class PopulationLoad(Schema):
    """One population, week by week; hours are per person; null is not known, which is not 0."""

    code: str
    name: str
    headcount: int | None
    load_hours: list[float] | None
    capacity_hours: list[float]
    probability_over: list[float] | None


class ProvenanceOut(Schema):
    """What the figures rest on."""

    computation: str
    fingerprint: str
    run: int | None
    seed: int
    draws: int | None
    computed_at: datetime
    assumed_ratio: float | None
    guessed_ratio: float | None
    initiatives_without_dates: int
    initiatives_touching_nobody: int


class LoadOut(Schema):
    """The load of the populations you may see; the shape of `orchestre load --json`."""

    weeks: list[str] = Field(examples=[["2027-W01", "2027-W02"]])
    populations: list[PopulationLoad]
    provenance: ProvenanceOut


class SourceOut(Schema):
    """One thing that was entered, or assumed, with its formula and its author."""

    formula: str
    provenance: str
    who: str


class ShareOut(Schema):
    """What one initiative asks; null code: initiatives that are closed to you, together."""

    initiative: str | None
    title: str | None
    load_hours: float
    share_ratio: float
    phase_hours: dict[str, float]
    assumed: bool
    sources: list[SourceOut]


class CapacityOut(Schema):
    """What people can absorb, and why."""

    capacity_hours: float
    formula: str
    provenance: str
    reasons: list[str]


class CellOut(Schema):
    """One population in one week."""

    population: str
    week: str
    monday: date
    load_hours: float | None
    load_ratio: float | None = Field(description="null: nothing known, or no capacity.")
    excess_hours: float
    probability_over: float | None
    p10_hours: float | None
    p90_hours: float | None
    assumed_hours: float
    explanation: list[str] = Field(description="Sentences, in your language.")
    capacity: CapacityOut
    shares: list[ShareOut]
    provenance: ProvenanceOut


class CellAsked(Asked):
    """What counts."""

    count: Literal["all", "confirmed"] = "all"


class OverloadsAsked(Listing):
    """Filters of the overloads to come, the heaviest first."""

    unit: str = Field("", max_length=40, description="Code of a unit: it and all below it.")
    population: str = Field("", max_length=40)


class PartOut(Schema):
    """The part of one initiative in an overload; null: initiatives closed to you, together."""

    initiative: str | None
    excess_ratio: float


class OverloadOut(Schema):
    """Weeks in a row when people are asked more than they can absorb."""

    population: str
    starts_on: date
    ends_on: date = Field(description="First day after.")
    peak_ratio: float | None = Field(description="null: there is no capacity at all.")
    peak_week: str
    excess_hours_per_person: float
    excess_person_hours: float | None
    probability: float | None
    contributions: list[PartOut]


class WhatIfIn(Strict):
    """Move one initiative by some days, on paper."""

    initiative: Annotated[Code, Field(min_length=1)]
    days: Annotated[int, Field(ge=-730, le=730)] = Field(examples=[28])


class TouchedOut(Schema):
    """One population that the move relieves or burdens."""

    population: str
    excess_hours_before: float
    excess_hours_after: float
    peak_ratio_before: float | None
    peak_ratio_after: float | None
    peak_week: str


class WhatIfOut(Schema):
    """What the move would do, nothing written; person-hours of overload in all."""

    initiative: str
    days: int
    excess_person_hours_before: float
    excess_person_hours_after: float
    saved_person_hours: float
    unknown_headcounts: int
    touched: list[TouchedOut]
    touched_elsewhere: int = Field(description="Populations that are closed to you.")
