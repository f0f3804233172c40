"""What a file becomes once read: sheets of cells, and what there is to say about them."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Notice:
    """Something people must know about what was read; it refuses nothing."""

    code: str
    message: str
    sheet: str = ""
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of cells; row numbers are those the person sees in the file."""

    name: str
    rows: tuple[tuple[object, ...], ...]
    first_row_number: int = 1


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file as it was read; `encoding`, `separator` and `decimal` are empty when moot."""

    kind: str
    sheets: tuple[Sheet, ...]
    encoding: str = ""
    separator: str = ""
    decimal: str = ""
    notices: tuple[Notice, ...] = ()


class Unreadable(Exception):  # noqa: N818 - it finishes the sentence "this file is unreadable"
    """A rule of reading is broken; the code names the sentence, the details fill it."""

    def __init__(self, code: str, **details: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.details: Mapping[str, str | int] = details


@dataclass(slots=True)
class Draft:
    """A workbook being read inside the limited child, before any sentence is written."""

    kind: str
    sheets: list[Sheet] = field(default_factory=list)
    encoding: str = ""
    separator: str = ""
    decimal: str = ""
    notices: list[tuple[str, Mapping[str, str | int]]] = field(default_factory=list)

    def notice(self, code: str, **details: str | int) -> None:
        self.notices.append((code, details))
