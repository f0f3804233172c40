"""Benefits, amounts and results as programs read and write them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from orchestre.access.api.paging import Listing, Window
from orchestre.access.api.strict import (
    Amount,
    Code,
    Custom,
    Day,
    Prose,
    Ratio,
    Strict,
    Title,
    Words40,
    Words150,
    Words250,
    partial,
)
from orchestre.benefits.models import EUROS, Benefit

Known = Annotated[Code, Field(min_length=1)]
Kind = Annotated[Benefit.Kind, Field(strict=False)]
Recurrence = Annotated[Benefit.Recurrence, Field(strict=False)]


class BenefitFacts(Strict):
    """What must change, from where, how it is measured; null is not known, never zero."""

    title: Title
    owner_name: Words150 = ""
    unit: Code | None = Field(None, description="Code of the unit that benefits.")
    kind: Kind = Benefit.Kind.CASHABLE
    hard: bool = False
    disbenefit: bool = False
    measure: Words40 = Field(EUROS, description="€ is added to others; any other stands apart.")
    budget_line: Words150 = ""
    recurrence: Recurrence = Benefit.Recurrence.UNSAID
    baseline_value: Amount | None = None
    baseline_on: Day | None = None
    baseline_source: Words250 = ""
    target_per_year: Amount | None = None
    ramp_months: Annotated[int, Field(ge=0, le=120)] = 0
    lag_weeks: Annotated[int, Field(ge=0, le=520)] = 0
    attribution_ratio: Ratio = 1.0
    confidence_ratio: Ratio = 1.0
    assumptions: Prose = ""
    method: Prose = ""
    cost_to_achieve_eur: Amount | None = None
    committed_on: Day | None = None
    budgeted_on: Day | None = None
    custom: Custom = Field(default_factory=dict)


class BenefitIn(BenefitFacts):
    """A benefit of one initiative."""

    initiative: Known
    code: Code = Field("", description="Empty: the next one is given.")


@partial
class BenefitPatch(BenefitFacts):
    """Facts of a benefit to change."""


class BenefitOut(Schema):
    """A benefit."""

    id: int
    version: int
    code: str
    initiative: str
    title: str
    owner_name: str
    unit: str | None
    kind: str
    hard: bool
    disbenefit: bool
    measure: str
    budget_line: str
    recurrence: str
    baseline_value: float | None
    baseline_on: date | None
    baseline_source: str
    target_per_year: float | None
    ramp_months: int
    lag_weeks: int
    attribution_ratio: float
    confidence_ratio: float
    assumptions: str
    method: str
    cost_to_achieve_eur: float | None
    committed_on: date | None
    budgeted_on: date | None
    custom: dict[str, object]


class BenefitsAsked(Listing):
    """Filters of the benefits."""

    initiative: str = Field("", max_length=40)
    kind: Benefit.Kind | None = None
    order: Literal["code", "-code"] = "code"


class DeclareIn(Strict):
    """What one month brought, in the measure of the benefit."""

    month_on: Day
    amount: Amount
    note: Words250 = ""


class ValidateIn(Strict):
    """How much of what somebody else declared is proven."""

    amount: Amount


class ValueOut(Schema):
    """One month of one benefit."""

    id: int
    version: int
    benefit: str
    month_on: date
    planned: float | None
    forecast: float | None
    declared: float | None
    declared_by: str | None
    validated: float | None
    validated_by: str | None
    note: str


class ValuesAsked(Listing):
    """Filters of the amounts."""

    benefit: str = Field("", max_length=40)
    order: Literal["month_on", "-month_on"] = "month_on"


class DoubleOut(Schema):
    """Benefits that claim the same line of the same unit beyond the whole."""

    benefits: list[str]
    unit: str
    line: str
    claimed_ratio: float


class BenefitResult(Schema):
    """One benefit to date, in its own measure."""

    code: str
    initiative: str
    title: str
    measure: str
    disbenefit: bool
    planned: float | None
    declared: float | None
    validated: float | None
    declared_ratio: float | None
    validated_ratio: float | None
    level: str
    lacks: list[str]


class ResultsOut(Window):
    """Gains in euros to date of the initiatives you may read; negative effects are apart.

    The totals count every benefit; `benefits` is one page of them.
    """

    computation: str
    as_of: date
    planned_eur: float | None
    declared_eur: float | None
    validated_eur: float | None
    declared_ratio: float | None
    validated_ratio: float | None
    forecast_ratio: float | None
    auditable_ratio: float | None
    harm_declared_eur: float | None
    ladder_eur: dict[str, float] = Field(description="At each level or above; never added.")
    double_counts: list[DoubleOut]
    benefits: list[BenefitResult]
