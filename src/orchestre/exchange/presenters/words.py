"""Values and kinds of rows as people read them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from orchestre.exchange.ledger import PlannedRow
from orchestre.exchange.targets import Target, written_value
from orchestre.ui import formats


def field_text(target: Target, attname: str, value: Any) -> str | None:  # noqa: ANN401 - any column
    """Write a stored value for the reader; nothing when it is empty."""
    code = next((code for code, name in target.stored.items() if name == attname), "")
    value = written_value(target, code, value)
    if value is None or value in ("", [], {}, ()):
        return None
    if isinstance(value, PlannedRow):
        return value.label
    if isinstance(value, date):
        return formats.day(value)
    return _as_told(target, attname, value)


def _as_told(target: Target, attname: str, value: Any) -> str:  # noqa: ANN401 - idem
    columns = target.model._meta.concrete_fields  # noqa: SLF001 - Django's documented API
    labels = {
        str(key): str(text)
        for column in columns
        if column.attname == attname and column.choices
        for key, text in column.flatchoices
    }
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | float | Decimal):
        return _figure(attname, value)
    if isinstance(value, list | tuple):
        return ", ".join(str(one) for one in value)
    if isinstance(value, dict):
        return formats.clauses(formats.labelled(*pair) for pair in value.items())
    return labels.get(str(value), str(value))


def _figure(attname: str, value: float | Decimal) -> str:
    if attname == "cost_eur":
        return formats.euros(value)
    return formats.percent(value) if attname.endswith("_ratio") else formats.number(value)
