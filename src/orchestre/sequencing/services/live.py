"""The plan in force as scenarios read it: kept in memory until something of it is written."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from orchestre.load.services import compute
from orchestre.load.services.answer import LoadView
from orchestre.resources.rules import Ask, Cost, months_from
from orchestre.sequencing import snapshot
from orchestre.sequencing.snapshot import Planned, Rows
from orchestre_engine import load as engine

MONTHS = 24
Key = tuple[int, datetime, date]
_kept: dict[Key, Live] = {}
_lock = threading.Lock()


@dataclass(frozen=True)
class Live:
    """Load, means and rows of one state of the data, seen from one day."""

    key: Key | None
    today: date
    view: LoadView
    rows: Rows

    @cached_property
    def months(self) -> tuple[date, ...]:
        """The period: this month and those that follow."""
        return months_from(self.today, MONTHS)

    @cached_property
    def asks(self) -> dict[str, tuple[Ask, ...]]:
        """What each initiative asks of roles."""
        found: dict[str, list[Ask]] = {}
        for one in self.rows.means.asks:
            found.setdefault(one.initiative, []).append(one)
        return {code: tuple(some) for code, some in found.items()}

    @cached_property
    def costs(self) -> dict[str, tuple[Cost, ...]]:
        """What each initiative costs."""
        found: dict[str, list[Cost]] = {}
        for one in (*self.rows.means.costs, *self.rows.engaged):
            found.setdefault(one.initiative, []).append(one)
        return {code: tuple(some) for code, some in found.items()}

    @cached_property
    def _parts(self) -> dict[str, tuple[list[engine.Impact], list[engine.Activity]]]:
        found: dict[str, tuple[list[engine.Impact], list[engine.Activity]]] = {}
        for impact in self.view.snapshot.problem.impacts:
            found.setdefault(impact.change, ([], []))[0].append(impact)
        for activity in self.view.snapshot.problem.activities:
            found.setdefault(activity.change, ([], []))[1].append(activity)
        return found

    def parts(self, code: str) -> tuple[list[engine.Impact], list[engine.Activity]]:
        """Return the impacts and activities of an initiative."""
        return self._parts.get(code, ([], []))

    @cached_property
    def this_week(self) -> int:
        """Position of the current week in the load."""
        return self.view.week_index(self.today) or 0

    def planned(self, code: str) -> Planned | None:
        """Return an initiative of the plan, None when it is stopped, archived or unknown."""
        return self.rows.initiatives.get(code)


def live() -> Live:
    """Return the plan in force; one small query tells whether it changed."""
    version, today = compute.data_version(), compute.today()
    key = None if version is None else (*version, today)
    with _lock:
        known = None if key is None else _kept.get(key)
    if known is not None:
        return known
    found = Live(key, today, compute.undrawn(), snapshot.take())
    if key is not None:
        with _lock:
            _kept.clear()
            _kept[key] = found
    return found


def afresh() -> Live:
    """Return the plan as this transaction sees it; nothing is remembered."""
    return Live(None, compute.today(), compute.afresh(), snapshot.take())


def forget() -> None:
    """Empty the memory of this process."""
    with _lock:
        _kept.clear()
