"""The inner loops of the search, compiled: what a wave costs where it is, moves, annealing.

A *cost* is five figures: weeks of rules broken, then the four levels. A *state* is where every
wave stands and the running sums that follow: `use` (rows × weeks), `spent` (envelopes).
"""

from collections.abc import Callable
from typing import NamedTuple, TypeVar, cast

import numba
import numpy as np

from orchestre_engine.sequencing.tables import POSTPONED, Floats, Ints, Tables

TOLERANCE = 1e-7
"""Costs closer than this are equal: hours and euros are sums of floating-point figures."""

CHAIN = 48
"""Waves that one move may carry along its dependencies."""

_Function = TypeVar("_Function", bound=Callable[..., object])


def compiled(function: _Function) -> _Function:
    """Compile a function at its first call, and keep the machine code on disk."""
    return cast(_Function, numba.njit(cache=True, nogil=True)(function))


class State(NamedTuple):
    """Where every wave stands, and the sums that follow.

    Parameters
    ----------
    at : ints, shape (W,)
        Candidate of each wave.
    starts : ints, shape (W,)
        Its start.
    use : floats, shape (R, T)
        Sum over waves on each row, each week.
    spent : floats, shape (E,)
        Euros in each envelope.
    """

    at: Ints
    starts: Ints
    use: Floats
    spent: Floats

    def copy(self) -> "State":
        """Give a state of its own."""
        return State(self.at.copy(), self.starts.copy(), self.use.copy(), self.spent.copy())


def state_at(tables: Tables, at: Ints) -> State:
    """Sum everything for waves at these candidates."""
    state = State(
        at.copy(),
        tables.cand_start[at],
        np.zeros_like(tables.capacity),
        tables.cand_spent[at].sum(axis=0),
    )
    lay_all(tables, state)
    return state


@compiled
def lay_all(tables: Tables, state: State) -> None:
    """Add every wave to `use`."""
    for wave in range(len(state.at)):
        lay(tables, state.use, wave, state.starts[wave], 1.0)


@compiled
def lay(tables: Tables, use: Floats, wave: int, start: int, sign: float) -> None:
    """Add (or take away) what a wave asks to `use`."""
    if start == POSTPONED:
        return
    weeks = use.shape[1]
    for segment in range(tables.seg_ptr[wave], tables.seg_ptr[wave + 1]):
        row = tables.seg_row[segment]
        week = start + tables.seg_offset[segment]
        for at in range(tables.seg_at[segment], tables.seg_at[segment + 1]):
            if 0 <= week < weeks:
                use[row, week] += sign * tables.values[at]
            week += 1


@compiled
def add_excess(tables: Tables, use: Floats, wave: int, start: int, cost: Floats) -> None:
    """Add to a cost the excess that a wave, not laid yet, would create at a start."""
    if start == POSTPONED:
        return
    weeks = use.shape[1]
    for segment in range(tables.seg_ptr[wave], tables.seg_ptr[wave + 1]):
        row = tables.seg_row[segment]
        week = start + tables.seg_offset[segment]
        more = 0.0
        for at in range(tables.seg_at[segment], tables.seg_at[segment + 1]):
            if 0 <= week < weeks:
                over = use[row, week] - tables.capacity[row, week]
                value = tables.values[at]
                if over >= 0.0:
                    more += value
                elif over + value > 0.0:
                    more += over + value
            week += 1
        cost[1 if row < tables.populations else 2] += more * tables.price[row]


@compiled
def missing_weeks(gap: int, before: int, after: int, weeks: int) -> int:
    """Give the weeks by which the one after comes too early (see `evaluate.weeks_missing`)."""
    if after == POSTPONED:
        return 0
    if before == POSTPONED:
        return weeks
    return max(0, before + gap - after)


@compiled
def add_ties(tables: Tables, starts: Ints, wave: int, start: int, cost: Floats) -> None:
    """Add to a cost what dependencies and recovery make of a wave at a start."""
    weeks = tables.capacity.shape[1]
    for arc in range(tables.arc_ptr[wave], tables.arc_ptr[wave + 1]):
        other = starts[tables.arc_other[arc]]
        first = tables.arc_first[arc] == 1
        missing = missing_weeks(
            tables.arc_gap[arc], start if first else other, other if first else start, weeks
        )
        if missing > 0:
            if tables.arc_price[arc] < 0.0:
                cost[0] += missing
            else:
                cost[3] += missing * tables.arc_price[arc]
    if start == POSTPONED:
        return
    for pair in range(tables.pair_ptr[wave], tables.pair_ptr[wave + 1]):
        other = starts[tables.pair_other[pair]]
        if other != POSTPONED:
            lacking = tables.recovery[0] - abs(start - other)
            if lacking > 0.0:
                if tables.recovery[1] < 0.0:
                    cost[0] += lacking * tables.pair_people[pair]
                else:
                    cost[1] += lacking * tables.pair_people[pair] * tables.recovery[1]


