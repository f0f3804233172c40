"""The period that a roadmap shows, read from an address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal
from urllib.parse import urlencode

Zoom = Literal["week", "month", "quarter"]
MONTHS_SHOWN: dict[Zoom, int] = {"week": 3, "month": 12, "quarter": 36}
LONGEST_DAYS = 366 * 15


@dataclass(frozen=True)
class Window:
    """A period and the step of its ticks; the end is not included."""

    starts_on: date
    ends_on: date
    zoom: Zoom
    chosen: bool = False

    def pairs(self) -> list[tuple[str, str]]:
        """Write the period as the parameters that read back to it."""
        found: list[tuple[str, str]] = [("zoom", self.zoom)]
        if self.chosen:
            found += [("from", self.starts_on.isoformat()), ("to", self.ends_on.isoformat())]
        return found

    def query(self) -> str:
        """Write the period as a query string."""
        return urlencode(self.pairs())

    def moved(self, months: int) -> Window:
        """Return a period as long, some months later or earlier."""
        starts_on = add_months(self.starts_on, months)
        return replace(
            self,
            starts_on=starts_on,
            ends_on=starts_on + (self.ends_on - self.starts_on),
            chosen=True,
        )

    def zoomed(self, zoom: Zoom) -> Window:
        """Return the usual period of another zoom, from the same start when it was chosen."""
        ends_on = add_months(self.starts_on, MONTHS_SHOWN[zoom])
        return replace(self, zoom=zoom, ends_on=ends_on)


def add_months(day: date, months: int) -> date:
    """Return the first day of the month, some months away."""
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def read_window(asked: Mapping[str, Sequence[str]], today: date) -> Window:
    """Read a period; what is missing or impossible gives the usual period around today."""
    wanted = _last(asked, "zoom")
    zoom: Zoom = next((name for name in MONTHS_SHOWN if name == wanted), "month")
    back = -1 if zoom != "quarter" else -6
    starts_on = _day(_last(asked, "from"))
    ends_on = _day(_last(asked, "to"))
    usual = starts_on or add_months(today, back)
    until = ends_on or add_months(usual, MONTHS_SHOWN[zoom])
    if not timedelta(0) < until - usual <= timedelta(days=LONGEST_DAYS):
        until = add_months(usual, MONTHS_SHOWN[zoom])
    return Window(usual, until, zoom, chosen=bool(starts_on))


def beginning_at(first: date, zoom: Zoom) -> Window:
    """Return the usual period of a zoom, from the month where things begin."""
    starts_on = add_months(first, 0)
    return Window(starts_on, add_months(starts_on, MONTHS_SHOWN[zoom]), zoom, chosen=True)


def _last(asked: Mapping[str, Sequence[str]], name: str) -> str:
    values = asked.get(name, ())
    return values[-1].strip() if values else ""


def _day(text: str) -> date | None:
    try:
        if "W" in text.upper():
            found = date.fromisocalendar(int(text[:4]), int(text.upper().split("W")[1]), 1)
        else:
            found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 1950 <= found.year <= 2140 else None
