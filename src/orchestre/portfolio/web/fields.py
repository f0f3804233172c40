"""Fields that read what people type: dates in many forms, lists of words."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from orchestre.sheets.dates import parse_date
from orchestre.sheets.values import Cell, CellError

MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


class DayField(forms.Field):
    """A day, typed as 16/03/2026, 2026-03-16, 16 mars 2026, S12 2026 or T2 2026."""

    widget = forms.TextInput

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Django's options
        options.setdefault("help_text", _("For example 16/03/2026, or W12 2026."))
        super().__init__(required=options.pop("required", False), **options)
        self.widget.attrs |= {"autocomplete": "off", "class": "day"}

    def read(self, cell: Cell) -> date | None:
        """Return the day that a cell means."""
        return cell.value if isinstance(cell.value, date) else None

    def to_python(self, value: object) -> date | None:
        """Read a day; a sentence says what cannot be read."""
        if isinstance(value, date) or value in self.empty_values:
            return value if isinstance(value, date) else None
        try:
            return self.read(parse_date(str(value), dayfirst=True))
        except CellError as error:
            raise forms.ValidationError(error.message) from error

    def prepare_value(self, value: object) -> object:
        """Write a day as people type it."""
        return value.strftime("%d/%m/%Y") if isinstance(value, date) else value


class LastDayField(DayField):
    """The last day of something, kept as the first day after it."""

    def read(self, cell: Cell) -> date | None:
        """A month, a quarter or a week ends on its last day."""
        if not isinstance(cell.value, date):
            return None
        if cell.precision == "week":
            return cell.value + timedelta(days=7)
        if cell.precision in MONTHS:
            return _months_later(cell.value, MONTHS[cell.precision])
        return cell.value + timedelta(days=1)

    def prepare_value(self, value: object) -> object:
        """Write the last day, not the day after."""
        if isinstance(value, date):
            return super().prepare_value(value - timedelta(days=1))
        return value


def _months_later(day: date, months: int) -> date:
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


class WordsField(forms.Field):
    """A short list of names, one per line or between semicolons."""

    widget = forms.Textarea(attrs={"rows": 2})

    def to_python(self, value: object) -> list[str]:
        """Return the names, each once, in order."""
        if isinstance(value, list):
            return value
        parts = str(value or "").replace(";", "\n").splitlines()
        return list(dict.fromkeys(part.strip()[:120] for part in parts if part.strip()))

    def prepare_value(self, value: object) -> object:
        """Write one name per line."""
        return "\n".join(value) if isinstance(value, list) else value
