"""How the sheets, fields and values of the portfolio workbook are declared.

Names and examples are written `français | English`, synonyms `one; another`.
"""

from dataclasses import dataclass, replace
from typing import Literal

FieldType = Literal[
    "id", "text", "long", "date", "number", "integer", "money", "ratio", "bool", "list",
    "choice", "years", "months",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values a field may take, and the words people use for it."""

    code: str
    fr: str
    en: str
    synonyms: tuple[str, ...] = ()

    def label(self, language: str) -> str:
        """Return the word written in a workbook of that language."""
        return self.fr if language == "fr" else self.en


@dataclass(frozen=True, slots=True)
class Field:
    """One column of one sheet: its names, its type, an example in each language.

    `closes` marks the last day of something: a month written there means its last day.
    `unit` is the unit of a bare number of money.
    """

    kind: str
    code: str
    fr: str
    en: str
    type: FieldType = "text"
    synonyms: tuple[str, ...] = ()
    required: bool = False
    example_fr: str = ""
    example_en: str = ""
    choices: tuple[Choice, ...] = ()
    unit: str = ""
    closes: bool = False
    least: float | None = None
    most: float | None = None

    def header(self, language: str) -> str:
        """Return the header of the column in a language."""
        return self.fr if language == "fr" else self.en

    def example(self, language: str) -> str:
        """Return how a cell is written in a language."""
        return self.example_fr if language == "fr" else self.example_en


@dataclass(frozen=True, slots=True)
class SheetKind:
    """One sheet of the portfolio workbook."""

    kind: str
    fr: str
    en: str
    synonyms: tuple[str, ...] = ()

    def title(self, language: str) -> str:
        """Return the name of the sheet in a language."""
        return self.fr if language == "fr" else self.en


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for name in text.split("; ") if name)


def _pair(text: str) -> tuple[str, str]:
    french, _, english = text.partition(" | ")
    return french, english


def choice(code: str, names: str, synonyms: str = "") -> Choice:
    """Declare a value."""
    return Choice(code, *_pair(names), _names(synonyms))


def field(  # noqa: PLR0913 - a declaration, read as a line of a table
    code: str,
    names: str,
    kind_of_value: FieldType = "text",
    synonyms: str = "",
    *,
    example: str = " | ",
    required: bool = False,
    choices: tuple[Choice, ...] = (),
    unit: str = "",
    closes: bool = False,
    least: float | None = None,
    most: float | None = None,
) -> Field:
    """Declare a column; the sheet it belongs to is said by `declare`."""
    fr, en = _pair(names)
    example_fr, example_en = _pair(example)
    return Field(
        kind="", code=code, fr=fr, en=en, type=kind_of_value, synonyms=_names(synonyms),
        required=required, example_fr=example_fr, example_en=example_en, choices=choices,
        unit=unit, closes=closes, least=least, most=most,
    )  # fmt: skip


def declare(kind: str, *fields: Field) -> tuple[Field, ...]:
    """Declare the columns of a sheet, after the hidden one that makes re-imports updates."""
    identity = field(
        "id", "Identifiant Orchestre | Orchestre id", "id", "orchestre identifier; id orchestre"
    )
    return tuple(replace(one, kind=kind) for one in (identity, *fields))
