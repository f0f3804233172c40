"""Months, codes and facts of benefits: pure values."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

HORIZON_MONTHS = 36
_NUMBERED = re.compile(r"B-(\d+)", re.IGNORECASE)


def next_code(known: Iterable[str]) -> str:
    """Return the first free code after the largest number in use: B-01, B-02…"""
    taken = [int(found[1]) for code in known if (found := _NUMBERED.fullmatch(code.strip()))]
    return f"B-{max(taken, default=0) + 1:02}"


def anchored(day: date | None, lag_weeks: int) -> date | None:
    """Return the first day that counts; None when the anchor has no date."""
    return None if day is None else day + timedelta(weeks=lag_weeks)


def is_over(month: date, today: date) -> bool:
    """Tell whether a month is behind: what it gave can be known."""
    return (month + timedelta(days=31)).replace(day=1) <= today
