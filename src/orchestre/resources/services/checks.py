"""What a role, a demand, a cost, an envelope and a worth must be; refusals say how to mend them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from orchestre.kernel.errors import DomainError
from orchestre.portfolio.rules.dates import can_shift, shift

Values = Mapping[str, Any]
MOST_FTE = 10_000.0
MOST_EUR = Decimal(10) ** 13


def refuse(field: str, sentence: str, code: str = "not-valid") -> DomainError:
    """Return a refusal placed on its field."""
    return DomainError(sentence, code=code, fields={field: [sentence]})


def check_range(values: Values) -> None:
    """Refuse a range that ends before it starts."""
    if values["ends_on"] <= values["starts_on"]:
        raise refuse("ends_on", _("The last day comes before the first day. Correct one of them."))


def check_fte(values: Values) -> None:
    """Refuse full-time equivalents out of bounds."""
    fte = values.get("fte")
    if fte is not None and not 0 <= fte <= MOST_FTE:
        raise refuse("fte", _("Give full-time equivalents from 0 to 10,000."))


def check_amount(values: Values, field: str = "amount_eur") -> None:
    """Refuse an amount below zero or beyond what can be kept."""
    amount = values.get(field)
    if amount is not None and not 0 <= Decimal(amount) < MOST_EUR:
        raise refuse(field, _("Give an amount of 0 or more, in euros."))


def check_name(values: Values) -> None:
    """Refuse a row without a name."""
    if not str(values.get("name", "")).strip():
        raise refuse("name", _("Give it a name: that is all it needs."))


def check_worth(values: Values) -> None:
    """Refuse amounts out of bounds and a ramp longer than ten years."""
    for field in ("value_eur_per_year", "delay_cost_eur_per_week"):
        check_amount(values, field)
    if not 0 <= values.get("ramp_weeks", 0) <= 520:
        raise refuse("ramp_weeks", _("Give from 0 to 520 weeks."))


def shifted(starts_on: date, ends_on: date, days: int) -> dict[str, date]:
    """Return a range moved, unless it leaves the calendar."""
    if not can_shift([starts_on, ends_on], days):
        raise DomainError(_("This move leaves the calendar. Choose fewer days."))
    return {
        "starts_on": shift(starts_on, days) or starts_on,
        "ends_on": shift(ends_on, days) or ends_on,
    }
