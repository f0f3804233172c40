"""Lists in pages: filters and orders are declared, anything else is refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, Self, TypeVar
from urllib.parse import urlencode

from django.db import models
from django.http import HttpRequest
from ninja import Schema
from pydantic import ConfigDict, Field, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

MOST = 200
FARTHEST = 1_000_000
Item = TypeVar("Item")
Row = TypeVar("Row", bound=models.Model)


class Asked(Schema):
    """What an address may ask: a name that is not declared is refused, never ignored."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="after")
    def only_what_is_known(self, info: ValidationInfo) -> Self:
        """Refuse unknown names, and single values given twice."""
        request = (info.context or {}).get("request")
        if isinstance(request, HttpRequest):
            _check_names(request, type(self))
        return self


def _check_names(request: HttpRequest, asked: type[Asked]) -> None:
    for name, values in request.GET.lists():
        field = asked.model_fields.get(name)
        if field is None:
            raise PydanticCustomError(
                "unknown_parameter",
                "“{name}” is not a parameter here. Choose among: {known}.",
                {"name": name[:60], "known": ", ".join(asked.model_fields)},
            )
        if any("\x00" in value for value in values):
            raise PydanticCustomError(
                "text", "“{name}” holds a character that cannot be searched.", {"name": name}
            )
        if len(values) > 1 and "list" not in str(field.annotation):
            raise PydanticCustomError(
                "repeated_parameter", "“{name}” is given twice. Give it once.", {"name": name}
            )


class Listing(Asked):
    """The window of a list."""

    limit: int = Field(50, ge=1, le=MOST, description="Items per page.")
    offset: int = Field(0, ge=0, le=FARTHEST, description="Items to skip; see `next`.")


class Window(Schema):
    """Where a page stands in its list, and how to get the next."""

    total: int = Field(description="Items that the filters keep and that you may see.")
    limit: int
    offset: int
    next: str | None = Field(description="Address of the next page; null on the last.")


class Paged(Schema, Generic[Item]):
    """One page of a list, and how to get the next."""

    items: list[Item]
    total: int = Field(description="Items that the filters keep and that you may see.")
    limit: int
    offset: int
    next: str | None = Field(description="Address of the next page; null on the last.")


def page(
    request: HttpRequest,
    rows: models.QuerySet[Row],
    asked: Listing,
    out: Callable[[Row], dict[str, Any]],
    *,
    order: Sequence[str] = (),
) -> dict[str, Any]:
    """Cut a page out of rows; the key breaks ties, so that no row is seen twice or missed."""
    total = rows.order_by().count()
    ordered = rows.order_by(*order, "pk") if order else rows
    cut = ordered[asked.offset : asked.offset + asked.limit]
    return paged(request, [out(row) for row in cut], total, asked)


def page_of(
    request: HttpRequest, found: Sequence[Item], asked: Listing
) -> tuple[Sequence[Item], Callable[[list[dict[str, Any]]], dict[str, Any]]]:
    """Cut a page out of what was already found; return it with what wraps its items."""
    cut = found[asked.offset : asked.offset + asked.limit]
    return cut, lambda items: paged(request, items, len(found), asked)


def window_of(
    request: HttpRequest, found: Sequence[Item], asked: Listing
) -> tuple[Sequence[Item], dict[str, Any]]:
    """Cut a page out of a list that totals go with; return it with where it stands."""
    cut, wrap = page_of(request, found, asked)
    stands = wrap([])
    del stands["items"]
    return cut, stands


def paged(
    request: HttpRequest, items: list[dict[str, Any]], total: int, asked: Listing
) -> dict[str, Any]:
    """Wrap the items of a page."""
    after = asked.offset + asked.limit
    return {
        "items": items,
        "total": total,
        "limit": asked.limit,
        "offset": asked.offset,
        "next": _address(request, after) if after < total else None,
    }


def _address(request: HttpRequest, offset: int) -> str:
    pairs = [
        (name, value)
        for name, values in request.GET.lists()
        if name != "offset"
        for value in values
    ]
    return f"{request.path}?{urlencode([*pairs, ('offset', offset)])}"
