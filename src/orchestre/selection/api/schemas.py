"""Selections as programs read and write them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from ninja import Schema
from pydantic import Field

from orchestre.access.api.paging import Asked, Listing
from orchestre.access.api.strict import (
    Amount,
    Code,
    Day,
    Key,
    Strict,
    Words80,
    Words150,
    Words250,
    partial,
)
from orchestre.selection.models import Rating, Selection
from orchestre.selection.rules import MOST_MONTHS


class SelectionOut(Schema):
    """An exercise of selection."""

    id: int
    version: int
    name: str
    shared: bool
    finished_at: datetime | None
    starts_on: date
    months: int
    grain: str
    budget_eur: Decimal | None
    method: str
    stages: list[str]
    use_roles: bool
    use_people: bool
    later_months: int
    picks: list[str]


class SelectionIn(Strict):
    """What an exercise chooses among, within what, and how it values."""

    name: Words150 = Field(min_length=1)
    starts_on: Day
    months: int = Field(12, ge=1, le=MOST_MONTHS)
    grain: Selection.Grain = Field(Selection.Grain.QUARTER, strict=False)
    budget_eur: Amount | None = None
    method: Selection.Method = Field(Selection.Method.DRIVERS, strict=False)
    use_roles: bool = True
    use_people: bool = True
    later_months: int = Field(0, ge=0, le=3)


@partial
class SelectionPatch(SelectionIn):
    """What changes; what is left out stays."""


class SelectionsAsked(Listing):
    """The visible selections, the last first."""


class HolderOut(Schema):
    """A role or a population that binds."""

    holder: str
    gain: float
    periods: list[str]


class BindingOut(Schema):
    """What lifting all the limits of a kind would bring, in value."""

    kind: str
    gain: float
    holders: list[HolderOut]


class MissingOut(Schema):
    """What a limit lacks: euros, full-time equivalents or person-hours."""

    kind: str
    holder: str
    period: str
    missing: float
    amount: float | None


class KeptOut(Schema):
    """An initiative kept."""

    initiative: str
    title: str
    value: float
    cost_eur: float
    months_later: int
    by_order: bool


class RefusedOut(Schema):
    """An initiative refused, and why."""

    initiative: str
    title: str
    value: float
    cost_eur: float
    cause: str
    why: str
    missing: list[MissingOut]


class PointOut(Schema):
    """A point of the efficient frontier."""

    budget_eur: float
    value: float
    cost_eur: float
    kept: int
    bound: float


class AnswerOut(Schema):
    """What to keep, what binds, what is refused."""

    sentence: str
    value_ratio: float | None
    cost_eur: float
    budget_eur: float | None
    gap_ratio: float
    candidates: int
    unnamed_initiatives: int
    kept: list[KeptOut]
    refused: list[RefusedOut]
    binding: list[BindingOut]
    plateau_budget_eur: float | None
    plateau_binding: list[BindingOut]
    frontier: list[PointOut]
    formula: str
    fingerprint: str
    doubts: list[str]


class AdmissionOut(Schema):
    """Three ways to admit a refused initiative, each verified by solving again."""

    initiative: str
    cause: str
    missing: list[MissingOut]
    raised_value: float | None
    raised_keeps: bool
    forced_value: float | None
    enters: list[str]
    leaves: list[str]
    smallest: list[MissingOut]


class ComputedOut(Schema):
    """The run that computes, or has computed."""

    run: int
    status: str


class PartOut(Schema):
    """What one driver brings to a score; a driver that is not rated brings nothing and is null."""

    driver: str
    weight: float
    level: str | None
    used_ratio: float
    points: float | None


class PriorityOut(Schema):
    """One candidate in both orders; `score` is from 0 to 1, or euros a year."""

    initiative: str
    title: str
    score: float | None
    coverage_ratio: float
    score_rank: int | None
    parts: list[PartOut]
    delay_cost_eur_per_week: float | None
    weeks: float | None
    fte_weeks: float | None
    delay_ratio: float | None
    delay_rank: int | None
    kept: bool | None
    missing: list[str]


class PrioritiesAsked(Listing):
    """Which order, and what the cost of delay is divided by."""

    order: Literal["score", "delay", "code"] = "score"
    by: Literal["duration", "size"] = "duration"


class WeightsAsked(Asked):
    """What the cost of delay is divided by."""

    by: Literal["duration", "size"] = "duration"


class WeightOut(Schema):
    """A driver and its weight; the weights add up to 1."""

    driver: str
    weight: float


class WeightingOut(Schema):
    """The weights, where they come from, and how far both orders agree."""

    source: str
    weights: list[WeightOut]
    scored: int
    ranked_by_delay: int
    pairs: int
    agreement_ratio: float | None
    score_formula: str
    delay_formula: str


class DriverOut(Schema):
    """What the organisation wants more of; `weight` is declared, null when it is not."""

    id: int
    version: int
    selection: int
    name: str
    meaning: str
    objective: str | None
    weight: float | None


class DriverIn(Strict):
    """A driver; only the proportions of declared weights count."""

    name: Words80 = Field(min_length=1)
    meaning: Words250 = ""
    objective: Code | None = None
    weight: float | None = Field(None, ge=0.01, le=1000)


@partial
class DriverPatch(DriverIn):
    """What changes; what is left out stays."""


class DriversAsked(Listing):
    """The drivers of a selection."""


class RaterOut(Schema):
    """Who compares the drivers."""

    id: int
    version: int
    selection: int
    name: str


class RaterIn(Strict):
    """Somebody, or a team, that compares the drivers."""

    name: Words80 = Field(min_length=1)


class RatersAsked(Listing):
    """Those who compare in a selection."""


class JudgementOut(Schema):
    """`first` counts `ratio` times as much as `second`, as a rater says."""

    id: int
    version: int
    rater: int
    first: int
    second: int
    ratio: float


class JudgementIn(Strict):
    """An answer on a pair of drivers."""

    rater: Key
    first: Key
    second: Key
    ratio: float = Field(ge=0.1, le=9)


class JudgementPatch(Strict):
    """The same pair, answered again."""

    ratio: float = Field(ge=0.1, le=9)


class JudgementsAsked(Listing):
    """The comparisons of a selection, of one rater or of all."""

    rater: int | None = Field(None, ge=1, le=2**53)


class RatingOut(Schema):
    """How much an initiative moves a driver."""

    id: int
    version: int
    driver: int
    initiative: str
    level: str


class RatingIn(Strict):
    """A rating that nobody gave yet."""

    driver: Key
    initiative: Code
    level: Rating.Level = Field(strict=False)


class RatingPatch(Strict):
    """Another level."""

    level: Rating.Level = Field(strict=False)


class RatingsAsked(Listing):
    """The ratings of a selection, of one driver, of one initiative or of all."""

    driver: int | None = Field(None, ge=1, le=2**53)
    initiative: str = ""
