"""Rows as plain values and back: what the journal keeps of them."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

Plain = Any  # what JSON can hold

# never written in the journal: what opens a door, and what only says that a door was used
SECRET: dict[str, frozenset[str]] = {
    "access.user": frozenset({"password", "last_login"}),
    "access.apitoken": frozenset({"digest", "last_used_at"}),
    "access.sharelink": frozenset({"digest"}),
    "access.invitation": frozenset({"digest"}),
    "governance.calendarfeed": frozenset({"digest"}),
    # minutes tell of confidential items too; the chain keeps their fingerprint
    "governance.minutes": frozenset({"content"}),
    # with the salt, a likely text could be tried against the published seal
    "governance.opinion": frozenset({"salt"}),
}


class ExactEncoder(DjangoJSONEncoder):
    """Django's encoder cuts instants to the millisecond; an undo must not."""

    def default(self, o: object) -> Plain:
        """Write instants and days in full."""
        if isinstance(o, datetime | date | time):
            return o.isoformat()
        return super().default(o)


def plain(value: object) -> Plain:
    """Turn a field's value into what JSON can hold, exactly."""
    return json.loads(json.dumps(value, cls=ExactEncoder))


def kept_fields(model: type[models.Model] | models.Model) -> list[models.Field[Any, Any]]:
    """Return the fields that the journal keeps: no key, no secret, no file content."""
    secret = SECRET.get(model_of(model), frozenset())
    return [
        field
        for field in model._meta.concrete_fields  # noqa: SLF001 - Django's documented Meta API
        if not field.primary_key
        and field.attname not in secret
        and not isinstance(field, models.BinaryField)
    ]


def keeps_all(row: models.Model) -> bool:
    """Tell whether the journal holds enough to make the row again."""
    stored = [f for f in row._meta.concrete_fields if not f.primary_key]  # noqa: SLF001 - idem
    return len(kept_fields(row)) == len(stored)


def _as_stored(field: models.Field[Any, Any], value: object) -> object:
    """Return a value as it will come back from the table: 12.5 euros are 12.50."""
    if value is None or field.is_relation:
        return value
    value = field.to_python(value)
    if isinstance(field, models.DecimalField) and isinstance(value, Decimal):
        return value.quantize(Decimal(1).scaleb(-field.decimal_places))
    return value


def values_of(row: models.Model, names: set[str] | None = None) -> dict[str, Any]:
    """Return the kept fields of a row, or some of them, as plain values."""
    return {
        field.attname: plain(_as_stored(field, field.value_from_object(row)))
        for field in kept_fields(row)
        if names is None or field.attname in names
    }


def assign(row: models.Model, values: dict[str, Any]) -> None:
    """Put plain values back on a row."""
    for field in row._meta.concrete_fields:  # noqa: SLF001 - Django's documented Meta API
        if field.attname in values:
            value = values[field.attname]
            setattr(row, field.attname, value if value is None else field.to_python(value))


def label_of(row: models.Model) -> str:
    """Return how the row is named in the journal."""
    return str(row)[:250]


def model_of(row: models.Model | type[models.Model]) -> str:
    """Return the stable name of a table: `portfolio.initiative`."""
    return row._meta.label_lower  # noqa: SLF001 - Django's documented Meta API
