"""ISO weeks: every computation of the engine counts time in weeks that start on a Monday.

Ranges are half-open: the end is the first day that is no longer inside. Source: ISO 8601,
weeks belong to the year that holds their Thursday.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from orchestre_engine.errors import ProblemError

DAYS_PER_WEEK = 7
_LABEL = re.compile(r"(\d{4})-W(\d{2})")


def monday(day: date) -> date:
    """Give the Monday of the ISO week that holds `day`."""
    return day - timedelta(days=day.weekday())


def week_label(day: date) -> str:
    """Give the ISO label of the week that holds `day`, such as ``2026-W10``."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def parse_week(label: str) -> date:
    """Give the Monday of a week written ``2026-W10``.

    Raises
    ------
    ProblemError
        When the label is not written so, or when that year has no such week.
    """
    found = _LABEL.fullmatch(label)
    if found is None:
        message = f"Week “{label}”: not an ISO week; write the year and the week, as in 2026-W10."
        raise ProblemError(message)
    try:
        return date.fromisocalendar(int(found[1]), int(found[2]), 1)
    except ValueError as error:
        message = f"Week “{label}”: {found[1]} has no week {found[2]}; use 01 to 52 (or 53)."
        raise ProblemError(message) from error


@dataclass(frozen=True, slots=True)
class Horizon:
    """A run of whole ISO weeks.

    Parameters
    ----------
    first_monday : date
        First day, a Monday.
    weeks : int
        Number of weeks, at least 1.

    Raises
    ------
    ProblemError
        When the first day is not a Monday or the horizon is empty.
    """

    first_monday: date
    weeks: int

    def __post_init__(self) -> None:
        if self.first_monday.weekday() != 0:
            raise ProblemError(
                f"Horizon: {self.first_monday.isoformat()} is not a Monday; "
                f"start on {monday(self.first_monday).isoformat()}."
            )
        if self.weeks < 1:
            raise ProblemError(f"Horizon: {self.weeks} weeks; give at least one.")

    @property
    def end(self) -> date:
        """First day after the horizon, a Monday."""
        return self.monday(self.weeks)

    def monday(self, index: int) -> date:
        """Give the Monday of week `index`, counted from 0; it may lie outside the horizon."""
        return self.first_monday + timedelta(weeks=index)

    def index(self, day: date) -> int:
        """Give the week that holds `day`: negative before the horizon, ≥ `weeks` after it."""
        return self.day_offset(day) // DAYS_PER_WEEK

    def day_offset(self, day: date) -> int:
        """Give the number of days from the first Monday to `day`, negative before it."""
        return (day - self.first_monday).days

    def labels(self) -> tuple[str, ...]:
        """Give the ISO label of every week, in order."""
        return tuple(week_label(self.monday(index)) for index in range(self.weeks))
