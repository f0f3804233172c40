"""Which day counts as the go-live, and weeks and months as people point at them."""

from __future__ import annotations

import re
from datetime import date, timedelta

_WEEK = re.compile(r"(\d{4})-?[WS](\d{1,2})", re.IGNORECASE)
_THURSDAY = timedelta(days=3)


def monday(day: date) -> date:
    """Return the Monday of the week of a day."""
    return day - timedelta(days=day.weekday())


def week_label(day: date) -> str:
    """Return `2026-W12` for any day of that week."""
    year, week, _day = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def parse_week(text: str) -> date | None:
    """Return the Monday of `2026-W12` or of the week of `2026-03-16`; None when it is neither."""
    found = _WEEK.fullmatch(text.strip())
    try:
        if found:
            return date.fromisocalendar(int(found[1]), int(found[2]), 1)
        return monday(date.fromisoformat(text.strip()))
    except (ValueError, OverflowError):
        return None


def month_of(day: date) -> date:
    """Return the first day of the month that the week of a day belongs to, by its Thursday."""
    return (monday(day) + _THURSDAY).replace(day=1)


def month_start(day: date, months: int = 0) -> date:
    """Return the Monday of the first week of the month of a week, some months later.

    A week belongs to the month that holds its Thursday, as ISO 8601 does for years.
    """
    month = month_of(day)
    count = month.year * 12 + month.month - 1 + months
    first = date(count // 12, count % 12 + 1, 1)
    return monday(first) if first.weekday() <= 3 else monday(first) + timedelta(weeks=1)


def start_of(day: date, zoom: str) -> date:
    """Return the first Monday of the week or month of a day."""
    return month_start(day) if zoom == "month" else monday(day)


def go_live(declared: date | None, ends_on: date | None) -> date | None:
    """Return the declared go-live, else the last day of the initiative, else None."""
    if declared is not None or ends_on is None:
        return declared
    return ends_on - timedelta(days=1)
