"""The weather as programs read and declare it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field, StringConstraints

from orchestre.access.api.paging import Listing
from orchestre.access.api.strict import Day, Strict, Words250
from orchestre.weather.rules.view import FILTERS, SORTS

Level = Literal["ok", "watch", "off", ""]
Bound = Annotated[
    list[float | None], Field(min_length=2, max_length=2, description="Watch from, off track from.")
]
Summary = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]


class MeasureOut(Schema):
    """One figure of an axis."""

    name: str
    value: float
    watch_from: float
    off_from: float | None
    level: Level
    sentence: str


class AxisOut(Schema):
    """One axis of an initiative."""

    axis: str
    calculated: Level = Field(description="Empty: no figure, hence no level.")
    declared: Level | None = Field(description="Null: never declared, or out of date.")
    reason: str
    measures: list[MeasureOut]


class WeatherOut(Schema):
    """The weather of an initiative, calculated now, beside its last report."""

    initiative: str
    title: str
    calculated: Level
    declared: Level | None
    trend: int | None = Field(description="1 worse than at the last report, 0 the same, -1 better.")
    age_days: int | None
    stale: bool
    gap: int = Field(description="Axes declared better than calculated.")
    formula: str
    thresholds: int


class OneWeatherOut(WeatherOut):
    """The same, with its six axes and the number of its last report."""

    axes: list[AxisOut]
    last_report: int | None = Field(description="To be sent as `after` with the next report.")


class WeatherAsked(Listing):
    """Filters and order of the list."""

    only: Literal[FILTERS] = ""  # type: ignore[valid-type]  # the names that the page knows
    sort: Literal[SORTS] = "level"  # type: ignore[valid-type]  # idem
    q: str = Field("", max_length=80)


class ReportsAsked(Listing):
    """Reports, newest first."""

    initiative: str = Field("", max_length=40, description="Code of an initiative.")


class OpenedOut(Schema):
    """How many promises were frozen."""

    promises: int


class ReportOut(Schema):
    """A report as it was published."""

    id: int
    initiative: str
    period_on: date
    revision: int
    declared: dict[str, Level]
    reasons: dict[str, str]
    summary: str
    published_at: datetime
    calculated_level: Level
    declared_level: Level
    calculated: dict[str, Any] = Field(description="Levels and figures of that day.")
    formula: str
    thresholds: int


class DeclaredIn(Strict):
    """Six levels; an empty one says that it is not reported."""

    schedule: Level
    cost: Level
    scope: Level
    benefits: Level
    risks: Level
    people: Level


class ReasonsIn(Strict):
    """Why an axis looks better to the lead than the figures say."""

    schedule: Words250 = ""
    cost: Words250 = ""
    scope: Words250 = ""
    benefits: Words250 = ""
    risks: Words250 = ""
    people: Words250 = ""


class ForecastIn(Strict):
    """A milestone whose forecast moves."""

    id: int
    version: int
    forecast_on: Day | None


class ReportIn(Strict):
    """What a lead declares."""

    after: int | None = Field(description="The last report you read; null when there was none.")
    declared: DeclaredIn
    reasons: ReasonsIn = Field(default_factory=ReasonsIn)
    summary: Summary = ""
    milestones: list[ForecastIn] = Field(default_factory=list, max_length=50)


class ThresholdsOut(Schema):
    """The thresholds in force."""

    number: int
    formula: str
    values: dict[str, Any]


class ThresholdsIn(Strict):
    """A new version of the thresholds."""

    after: int = Field(description="The number of the version you read.")
    bounds: dict[str, Bound] = Field(
        default_factory=dict, description="Those of the method page where left out."
    )
    weights: dict[str, float]
    blocking: list[str]
    rule: Literal["worst", "mean"]
    least_known_share: float = Field(ge=0, le=1)
    period_days: int = Field(ge=1, le=92)
    reason: Words250 = Field(min_length=1)


class ZombiesAsked(Listing):
    """Which reasons count, and how many are needed."""

    least: Literal[1, 2, 3, 4] = 3
    without: str = Field("", max_length=120, description="Reasons left aside, with commas.")


class ReasonOut(Schema):
    """One reason to ask whether an initiative still lives."""

    name: str
    value: int
    sentence: str


class ZombieOut(Schema):
    """An initiative that gathers reasons, and what stopping would free."""

    code: str
    title: str
    reasons: list[ReasonOut]
    remaining_eur: float | None
    remaining_person_hours: float | None


class PromisesAsked(Listing):
    """The window of the months."""


class PromisesOut(Schema):
    """What was promised in a month, and what became of it."""

    month_on: date
    promised: int
    met: int
    slipped: int
    waiting: int
    dropped: int
    inserted: int
    commitment_ratio: float | None
    slip_ratio: float | None
