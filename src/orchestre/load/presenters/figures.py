"""Figures of the rows and columns of a map: sums first, words later."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from orchestre.load.rules.view import MapState
from orchestre.load.services.answer import LoadView

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
NOT_BEFORE_ASSUMED = 0.5  # part of the hours that nobody entered, from which a cell is dotted


@dataclass(frozen=True, eq=False)
class Columns:
    """Every population in every column of the map, shape (populations, columns).

    `load`, `capacity`, `guessed`, `low`, `high` are hours per person summed over the weeks of
    the column; `peak` the highest weekly ratio, `risk` the highest weekly probability.
    """

    load: Floats
    capacity: Floats
    guessed: Floats
    low: Floats | None
    high: Floats | None
    peak: Floats
    peak_week: npt.NDArray[np.int64]
    risk: Floats | None
    over: Flags
    frozen: Flags


def columns_of(view: LoadView, state: MapState) -> Columns:
    """Sum the weeks of each column."""
    first = view.week_index(state.first)
    if first is None:
        raise LookupError("the weeks of the map are outside the computed ones")
    cuts = [first + (start - state.first).days // 7 for start, _end in state.columns]
    last = first + state.weeks
    spans = list(zip(cuts, [*cuts[1:], last], strict=True))
    result, drawn = view.result, view.uncertainty
    ratio = np.where(np.isnan(result.load_ratio), -1.0, result.load_ratio)
    return Columns(
        load=_sums(result.load_hours, spans),
        capacity=_sums(result.capacity_hours, spans),
        guessed=_sums(view.guessed_hours, spans),
        low=None if drawn is None else _sums(drawn.p10, spans),
        high=None if drawn is None else _sums(drawn.p90, spans),
        peak=_highest(ratio, spans),
        peak_week=np.stack([a + ratio[:, a:b].argmax(axis=1) for a, b in spans], axis=1),
        risk=None if drawn is None else _highest(drawn.probability_over, spans),
        over=_highest(result.excess_hours, spans) > 0,
        frozen=_highest(view.freezes, spans) > 0,
    )


def _sums(values: Floats, spans: list[tuple[int, int]]) -> Floats:
    return np.stack([values[:, a:b].sum(axis=1) for a, b in spans], axis=1)


def _highest(values: npt.NDArray[np.generic], spans: list[tuple[int, int]]) -> Floats:
    return np.stack([values[:, a:b].max(axis=1) for a, b in spans], axis=1).astype(np.float64)


@dataclass(frozen=True, eq=False)
class RowFigures:
    """One row of the map: a population, or the mean of the people of a unit.

    Populations of which nothing is known count neither as loaded nor as idle: they are left
    out of the mean and counted in `unheard`.
    """

    columns: Columns
    members: npt.NDArray[np.int64]
    heard: npt.NDArray[np.int64]
    weights: Floats

    @property
    def unheard(self) -> int:
        """Number of populations of which nothing is known."""
        return len(self.members) - len(self.heard)

    @property
    def missing(self) -> bool:
        """Tell whether nothing is known of anybody of the row."""
        return not len(self.heard)

    def _mean(self, values: Floats) -> Floats:
        return np.asarray(self.weights @ values[self.heard])

    @cached_property
    def load(self) -> Floats:
        """Mean hours asked per person and column."""
        return self._mean(self.columns.load)

    @cached_property
    def capacity(self) -> Floats:
        """Mean hours possible per person and column."""
        return self._mean(self.columns.capacity)

    @cached_property
    def ratio(self) -> Floats:
        """Load over capacity: nan when both are 0, infinite when only capacity is."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(self.load / self.capacity)

    @cached_property
    def guessed_ratio(self) -> Floats:
        """Part of the hours that nobody entered; 0 without hours."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.nan_to_num(self._mean(self.columns.guessed) / self.load)

    @cached_property
    def risk(self) -> Floats | None:
        """Mean probability of overload of the people of the row."""
        return None if self.columns.risk is None else self._mean(self.columns.risk)

    @cached_property
    def interval(self) -> tuple[Floats, Floats] | None:
        """Ratios not reached in 10 % and in 90 % of the worlds, of a row of one population."""
        low, high = self.columns.low, self.columns.high
        if low is None or high is None or len(self.heard) != 1:
            return None
        with np.errstate(divide="ignore", invalid="ignore"):
            capacity = self.columns.capacity[self.heard[0]]
            return low[self.heard[0]] / capacity, high[self.heard[0]] / capacity

    @cached_property
    def crosses(self) -> Flags:
        """Whether the interval holds 100 %: the overload is neither sure nor excluded."""
        if self.interval is None:
            return np.zeros(len(self.load), np.bool_)
        low, high = self.interval
        return np.asarray((low < 1) & (high > 1))

    @cached_property
    def worst(self) -> npt.NDArray[np.int64]:
        """Population with the highest weekly ratio of each column."""
        return np.asarray(self.heard[self.columns.peak[self.heard].argmax(axis=0)])

    @cached_property
    def worst_ratio(self) -> Floats:
        """That ratio; below 0 when nobody is asked anything."""
        return np.asarray(self.columns.peak[self.heard].max(axis=0))

    @cached_property
    def worst_risk(self) -> Floats | None:
        """Highest probability of the row, per column."""
        risk = self.columns.risk
        return None if risk is None else np.asarray(risk[self.heard].max(axis=0))

    @cached_property
    def over(self) -> Flags:
        """Whether the mean of the row is above what is possible."""
        return np.asarray(self.load > self.capacity + 1e-6)

    @cached_property
    def frozen(self) -> Flags:
        """Whether a freeze touches everybody of the row."""
        return np.asarray(self.columns.frozen[self.members].all(axis=0))


def row_figures(view: LoadView, columns: Columns, members: list[int]) -> RowFigures:
    """Gather the populations of a row; one unknown headcount makes them all weigh the same."""
    heard = [row for row in members if view.heard[row]]
    heads = [view.result.headcounts[row] for row in heard]
    known = None not in heads and any(heads)
    weights = np.array([(one or 0) if known else 1 for one in heads], np.float64)
    total = weights.sum()
    return RowFigures(
        columns,
        np.array(members, np.int64),
        np.array(heard, np.int64),
        weights / total if total else weights,
    )
