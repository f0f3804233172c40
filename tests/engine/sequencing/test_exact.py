"""The exact search on some waves, the others staying, against trying every choice."""

from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine.sequencing.worlds import problems
from orchestre_engine.sequencing import SequencingProblem
from orchestre_engine.sequencing.bounds import lawful
from orchestre_engine.sequencing.clock import Clock
from orchestre_engine.sequencing.exact import Model, solve_exactly
from orchestre_engine.sequencing.kernels import state_at, total
from orchestre_engine.sequencing.tables import Tables, tables_of


def costs_of_all(tables: Tables, free: tuple[int, ...]) -> list[np.ndarray]:
    """Cost of every choice for the free waves, the others at home."""
    ranges = [range(tables.cand_ptr[one], tables.cand_ptr[one + 1]) for one in free]
    found = []
    for choice in product(*ranges):
        at = tables.home.copy()
        at[list(free)] = choice
        found.append(total(tables, state_at(tables, at)))
    return found


@settings(max_examples=120, deadline=None)
@given(problems(), st.integers(0, 3))
def test_some_waves_are_placed_as_well_as_can_be(problem: SequencingProblem, skip: int) -> None:
    tables = tables_of(problem)
    state = state_at(tables, tables.home)
    assume(total(tables, state)[0] == 0)
    free = tuple(one for one in range(tables.waves) if one != skip)[:3]
    proofs, cut = solve_exactly(
        Model(tables, state, free, lawful(tables)),
        tables.criteria,
        effort=10.0,
        clock=Clock(None, None),
        seed=1,
    )
    assert not cut
    assert len(proofs) == len(tables.criteria)
    left = [one for one in costs_of_all(tables, free) if one[0] == 0]
    for criterion, proof in zip(tables.criteria, proofs, strict=True):
        values = np.array([criterion @ one[1:] for one in left])
        best = float(values.min())
        reached = total(tables, proof.state)
        assert reached[0] == 0
        assert float(criterion @ reached[1:]) == pytest.approx(best, abs=1e-4, rel=1e-6)
        assert proof.bound <= best + 1e-4
        close = values <= best + 1e-5 * max(1.0, abs(best))
        left = [one for one, kept in zip(left, close, strict=True) if kept]
