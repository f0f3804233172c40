"""Rows as plain values and back: what the journal keeps of them."""

from __future__ import annotations

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


def plain(value: Any) -> Any:
    """Turn a field's value into what JSON can hold, exactly."""
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def values_of(row: models.Model, names: set[str] | None = None) -> dict[str, Any]:
    """Return the stored fields of a row, or some of them, as plain values."""
    return {
        field.attname: plain(field.value_from_object(row))
        for field in row._meta.concrete_fields  # noqa: SLF001 - Django's documented Meta API
        if not field.primary_key and (names is None or field.attname in names)
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
