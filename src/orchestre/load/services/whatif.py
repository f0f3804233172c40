"""What moving one initiative would do to the people it touches; nothing is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np

from orchestre.load.services import compute
from orchestre.load.services.answer import LoadView
from orchestre_engine import load as engine


@dataclass(frozen=True)
class Touched:
    """One population that a move relieves or burdens, over all the weeks of the view."""

    population: str
    before_hours: float
    after_hours: float
    peak_before: float
    peak_after: float
    peak_week: int


@dataclass(frozen=True)
class Effect:
    """What a move does. Hours are hours of excess; person-hours where headcounts are known.

    `unknown_headcounts` counts the touched populations left out of the person-hours.
    """

    days: int
    before_person_hours: float
    after_person_hours: float
    unknown_headcounts: int
    touched: tuple[Touched, ...]

    @property
    def saved_person_hours(self) -> float:
        """Person-hours of excess that disappear; below 0 when more appear."""
        return self.before_person_hours - self.after_person_hours

    @property
    def cleared(self) -> tuple[Touched, ...]:
        """Populations that no longer exceed their capacity."""
        return tuple(one for one in self.touched if one.before_hours > 0 and not one.after_hours)

    @property
    def newly_over(self) -> tuple[Touched, ...]:
        """Populations that begin to exceed their capacity."""
        return tuple(one for one in self.touched if not one.before_hours and one.after_hours > 0)


def shift(view: LoadView, code: str, days: int) -> Effect:
    """Work out what moving one initiative by some days would do.

    A wave that went live stays, and what it asks with it.
    """
    problem, today = view.snapshot.problem, compute.today()
    live = {
        population
        for (initiative, population), wave in view.snapshot.waves.items()
        if initiative == code and wave.go_live_on < today
    }
    move = timedelta(days=days)

    def moves(one: engine.Impact | engine.Activity) -> bool:
        return one.change == code and one.population not in live

    moved = replace(
        problem,
        impacts=tuple(
            replace(one, go_live_on=one.go_live_on + move) if moves(one) else one
            for one in problem.impacts
        ),
        activities=tuple(
            replace(one, starts_on=one.starts_on + move, ends_on=one.ends_on + move)
            if moves(one)
            else one
            for one in problem.activities
        ),
    )
    return _compared(view, engine.update(view.result, moved, code), days)


def _compared(view: LoadView, after: engine.LoadResult, days: int) -> Effect:
    """Compare the weeks from now on: what is past cannot be relieved."""
    before = view.result
    rows = np.flatnonzero((before.load_hours != after.load_hours).any(axis=1)).tolist()
    touched, was, becomes, unknown = [], 0.0, 0.0, 0
    for row in rows:
        old, new = before.excess_hours[row], after.excess_hours[row]
        if not old.any() and not new.any():
            continue
        headcount = before.headcounts[row]
        unknown += headcount is None
        was += float(old.sum()) * (headcount or 0)
        becomes += float(new.sum()) * (headcount or 0)
        touched.append(_touched(before, after, row))
    return Effect(days, was, becomes, unknown, tuple(touched))


def _touched(before: engine.LoadResult, after: engine.LoadResult, row: int) -> Touched:
    peaks = [
        np.where(one.excess_hours[row] > 0, np.nan_to_num(one.load_ratio[row], posinf=1e9), 0.0)
        for one in (before, after)
    ]
    return Touched(
        population=before.population_ids[row],
        before_hours=float(before.excess_hours[row].sum()),
        after_hours=float(after.excess_hours[row].sum()),
        peak_before=float(peaks[0].max()),
        peak_after=float(peaks[1].max()),
        peak_week=int(peaks[1].argmax() if peaks[1].any() else peaks[0].argmax()),
    )
