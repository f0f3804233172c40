"""Probability of overload over 2,000 drawn worlds: time, and agreement with plain recomputation.

The alternative written in the same run solves every world from scratch (`solve` on shifted
dates); it is timed on a few worlds and multiplied. Answers are compared on those worlds.

    python benchmarks/uncertainty.py [--large] [--draws 2000]

Demo size: 46 changes × 45 populations × 104 weeks, every change touching every population.
--large: 3,000 changes × 500 populations × 156 weeks, each change touching 30 populations.
"""

import argparse
import time
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from orchestre_engine.load import (
    ChangeUncertainty,
    Impact,
    LoadProblem,
    Population,
    Uncertainty,
    simulate,
    solve,
)
from orchestre_engine.load.montecarlo import drawn_worlds
from orchestre_engine.periods import Horizon

START = date(2026, 1, 5)
MOST_SECONDS_AT_DEMO_SIZE = 2.0
CHECKED = 8


def plan(changes: int, populations: int, weeks: int, touched: int) -> LoadProblem:
    """Make a plan up."""
    random = np.random.default_rng(3)
    impacts = []
    for change in range(changes):
        day = START + timedelta(days=int(random.integers(0, 7 * weeks)))
        for population in random.choice(populations, touched, replace=False).tolist():
            hours = float(random.integers(1, 12))
            impacts.append(Impact(f"C{change:04d}", f"P{population:03d}", day, hours=hours))
    doubts = tuple(ChangeUncertainty(f"C{change:04d}", 2, 8) for change in range(changes))
    return LoadProblem(
        Horizon(START, weeks),
        (),
        tuple(Population(f"P{one:03d}", None, 50) for one in range(populations)),
        tuple(impacts),
        uncertainty=Uncertainty(doubts, hours_ratio=0.2),
    )


def by_recomputing(problem: LoadProblem, draws: int) -> tuple[np.ndarray, float]:
    """Solve each drawn world; give P(over) and the seconds spent solving."""
    worlds, spent, over = drawn_worlds(problem, draws, 0), 0.0, []
    row = {change: at for at, change in enumerate(problem.change_ids)}
    for draw in range(draws):
        moved = tuple(
            replace(
                one,
                go_live_on=one.go_live_on
                + timedelta(days=int(worlds.shift[row[one.change], draw])),
                hours=(one.hours or 0.0) * float(worlds.hours[row[one.change], draw]),
            )
            for one in problem.impacts
        )
        world = replace(problem, impacts=moved)
        start = time.perf_counter()
        over.append(solve(world).excess_hours > 0)
        spent += time.perf_counter() - start
    return np.mean(over, axis=0), spent


def main() -> None:
    """Time the demo size, or the large one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--draws", type=int, default=2000)
    given = parser.parse_args()
    size = (3_000, 500, 156, 30) if given.large else (46, 45, 104, 45)
    problem = plan(*size)
    checked, spent = by_recomputing(problem, CHECKED)
    assert np.allclose(simulate(problem, draws=CHECKED).probability_over, checked)
    start = time.perf_counter()
    found = simulate(problem, draws=given.draws)
    seconds = time.perf_counter() - start
    again = spent / CHECKED * given.draws
    changes, populations, weeks, _ = size
    print(f"{changes} changes × {populations} populations × {weeks} weeks × {given.draws} draws")
    print(f"  engine                {seconds:8.2f} s")
    print(f"  solving every world   {again:8.2f} s (from {CHECKED})   × {again / seconds:.0f}")
    print(f"  greatest standard error of a probability: {found.standard_error.max():.4f}")
    if not given.large:
        assert seconds < MOST_SECONDS_AT_DEMO_SIZE


if __name__ == "__main__":
    main()
