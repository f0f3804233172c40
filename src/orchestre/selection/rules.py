"""Periods of a budget, levels of impact, and what a question of comparison offers: pure values."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

LEVELS = ("none", "low", "moderate", "strong", "extreme")
MOST_MONTHS = 36
MOST_DRIVERS = 7
SCALE = (9.0, 7.0, 5.0, 3.0, 1.0, 1 / 3, 1 / 5, 1 / 7, 1 / 9)
LATER_KEPT = 0.98
"""Part of the value kept at each month of later start: a convention, shown."""

RANKED_FROM = 0.80


def month_label(month: date) -> str:
    """Return the stable name of a month: `2026-04`."""
    return f"{month.year:04d}-{month.month:02d}"


def period_label(month: date, grain: str) -> str:
    """Return the stable name of the budget period that holds a month."""
    if grain == "month":
        return month_label(month)
    if grain == "quarter":
        return f"{month.year:04d}-Q{(month.month + 2) // 3}"
    return f"{month.year:04d}"


def period_labels(months: Sequence[date], grain: str) -> tuple[str, ...]:
    """Return the periods of a run of months, in order, each once."""
    return tuple(dict.fromkeys(period_label(month, grain) for month in months))


def nearest_step(ratio: float) -> float:
    """Return the step of the scale of comparison that is nearest to a ratio."""
    return min(SCALE, key=lambda step: max(step / ratio, ratio / step))


def first_day(label: str) -> date:
    """Return the first day of a named period."""
    year = int(label[:4])
    if "-Q" in label:
        return date(year, int(label[-1]) * 3 - 2, 1)
    return date(year, int(label[5:7]), 1) if "-" in label else date(year, 1, 1)


def next_month(today: date) -> date:
    """Return the first day of the month after: when a new exercise starts."""
    return (today.replace(day=1) + timedelta(days=31)).replace(day=1)
