"""How far initiatives may move, and their legal steps, as programs read and write them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from orchestre.access.api.paging import Listing
from orchestre.access.api.strict import Code, Day, Strict, Words150, Words250, partial
from orchestre.sequencing.services.planning import MOST_DELAY_WEEKS

Known = Annotated[Code, Field(min_length=1)]
Named = Annotated[Words150, Field(min_length=1)]
Delay = Annotated[int, Field(ge=0, le=MOST_DELAY_WEEKS)]


class RulesAsked(Listing):
    """The initiatives of which somebody said how far they may move."""

    order: Literal["initiative", "-initiative"] = "initiative"


class RuleFacts(Strict):
    """How far the go-live of an initiative may move."""

    fixed: bool = Field(False, description="The go-live does not move.")
    earliest_on: Day | None = Field(None, description="No go-live before this day.")
    latest_on: Day | None = Field(None, description="No go-live after this day.")
    may_wait: bool = Field(False, description="It may be postponed beyond the horizon.")
    reason: Words250 = ""


@partial
class RulePatch(RuleFacts):
    """What to write; what is left out stays as it is. If-Match: 0 while nobody said."""


class RuleOut(Schema):
    """How far the go-live of an initiative may move; version 0 while nobody said."""

    version: int
    initiative: str
    fixed: bool
    earliest_on: date | None
    latest_on: date | None
    may_wait: bool
    reason: str


class StepsAsked(Listing):
    """Filters of the legal steps."""

    initiative: str = Field("", max_length=40)
    open: bool = Field(False, description="Only those that are not completed.")
    order: Literal["initiative", "-initiative"] = "initiative"


class StepFacts(Strict):
    """A step that the law asks before a go-live."""

    name: Named
    opens_on: Day
    delay_weeks: Delay = Field(
        description="Weeks it takes: no go-live before the opening plus these."
    )
    done_on: Day | None = Field(None, description="Once completed, it no longer limits anything.")


class StepIn(StepFacts):
    """A legal step of one initiative."""

    initiative: Known


@partial
class StepPatch(StepFacts):
    """Facts of a legal step to change."""


class StepOut(Schema):
    """A legal step."""

    id: int
    version: int
    initiative: str
    name: str
    opens_on: date
    delay_weeks: int
    done_on: date | None
