"""What a table would refuse, said as sentences before anything is written."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from orchestre.exchange.ledger import PlannedRow
from orchestre.exchange.targets import TARGETS, Target
from orchestre.sheets.values import shown
from orchestre.ui.formats import day

# the narrowest ranges of the databases we run on
WHOLE_NUMBERS = {
    "PositiveSmallIntegerField": (0, 32_767),
    "SmallIntegerField": (-32_768, 32_767),
    "PositiveIntegerField": (0, 2_147_483_647),
    "IntegerField": (-2_147_483_648, 2_147_483_647),
}
DEEPEST = 30


@dataclass(frozen=True)
class Objection:
    """Why one value cannot be kept."""

    attname: str
    value: str
    reason: str


@cache
def _columns(kind: str) -> dict[str, models.Field[Any, Any]]:
    fields = TARGETS[kind].model._meta.concrete_fields  # noqa: SLF001 - Django's documented API
    return {field.attname: field for field in fields}


def objections(target: Target, values: dict[str, Any], row: PlannedRow | None) -> list[Objection]:
    """Return what the table would refuse of these values, given what the row already holds."""
    found = [
        Objection(attname, shown(value), reason)
        for attname, value in values.items()
        if not isinstance(value, PlannedRow)
        and (reason := _refused(_columns(target.kind)[attname], value))
    ]
    wrong = {one.attname for one in found}
    kept = {name: value for name, value in values.items() if name not in wrong}
    return [*found, *_out_of_order(kept, row)]


def _refused(field: models.Field[Any, Any], value: object) -> str:
    """Return why a column would refuse a value, empty when it takes it."""
    if field.is_relation or isinstance(field, models.JSONField):
        return ""
    if isinstance(value, str) and "\x00" in value:
        return _("This text holds null characters. Type it again.")
    reason = _not_whole(field, value)
    if reason:
        return reason
    try:
        field.clean(value, None)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def _not_whole(field: models.Field[Any, Any], value: object) -> str:
    bounds = WHOLE_NUMBERS.get(field.get_internal_type())
    if isinstance(value, float) and (bounds or not math.isfinite(value)):
        return _("“%(value)s” is not a whole number.") % {"value": value}
    if bounds and isinstance(value, int) and not bounds[0] <= value <= bounds[1]:
        told = {"value": value, "least": bounds[0], "most": bounds[1]}
        return _("“%(value)s” is not between %(least)s and %(most)s.") % told
    return ""


def _out_of_order(values: dict[str, Any], row: PlannedRow | None) -> list[Objection]:
    """Refuse the end that would come before the beginning, be one of them already stored."""
    if not {"starts_on", "ends_on"} & set(values):
        return []
    starts, ends = (
        values[name] if name in values else (row.value(name) if row else None)
        for name in ("starts_on", "ends_on")
    )
    if not isinstance(starts, date) or not isinstance(ends, date) or ends > starts:
        return []
    last = ends - timedelta(days=1)
    reason = _("End (%(end)s) is before start (%(start)s).") % {
        "end": day(last),
        "start": day(starts),
    }
    if "ends_on" in values:
        return [Objection("ends_on", last.isoformat(), reason)]
    return [Objection("starts_on", starts.isoformat(), reason)]


def missing(target: Target, values: dict[str, Any]) -> str:
    """Return the column without which a new row of this table cannot be, empty when none lacks."""
    for attname, field in _columns(target.kind).items():
        if field.primary_key or field.null or field.has_default() or attname in values:
            continue
        if attname in target.stored.values() and not (field.blank and field.empty_strings_allowed):
            return attname
    return ""


def rounded(target: Target, values: dict[str, Any]) -> None:
    """Write amounts with the decimals that the table keeps."""
    for attname, value in values.items():
        column = _columns(target.kind)[attname]
        if isinstance(column, models.DecimalField) and isinstance(value, int | float | Decimal):
            cents = Decimal(1).scaleb(-column.decimal_places)
            values[attname] = Decimal(str(value)).quantize(cents)


def looped(unit: PlannedRow, above: PlannedRow | None, parents: dict[int, PlannedRow]) -> str:
    """Return why a unit cannot be under another, empty when it can."""
    steps = 0
    while above is not None:
        if above is unit:
            return _("“%(unit)s” would be under itself.") % {"unit": unit.label}
        steps += 1
        if steps > DEEPEST:
            return _("The organisation would have more than %(most)s levels.") % {"most": DEEPEST}
        above = parents.get(id(above))
    return ""
