"""What programs may send: known fields only, of the right type, within bounds."""

from __future__ import annotations

import json
import re
from copy import copy
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, TypeVar

from django.http import HttpRequest
from ninja import Schema
from ninja.parser import Parser
from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticUndefined

FIRST_YEAR, LAST_YEAR = 1990, 2140
LONGEST_NUMBER = 18
MOST_CUSTOM = 100
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
Model = TypeVar("Model", bound=Schema)


class Strict(Schema):
    """A body: a field that is not named here is refused, and nothing is converted silently."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)

    def said(self) -> dict[str, Any]:
        """Return the fields that were sent, and only these."""
        return {name: getattr(self, name) for name in self.model_fields_set}


def partial(model: type[Model]) -> type[Model]:
    """Make every field of a body optional: what is left out stays as it is."""
    for name, field in model.model_fields.items():
        loose = copy(field)
        loose.default, loose.default_factory = PydanticUndefined, _nothing
        model.__pydantic_fields__[name] = loose
    model.model_rebuild(force=True)
    return model


def _nothing() -> None:
    """Stand for a field that was not sent; never read, see `said`."""


def _no_nul(text: str) -> str:
    if "\x00" in text:
        raise ValueError("The text holds a character that cannot be kept.")
    return text


def _day(value: object) -> object:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError("Write a day as 2027-03-31.")
    day = date.fromisoformat(value)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"Give a day from {FIRST_YEAR} to {LAST_YEAR}.")
    return day


def _decimal(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return value
    try:
        return Decimal(str(value))
    except InvalidOperation as error:
        raise ValueError("Write an amount as 1250000.50.") from error


def _few(values: dict[str, Any]) -> dict[str, Any]:
    if len(values) > MOST_CUSTOM:
        raise ValueError(f"Give at most {MOST_CUSTOM} custom fields.")
    return values


_SAFE = AfterValidator(_no_nul)
Code = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40), _SAFE]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), _SAFE]
Title = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=250), _SAFE
]
Words40 = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40), _SAFE]
Words60 = Annotated[str, StringConstraints(strip_whitespace=True, max_length=60), _SAFE]
Words80 = Annotated[str, StringConstraints(strip_whitespace=True, max_length=80), _SAFE]
Words120 = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120), _SAFE]
Words150 = Annotated[str, StringConstraints(strip_whitespace=True, max_length=150), _SAFE]
Words250 = Annotated[str, StringConstraints(strip_whitespace=True, max_length=250), _SAFE]
Prose = Annotated[str, StringConstraints(max_length=20_000), _SAFE]
Words = Annotated[list[Words250], Field(max_length=200)]
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Amount = Annotated[
    Decimal,
    BeforeValidator(_decimal),
    Field(ge=0, max_digits=15, decimal_places=2),
    WithJsonSchema({"type": "number", "minimum": 0, "examples": [1250000.5]}),
]
Number = Annotated[float, Field(ge=-1e12, le=1e12)]
Ratio = Annotated[float, Field(ge=0, le=1)]
Share = Annotated[float, Field(ge=0.0001, le=1)]
Intensity = Annotated[float, Field(ge=0, le=5)]
Level = Annotated[int, Field(ge=0, le=5)]
Hours = Annotated[float, Field(ge=0, le=2000)]
Weeks = Annotated[float, Field(ge=0, le=104)]
Key = Annotated[int, Field(ge=1, le=2**53)]
CustomValue = Annotated[str, StringConstraints(max_length=5000), _SAFE] | Number | bool | None
Custom = Annotated[dict[Words120, CustomValue], AfterValidator(_few)]


class StrictParser(Parser):
    """Reads JSON as the standard writes it: no field twice, no number without end."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """Read the body; what is not JSON is refused by ninja with 400."""
        read: dict[str, Any] = json.loads(
            request.body, object_pairs_hook=_once_each, parse_int=_whole
        )
        return read


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) != len(pairs):
        raise ValueError("a field is written twice")
    return read


def _whole(digits: str) -> int | float:
    """A number longer than any we keep becomes infinite, which every field refuses."""
    return int(digits) if len(digits) <= LONGEST_NUMBER else float("inf")
