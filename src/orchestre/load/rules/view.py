"""The state of the map, read from an address and written back to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise
from urllib.parse import urlencode

from orchestre.load.rules import dates

MEASURES = ("pct", "hours", "risk")
ZOOMS = ("week", "month")
COUNTS = ("all", "confirmed")
SHOWS = ("all", "over")
LAYOUTS = ("map", "table")
WEEKS = 13
MONTHS = 12
ROWS = 60
COLUMNS = 26
WEEKS_PER_MONTH = 53 / 12
FIRST, LAST = date(1990, 1, 1), date(2140, 1, 1)
KNOWN = (
    "from", "weeks", "zoom", "unit", "count", "show", "in", "q", "open", "page", "layout", "sort",
    "format", "print",
)  # fmt: skip


@dataclass(frozen=True)
class MapState:
    """What the map shows. `notices` name the values that had to be brought back to sense."""

    first: date
    today: date
    length: int = WEEKS
    zoom: str = "week"
    measure: str = "pct"
    count: str = "all"
    show: str = "all"
    within: int | None = None
    words: str = ""
    opened: frozenset[int] | None = None
    page: int = 1
    layout: str = "map"
    notices: tuple[str, ...] = field(default=(), compare=False)
    ignored: tuple[str, ...] = field(default=(), compare=False)

    @property
    def confirmed_only(self) -> bool:
        """Tell whether what is assumed is left out."""
        return self.count == "confirmed"

    @property
    def columns(self) -> tuple[tuple[date, date], ...]:
        """First Monday and end of each column, half-open; a month holds whole weeks."""
        if self.zoom == "week":
            starts = [self.first + timedelta(weeks=n) for n in range(self.length + 1)]
        else:
            starts = [dates.month_start(self.first, n) for n in range(self.length + 1)]
        return tuple(pairwise(starts))

    @property
    def weeks(self) -> int:
        """Number of weeks from the first column to the last."""
        columns = self.columns
        return (columns[-1][1] - columns[0][0]).days // 7

    def moved(self, steps: int) -> MapState:
        """Return the state some periods later or earlier, as long as the one shown."""
        if self.zoom == "week":
            first = self.first + timedelta(weeks=self.length * steps)
        else:
            first = dates.month_start(self.first, self.length * steps)
        return replace(self, first=min(max(first, FIRST), LAST), page=self.page)

    def query(self, **changes: object) -> str:
        """Write the state as the end of an address; what is usual is left out."""
        state = replace(self, **changes) if changes else self  # type: ignore[arg-type]  # names are those of the fields
        return urlencode(state.pairs())

    def pairs(self) -> list[tuple[str, str]]:
        """Return the parameters that differ from the usual ones."""
        usual = MONTHS if self.zoom == "month" else WEEKS
        start = dates.start_of(self.today, self.zoom)
        told = [
            ("from", dates.week_label(self.first), self.first != start),
            ("weeks", str(self.length), self.length != usual),
            ("zoom", self.zoom, self.zoom != "week"),
            ("unit", self.measure, self.measure != "pct"),
            ("count", self.count, self.count != "all"),
            ("show", self.show, self.show != "all"),
            ("in", str(self.within), self.within is not None),
            ("q", self.words, bool(self.words)),
            ("open", _joined(self.opened), self.opened is not None),
            ("page", str(self.page), self.page != 1),
            ("layout", self.layout, self.layout != "map"),
        ]
        return [(name, value) for name, value, differs in told if differs]


def _joined(opened: Iterable[int] | None) -> str:
    return ".".join(str(one) for one in sorted(opened or ())) or "0"


def read(parameters: Mapping[str, str], today: date) -> MapState:
    """Read a state; what is impossible becomes the nearest possible value, and is told."""
    reading = _Reading(parameters)
    zoom = reading.choice("zoom", ZOOMS)
    first = reading.start(today, zoom)
    usual = MONTHS if zoom == "month" else WEEKS
    return MapState(
        first=first,
        today=today,
        length=reading.number("weeks", usual, 1, COLUMNS),
        zoom=zoom,
        measure=reading.choice("unit", MEASURES),
        count=reading.choice("count", COUNTS),
        show=reading.choice("show", SHOWS),
        within=reading.number("in", 0, 0, 2**62) or None,
        words=parameters.get("q", "").strip()[:100],
        opened=reading.numbers("open"),
        page=reading.number("page", 1, 1, 10_000),
        layout=reading.choice("layout", LAYOUTS),
        notices=tuple(reading.notices),
        ignored=tuple(sorted(set(parameters) - set(KNOWN))),
    )


class _Reading:
    """Reads parameters one by one and notes those that were brought back to sense."""

    def __init__(self, parameters: Mapping[str, str]) -> None:
        self._parameters = parameters
        self.notices: list[str] = []

    def choice(self, name: str, allowed: tuple[str, ...]) -> str:
        value = self._parameters.get(name, "")
        if value and value not in allowed:
            self.notices.append(name)
        return value if value in allowed else allowed[0]

    def number(self, name: str, usual: int, low: int, high: int) -> int:
        value = self._parameters.get(name, "")
        if not value:
            return usual
        try:
            wanted = int(value)
        except ValueError:
            self.notices.append(name)
            return usual
        found = min(max(wanted, low), high)
        if found != wanted:
            self.notices.append(name)
        return found

    def numbers(self, name: str) -> frozenset[int] | None:
        value = self._parameters.get(name)
        if value is None:
            return None
        parts = [part for part in value.replace(",", ".").split(".") if part]
        kept = frozenset(int(part) for part in parts if part.isascii() and part.isdigit())
        if len(kept) != len(set(parts)):
            self.notices.append(name)
        return kept - {0}

    def start(self, today: date, zoom: str) -> date:
        value = self._parameters.get("from", "")
        usual = dates.start_of(today, zoom)
        if not value:
            return usual
        found = dates.parse_week(value)
        if found is None or not FIRST <= found <= LAST:
            self.notices.append("from")
            return usual
        return dates.start_of(found, zoom)
