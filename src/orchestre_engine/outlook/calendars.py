"""Working days: when a task may start, and when it ends after so many days of work.

Moments are days counted from the origin of the problem: 1.5 is the middle of the second day.
A task that ends with a day ends at its last instant; one that starts next starts on the next
working day. Outside the days that were laid out, every day works.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from orchestre_engine.errors import ProblemError

Floats = npt.NDArray[np.float64]

EVERY_DAY = ""
"""Name of the calendar in which every day counts, nights and weekends included."""

_ROUNDED = 7


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days on which nobody works.

    Parameters
    ----------
    name : str
        Identifier, not empty.
    days_off : tuple of int
        Days of the week without work, Monday is 0.
    stops : tuple of (date, date)
        Half-open ranges without work: shutdowns, freezes, public holidays.
    """

    name: str
    days_off: tuple[int, ...] = (5, 6)
    stops: tuple[tuple[date, date], ...] = ()

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ProblemError("Calendar: the name is empty; give each one a distinct name.")
        if set(self.days_off) >= set(range(7)) or not set(self.days_off) <= set(range(7)):
            raise ProblemError(
                f"Calendar “{self.name}”: leave one day of the week at least to work, 0 to 6."
            )
        for starts_on, ends_on in self.stops:
            if ends_on <= starts_on:
                raise ProblemError(
                    f"Calendar “{self.name}”: the stop of {starts_on.isoformat()} ends before it "
                    "starts; the end is the first day of work after it."
                )


@dataclass(frozen=True, slots=True)
class Clock:
    """A calendar laid out over days, ready to count; `nth` are its working days in order."""

    first: int
    works: Floats
    done: Floats = field(repr=False)
    nth: Floats = field(repr=False)

    def worked(self, moment: Floats) -> Floats:
        """Count the working days from the first day laid out to a moment."""
        at = moment - self.first
        day = np.floor(at)
        inside = np.clip(day, 0, len(self.works) - 1).astype(np.int64)
        within = self.done[inside] + self.works[inside] * (at - day)
        after = self.done[-1] + at - len(self.works)
        found = np.where(at < 0, at, np.where(at >= len(self.works), after, within))
        return np.asarray(found.round(_ROUNDED))

    def _day(self, rank: Floats) -> Floats:
        """Give the moment at which the working day of this rank starts."""
        inside = np.clip(rank, 0, len(self.nth) - 1).astype(np.int64)
        after = self.first + len(self.works) + rank - len(self.nth)
        found = np.where(rank >= len(self.nth), after, self.nth[inside])
        return np.where(rank < 0, self.first + rank, found)

    def start(self, moment: Floats) -> Floats:
        """Give the first moment of work at or after a moment."""
        worked = self.worked(moment)
        rank = np.floor(worked)
        return np.asarray(self._day(rank) + (worked - rank))

    def end(self, start: Floats, days: Floats) -> Floats:
        """Give when work that starts at a working moment ends, after so many working days."""
        worked = (self.worked(start) + days).round(_ROUNDED)
        rank = np.ceil(worked) - 1
        return np.where(days > 0, self._day(rank) + (worked - rank), start)

    def latest_start(self, end: Floats, days: Floats) -> Floats:
        """Give the last working moment from which so many working days end by a moment."""
        worked = (self.worked(end) - days).round(_ROUNDED)
        rank = np.floor(worked)
        return np.asarray(self._day(rank) + (worked - rank))

    def between(self, earlier: Floats, later: Floats) -> Floats:
        """Count the working days between two moments."""
        return np.asarray((self.worked(later) - self.worked(earlier)).round(_ROUNDED))


def clock_of(calendar: Calendar, origin: date, first: int, last: int) -> Clock:
    """Lay a calendar out over the days `first` to `last` (not included) from the origin."""
    days = np.arange(first, last)
    works = ~np.isin((days + origin.weekday()) % 7, calendar.days_off)
    for starts_on, ends_on in calendar.stops:
        stop = slice(
            max((starts_on - origin).days - first, 0), max((ends_on - origin).days - first, 0)
        )
        works[stop] = False
    done = np.concatenate(([0.0], np.cumsum(works)))
    return Clock(first, works.astype(float), done, days[works].astype(float))


def day_of(origin: date, moment: float, *, ends: bool = True) -> date:
    """Give the day that holds a moment; an end at midnight belongs to the day before."""
    whole = int(np.floor(round(moment, _ROUNDED)))
    if ends and whole == round(moment, _ROUNDED) and whole > 0:
        whole -= 1
    return origin + timedelta(days=whole)
