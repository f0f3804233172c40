"""Columns of the list that features further up the street compute.

    columns.register("saturation", _("Worst saturation"), loader)

`loader` gets the ids of one page of initiatives and returns what to write for each, in few
statements whatever their number.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from orchestre.portfolio.rules.registry import Registry

Loader = Callable[[list[int]], dict[int, str]]


@dataclass(frozen=True)
class ExtraColumn:
    """A column that another feature fills."""

    name: str
    label: str | Promise
    loader: Loader
    numeric: bool = False


registered: Registry[ExtraColumn] = Registry()


def register(
    name: str, label: str | Promise, loader: Loader, *, numeric: bool = False
) -> ExtraColumn:
    """Add a column, shown unless the person chose others."""
    return registered.register(ExtraColumn(name, label, loader, numeric))
