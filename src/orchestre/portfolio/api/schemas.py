"""The portfolio as programs read and write it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from orchestre.access.api.paging import Listing
from orchestre.access.api.strict import (
    Amount,
    Code,
    Custom,
    Day,
    Name,
    Prose,
    Strict,
    Title,
    Weeks,
    Words,
    Words150,
    Words250,
    partial,
)
from orchestre.portfolio.models import Dependency, Initiative, Milestone

Family = Annotated[Initiative.Family, Field(strict=False)] | Literal[""]
Kind = Annotated[Initiative.Kind, Field(strict=False)] | Literal[""]
Stage = Annotated[Initiative.Stage, Field(strict=False)]
Health = Annotated[Initiative.Health, Field(strict=False)]
MilestoneKind = Annotated[Milestone.Kind, Field(strict=False)]
DependencyKind = Annotated[Dependency.Kind, Field(strict=False)]
Priority = Annotated[int, Field(ge=0, le=32767)]
Days = Annotated[int, Field(ge=-36500, le=36500)]
Known = Annotated[Code, Field(min_length=1)]
Side = Literal["giver", "taker"]


class InitiativeIn(Strict):
    """A change; only a title is needed. `ends_on` is the first day after it."""

    title: Title = Field(examples=["Move the warehouses to the new WMS"])
    code: Code = Field("", description="Empty: the next one, such as IN-047.")
    why: Prose = ""
    family: Family = ""
    kind: Kind = ""
    stage: Stage = Initiative.Stage.IDEA
    priority: Priority | None = None
    programme: Code | None = Field(None, description="Code of a programme.")
    unit: Code | None = Field(None, description="Code of the owning unit.")
    sponsor_name: Words150 = ""
    lead_name: Words150 = ""
    starts_on: Day | None = None
    ends_on: Day | None = None
    go_live_on: Day | None = None
    go_live_earlier_weeks: Weeks = 0.0
    go_live_later_weeks: Weeks = 0.0
    baseline_starts_on: Day | None = None
    baseline_ends_on: Day | None = None
    cost_eur: Amount | None = None
    mandatory: bool = False
    mandatory_reason: Words250 = ""
    confidential: bool = False
    micro: bool = False
    health_human: Health = Initiative.Health.UNKNOWN
    health_technical: Health = Initiative.Health.UNKNOWN
    health_economic: Health = Initiative.Health.UNKNOWN
    systems: Words = Field(default_factory=list)
    processes: Words = Field(default_factory=list)
    suppliers: Words = Field(default_factory=list)
    experts: Words = Field(default_factory=list)
    deliverables: Words = Field(default_factory=list)
    custom: Custom = Field(default_factory=dict)


@partial
class InitiativePatch(InitiativeIn):
    """Facts of an initiative to change; those left out stay."""

    code: Known


class InitiativeOut(Schema):
    """An initiative."""

    id: int
    version: int
    code: str
    title: str
    why: str
    family: str
    kind: str
    stage: str
    priority: int | None
    programme: str | None
    unit: str | None
    sponsor_name: str
    lead_name: str
    starts_on: date | None
    ends_on: date | None
    go_live_on: date | None
    go_live_earlier_weeks: float
    go_live_later_weeks: float
    baseline_starts_on: date | None
    baseline_ends_on: date | None
    cost_eur: Decimal | None = Field(description="Euros, as text: no cent is lost.")
    mandatory: bool
    mandatory_reason: str
    confidential: bool
    micro: bool
    health_human: str
    health_technical: str
    health_economic: str
    systems: list[str]
    processes: list[str]
    suppliers: list[str]
    experts: list[str]
    deliverables: list[str]
    custom: dict[str, object]
    archived_at: datetime | None
    updated_at: datetime


SortedBy = Literal[
    "code", "-code", "title", "-title", "stage", "-stage", "sponsor", "-sponsor", "lead",
    "-lead", "starts", "-starts", "ends", "-ends", "updated", "-updated", "cost", "-cost",
]  # fmt: skip


class InitiativesAsked(Listing):
    """Filters of the initiatives; several values of one name widen it."""

    q: str = Field("", max_length=200, description="Words of the code, title, names or unit.")
    stage: list[Initiative.Stage] = Field(default_factory=list)
    family: list[Initiative.Family] = Field(default_factory=list)
    kind: list[Initiative.Kind] = Field(default_factory=list)
    unit: list[str] = Field(default_factory=list, description="Codes: each with all below it.")
    programme: list[str] = Field(default_factory=list, description="Codes.")
    objective: list[str] = Field(
        default_factory=list, description="Codes; `none` for those that serve no objective."
    )
    sponsor: list[str] = Field(default_factory=list)
    lead: list[str] = Field(default_factory=list)
    starts_after: Day | None = None
    ends_before: Day | None = None
    health: list[Literal["off", "watch", "unknown"]] = Field(default_factory=list)
    dates: Literal["missing"] | None = None
    news: Literal["stale"] | None = None
    mandatory: Literal["1"] | None = None
    micro: Literal["1"] | None = None
    confidential: Literal["1"] | None = None
    archived: Literal["1"] | None = Field(None, description="The archived ones instead.")
    order: SortedBy = "code"


class MoveIn(Strict):
    """By how many days; below 0 is earlier."""

    days: Days = Field(examples=[28])
    reason: Words250 = ""


class ReasonIn(Strict):
    """Why; it stays in the journal."""

    reason: Words250 = Field(min_length=1)


class BulkIn(Strict):
    """One fact for many initiatives: all of them, or none."""

    codes: Annotated[list[Known], Field(min_length=1, max_length=500)]
    field: Literal[
        "stage", "family", "kind", "sponsor_name", "lead_name",
        "health_human", "health_technical", "health_economic",
    ]  # fmt: skip
    value: Words150


class BulkOut(Schema):
    """What was changed."""

    changed: list[str]
    unchanged: list[str]
    act: int | None = Field(description="Undo it with POST /journal/{id}/undo.")


class ProgrammeIn(Strict):
    """Initiatives run together."""

    name: Name
    code: Code = ""


class ProgrammeOut(Schema):
    """A programme."""

    id: int
    version: int
    code: str
    name: str


class ProgrammesAsked(Listing):
    """Order of the programmes."""

    order: Literal["code", "-code", "name", "-name"] = "name"


class MilestoneFacts(Strict):
    """A dated event."""

    name: Title
    kind: MilestoneKind = Milestone.Kind.OTHER
    baseline_on: Day | None = Field(None, description="Left out: the first forecast.")
    forecast_on: Day | None = None
    actual_on: Day | None = None
    custom: Custom = Field(default_factory=dict)


class MilestoneIn(MilestoneFacts):
    """A dated event of an initiative."""

    initiative: Known


@partial
class MilestonePatch(MilestoneFacts):
    """Facts of a milestone to change."""


class MilestoneOut(Schema):
    """A milestone."""

    id: int
    version: int
    initiative: str
    name: str
    kind: str
    baseline_on: date | None
    forecast_on: date | None
    actual_on: date | None
    custom: dict[str, object]


class MilestonesAsked(Listing):
    """Filters of the milestones."""

    initiative: str = Field("", max_length=40, description="Code of an initiative.")
    kind: Milestone.Kind | None = None
    forecast_after: Day | None = None
    forecast_before: Day | None = None
    order: Literal["forecast_on", "-forecast_on", "name", "-name"] = "forecast_on"


class DependencyFacts(Strict):
    """What is delivered, when, between which ends."""

    kind: DependencyKind = Dependency.Kind.FS
    lag_days: Days = 0
    what: Words250 = ""


class DependencyIn(DependencyFacts):
    """One initiative gives what another needs; the side that writes agrees by writing."""

    giver: Known
    taker: Known
    side: Side = Field("taker", description="For which end you write.")


@partial
class DependencyChanges(DependencyFacts):
    """Facts of a dependency to change."""


class DependencyPatch(DependencyChanges):
    """Facts to change, for one end; the other must agree again."""

    side: Side


class AgreeIn(Strict):
    """What one end says of a dependency."""

    side: Side
    agreed: bool = True


class DependencyOut(Schema):
    """A dependency whose two ends you may see."""

    id: int
    version: int
    giver: str
    taker: str
    kind: str
    lag_days: int
    what: str
    agreed_by_giver: bool
    agreed_by_taker: bool
    slack_days: int | None = Field(description="Below 0: the dates do not hold.")


class DependenciesAsked(Listing):
    """Filters of the dependencies."""

    initiative: str = Field("", max_length=40, description="Code of either end.")
    order: Literal["id", "-id"] = "id"


class ContributionIn(Strict):
    """An initiative serves an objective, more or less."""

    initiative: Known
    objective: Known
    weight: Annotated[float, Field(gt=0, le=1000)] = 1.0


class ContributionOut(Schema):
    """What an initiative brings to an objective."""

    id: int
    version: int
    initiative: str
    objective: str
    weight: float


class EffectIn(Strict):
    """An initiative pushes an indicator up or down."""

    initiative: Known
    indicator: Known
    direction: Literal["up", "down"]


class EffectOut(Schema):
    """Which way an initiative pushes an indicator."""

    id: int
    version: int
    initiative: str
    indicator: str
    direction: str


class ContributionsAsked(Listing):
    """Filters of the contributions."""

    initiative: str = Field("", max_length=40)
    objective: str = Field("", max_length=40)


class EffectsAsked(Listing):
    """Filters of the effects."""

    initiative: str = Field("", max_length=40)
    indicator: str = Field("", max_length=40)
