"""Orders as programs read and give them."""

from __future__ import annotations

from typing import Literal

from ninja import Schema
from pydantic import Field

from orchestre.access.api.paging import Listing
from orchestre.access.api.strict import Code, Strict, Words250, partial
from orchestre.selection.models import Order


class SelectionOrderOut(Schema):
    """What is kept (`in`) or left out (`out`) whatever it is worth, and why."""

    id: int
    version: int
    selection: int
    initiative: str
    way: Literal["in", "out"]
    reason: str


class SelectionOrderIn(Strict):
    """An order on a candidate that has none."""

    initiative: Code
    way: Order.Way = Field(strict=False)
    reason: Words250


@partial
class SelectionOrderPatch(Strict):
    """What changes; what is left out stays."""

    way: Order.Way = Field(strict=False)
    reason: Words250


class SelectionOrdersAsked(Listing):
    """The orders of a selection, on one initiative, one way or all."""

    initiative: str = ""
    way: Literal["", "in", "out"] = ""
