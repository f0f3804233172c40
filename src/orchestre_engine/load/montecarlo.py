"""How likely overloads are when dates, hours and capacity are not sure (Monte Carlo).

Each change has one shift of its go-live, shared by all its impacts and activities, and one
factor on its hours; each population one factor on its capacity. Dates move by whole days: a
drawn shift is rounded to the nearest one. Draws are Latin hypercubes: every margin is cut into
as many equal slices as there are draws, and each slice is met once.

The draws of a change depend on the seed and on its name only, so that two plans compared with
one seed meet the same worlds. Populations are worked through one by one, so that memory holds
draws × weeks, whatever their number.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256

import numpy as np
from scipy.sparse import csr_array

from orchestre_engine.errors import ProblemError
from orchestre_engine.load.capacity import capacity_of
from orchestre_engine.load.overloads import OVER_TOLERANCE_HOURS
from orchestre_engine.load.problem import ChangeUncertainty, LoadProblem
from orchestre_engine.load.result import UncertaintyResult
from orchestre_engine.load.segments import Floats, Ints, Segments, accumulate, segments_of
from orchestre_engine.periods import DAYS_PER_WEEK

_BLOCK = 32
"""Impacts worked on together: their shifted weeks fit in the processor's cache."""

_STATISTICS = 5


class SimulationStoppedError(Exception):
    """The caller asked to stop before the last population: there is no answer."""


@dataclass(frozen=True, slots=True)
class Worlds:
    """Draws: shift in days and hours factor per change, capacity factor per population.

    Shapes: `shift`, `hours` (changes, draws); `earliest`, `latest` (changes,) bound the shifts.
    """

    shift: Ints
    hours: Floats
    earliest: Ints
    latest: Ints


def triangular(uniform: Floats, low: float, high: float) -> Floats:
    """Turn uniform numbers into the triangular law (low, 0, high), low ≤ 0 ≤ high.

    Source: inverse of the distribution function, Kotz & van Dorp, *Beyond Beta*, 2004.
    """
    width = high - low
    if width == 0:
        return np.zeros_like(uniform)
    rising = low + np.sqrt(uniform * width * -low)
    falling = high - np.sqrt((1 - uniform) * width * high)
    return np.where(uniform * width < -low, rising, falling)


