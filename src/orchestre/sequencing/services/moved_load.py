"""The load of a scenario: the engine works out again only what the overrides touch."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from orchestre.sequencing.rules.edits import Edit, days_moved, effective, new_span, wave_days
from orchestre.sequencing.services.live import Live
from orchestre_engine import load as engine

Edits = Mapping[str, Edit]
KEPT = 24
_lock = threading.Lock()
_loads: OrderedDict[tuple[object, ...], engine.LoadResult] = OrderedDict()


def load_of(there: Live, edits: Edits) -> engine.LoadResult:
    """Return the load of a scenario: the longest known beginning, then one change at a time.

    What is being moved comes last, so that each step of a drag costs one change.
    """
    result = there.view.result
    path = [(code, edit) for code, edit in edits.items() if _touches_people(edit)]
    known = 0
    for length in range(len(path), 0, -1):
        found = _loads.get((there.key, *path[:length])) if there.key else None
        if found is not None:
            result, known = found, length
            break
    for at, (code, edit) in enumerate(path[known:], known + 1):
        result = engine.update(result, _problem_of(there, code, edit), code)
        if at >= len(path) - 1:
            _keep((there.key, *path[:at]), result)
    return result


def _keep(path: tuple[object, ...], result: engine.LoadResult) -> None:
    if path[0] is None:
        return
    with _lock:
        _loads[path] = result
        _loads.move_to_end(path)
        while len(_loads) > KEPT:
            _loads.popitem(last=False)


def forget() -> None:
    """Empty the memory of this process."""
    _loads.clear()


def _touches_people(edit: Edit) -> bool:
    return bool(not edit.included or edit.shift_days or edit.has_dates or edit.waves)


def _problem_of(there: Live, code: str, edit: Edit) -> engine.LoadProblem:
    """Return a problem that holds one change only: the engine reads nothing else of it."""
    impacts, activities = there.parts(code)
    if edit.included:
        moving = _Moving.of(there, code, edit)
        impacts = [moving.impact(one) for one in impacts]
        activities = [moving.activity(one) for one in activities]
    else:
        impacts, activities = [], []
    return replace(
        there.view.snapshot.problem,
        impacts=tuple(impacts),
        activities=tuple(activities),
        uncertainty=engine.Uncertainty(),
    )


@dataclass(frozen=True)
class _Moving:
    """Where a scenario lays what an initiative asks; `waves` (date, days) by population."""

    today: date
    go_live_on: date | None
    days: int
    own: frozenset[tuple[str, date]]
    waves: dict[str, tuple[date, int]]

    @classmethod
    def of(cls, there: Live, code: str, edit: Edit) -> _Moving:
        span, waves = there.rows.initiatives[code].span, there.rows.waves.get(code, ())
        days = wave_days(edit, span, waves, there.today)
        return cls(
            today=there.today,
            go_live_on=effective(new_span(edit, span)),
            days=days_moved(edit, span),
            own=there.rows.own_dates.get(code, frozenset()),
            waves={
                people: (one.go_live_on, days[one.pk])
                for one in waves
                for people in one.populations
            },
        )

    def _days(self, population: str) -> timedelta:
        return timedelta(days=self.waves[population][1] if population in self.waves else self.days)

    def impact(self, one: engine.Impact) -> engine.Impact:
        """Move an impact with the go-live it hangs on; one of its own that is past stays."""
        if (one.population, one.go_live_on) in self.own:
            if one.go_live_on < self.today:
                return one
            return replace(one, go_live_on=one.go_live_on + self._days(one.population))
        if one.population in self.waves:
            day, days = self.waves[one.population]
            return replace(one, go_live_on=day + timedelta(days=days))
        return one if self.go_live_on is None else replace(one, go_live_on=self.go_live_on)

    def activity(self, one: engine.Activity) -> engine.Activity:
        """Move an activity that is not over."""
        if one.ends_on <= self.today:
            return one
        days = self._days(one.population)
        return replace(one, starts_on=one.starts_on + days, ends_on=one.ends_on + days)
