"""Months, codes and facts of benefits: pure values."""

from __future__ import annotations

from datetime import date, timedelta

HORIZON_MONTHS = 36


def anchored(day: date | None, lag_weeks: int) -> date | None:
    """Return the first day that counts; None when the anchor has no date."""
    return None if day is None else day + timedelta(weeks=lag_weeks)


def is_over(month: date, today: date) -> bool:
    """Tell whether a month is behind: what it gave can be known."""
    return (month + timedelta(days=31)).replace(day=1) <= today
