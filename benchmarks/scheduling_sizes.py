"""Sizes no file is at hand for: drawn problems of 90, 120 and 300 activities.

Each is solved by Orchestre, by CP-SAT alone in the same time, and by the rules; the reference is
the shortest of these and of a longer run of Orchestre with another seed.

    python benchmarks/scheduling_sizes.py --activities 90 120 300 --problems 6 --time-limit 10
"""

import argparse
import sys
from dataclasses import replace
from itertools import product
from statistics import fmean

import numpy as np

from orchestre_engine.sequencing.rcpsp import Limit, Problem, faults, solve
from orchestre_engine.sequencing.rcpsp.bounds import lower_bound
from orchestre_engine.sequencing.rcpsp.exact import Effort, Exact
from orchestre_engine.sequencing.rcpsp.made import Difficulty, made
from orchestre_engine.sequencing.rcpsp.plan import layout
from scheduling import Instance, measure, report, warmed

GRID = [
    Difficulty(complexity, factor, strength)
    for factor, strength, complexity in product(
        (0.25, 0.5, 0.75, 1.0), (0.1, 0.2, 0.3, 0.4, 0.5), (1.5, 1.8, 2.1)
    )
]

#: Goes through the whole grid, and through every part of it early.
FIRST, STEP = 15, 17


def alone(problem: Problem, seconds: float, workers: int) -> int:
    """Give the length CP-SAT finds by itself, from no schedule."""
    plan = layout(problem)
    answer = Exact(plan, plan.horizon, lower_bound(plan)).ask(Effort(seconds, None, workers))
    if answer.starts is None:
        return plan.horizon * plan.unit
    return int(np.max(answer.starts + plan.forward.duration)) * plan.unit


def compare(size: int, asked: argparse.Namespace) -> bool:
    """Solve a sample of the grid at one size."""
    picked = [GRID[(FIRST + STEP * k) % len(GRID)] for k in range(asked.problems)]
    problems = [made(size, difficulty, asked.seed + k) for k, difficulty in enumerate(picked)]
    print(f"\n## {size} activities, {asked.time_limit:g} s each")
    read = [
        Instance(
            f"{size} activities, {one}",
            problem,
            None,
            lambda starts, problem=problem: faults(problem, starts),
        )
        for one, problem in zip(picked, problems, strict=True)
    ]
    rows = measure(read, asked.time_limit, asked.workers, asked.seed)
    rivals = [alone(one, asked.time_limit, asked.workers) for one in problems]
    longer = Limit(seconds=asked.reference_seconds)
    known = [
        min(
            row.result.makespan,
            rival,
            row.result.makespan
            if row.result.bound == row.result.makespan
            else solve(one, longer, seed=asked.seed + 1, workers=asked.workers).makespan,
        )
        for row, rival, one in zip(rows, rivals, problems, strict=True)
    ]
    rows = [
        replace(row, instance=replace(row.instance, best_known=best))
        for row, best in zip(rows, known, strict=True)
    ]
    holds = report(rows)
    gaps = [row.gap(rival) for row, rival in zip(rows, rivals, strict=True)]
    mean, worst = fmean(gaps), max(gaps)
    print(f"  CP-SAT alone, same time: mean gap {mean:.2f} %, worst {worst:.2f} %")
    return holds


def main() -> int:
    """Read the sizes and compare."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--activities", type=int, nargs="+", default=[120])
    parser.add_argument("--problems", type=int, default=3)
    parser.add_argument("--time-limit", type=float, default=5.0)
    parser.add_argument("--reference-seconds", type=float, default=20.0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    warmed()
    return 0 if all(compare(size, asked) for size in asked.activities) else 1


if __name__ == "__main__":
    sys.exit(main())
