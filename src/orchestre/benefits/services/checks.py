"""What a benefit, an amount and a piece of evidence must be; refusals say how to mend them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from orchestre.benefits.models import Benefit
from orchestre.kernel.errors import DomainError

Values = Mapping[str, Any]
MOST = Decimal(10) ** 13


def refuse(field: str, sentence: str, code: str = "not-valid") -> DomainError:
    """Return a refusal placed on its field."""
    return DomainError(sentence, code=code, fields={field: [sentence]})


def check_benefit(values: Values) -> None:
    """Refuse a benefit without a title, or with figures out of bounds."""
    if not str(values.get("title", "")).strip():
        raise refuse("title", _("Give it a title: that is all it needs."))
    for name in ("attribution_ratio", "confidence_ratio"):
        if not 0 <= values.get(name, 1.0) <= 1:
            raise refuse(name, _("Give a share from 0 % to 100 %."))
    for name in ("target_per_year", "cost_to_achieve_eur"):
        amount = values.get(name)
        if amount is not None and not 0 <= Decimal(amount) < MOST:
            raise refuse(name, _("Give an amount of 0 or more."))
    if not 0 <= values.get("ramp_months", 0) <= 120:
        raise refuse("ramp_months", _("Give from 0 to 120 months."))
    if values.get("anchor") == Benefit.Anchor.MILESTONE and values.get("milestone_id") is None:
        raise refuse("milestone_id", _("Choose the milestone from which it counts."))


def check_baseline(benefit: Benefit) -> None:
    """Refuse an amount where nobody knows what it is compared with."""
    if benefit.baseline_value is None or benefit.baseline_on is None:
        raise DomainError(
            _("Say the baseline and its date first: without them nobody can tell what changed."),
            code="no-baseline",
        )


def check_month(month: date, today: date) -> None:
    """Refuse to declare what is not over: a month to come is a forecast."""
    if month > today:
        raise refuse("month_on", _("This month has not begun: write it as a forecast."))


def check_amount(amount: Decimal | None, field: str) -> None:
    """Refuse an amount out of bounds; a benefit below zero is a negative effect."""
    if amount is not None and not 0 <= Decimal(amount) < MOST:
        raise refuse(field, _("Give an amount of 0 or more."))
