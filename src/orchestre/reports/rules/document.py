"""A committee pack as frozen values: what is shown, with the figures behind it.

Everything a reader sees is here, already written in the language of the pack, beside the plain
figures: PDF, slides, workbook and page are drawn from it alone, so that a pack opened again next
year shows the same numbers. `SCHEMA` rises when the shape of these values changes.
"""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

SCHEMA = 1
Tone = Literal["", "ok", "watch", "off", "done", "unknown", "muted"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text, the figure behind it, and what colours it (never alone)."""

    text: str
    number: float | None = None
    level: int | None = None
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Head:
    """A column; `share` is its part of the width among its sisters."""

    label: str
    numeric: bool = False
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Line:
    """A row; `key` tells the same row from one pack to the next."""

    key: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows and columns; `empty` is the sentence shown when there is no row."""

    key: str
    title: str
    columns: tuple[Head, ...]
    rows: tuple[Line, ...]
    note: str = ""
    empty: str = ""
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Heat:
    """A map of classes 0 to 6, each cell with its figure; `legend` names the classes."""

    key: str
    title: str
    corner: str
    columns: tuple[str, ...]
    rows: tuple[Line, ...]
    legend: tuple[str, ...]
    note: str = ""
    empty: str = ""
    kind: Literal["heat"] = "heat"


@dataclass(frozen=True, slots=True)
class Series:
    """One line or one colour of a chart; None leaves a gap."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart that PowerPoint draws and lets edit; `sentence` says what it shows."""

    key: str
    title: str
    sentence: str
    shape: Literal["line", "column", "stack"]
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    kind: Literal["chart"] = "chart"


@dataclass(frozen=True, slots=True)
class Mark:
    """A dated event on a bar."""

    on: date
    label: str
    done: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """An initiative in time; `ends_on` is not included, the baseline may be unknown."""

    key: str
    label: str
    starts_on: date
    ends_on: date
    baseline: tuple[date, date] | None = None
    tone: Tone = ""
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Road:
    """A roadmap: one bar for each initiative, its milestones, the day of the pack."""

    key: str
    title: str
    starts_on: date
    ends_on: date
    today: date
    bars: tuple[Bar, ...]
    freezes: tuple[Mark, ...] = ()
    note: str = ""
    empty: str = ""
    kind: Literal["road"] = "road"


@dataclass(frozen=True, slots=True)
class Figure:
    """A key figure; `why` says the formula and its inputs."""

    key: str
    label: str
    text: str
    number: float | None = None
    note: str = ""
    why: str = ""
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """The few figures of a page."""

    key: str
    figures: tuple[Figure, ...]
    kind: Literal["figures"] = "figures"


@dataclass(frozen=True, slots=True)
class Words:
    """Paragraphs; a list when `bullets`."""

    key: str
    texts: tuple[str, ...]
    title: str = ""
    bullets: bool = False
    kind: Literal["words"] = "words"


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a decision, with the consequence of each measure."""

    label: str
    cells: tuple[Cell, ...]
    recommended: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A decision that is asked: context, options side by side, until when, what waiting costs."""

    key: str
    title: str
    context: tuple[str, ...]
    measures: tuple[str, ...]
    options: tuple[Choice, ...]
    recommendation: str = ""
    deadline: str = ""
    waiting: str = ""
    kind: Literal["question"] = "question"


Block = Annotated[
    Table | Heat | Chart | Road | Figures | Words | Question, Field(discriminator="kind")
]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a pack; its `lead` is the sentence that a busy person reads."""

    key: str
    title: str
    lead: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """What a figure rests on: a computation, its version, its seed, its fingerprint."""

    computation: str
    version: str
    seed: str = ""
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    """A whole pack. `grounds` are the computations behind it; `plan` names the plan in force.

    `bodies` are the committees whose words it quotes: who may not read them does not open it.
    """

    title: str
    organisation: str
    language: str
    audience: str
    as_of: date
    written_at: str
    sections: tuple[Section, ...]
    grounds: tuple[Ground, ...]
    plan: str = ""
    confidential: bool = False
    bodies: tuple[int, ...] = ()
    schema: int = SCHEMA


@cache
def _adapter() -> TypeAdapter[Pack]:
    return TypeAdapter(Pack)


def freeze(pack: Pack) -> bytes:
    """Write a pack as compressed JSON."""
    return zlib.compress(_adapter().dump_json(pack), 9)


def thaw(content: bytes) -> Pack:
    """Read a frozen pack again; what does not have the shape is refused by pydantic."""
    return _adapter().validate_json(plain(content))


def plain(content: bytes) -> bytes:
    """Return the JSON of a frozen pack."""
    return zlib.decompress(content)


def fingerprint(content: bytes) -> str:
    """Return the SHA-256 of what a pack says, whatever the compression."""
    return hashlib.sha256(plain(content)).hexdigest()


def short(digest: str) -> str:
    """Write a fingerprint as people compare it: two groups of four."""
    return f"{digest[:4]} {digest[4:8]}"
