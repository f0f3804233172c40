"""A problem as columns of numbers, for the search.

A *wave* is what moves: a wave of a change, or the whole change when it has none. A *row* is what
is limited week by week: a population (hours per person) or a role (equivalents). A *candidate* is
a start a wave may take; the last one, `POSTPONED`, is to leave the horizon. Candidates that break
a rule of their own are left out, except the current start, so that the current plan can always be
written.
"""

from collections.abc import Iterable
from itertools import chain, permutations
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from orchestre_engine.sequencing.asks import Change
from orchestre_engine.sequencing.evaluate import (
    OwnRules,
    Scales,
    criteria_of,
    gap_weeks,
    starts_of,
    wave_of,
)
from orchestre_engine.sequencing.problem import SequencingProblem

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

POSTPONED = 1 << 30
"""Start of a wave that leaves the horizon."""

NEVER_TIED = -(1 << 28)
"""A gap that no two starts can break: waves without a spread."""


class Tables(NamedTuple):
    """Columns; W waves, R rows, T weeks, C candidates, E envelopes, S segments.

    Parameters
    ----------
    capacity : floats, shape (R, T)
        Infinite where nothing is limited.
    price : floats, shape (R,)
        People of a population (person-hours per hour of excess), euros of an equivalent.
    populations : int
        Rows under it are populations, the others roles.
    seg_ptr, seg_row, seg_offset, seg_at : ints
        Segments of wave w are seg_ptr[w]:seg_ptr[w+1]; each lies on a row from an offset on, its
        values are values[seg_at[k]:seg_at[k+1]].
    cand_ptr, cand_start : ints
        Candidates of wave w, increasing starts.
    cand_broken, cand_benefits, cand_dates : floats, shape (C,)
        Weeks of own rules broken, euros of delay or value lost, person-weeks moved.
    cand_spent : floats, shape (C, E)
        Euros in each envelope.
    arc_* : ints and floats
        Ties of wave w with another: the one after starts at least `gap` weeks after the one
        before; `arc_first` is 1 when w is the one before; `arc_price` < 0: not to be broken.
    pair_* : ints and floats
        Heavy go-lives of the same people: the other wave and the people they share (the number
        of populations when recovery is not to be broken).
    home : ints, shape (W,)
        Candidate that is the current start.
    recovery : floats, shape (2,)
        Weeks, and person-hours per person and missing week (< 0: a rule not to be broken).
    criteria : floats, shape (K, 4)
        Coefficients of the levels in each criterion.
    """

    capacity: Floats
    price: Floats
    populations: int
    seg_ptr: Ints
    seg_row: Ints
    seg_offset: Ints
    seg_at: Ints
    values: Floats
    cand_ptr: Ints
    cand_start: Ints
    cand_broken: Floats
    cand_benefits: Floats
    cand_dates: Floats
    cand_spent: Floats
    amounts: Floats
    arc_ptr: Ints
    arc_other: Ints
    arc_gap: Ints
    arc_first: Ints
    arc_price: Floats
    pair_ptr: Ints
    pair_other: Ints
    pair_people: Floats
    home: Ints
    recovery: Floats
    criteria: Floats

    @property
    def waves(self) -> int:
        """Number of waves."""
        return len(self.home)

    @property
    def weeks(self) -> int:
        """Weeks of the horizon."""
        return int(self.capacity.shape[1])


class Wave(NamedTuple):
    """What moves together, and its place in the figures of its change.

    `carried`: weeks from its go-live to what roles and euros hang on, None when another has them.
    """

    change: Change
    wave: str
    current: int
    people: float
    part: float
    carried: int | None


def waves_of(problem: SequencingProblem) -> tuple[Wave, ...]:
    """List what can move, in the order of the placements of a plan."""
    scales = Scales(problem)
    found = []
    for change in problem.changes:
        people, parts = scales.people_of(change), scales.parts_of(change)
        found += [
            Wave(change, wave, start, people[wave], parts[wave], change.carried(wave))
            for wave, start in starts_of(change)
        ]
    return tuple(found)


def tables_of(problem: SequencingProblem) -> Tables:
    """Write a problem as columns."""
    waves = waves_of(problem)
    scales = Scales(problem)
    weeks = problem.horizon.weeks
    price = [scales.headcounts[one.id] for one in problem.populations]
    price += [problem.objective.fte_week_eur] * len(problem.roles)
    capacity = [one.capacity_hours for one in problem.populations]
    capacity += [
        tuple(np.inf if fte is None else fte for fte in one.capacity_fte) for one in problem.roles
    ]
    recovery = problem.recovery.hours_per_missing_week
    rules = OwnRules(problem)
    starts = [candidates_of(problem, wave, rules) for wave in waves]
    return Tables(
        capacity=np.array(capacity, np.float64).reshape(len(capacity), weeks),
        price=np.array(price, np.float64),
        populations=len(problem.populations),
        **_segments(problem, waves),
        **_candidates(problem, waves, starts, rules),
        amounts=np.array([one.amount_eur for one in problem.envelopes], np.float64),
        **_arcs(problem, waves),
        **_pairs(problem, waves, scales),
        recovery=np.array(
            [problem.recovery.weeks, -1.0 if recovery is None else recovery], np.float64
        ),
        criteria=np.array([one.coefficients for one in criteria_of(problem)], np.float64),
    )


