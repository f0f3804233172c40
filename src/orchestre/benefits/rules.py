"""Months, codes and facts of benefits: pure values."""

from __future__ import annotations

from datetime import date, timedelta

HORIZON_MONTHS = 36
# what is said of a benefit in plain values, as programs and workbooks read it
FACTS = (
    "code",
    "title",
    "kind",
    "hard",
    "disbenefit",
    "measure",
    "budget_line",
    "recurrence",
    "baseline_value",
    "baseline_on",
    "baseline_source",
    "target_per_year",
    "ramp_months",
    "lag_weeks",
    "attribution_ratio",
    "confidence_ratio",
    "assumptions",
    "method",
    "cost_to_achieve_eur",
    "committed_on",
    "budgeted_on",
)


def anchored(day: date | None, lag_weeks: int) -> date | None:
    """Return the first day that counts; None when the anchor has no date."""
    return None if day is None else day + timedelta(weeks=lag_weeks)


def is_over(month: date, today: date) -> bool:
    """Tell whether a month is behind: what it gave can be known."""
    return (month + timedelta(days=31)).replace(day=1) <= today
