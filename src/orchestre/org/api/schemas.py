"""The organisation as programs read and write it."""

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
    Ratio,
    Strict,
    Words60,
    Words120,
    Words150,
    Words250,
    partial,
)
from orchestre.org.models import CalendarPeriod, Population

PopulationKind = Annotated[Population.Kind, Field(strict=False)]
PeriodKind = Annotated[CalendarPeriod.Kind, Field(strict=False)]
Heads = Annotated[int, Field(ge=0, le=2_000_000_000)]
WeeklyHours = Annotated[float, Field(ge=1, le=60)]
Factor = Annotated[float, Field(ge=0, le=2)]
UnitCode = Annotated[Code, Field(description="Code of a unit.")]


class UnitIn(Strict):
    """A node of the organisation chart; only a name is needed."""

    name: Name = Field(examples=["Logistics"])
    code: Code = Field("", description="Empty: made of the name.", examples=["LOG"])
    parent: UnitCode | None = Field(None, description="Code of the unit above; null at the top.")
    manager_name: Words150 = ""
    custom: Custom = Field(default_factory=dict)


@partial
class UnitPatch(UnitIn):
    """Facts of a unit to change; a new parent moves all that is below."""


class UnitOut(Schema):
    """A unit."""

    id: int
    version: int
    code: str
    name: str
    parent: str | None = Field(description="Code of the unit above.")
    level: int = Field(description="0 at the top.")
    manager_name: str
    custom: dict[str, object]


class UnitsAsked(Listing):
    """Filters of the units."""

    q: str = Field("", max_length=200, description="Words of the name or the code.")
    below: str = Field("", max_length=40, description="Code of a unit: it and all below it.")
    order: Literal["code", "-code", "name", "-name", "path"] = "path"


class PopulationIn(Strict):
    """People who live the same changes at the same time; only a name is needed."""

    name: Name = Field(examples=["Drivers, night shift"])
    code: Code = Field("", description="Empty: made of the name.")
    unit: UnitCode | None = None
    kind: PopulationKind = Population.Kind.UNIT
    role: Words120 = ""
    site: Words120 = ""
    shift: Words60 = ""
    headcount: Heads | None = Field(None, description="null: unknown, which is not 0.")
    headcount_on: Day | None = None
    weekly_hours: WeeklyHours = 35.0
    custom: Custom = Field(default_factory=dict)


@partial
class PopulationPatch(PopulationIn):
    """Facts of a population to change."""


class PopulationOut(Schema):
    """A population."""

    id: int
    version: int
    code: str
    name: str
    unit: str | None
    kind: str
    role: str
    site: str
    shift: str
    headcount: int | None
    headcount_on: date | None
    weekly_hours: float
    custom: dict[str, object]


class PopulationsAsked(Listing):
    """Filters of the populations."""

    q: str = Field("", max_length=200, description="Words of the name or the code.")
    unit: str = Field("", max_length=40, description="Code of a unit: it and all below it.")
    kind: Population.Kind | None = None
    order: Literal["code", "-code", "name", "-name", "headcount", "-headcount"] = "name"


class CapacityRuleIn(Strict):
    """Share of working time that people can give to change, inherited by the units below."""

    unit: UnitCode | None = Field(None, description="null: the whole organisation.")
    absorption_ratio: Ratio = Field(examples=[0.08])
    reason: Words250 = ""


class CapacityRulePatch(Strict):
    """Another share for the same place."""

    absorption_ratio: Ratio
    reason: Words250 | None = None


class CapacityRuleOut(Schema):
    """A share that somebody set."""

    id: int
    version: int
    unit: str | None
    absorption_ratio: float
    reason: str
    provenance: str


class CapacityRulesAsked(Listing):
    """Filters of the capacity rules."""

    unit: str = Field("", max_length=40, description="Code of a unit.")
    order: Literal["unit", "-unit", "absorption_ratio", "-absorption_ratio"] = "unit"


class PeriodIn(Strict):
    """Days when capacity differs; `ends_on` is the first day after."""

    unit: UnitCode | None = Field(None, description="null: the whole organisation.")
    kind: PeriodKind = CalendarPeriod.Kind.PEAK
    name: Annotated[Name, Field(max_length=150)]
    starts_on: Day
    ends_on: Day
    factor: Factor = Field(0.5, description="What is left of capacity: 0 none, 1 as usual.")
    custom: Custom = Field(default_factory=dict)


@partial
class PeriodPatch(PeriodIn):
    """Facts of a period to change."""


class PeriodOut(Schema):
    """A period."""

    id: int
    version: int
    unit: str | None
    kind: str
    name: str
    starts_on: date
    ends_on: date
    factor: float
    custom: dict[str, object]


class PeriodsAsked(Listing):
    """Filters of the periods."""

    unit: str = Field("", max_length=40, description="Code of a unit.")
    kind: CalendarPeriod.Kind | None = None
    order: Literal["starts_on", "-starts_on", "name", "-name"] = "starts_on"
