"""The load of a scenario: the engine works out again only what the overrides touch."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from orchestre.sequencing.rules.edits import Edit, days_moved, effective, new_span
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
    return bool(not edit.included or edit.shift_days or edit.has_dates)


def _problem_of(there: Live, code: str, edit: Edit) -> engine.LoadProblem:
    """Return a problem that holds one change only: the engine reads nothing else of it."""
    impacts, activities = there.parts(code)
    planned = there.rows.initiatives[code]
    if edit.included:
        impacts = _moved_impacts(there, code, edit, impacts)
        days = timedelta(days=days_moved(edit, planned.span))
        activities = [
            one
            if one.ends_on <= there.today
            else replace(one, starts_on=one.starts_on + days, ends_on=one.ends_on + days)
            for one in activities
        ]
    else:
        impacts, activities = [], []
    return replace(
        there.view.snapshot.problem,
        impacts=tuple(impacts),
        activities=tuple(activities),
        uncertainty=engine.Uncertainty(),
    )


def _moved_impacts(
    there: Live, code: str, edit: Edit, impacts: list[engine.Impact]
) -> list[engine.Impact]:
    """Move the impacts that hang on the go-live with it; those with a past date stay."""
    span = there.rows.initiatives[code].span
    days = timedelta(days=days_moved(edit, span))
    new = effective(new_span(edit, span))
    own = there.rows.own_dates.get(code, frozenset())
    found = []
    for one in impacts:
        if (one.population, one.go_live_on) not in own:
            found.append(one if new is None else replace(one, go_live_on=new))
        elif one.go_live_on >= there.today:
            found.append(replace(one, go_live_on=one.go_live_on + days))
        else:
            found.append(one)
    return found
