"""Imports and exports as programs see them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from orchestre.access.api.paging import Asked, Listing
from orchestre.access.api.strict import Prose, Strict, Words250
from orchestre.exchange.models import ImportSession

Sheet = Annotated[Words250, Field(min_length=1)]
Row = Annotated[int, Field(ge=0, le=10_000_000)]


class ImportOut(Schema):
    """A file on its way in; nothing is written before it is applied."""

    id: int
    version: int
    file_name: str
    digest: str = Field(description="SHA-256 of the file.")
    preset: str = Field(description="The kind of file that was recognised, or empty.")
    state: str
    progress: float
    report: dict[str, object]
    act: int | None = Field(description="The act that undoes it, once applied.")
    created_at: datetime


class ImportsAsked(Listing):
    """Filters of the imports, last first."""

    state: ImportSession.State | None = None


class ColumnOut(Schema):
    """One column of the file, and the field it goes to."""

    header: str
    target: str = Field(description="A field, `custom`, `money`, or empty to ignore it.")
    confidence: str


class SheetOut(Schema):
    """One sheet of the file, and what is made of it."""

    sheet: str
    kind: str
    used: bool
    columns: list[ColumnOut]


class MappingOut(Schema):
    """How the file is read, and what must be corrected first."""

    sheets: list[SheetOut]
    mistakes: list[str]


class SheetIn(Strict):
    """What you say of one sheet; what is left out stays as guessed."""

    used: bool | None = None
    kind: Words250 | None = Field(None, examples=["initiatives"])
    columns: Annotated[dict[Prose, Words250], Field(max_length=500)] = Field(
        default_factory=dict, examples=[{"Projet": "title", "Budget k€": "cost_eur"}]
    )


class MappingIn(Strict):
    """Columns by sheet."""

    sheets: Annotated[dict[Sheet, SheetIn], Field(max_length=100)] = Field(default_factory=dict)
    dayfirst: bool | None = Field(None, description="Whether 03/04 is the 3rd of April.")


class CorrectionIn(Strict):
    """One cell of the file, and what to read in it instead."""

    sheet: Sheet
    row: Row
    column: Words250
    value: Prose


class CorrectionsIn(Strict):
    """Cells to read otherwise."""

    cells: Annotated[list[CorrectionIn], Field(min_length=1, max_length=5000)]


class RefusalOut(Schema):
    """One cell that cannot be read, and why."""

    sheet: str
    row: int | None
    column: str
    value: str
    reason: str


class ReportOut(Schema):
    """What applying would do; nothing is written."""

    created: dict[str, int]
    changed: dict[str, int]
    unchanged: dict[str, int]
    deleted: dict[str, int]
    refused: list[RefusalOut]
    notices: list[str]


class ApplyIn(Strict):
    """How to apply."""

    only_if_clean: bool = Field(False, description="Write nothing when a cell is refused.")


class UndoneOut(Schema):
    """The act that undid the import."""

    act: int


class ExportAsked(Asked):
    """Which format, in which language."""

    language: Literal["fr", "en"] | None = Field(None, description="Of the headers; yours.")
