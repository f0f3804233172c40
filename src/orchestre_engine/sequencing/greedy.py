"""The first answer: one pass over the changes that make the excess, each to its best place.

Plain NumPy, so that it is there before any code is compiled. The same costs as `kernels`, written
a second time as arrays over all candidates at once.
"""

from collections.abc import Callable

import numpy as np

from orchestre_engine.sequencing.kernels import TOLERANCE, State
from orchestre_engine.sequencing.tables import POSTPONED, Floats, Ints, Tables


def home_state(tables: Tables) -> State:
    """Give the state of the current plan."""
    state = State(
        tables.home.copy(),
        tables.cand_start[tables.home],
        np.zeros_like(tables.capacity),
        tables.cand_spent[tables.home].sum(axis=0),
    )
    for wave in range(tables.waves):
        _lay(tables, state.use, wave, int(state.starts[wave]), 1.0)
    return state


def repair(tables: Tables, state: State, *, until: Callable[[], bool] | None = None) -> int:
    """Move, greatest contributor first, each wave to where it costs least; give the moves made.

    `until` is asked between waves and stops the pass.
    """
    moves = 0
    for wave in _worst_first(tables, state):
        if until is not None and until():
            break
        first, last = int(tables.cand_ptr[wave]), int(tables.cand_ptr[wave + 1])
        if last - first < 2:
            continue
        _lay(tables, state.use, wave, int(state.starts[wave]), -1.0)
        state.spent[:] -= tables.cand_spent[state.at[wave]]
        costs = costs_of(tables, state, wave)
        before = int(state.at[wave])
        kept = first + _least(tables, costs, before - first)
        state.at[wave], state.starts[wave] = kept, tables.cand_start[kept]
        _lay(tables, state.use, wave, int(state.starts[wave]), 1.0)
        state.spent[:] += tables.cand_spent[kept]
        moves += kept != before
    return moves


def _lay(tables: Tables, use: Floats, wave: int, start: int, sign: float) -> None:
    if start == POSTPONED:
        return
    weeks = use.shape[1]
    for segment in range(int(tables.seg_ptr[wave]), int(tables.seg_ptr[wave + 1])):
        values = tables.values[tables.seg_at[segment] : tables.seg_at[segment + 1]]
        first = start + int(tables.seg_offset[segment])
        low, high = max(first, 0), min(first + len(values), weeks)
        if low < high:
            use[tables.seg_row[segment], low:high] += sign * values[low - first : high - first]


def _worst_first(tables: Tables, state: State) -> Ints:
    """Order waves by their part of the priced excess, and of broken rules before all."""
    over = np.maximum(0.0, state.use - tables.capacity)
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = np.where(over > 0, over / state.use, 0.0) * tables.price[:, None]
    weight = np.zeros(tables.waves)
    for wave in range(tables.waves):
        start = int(state.starts[wave])
        for segment in range(int(tables.seg_ptr[wave]), int(tables.seg_ptr[wave + 1])):
            if start == POSTPONED:
                break
            values = tables.values[tables.seg_at[segment] : tables.seg_at[segment + 1]]
            first = start + int(tables.seg_offset[segment])
            low, high = max(first, 0), min(first + len(values), tables.weeks)
            if low < high:
                part = rate[tables.seg_row[segment], low:high] @ values[low - first : high - first]
                weight[wave] += float(part)
    broken = tables.cand_broken[state.at] + [
        _ties(tables, state, wave, state.starts[wave : wave + 1])[0][0]
        for wave in range(tables.waves)
    ]
    return np.lexsort((np.arange(tables.waves), -weight, -broken)).astype(np.int64)


def costs_of(tables: Tables, state: State, wave: int) -> Floats:
    """Give the cost of a wave, not laid now, at each of its candidates, shape (n, 5)."""
    mine = slice(int(tables.cand_ptr[wave]), int(tables.cand_ptr[wave + 1]))
    starts = tables.cand_start[mine]
    found = np.zeros((len(starts), 5))
    found[:, 0] = tables.cand_broken[mine]
    found[:, 3] = tables.cand_benefits[mine]
    found[:, 4] = tables.cand_dates[mine]
    hard, people, soft = _ties(tables, state, wave, starts)
    found[:, 0] += hard
    found[:, 1] += people
    found[:, 3] += soft
    for segment in range(int(tables.seg_ptr[wave]), int(tables.seg_ptr[wave + 1])):
        row = int(tables.seg_row[segment])
        column = 1 if row < tables.populations else 2
        found[:, column] += tables.price[row] * _more(tables, state, segment, starts)
    over = state.spent - tables.amounts
    more = np.maximum(0.0, over + tables.cand_spent[mine]) - np.maximum(0.0, over)
    found[:, 2] += more.sum(axis=1)
    return found


def _more(tables: Tables, state: State, segment: int, starts: Ints) -> Floats:
    """Give the excess a segment adds on its row, at each start."""
    values = tables.values[tables.seg_at[segment] : tables.seg_at[segment + 1]]
    row = tables.seg_row[segment]
    kept = np.where(starts == POSTPONED, 0, starts)
    weeks = kept[:, None] + tables.seg_offset[segment] + np.arange(len(values))
    inside = (weeks >= 0) & (weeks < tables.weeks) & (starts != POSTPONED)[:, None]
    over = (state.use[row] - tables.capacity[row])[np.clip(weeks, 0, tables.weeks - 1)]
    more = np.maximum(0.0, over + values) - np.maximum(0.0, over)
    return np.asarray(np.where(inside, more, 0.0).sum(axis=1))


def _ties(tables: Tables, state: State, wave: int, starts: Ints) -> tuple[Floats, Floats, Floats]:
    """Give weeks of rules broken, recovery in person-hours, and the price of broken ties."""
    hard, people, soft = np.zeros((3, len(starts)))
    gone = starts == POSTPONED
    for arc in range(int(tables.arc_ptr[wave]), int(tables.arc_ptr[wave + 1])):
        other, gap = int(state.starts[tables.arc_other[arc]]), int(tables.arc_gap[arc])
        if tables.arc_first[arc]:
            missing = np.where(gone, tables.weeks, np.maximum(0, starts + gap - other))
            missing = missing * (other != POSTPONED)
        else:
            early = tables.weeks if other == POSTPONED else np.maximum(0, other + gap - starts)
            missing = np.where(gone, 0, early)
        price = float(tables.arc_price[arc])
        hard += missing if price < 0 else 0
        soft += missing * max(price, 0.0)
    for pair in range(int(tables.pair_ptr[wave]), int(tables.pair_ptr[wave + 1])):
        other = int(state.starts[tables.pair_other[pair]])
        lacking = np.maximum(0.0, tables.recovery[0] - np.abs(starts - other))
        lacking = lacking * tables.pair_people[pair] * ((other != POSTPONED) & ~gone)
        hard += lacking if tables.recovery[1] < 0 else 0
        people += lacking * max(float(tables.recovery[1]), 0.0)
    return hard, people, soft


def _least(tables: Tables, costs: Floats, before: int) -> int:
    """Give the best row rank by rank; `before` wins ties, then the first."""
    ranks = np.column_stack([costs[:, 0], costs[:, 1:] @ tables.criteria.T])
    kept = np.arange(len(ranks))
    for rank in ranks.T:
        least = rank[kept].min()
        kept = kept[rank[kept] <= least + TOLERANCE * max(1.0, abs(least))]
    return before if before in kept else int(kept[0])
