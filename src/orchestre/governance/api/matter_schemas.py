"""Risks, issues and change requests as programs read and write them."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from ninja import Schema
from pydantic import Field

from orchestre.access.api.paging import Listing
from orchestre.access.api.strict import Code, Key, Prose, Strict, Title, Words150, Words250, partial
from orchestre.governance.models import Matter

Kind = Annotated[Matter.Kind, Field(strict=False)]


class MattersAsked(Listing):
    """Filters, the latest first."""

    body: int | None = None
    kind: Matter.Kind | None = None
    state: Matter.State | None = None
    initiative: str = Field("", max_length=40)


class MatterOut(Schema):
    """A risk, an issue or a change request."""

    id: int
    version: int
    code: str
    kind: str
    title: str
    detail: str
    body: int
    initiative: str | None
    owner: str
    state: str
    opened_on: date
    closing: str


class MatterFacts(Strict):
    """What is known of it."""

    title: Title
    detail: Prose = ""
    owner_name: Words150 = ""
    initiative: Code | None = None


class MatterIn(MatterFacts):
    """A new one, and the body that follows it."""

    kind: Kind = Matter.Kind.RISK
    body: Key


@partial
class MatterPatch(MatterFacts):
    """What changes of it."""


class ClosingIn(Strict):
    """Why it needs nothing more."""

    closing: Annotated[Words250, Field(min_length=1)]


class CarriedIn(Strict):
    """The meeting it is carried to."""

    meeting: Key
