"""The eight questions as programs ask them."""

from __future__ import annotations

from typing import Literal

from ninja import Schema
from pydantic import Field

from orchestre.access.api.paging import Asked
from orchestre.sequencing.presenters.asking import LONGEST_WEEKS


class AnswerAsked(Asked):
    """What a question is about; each question says what it takes."""

    initiative: str = Field("", max_length=40, description="Code of an initiative.")
    programme: str = Field("", max_length=40, description="Code of a programme, for `stop`.")
    unit: str = Field("", max_length=40, description="Code of the unit that leads, for `delay`.")
    weeks: int = Field(
        0,
        ge=-LONGEST_WEEKS,
        le=LONGEST_WEEKS,
        description="Weeks of delay, for `delay`; 8 by default, below 0 for earlier.",
    )
    quarter: str = Field("", max_length=6, description="As 2027-2, for `delay`: that quarter.")


class QuestionOut(Schema):
    """A question that may be asked."""

    key: str
    question: str
    page: str = Field(description="Address of the page that answers.")
    takes: list[str] = Field(description="What it is about; empty: the whole organisation.")


class FigureOut(Schema):
    """One figure, written for its reader."""

    label: str
    value: str
    trend: str
    note: str
    provenance: Literal["measured", "declared", "assumed"]


class MovedOut(Schema):
    """One gauge of the plan without and with what is asked; null where nothing is known."""

    name: str
    before: float | None
    after: float | None
    delta: float | None
    verdict: str = Field(description="better, worse or same; empty when nothing is known.")


class PartOut(Schema):
    """One part of the answer: sentences, a table, and what is to be known of it."""

    title: str
    lines: list[str]
    columns: list[str]
    rows: list[list[str]]
    note: str


class ChoiceOut(Schema):
    """One thing that the question may be about."""

    parameter: Literal["initiative", "programme", "unit"]
    value: str
    label: str


class AnswerOut(Schema):
    """An answer in the language of the call, as its page gives it."""

    key: str
    question: str
    page: str
    sentence: str = Field(description="The answer; empty while the question lacks its object.")
    detail: str
    figures: list[FigureOut]
    gauges: list[MovedOut] = Field(description="For `add`, `stop` and `delay`.")
    parts: list[PartOut]
    choices: list[ChoiceOut] = Field(description="While the question lacks its object.")