def may_move(problem: SequencingProblem, change: Change) -> bool:
    """Whether a change may be elsewhere than it is."""
    if change.fixed or change.started:
        return False
    return problem.movable is None or change.id in problem.movable


def extent_of(wave: Wave) -> tuple[int, int]:
    """Give the weeks [first, end) that a wave asks something in, relative to its go-live."""
    home = wave_of(wave.change)
    asked = [
        (one.first_offset, one.first_offset + len(one.hours))
        for one in wave.change.footprints
        if home[one.population] == wave.wave and one.hours
    ]
    if wave.carried is not None:
        asked += [
            (one.first_offset + wave.carried, one.first_offset + wave.carried + len(one.fte))
            for one in wave.change.demands
            if one.fte
        ]
    asked.append((0, 1))
    return min(first for first, _ in asked), max(end for _, end in asked)


def inside_horizon(problem: SequencingProblem, wave: Wave) -> tuple[int, int]:
    """Give the first and last start that hide nothing before or after the horizon.

    Moving never pushes load past an edge where nobody counts it; a wave that already passes an
    edge may stay there, or come back.
    """
    first, end = extent_of(wave)
    return min(-first, wave.current), max(problem.horizon.weeks - end, wave.current)


def candidates_of(problem: SequencingProblem, wave: Wave, rules: OwnRules) -> list[int]:
    """List the starts a wave may take, increasing; the current one always, `POSTPONED` last."""
    change = wave.change
    pins = [one.start for one in problem.pins if (one.change, one.wave) == (change.id, wave.wave)]
    if pins:
        return sorted({pins[0], wave.current})
    if not may_move(problem, change) or change.is_fixed(wave.wave):
        return [wave.current]
    low, high = inside_horizon(problem, wave)
    apart = change.apart(wave.wave)
    low = low if change.earliest is None else max(low, change.earliest + apart)
    high = high if change.latest is None else min(high, change.latest + apart)
    starts = np.arange(low, max(high + 1, low), dtype=np.float64)
    lawful = starts[rules.broken(change, wave.wave, starts) == 0]
    kept = {int(start) for start in lawful.tolist()}
    last = [POSTPONED] if change.may_be_postponed else []
    return sorted(kept | {wave.current}) + last


def _pointers(lengths: Iterable[int]) -> Ints:
    return np.concatenate([[0], np.cumsum(list(lengths), dtype=np.int64)]).astype(np.int64)


def _segments(problem: SequencingProblem, waves: tuple[Wave, ...]) -> dict[str, Any]:
    rows = {one.id: at for at, one in enumerate(problem.populations)}
    roles = {one.id: at for at, one in enumerate(problem.roles, len(rows))}
    counts, lines = [], []
    for wave in waves:
        home = wave_of(wave.change)
        mine: list[tuple[int, int, tuple[float, ...]]] = [
            (rows[one.population], one.first_offset, one.hours)
            for one in wave.change.footprints
            if home[one.population] == wave.wave and one.hours
        ]
        if wave.carried is not None:
            mine += [
                (roles[one.role], one.first_offset + wave.carried, one.fte)
                for one in wave.change.demands
                if one.fte
            ]
        mine = _merged(mine)
        counts.append(len(mine))
        lines += mine
    return {
        "seg_ptr": _pointers(counts),
        "seg_row": np.array([row for row, _, _ in lines], np.int64),
        "seg_offset": np.array([offset for _, offset, _ in lines], np.int64),
        "seg_at": _pointers(len(values) for _, _, values in lines),
        "values": np.fromiter(chain.from_iterable(one for _, _, one in lines), np.float64),
    }


def _merged(
    lines: list[tuple[int, int, tuple[float, ...]]],
) -> list[tuple[int, int, tuple[float, ...]]]:
    """Give one line per row: two lines on one row would not see each other's hours."""
    by_row: dict[int, list[tuple[int, tuple[float, ...]]]] = {}
    for row, offset, values in lines:
        by_row.setdefault(row, []).append((offset, values))
    found = []
    for row, parts in sorted(by_row.items()):
        first = min(offset for offset, _ in parts)
        total = np.zeros(max(offset + len(values) for offset, values in parts) - first)
        for offset, values in parts:
            total[offset - first : offset - first + len(values)] += values
        found.append((row, first, tuple(total.tolist())))
    return found


