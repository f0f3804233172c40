"""From which day a portfolio is worth reading, and figures that any program can read."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

WEEKS = 104
FEWEST_WEEKS, MOST_WEEKS = 4, 156
ALIVE_RATIO = 0.25

Span = tuple[date | None, date | None]


@dataclass(frozen=True)
class AsOf:
    """The first Monday of a reading, and why this one.

    `held` of the `total` go-lives fall in the weeks read; for the busiest year, in that year.
    """

    on: date
    weeks: int
    reason: Literal["asked", "today", "busiest"]
    held: int
    total: int

    @property
    def ends_on(self) -> date:
        """First day after the weeks read."""
        return self.on + timedelta(weeks=self.weeks)


def monday(day: date) -> date:
    """Return the Monday of the week of a day."""
    return day - timedelta(days=day.weekday())


def first_monday(year: int) -> date:
    """Return the first Monday of a year."""
    new_year = date(year, 1, 1)
    return new_year + timedelta(days=-new_year.weekday() % 7)


def under_way(spans: Iterable[Span], day: date) -> int:
    """Count the initiatives that run on a day; without an end, nobody can tell."""
    return sum(
        ends is not None and (starts is None or starts <= day) and day < ends
        for starts, ends in spans
    )


def is_alive(spans: Sequence[Span], today: date) -> bool:
    """Tell whether at least a quarter of the most that ever ran together still runs today."""
    starts = {start for start, _end in spans if start is not None}
    most = max((under_way(spans, day) for day in starts | {today}), default=0)
    return most > 0 and under_way(spans, today) >= ALIVE_RATIO * most


def choose_as_of(
    asked: date | None, weeks: int, today: date, spans: Sequence[Span], go_lives: Sequence[date]
) -> AsOf:
    """Return the Monday to read a portfolio from.

    The day asked for, else today when the portfolio is alive, else the first Monday of the year
    that holds most go-lives (the earliest of equals).
    """
    if asked is not None:
        return _as_of(monday(asked), weeks, "asked", go_lives)
    if is_alive(spans, today) or not go_lives:
        return _as_of(monday(today), weeks, "today", go_lives)
    by_year = Counter(day.year for day in go_lives)
    busiest = max(by_year, key=lambda year: (by_year[year], -year))
    return AsOf(first_monday(busiest), weeks, "busiest", by_year[busiest], len(go_lives))


def _as_of(
    on: date, weeks: int, reason: Literal["asked", "today", "busiest"], go_lives: Sequence[date]
) -> AsOf:
    end = on + timedelta(weeks=weeks)
    return AsOf(on, weeks, reason, sum(on <= day < end for day in go_lives), len(go_lives))


def plain(value: float | None, digits: int = 4) -> float | None:
    """Return a figure that any program can read: infinite or undefined is None."""
    if value is None or not math.isfinite(value):
        return None
    return round(value, digits)