def simulate(
    problem: LoadProblem,
    *,
    draws: int = 2000,
    seed: int = 0,
    progress: Callable[[float], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> UncertaintyResult:
    """Draw worlds in which dates, hours and capacity vary, and count the overloads.

    Parameters
    ----------
    problem : LoadProblem
        What is asked and what is possible; its `uncertainty` says what varies.
    draws : int
        Number of worlds.
    seed : int
        0 or more; the same seed gives the same answer.
    progress : callable or None
        Told the part done, 0 to 1, after each population.
    should_stop : callable or None
        Asked before each population; when it says yes the simulation gives up.

    Returns
    -------
    UncertaintyResult
        Probabilities and percentiles, populations × weeks.

    Raises
    ------
    ProblemError
        When there is no draw, or the seed is negative.
    SimulationStoppedError
        When `should_stop` said yes.
    """
    if draws < 1 or seed < 0:
        raise ProblemError(f"Simulation: {draws} draws, seed {seed}; give 1 and 0 at least.")
    worlds = drawn_worlds(problem, draws, seed)
    lines = segments_of(problem)
    lines = lines.take(np.argsort(lines.population, kind="stable"))
    cuts = np.searchsorted(lines.population, np.arange(len(problem.populations) + 1))
    capacity, _ = capacity_of(problem)
    found = np.zeros((_STATISTICS, *capacity.shape))
    spread = problem.uncertainty.capacity_ratio
    for row, population in enumerate(problem.populations):
        if should_stop is not None and should_stop():
            raise SimulationStoppedError
        load = _drawn_load(lines.take(slice(cuts[row], cuts[row + 1])), worlds, capacity.shape[1])
        able = _factors("capacity", population.id, draws, seed, spread)
        found[:, row] = _statistics(load, capacity[row], able)
        if progress is not None:
            progress((row + 1) / len(problem.populations))
    return _result(problem, draws, seed, found)


def _result(problem: LoadProblem, draws: int, seed: int, found: Floats) -> UncertaintyResult:
    over, excess, p10, p50, p90 = found
    return UncertaintyResult(
        weeks=problem.horizon.labels(),
        population_ids=tuple(one.id for one in problem.populations),
        draws=draws,
        seed=seed,
        probability_over=over,
        expected_excess_hours=excess,
        p10=p10,
        p50=p50,
        p90=p90,
        standard_error=np.sqrt(over * (1 - over) / draws),
    )


def drawn_worlds(problem: LoadProblem, draws: int, seed: int) -> Worlds:
    """Draw what varies for every change of a problem."""
    stated = {one.change: one for one in problem.uncertainty.changes}
    shape = (len(problem.change_ids), draws)
    shift = np.zeros(shape, np.int64)
    hours = np.ones(shape)
    for row, change in enumerate(problem.change_ids):
        doubt = stated.get(change, ChangeUncertainty(change, 0, 0))
        low, high = -DAYS_PER_WEEK * doubt.earlier_weeks, DAYS_PER_WEEK * doubt.later_weeks
        shift[row] = np.rint(triangular(_uniform("shift", change, draws, seed), low, high))
        hours[row] = _factors("hours", change, draws, seed, problem.uncertainty.hours_ratio)
    return Worlds(shift, hours, shift.min(axis=1), shift.max(axis=1))


def _factors(what: str, name: str, draws: int, seed: int, ratio: float) -> Floats:
    return 1 + triangular(_uniform(what, name, draws, seed), -ratio, ratio)


def _uniform(what: str, name: str, draws: int, seed: int) -> Floats:
    """Give one margin of a Latin hypercube, its own for each thing that varies."""
    own = int.from_bytes(sha256(f"{what}\0{name}".encode()).digest()[:8])
    random = np.random.default_rng([seed, own])
    return (random.permutation(draws) + random.random(draws)) / draws


def _drawn_load(lines: Segments, worlds: Worlds, weeks: int) -> Floats:
    """Sum the load of one population in every world, shape (draws, weeks)."""
    load = np.zeros((worlds.shift.shape[1], weeks))
    changes, at = np.unique(lines.change, return_inverse=True)
    for first in range(0, len(changes), _BLOCK):
        block = changes[first : first + _BLOCK]
        mine = (at >= first) & (at < first + len(block))
        local = replace(lines.take(mine), population=at[mine] - first)
        load += _block_load(local, block, worlds, weeks)
    return load


def _block_load(lines: Segments, changes: Ints, worlds: Worlds, weeks: int) -> Floats:
    """Sum a few changes in every world: a sparse choice among their shifted weeks."""
    earliest, latest = worlds.earliest[changes], worlds.latest[changes]
    shifted = _shifted_weeks(lines, earliest, latest, weeks)
    counts = latest - earliest + 1
    starts = np.cumsum(counts) - counts
    chosen = (worlds.shift[changes] - earliest[:, None] + starts[:, None]).T
    draws = len(chosen)
    picks = csr_array(
        (
            worlds.hours[changes].T.ravel(),
            chosen.ravel().astype(np.int32),
            np.arange(draws + 1, dtype=np.int32) * len(changes),
        ),
        shape=(draws, len(shifted)),
    )
    return np.asarray(picks @ shifted)


def _shifted_weeks(lines: Segments, earliest: Ints, latest: Ints, weeks: int) -> Floats:
    """Give the weekly hours of each change for each of its shifts, one row per shift in days."""
    before, after = int(latest.max(initial=0)), int(-earliest.min(initial=0))
    days = before + weeks * DAYS_PER_WEEK + after
    moved = replace(lines, start_day=lines.start_day + before, end_day=lines.end_day + before)
    daily = accumulate(moved, len(earliest), days, days=1)
    total = np.zeros((len(earliest), days + 1))
    np.cumsum(daily, axis=1, out=total[:, 1:])
    window = total[:, DAYS_PER_WEEK:] - total[:, :-DAYS_PER_WEEK]
    rows = [
        np.lib.stride_tricks.sliding_window_view(row, DAYS_PER_WEEK * (weeks - 1) + 1)[
            before - last : before - first + 1, ::DAYS_PER_WEEK
        ][::-1]
        for row, first, last in zip(window, earliest.tolist(), latest.tolist(), strict=True)
    ]
    return np.concatenate(rows)


def _statistics(load: Floats, capacity: Floats, able: Floats) -> Floats:
    """Give P(over), mean excess, and the 10th, 50th, 90th percentiles, shape (5, weeks)."""
    draws = len(load)
    found = np.zeros((_STATISTICS, load.shape[1]))
    active = load.any(axis=0)
    some = np.ascontiguousarray(load[:, active].T)
    excess = some - capacity[active, None] * able
    over = excess > OVER_TOLERANCE_HOURS
    found[0, active] = over.mean(axis=1)
    found[1, active] = np.where(over, excess, 0.0).mean(axis=1)
    ranks = [max(-(-draws * percent // 100) - 1, 0) for percent in (10, 50, 90)]
    some.partition(sorted(set(ranks)), axis=1)
    found[2:, active] = some[:, ranks].T
    return found