@compiled
def cost_at(tables: Tables, state: State, wave: int, candidate: int, cost: Floats) -> None:
    """Write what a wave, not laid now, would cost at a candidate, the others staying."""
    start = tables.cand_start[candidate]
    cost[0] = tables.cand_broken[candidate]
    cost[1] = 0.0
    cost[2] = 0.0
    cost[3] = tables.cand_benefits[candidate]
    cost[4] = tables.cand_dates[candidate]
    add_ties(tables, state.starts, wave, start, cost)
    add_excess(tables, state.use, wave, start, cost)
    for envelope in range(len(state.spent)):
        more = tables.cand_spent[candidate, envelope]
        if more != 0.0:
            over = state.spent[envelope] - tables.amounts[envelope]
            cost[2] += max(0.0, over + more) - max(0.0, over)


@compiled
def total(tables: Tables, state: State) -> Floats:
    """Give the cost of a whole state, the running sums being trusted."""
    cost = np.zeros(5)
    ties = np.zeros(5)
    for wave in range(len(state.at)):
        candidate = state.at[wave]
        cost[0] += tables.cand_broken[candidate]
        cost[3] += tables.cand_benefits[candidate]
        cost[4] += tables.cand_dates[candidate]
        add_ties(tables, state.starts, wave, state.starts[wave], ties)
    for part in range(5):
        cost[part] += ties[part] / 2.0
    for row in range(state.use.shape[0]):
        over = 0.0
        for week in range(state.use.shape[1]):
            over += max(0.0, state.use[row, week] - tables.capacity[row, week])
        cost[1 if row < tables.populations else 2] += over * tables.price[row]
    for envelope in range(len(state.spent)):
        cost[2] += max(0.0, state.spent[envelope] - tables.amounts[envelope])
    return cost


@compiled
def take_up(tables: Tables, state: State, wave: int) -> None:
    """Take a wave out of the sums."""
    lay(tables, state.use, wave, state.starts[wave], -1.0)
    for envelope in range(len(state.spent)):
        state.spent[envelope] -= tables.cand_spent[state.at[wave], envelope]


@compiled
def put_down(tables: Tables, state: State, wave: int, candidate: int) -> None:
    """Put a wave, taken up before, at a candidate."""
    state.at[wave] = candidate
    state.starts[wave] = tables.cand_start[candidate]
    lay(tables, state.use, wave, state.starts[wave], 1.0)
    for envelope in range(len(state.spent)):
        state.spent[envelope] += tables.cand_spent[candidate, envelope]


@compiled
def compare(tables: Tables, one: Floats, other: Floats) -> int:
    """Compare two costs rank by rank: −1 when the first is better, 0 when equal."""
    if abs(one[0] - other[0]) > TOLERANCE:
        return -1 if one[0] < other[0] else 1
    for rank in range(tables.criteria.shape[0]):
        less = 0.0
        size = 1.0
        for level in range(4):
            weight = tables.criteria[rank, level]
            less += weight * (one[level + 1] - other[level + 1])
            size = max(size, weight * abs(other[level + 1]))
        if abs(less) > TOLERANCE * size:
            return -1 if less < 0.0 else 1
    return 0


@compiled
def settle(tables: Tables, state: State, wave: int) -> bool:
    """Put one wave where it costs least, the others staying; say whether it moved."""
    first, last = tables.cand_ptr[wave], tables.cand_ptr[wave + 1]
    if last - first < 2:
        return False
    take_up(tables, state, wave)
    best, cost = np.empty(5), np.empty(5)
    before = state.at[wave]
    kept = before
    cost_at(tables, state, wave, before, best)
    for candidate in range(first, last):
        if candidate != before:
            cost_at(tables, state, wave, candidate, cost)
            if compare(tables, cost, best) < 0:
                kept = candidate
                best[:] = cost
    put_down(tables, state, wave, kept)
    return bool(kept != before)


@compiled
def descend(tables: Tables, state: State, order: Ints, passes: int) -> int:
    """Settle waves in turn until none moves, at most `passes` times; give the moves made."""
    moves = 0
    for _ in range(passes):
        moved = 0
        for wave in order:
            if settle(tables, state, wave):
                moved += 1
        moves += moved
        if moved == 0:
            break
    return moves


