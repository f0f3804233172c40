"""Committees as programs read and write them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import AwareDatetime, Field

from orchestre.access.api.paging import Listing
from orchestre.access.api.strict import (
    Code,
    Day,
    Key,
    Number,
    Prose,
    Strict,
    Title,
    Words150,
    Words250,
    partial,
)
from orchestre.governance.models import Action, AgendaItem, Body, Decision, Meeting

Minutes = Annotated[int, Field(ge=1, le=600)]
BodyKind = Annotated[Body.Kind, Field(strict=False)]
Cadence = Annotated[Body.Cadence, Field(strict=False)]
ItemKind = Annotated[AgendaItem.Kind, Field(strict=False)]
Measure = Annotated[Decision.Measure, Field(strict=False)] | Literal[""]
Verdict = Literal["achieved", "partly", "not", "unknown"]
Instant = Annotated[AwareDatetime, Field(strict=False)]


class BodyOut(Schema):
    """A committee: its mandate, quorum and cadence."""

    id: int
    version: int
    name: str
    kind: str
    mandate: str
    quorum: int | None
    cadence: str
    usual_minutes: int
    scope: str
    open_to_readers: bool
    members: list[str]
    closed: bool


class BodyIn(Strict):
    """What makes a body of the whole organisation."""

    name: Annotated[Words150, Field(min_length=1)]
    kind: BodyKind = Body.Kind.COPIL
    mandate: Prose = ""
    quorum: Annotated[int, Field(ge=1, le=500)] | None = None
    cadence: Cadence = Body.Cadence.MONTHLY
    usual_minutes: Minutes = 90
    open_to_readers: bool = False


@partial
class BodyPatch(BodyIn):
    """What changes of a body."""


class MeetingOut(Schema):
    """One session of a body."""

    id: int
    version: int
    body: int
    starts_at: datetime
    minutes: int
    place: str
    state: str
    quorum_present: int
    quorum_needed: int | None
    items: int = Field(description="All items, those closed to you too.")


class MeetingIn(Strict):
    """When a body meets."""

    body: Key
    starts_at: Instant
    minutes: Minutes = 90
    place: Words250 = ""


class MeetingPatch(Strict):
    """What changes of a meeting."""

    starts_at: Instant | None = None
    minutes: Minutes | None = None
    place: Words250 | None = None


class MeetingsAsked(Listing):
    """Filters of the meetings, the latest first."""

    body: int | None = None
    state: Meeting.State | None = None


class ProposalOut(Schema):
    """One thing that is due for a meeting."""

    source: str
    key: str
    title: str
    why: str


class ProposalIn(Strict):
    """The proposal that goes on the agenda."""

    source: Annotated[str, Field(max_length=30)]
    key: Annotated[str, Field(max_length=60)]


class OptionOut(Schema):
    """One answer to a question."""

    id: int
    title: str
    detail: str
    consequence: str
    does_nothing: bool
    recommended: bool
    scenario: int | None


class ItemOut(Schema):
    """A question put to a meeting."""

    id: int
    version: int
    meeting: int
    rank: int
    title: str
    kind: str
    state: str
    context: str
    recommendation: str
    deadline_on: date | None
    waiting_cost: str
    minutes: int
    initiative: str | None
    asked_on: date
    options: list[OptionOut]
    opinions_asked: int
    opinions_sealed: int


class ItemIn(Strict):
    """What makes an item."""

    meeting: Key
    title: Title
    kind: ItemKind = AgendaItem.Kind.DECISION
    context: Prose = ""
    recommendation: Prose = ""
    deadline_on: Day | None = None
    waiting_cost: Words250 = ""
    minutes: Minutes = 10
    initiative: Code | None = None


class ItemPatch(Strict):
    """What changes of an item."""

    title: Title | None = None
    context: Prose | None = None
    recommendation: Prose | None = None
    deadline_on: Day | None = None
    waiting_cost: Words250 | None = None
    minutes: Minutes | None = None


class ItemsAsked(Listing):
    """Filters of the items, in the order of their agenda."""

    meeting: int | None = None
    state: AgendaItem.State | None = None


class DiscardedOut(Schema):
    """An option that was not chosen, and why."""

    title: str
    consequence: str = ""
    why: str = ""


class DecisionOut(Schema):
    """A decision, what it was to change, and what came of it."""

    id: int
    version: int
    code: str
    body: int
    meeting: int | None
    item: int | None
    initiative: str | None
    question: str
    chosen: str
    reason: str
    discarded: list[DiscardedOut]
    decided_on: date
    decided_by: str
    present: list[str]
    dissent: str
    conditions: str
    expected: str
    measure: str
    value_then: float | None
    value_expected: float | None
    value_now: float | None
    review_on: date | None
    verdict: str
    verdict_reason: str
    verdict_on: date | None
    asked_on: date | None
    plan: int | None
    replaces: int | None = Field(description="The decision it replaces, when you may read it.")
    replaced_by: int | None = Field(description="The decision that replaces it, idem.")


class EffectIn(Strict):
    """What a decision is to change, and when it is read again."""

    decided_by: Annotated[Words250, Field(min_length=1)]
    reason: Prose = ""
    dissent: Prose = ""
    conditions: Prose = ""
    expected: Prose = ""
    measure: Measure = ""
    measure_name: Words150 = ""
    value_then: Number | None = None
    value_expected: Number | None = None
    review_on: Day | None = None
    replaces: Key | None = Field(None, description="The decision that it replaces, by its number.")


class DecideIn(EffectIn):
    """The option chosen; `shown` is the difference of its scenario, as it was read."""

    option: Key | None = None
    chosen: Words250 = ""
    why_not: dict[str, Words250] = Field(default_factory=dict, description="Option id → why.")
    shown: Annotated[str, Field(max_length=80)] = ""


class DecisionIn(EffectIn):
    """A decision taken outside a meeting."""

    body: Key
    question: Title
    chosen: Annotated[Words250, Field(min_length=1)]
    decided_on: Day | None = None
    initiative: Code | None = None


class DecisionsAsked(Listing):
    """Filters of the decisions, the latest first."""

    body: int | None = None
    initiative: str = Field("", max_length=40)
    show: Literal["all", "late", "judged"] = "all"


class VerdictIn(Strict):
    """What came of a decision."""

    verdict: Verdict
    reason: Annotated[Words250, Field(min_length=1)]
    value: Number | None = None


class ActionOut(Schema):
    """Something to do."""

    id: int
    version: int
    code: str
    what: str
    owner: str
    due_on: date | None
    state: str
    body: int | None
    decision: str | None
    result: str
    chases: int
    chased_on: date | None
    chase_note: str


class ActionIn(Strict):
    """What makes an action."""

    what: Title
    owner_name: Words150 = ""
    due_on: Day | None = None
    body: Key


class ActionPatch(Strict):
    """What changes of an action."""

    what: Title | None = None
    owner_name: Words150 | None = None
    due_on: Day | None = None


class FinishIn(Strict):
    """What came of an action."""

    result: Words250 = ""
    dropped: bool = False


class ChaseIn(Strict):
    """What was answered to a reminder."""

    note: Words250 = ""


class ActionsAsked(Listing):
    """Filters of the actions, the most overdue first."""

    state: Action.State = Action.State.OPEN
    late: bool = False
    body: int | None = None


class FlowOut(Schema):
    """How fast questions become decisions."""

    velocity_days: float | None = Field(description="Median from asked to decided.")
    decided: int
    waiting: int
    debt: int = Field(description="Questions open past their date.")
    formula: str
