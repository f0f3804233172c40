"""The load of everybody by month, and the people that initiatives touch."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from orchestre.load.rules.dates import month_of as month_of_week
from orchestre.sequencing.rules.edits import Edit, days_moved, wave_days
from orchestre.sequencing.rules.measures import Floats
from orchestre.sequencing.services.live import Live
from orchestre_engine import load as engine


def staying(there: Live, code: str, edit: Edit) -> frozenset[str]:
    """Return the populations of an initiative whose wave does not move in a scenario."""
    waves = there.rows.waves.get(code, ())
    days = wave_days(edit, there.rows.initiatives[code].span, waves, there.today)
    stay = {people for one in waves if not days[one.pk] for people in one.populations}
    if not days_moved(edit, there.rows.initiatives[code].span):
        served = {people for one in waves for people in one.populations}
        stay |= {one.population for one in there.parts(code)[0]} - served
    return frozenset(stay)


def mean_days(there: Live, code: str, edit: Edit) -> float:
    """Return by how many days the go-live of the people of an initiative moves, on average.

    Without waves, everybody moves with the initiative.
    """
    span, waves = there.rows.initiatives[code].span, there.rows.waves.get(code, ())
    common = days_moved(edit, span)
    if not waves:
        return common
    days = wave_days(edit, span, waves, there.today)
    of = {people: days[one.pk] for one in waves for people in one.populations}
    heads = dict(zip(there.view.result.population_ids, there.view.result.headcounts, strict=True))
    touched = {one.population for one in there.parts(code)[0]}
    total = sum(heads[one] or 0 for one in touched)
    if not total:
        return common
    return sum((heads[one] or 0) * of.get(one, common) for one in touched) / total


def people_touched(
    there: Live, codes: tuple[str, ...], edits: Mapping[str, Edit] | None = None
) -> float:
    """Count the people that some initiatives touch, each population once.

    With `edits`, only those whose dates move.
    """
    reach: dict[str, float] = {}
    for code in codes:
        stay = staying(there, code, edits[code]) if edits else frozenset()
        for impact in there.parts(code)[0]:
            if impact.population in stay:
                continue
            reach[impact.population] = max(reach.get(impact.population, 0.0), impact.reach_ratio)
    heads = dict(zip(there.view.result.population_ids, there.view.result.headcounts, strict=True))
    return float(sum(ratio * (heads[code] or 0) for code, ratio in reach.items()))


class People:
    """The load of everybody from this week to the end of the period, by month."""

    def __init__(self, there: Live, load: engine.LoadResult) -> None:
        first = there.this_week
        monday = there.view.first_monday
        weeks = [monday + timedelta(weeks=at) for at in range(first, len(load.weeks))]
        at = {month: column for column, month in enumerate(there.months)}
        # the first days of a month may belong to a week of the month before: they stay with it
        kept = [(week, at[month_of_week(week)]) for week in weeks if month_of_week(week) in at]
        stop = first + len(kept)
        self._weeks = [week for week, _column in kept]
        self._columns = np.array([column for _week, column in kept], np.int64)
        self._excess = load.excess_hours[:, first:stop]
        self._ratio = np.where(
            load.capacity_hours[:, first:stop] > 0, load.load_ratio[:, first:stop], np.nan
        )
        self._heads = np.array(
            [np.nan if one is None else float(one) for one in load.headcounts], float
        )
        self._ids = load.population_ids
        self._count = len(there.months)
        self.over = (
            (self._excess > 0).any(axis=1) if self._excess.size else np.zeros(len(self._ids), bool)
        )

    @property
    def people_over(self) -> float:
        """People in the populations that exceed their capacity at least one week."""
        return float(np.nansum(np.where(self.over, self._heads, 0.0)))

    @property
    def unknown(self) -> int:
        """Populations beyond capacity whose headcount is not known."""
        return int((self.over & np.isnan(self._heads)).sum())

    @property
    def hours(self) -> float:
        """Person-hours beyond capacity."""
        return float(np.nansum(self._excess.sum(axis=1) * self._heads))

    @cached_property
    def hours_by_month(self) -> Floats:
        """Person-hours beyond capacity, populations × months."""
        heads = np.nan_to_num(self._heads)[:, None]
        found = np.zeros((len(self._ids), self._count))
        if self._excess.size:
            np.add.at(found.T, self._columns, (self._excess * heads).T)
        return found

    @cached_property
    def worst_by_month(self) -> Floats:
        """Heaviest week of each month, load over capacity; nan without load nor capacity."""
        found = np.full((len(self._ids), self._count), -np.inf)
        if self._ratio.size:
            np.maximum.at(found.T, self._columns, np.nan_to_num(self._ratio, nan=-np.inf).T)
        return np.where(np.isfinite(found), found, np.nan)

    @cached_property
    def _worst_at(self) -> tuple[int, int] | None:
        ratios = np.where(self._excess > 0, np.nan_to_num(self._ratio, nan=0.0), 0.0)
        if not ratios.size or ratios.max() <= 0:
            ratios = np.nan_to_num(self._ratio, nan=0.0)
        if not ratios.size or ratios.max() <= 0:
            return None
        row, week = np.unravel_index(int(ratios.argmax()), ratios.shape)
        return int(row), int(week)

    @property
    def worst(self) -> tuple[str, date] | None:
        """The population and the week of the heaviest load."""
        found = self._worst_at
        return None if found is None else (self._ids[found[0]], self._weeks[found[1]])

    @property
    def worst_ratio(self) -> float | None:
        """The heaviest load over its capacity."""
        found = self._worst_at
        return None if found is None else float(self._ratio[found])