@compiled
def step_to(
    tables: Tables, state: State, wave: int, candidate: int, mix: Floats, cost: Floats
) -> float:
    """Move one wave and give the change of energy: costs weighed by `mix`."""
    take_up(tables, state, wave)
    cost_at(tables, state, wave, state.at[wave], cost)
    before = 0.0
    for part in range(5):
        before += mix[part] * cost[part]
    cost_at(tables, state, wave, candidate, cost)
    after = 0.0
    for part in range(5):
        after += mix[part] * cost[part]
    put_down(tables, state, wave, candidate)
    return after - before


@compiled
def nearest(tables: Tables, wave: int, limit: int, upward: bool) -> int:  # noqa: FBT001 - compiled code takes its arguments by place
    """Give the first candidate from `limit` on, or the last one up to it; −1 when none."""
    first, last = tables.cand_ptr[wave], tables.cand_ptr[wave + 1]
    if upward:
        for candidate in range(first, last):
            if tables.cand_start[candidate] >= limit:
                return candidate
        return -1
    for candidate in range(last - 1, first - 1, -1):
        start = tables.cand_start[candidate]
        if start <= limit and start != POSTPONED:
            return candidate
    return -1


@compiled
def pushed(tables: Tables, arc: int, start: int, other: int) -> int:
    """Give where the other end of a tie must go when this one is at a start.

    −1: nowhere will do; −2: it may stay.
    """
    wave = tables.arc_other[arc]
    first = tables.arc_first[arc] == 1
    weeks = tables.capacity.shape[1]
    before, after = (start, other) if first else (other, start)
    if tables.arc_price[arc] >= 0.0 or (
        missing_weeks(tables.arc_gap[arc], before, after, weeks) == 0
    ):
        return -2
    if first:
        limit = POSTPONED if start == POSTPONED else start + tables.arc_gap[arc]
        return nearest(tables, wave, limit, True)
    return nearest(tables, wave, start - tables.arc_gap[arc], False)


@compiled
def carry(
    tables: Tables, state: State, wave: int, candidate: int, mix: Floats, trail: Ints
) -> tuple[float, int]:
    """Move a wave and push along its dependencies the waves it would break.

    Gives the change of energy and the number of waves moved, listed with their former candidates
    in `trail` (shape (2, CHAIN)); a push that cannot be made is left broken, and priced as such.
    """
    cost = np.empty(5)
    trail[0, 0], trail[1, 0] = wave, state.at[wave]
    energy = step_to(tables, state, wave, candidate, mix, cost)
    moved, done = 1, 0
    while done < moved:
        one = trail[0, done]
        done += 1
        for arc in range(tables.arc_ptr[one], tables.arc_ptr[one + 1]):
            other = tables.arc_other[arc]
            goal = pushed(tables, arc, state.starts[one], state.starts[other])
            if goal < 0 or moved == CHAIN:
                continue
            known = False
            for place in range(moved):
                known = known or trail[0, place] == other
            if not known:
                trail[0, moved], trail[1, moved] = other, state.at[other]
                moved += 1
                energy += step_to(tables, state, other, goal, mix, cost)
    return energy, moved


@compiled
def undo(tables: Tables, state: State, trail: Ints, moved: int) -> None:
    """Put back the waves of a trail."""
    for place in range(moved - 1, -1, -1):
        wave = trail[0, place]
        take_up(tables, state, wave)
        put_down(tables, state, wave, trail[1, place])


@compiled
def anneal(
    tables: Tables,
    state: State,
    movers: Ints,
    mix: Floats,
    heat: Floats,
    pace: tuple[int, int],
) -> float:
    """Try random moves, accepting worse ones the less the colder it gets.

    `heat` holds the first and last temperature, in units of energy; `pace` the number of moves
    and the seed. Gives the change of energy.
    Source: S. Kirkpatrick, C. D. Gelatt, M. P. Vecchi, “Optimization by simulated annealing”,
    Science 220, 1983.
    """
    steps, seed = pace
    np.random.seed(seed)  # noqa: NPY002 - the only generator that compiled code can seed
    trail = np.empty((2, CHAIN), np.int64)
    total = 0.0
    cooling = (heat[1] / heat[0]) ** (1.0 / max(steps, 1))
    warmth = heat[0]
    for _ in range(steps):
        warmth *= cooling
        wave = movers[np.random.randint(0, len(movers))]  # noqa: NPY002 - idem
        first, last = tables.cand_ptr[wave], tables.cand_ptr[wave + 1]
        candidate = np.random.randint(first, last)  # noqa: NPY002 - idem
        if candidate == state.at[wave]:
            continue
        energy, moved = carry(tables, state, wave, candidate, mix, trail)
        if energy <= 0.0 or np.random.random() < np.exp(-energy / warmth):  # noqa: NPY002 - idem
            total += energy
        else:
            undo(tables, state, trail, moved)
    return total
