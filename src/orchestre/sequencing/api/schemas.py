"""Scenarios, overrides, gauges and plans as programs read and write them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from orchestre.access.api.paging import Asked, Listing
from orchestre.access.api.strict import (
    Code,
    Day,
    Name,
    Prose,
    Strict,
    Words120,
    Words250,
    partial,
)
from orchestre.sequencing.models import Scenario


class ScenarioOut(Schema):
    """A scenario: overrides of the plan in force."""

    id: int
    version: int
    name: str
    why: str
    state: str
    owner: str
    based_on_plan: int | None = Field(description="Number of the plan of record it was drawn on.")
    published_as: int | None = Field(description="Number of the plan of record it became.")
    shared_at: datetime | None
    published_at: datetime | None


class ScenariosAsked(Listing):
    """Filters of the scenarios, the last changed first."""

    state: Scenario.State | None = None


class OverridesAsked(Listing):
    """Filters of the overrides."""

    scenario: int | None = Field(None, ge=1, le=2**31, description="Number of a scenario.")


class ScenarioIn(Strict):
    """A new private draft."""

    name: Name
    why: Prose = ""


@partial
class ScenarioPatch(Strict):
    """Its name and its reason."""

    name: Name
    why: Prose


class OverrideOut(Schema):
    """What a scenario says of an initiative; null is “as in the plan”."""

    scenario: int
    initiative: str
    version: int
    shift_days: int | None
    starts_on: date | None
    ends_on: date | None = Field(description="First day after it.")
    go_live_on: date | None
    included: bool
    rank: int | None
    allocation_ratio: float | None
    amount_ratio: float | None
    amount_eur: float | None
    waves: dict[str, int] = Field(
        description="Days that waves move by beyond the initiative, by number of the wave."
    )
    note: str


@partial
class OverridePatch(Strict):
    """What to write; what is left out stays as it is, null is “as in the plan”."""

    shift_days: int | None = Field(ge=-3640, le=3640)
    starts_on: Day | None
    ends_on: Day | None = Field(description="First day after it.")
    go_live_on: Day | None
    included: bool
    rank: int | None = Field(ge=1, le=999)
    allocation_ratio: float | None = Field(ge=0, le=10)
    amount_ratio: float | None = Field(ge=0, le=10)
    amount_eur: float | None = Field(ge=0, le=1e12)
    waves: dict[Code, Annotated[int, Field(ge=-3640, le=3640)]] = Field(
        max_length=30,
        description="Days that waves move by beyond the initiative, by number of the wave.",
    )
    note: Words250


class FiguresOut(Schema):
    """What a committee compares, over the period; null where nothing is known."""

    value_eur: float | None
    delay_cost_eur: float | None
    cost_eur: float | None
    excess_person_hours: float
    people_over: float
    worst_ratio: float | None
    fte_excess: float | None
    budget_excess_eur: float | None
    initiatives_moved: int
    people_moved: float
    broken: int
    freezes: int


class MonthOut(Schema):
    """The three gauges of one month."""

    month: date
    cost_eur: float | None
    envelope_eur: float | None
    excess_person_hours: float


class RoleMonthsOut(Schema):
    """A role month by month."""

    role: str
    asked_fte: list[float]
    available_fte: list[float | None]


class GaugesOut(Schema):
    """The three gauges and the figures, with what they leave out."""

    of: str = Field(description="`current` or the number of a scenario.")
    computation: str
    figures: FiguresOut
    months: list[MonthOut]
    roles: list[RoleMonthsOut]
    unknown_headcounts: int
    unvalued: int


class AmountOut(Schema):
    """A sum as planned, and over the worlds that are drawn."""

    planned: float
    p20: float
    p50: float
    p80: float


class GoLiveOut(Schema):
    """A go-live as planned, in one world out of two, in four out of five."""

    initiative: str
    planned_on: date
    p50_on: date
    p80_on: date


class MarginsOut(Schema):
    """What the draws say of one plan: the same worlds for each; null where nothing is known."""

    draws: int
    seed: int
    year: int = Field(description="Year of the value.")
    assumed_ratio: float | None = Field(description="Share of the doubts that nobody stated.")
    cost_eur: AmountOut | None
    value_eur: AmountOut | None
    go_lives: list[GoLiveOut] = Field(description="Those that some plan moves, stopped ones out.")


class ColumnOut(Schema):
    """One plan of a comparison, against the first."""

    of: str
    name: str
    figures: FiguresOut
    delta: dict[str, float | None]
    verdict: dict[str, Literal["better", "worse", "same", "unknown"]]
    margins: MarginsOut | None = Field(None, description="When `margins` is asked.")


class StepOut(Schema):
    """One fact before and after."""

    field: str
    before: str | float | bool | None
    after: str | float | bool | None


class MoveOut(Schema):
    """What happens to one initiative."""

    initiative: str
    days: int
    steps: list[StepOut]


class DifferenceOut(Schema):
    """What publishing would change, exactly."""

    expected: str = Field(description="Send it back to publish exactly this.")
    moves: list[MoveOut]
    unnamed: int = Field(description="Initiatives that are not open to you.")
    changed_since: list[str] = Field(
        description="Those that the plan changed since the scenario was drawn."
    )


class PublishIn(Strict):
    """The decision that makes a scenario the plan."""

    decision: Prose
    reference: Words120 = ""
    reason: Words250 = ""
    expected: Words120 = Field(description="As in the difference that was read.")


class AskedOf(Asked):
    """Which plan: `current`, or the number of a scenario."""

    of: str = Field("current", max_length=20)


class AskedCompare(Asked):
    """Up to four plans, the first one is what the others are measured against."""

    a: str = Field("current", max_length=20)
    b: str = Field(max_length=20)
    c: str = Field("", max_length=20)
    d: str = Field("", max_length=20)
    margins: bool = Field(
        default=False, description="Draw each plan: about half a second of work for each."
    )


class ComparedOut(Schema):
    """Plans side by side."""

    computation: str
    columns: list[ColumnOut]


class PlanOut(Schema):
    """A plan of record."""

    number: int
    name: str
    decision: str
    reference: str
    fingerprint: str
    published_at: datetime
    superseded_at: datetime | None
