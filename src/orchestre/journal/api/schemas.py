"""The journal as programs read it."""

from __future__ import annotations

from datetime import datetime

from ninja import Schema
from pydantic import Field

from orchestre.access.api.paging import Listing
from orchestre.access.api.strict import Day


class ActOut(Schema):
    """One act."""

    id: int
    number: int | None = Field(description="Its place in the chain.")
    at: datetime
    who: str
    what: str
    reason: str
    undone: bool


class FieldOut(Schema):
    """One field, before and after."""

    label: str
    before: str | None
    after: str | None


class RowOut(Schema):
    """What happened to one row."""

    kind: str
    name: str
    operation: str
    fields: list[FieldOut]


class ActDetail(ActOut):
    """One act with what it wrote."""

    rows: list[RowOut]


class HeadOut(Schema):
    """The last link of the chain, to be written down elsewhere."""

    seq: int
    hash: str


class ActsAsked(Listing):
    """Filters of the journal, last act first."""

    verb: str = Field("", max_length=60, description="Beginning of the verb: `portfolio.`")
    q: str = Field("", max_length=200, description="Words of the act or of a row it wrote.")
    first_day: Day | None = None
    last_day: Day | None = None