def _candidates(
    problem: SequencingProblem,
    waves: tuple[Wave, ...],
    starts: list[list[int]],
    rules: OwnRules,
) -> dict[str, Any]:
    broken, benefits, dates, spent, home = [], [], [], [], []
    placed = 0
    for wave, kept in zip(waves, starts, strict=True):
        home.append(placed + kept.index(wave.current))
        placed += len(kept)
        change, weeks = wave.change, np.array(kept, np.float64)
        gone = weeks == POSTPONED
        late = wave.part * change.delay_cost_eur_per_week * (weeks - wave.current)
        lost = wave.part * (change.postponed_value_eur or 0.0)
        far = max(problem.horizon.weeks - wave.current, 0)
        moved = np.where(gone, far, np.abs(weeks - wave.current))
        broken.append(np.where(gone, 0.0, rules.broken(change, wave.wave, weeks)))
        benefits.append(np.where(gone, lost, late))
        dates.append(wave.people * moved)
        spent.append(_spent(problem, wave, kept))
    none = [np.zeros(0)]
    envelopes = len(problem.envelopes)
    return {
        "cand_ptr": _pointers(len(one) for one in starts),
        "cand_start": np.fromiter(chain.from_iterable(starts), np.int64),
        "cand_broken": np.concatenate(broken or none),
        "cand_benefits": np.concatenate(benefits or none),
        "cand_dates": np.concatenate(dates or none),
        "cand_spent": np.concatenate(spent or [np.zeros((0, envelopes))]),
        "home": np.array(home, np.int64),
    }


def _spent(problem: SequencingProblem, wave: Wave, starts: list[int]) -> Floats:
    """Give the euros in each envelope, shape (starts, envelopes)."""
    found = np.zeros((len(starts), len(problem.envelopes)))
    if wave.carried is None:
        return found
    for column, envelope in enumerate(problem.envelopes):
        if envelope.changes is not None and wave.change.id not in envelope.changes:
            continue
        for flow in wave.change.spending:
            total = np.concatenate([[0.0], np.cumsum(flow.eur)])
            first = np.array(starts) + wave.carried + flow.first_offset
            low = np.clip(envelope.first_week - first, 0, len(flow.eur))
            high = np.clip(envelope.end_week - first, 0, len(flow.eur))
            found[:, column] += total[high] - total[low]
    found[np.array(starts) == POSTPONED] = 0.0
    return found


def _arcs(problem: SequencingProblem, waves: tuple[Wave, ...]) -> dict[str, Any]:
    """List ties between waves, seen from both ends."""
    lines: list[tuple[int, int, int, int, float]] = []
    for first, last, gap, price in ties_of(problem, waves):
        lines += [(first, last, gap, 1, price), (last, first, gap, 0, price)]
    lines.sort()
    counts = np.bincount([one[0] for one in lines], minlength=len(waves)) if lines else [0]
    return {
        "arc_ptr": _pointers(counts if lines else [0] * len(waves)),
        "arc_other": np.array([one[1] for one in lines], np.int64),
        "arc_gap": np.array([one[2] for one in lines], np.int64),
        "arc_first": np.array([one[3] for one in lines], np.int64),
        "arc_price": np.array([one[4] for one in lines], np.float64),
    }


def members_of(waves: tuple[Wave, ...]) -> dict[str, list[int]]:
    """Give the places of the waves of each change."""
    found: dict[str, list[int]] = {}
    for at, wave in enumerate(waves):
        found.setdefault(wave.change.id, []).append(at)
    return found


def ties_of(
    problem: SequencingProblem, waves: tuple[Wave, ...]
) -> list[tuple[int, int, int, float]]:
    """List (before, after, gap, price): after starts at least gap weeks after before."""
    members = members_of(waves)
    changes = {one.id: one for one in problem.changes}
    found = []
    for link in problem.dependencies:
        both = changes[link.predecessor], changes[link.successor]
        price = -1.0 if link.price_eur_per_week is None else link.price_eur_per_week
        found += [
            (first, last, gap_weeks(link, *both, waves[first].wave, waves[last].wave), price)
            for first in members[link.predecessor]
            for last in members[link.successor]
        ]
    for change in problem.changes:
        spread = change.max_spread_weeks
        gap = NEVER_TIED if spread is None else -spread
        mine = members[change.id]
        found += [(one, other, gap, -1.0) for one in mine for other in mine if one != other]
    return found


def _pairs(problem: SequencingProblem, waves: tuple[Wave, ...], scales: Scales) -> dict[str, Any]:
    """List heavy go-lives that meet the same people, seen from both ends."""
    ruled = problem.recovery.hours_per_missing_week is None
    people: dict[tuple[int, int], float] = {}
    for population, members in sorted(heavy_of(problem, waves).items()):
        weight = 1.0 if ruled else scales.headcounts[population]
        for key in permutations(members, 2):
            people[key] = people.get(key, 0.0) + weight
    lines = sorted(people.items())
    counts = np.zeros(len(waves), np.int64)
    for (one, _), _ in lines:
        counts[one] += 1
    return {
        "pair_ptr": _pointers(counts.tolist()),
        "pair_other": np.array([other for (_, other), _ in lines], np.int64),
        "pair_people": np.array([count for _, count in lines], np.float64),
    }


def heavy_of(problem: SequencingProblem, waves: tuple[Wave, ...]) -> dict[str, list[int]]:
    """Give the waves whose go-live is heavy for each population, when recovery is asked for."""
    found: dict[str, list[int]] = {}
    for at, wave in enumerate(waves if problem.recovery.weeks else ()):
        home = wave_of(wave.change)
        for population in {one.population for one in wave.change.footprints if one.heavy}:
            if home[population] == wave.wave:
                found.setdefault(population, []).append(at)
    return found
