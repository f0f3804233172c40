"""Options and opinions as programs read and write them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field

from orchestre.access.api.paging import Listing
from orchestre.access.api.strict import Key, Name, Prose, Strict, Words150, Words250, partial
from orchestre.governance.models import Opinion

Position = Annotated[Opinion.Position, Field(strict=False)]


class RowsAsked(Listing):
    """The question whose rows are listed."""

    item: int | None = None


class OptionOut(Schema):
    """One answer to a question."""

    id: int
    version: int
    item: int
    rank: int
    title: str
    detail: str
    consequence: str
    does_nothing: bool
    recommended: bool
    scenario: int | None


class OptionFacts(Strict):
    """What an option says."""

    title: Name
    detail: Prose = ""
    consequence: Words250 = ""
    does_nothing: bool = False
    recommended: bool = False
    scenario: Key | None = Field(None, description="Choosing this option makes it the plan.")


class OptionIn(OptionFacts):
    """An option of one question."""

    item: Key


@partial
class OptionPatch(OptionFacts):
    """What changes of an option."""


class OpinionsAsked(RowsAsked):
    """Filters of the opinions."""

    mine: bool = Field(False, description="Only those that are asked of you.")


class OpinionOut(Schema):
    """An opinion before the vote: its seal always, its words once the question is open."""

    id: int
    version: int
    item: int
    name: str
    on_behalf_of: str
    seal: str = Field(description="SHA-256 of a secret salt and of the words; empty: not given.")
    sealed_at: datetime | None
    opened_at: datetime | None
    position: str | None = Field(description="null while it is closed to you.")
    text: str | None = Field(description="null while it is closed to you.")
    holds: bool | None = Field(description="Once opened: whether the words are those sealed.")


class OpinionIn(Strict):
    """Whose opinion is asked."""

    item: Key
    email: Annotated[Words150, Field(min_length=3)]
    on_behalf_of: Words150 = ""


class GivenIn(Strict):
    """What one's opinion is."""

    position: Position
    text: Annotated[Prose, Field(max_length=5000)] = ""
