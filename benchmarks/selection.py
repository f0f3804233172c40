"""Choosing among thousands of changes, beside the two sorts that people make in a sheet.

Draws a portfolio with a fixed seed: budgets by quarter, roles and populations by month, links.
The alternatives, in the same run and under the same limits: take by value, and by value over
cost, while it fits. Prints values, the bound on the best, and times.

    python benchmarks/selection.py [--candidates 5000] [--seed 1]
"""

import argparse
import time

import numpy as np

from orchestre_engine.selection.model import Model, model_of
from orchestre_engine.selection.problem import (
    Ask,
    Candidate,
    Kind,
    Limit,
    SelectionProblem,
    problem_of,
)
from orchestre_engine.selection.rounding import Fit
from orchestre_engine.selection.search import best

MONTHS, ROLES, POPULATIONS, SHARE = 12, 20, 100, 0.5


def drawn(count: int, seed: int) -> SelectionProblem:
    """Draw a portfolio: half of what it asks can be given."""
    rng = np.random.default_rng(seed)
    values = rng.lognormal(0, 1, count)
    costs = values * rng.lognormal(0, 0.6, count) * 1e5
    asks: list[Ask] = []
    for row in range(count):
        name, start = f"C{row:05d}", int(rng.integers(0, MONTHS - 3))
        months = range(start, start + 4)
        asks += [Ask(name, (Kind.MONEY, "", f"Q{m // 3}"), float(costs[row] / 4)) for m in months]
        for role in rng.choice(ROLES, 2, replace=False):
            fte = float(rng.uniform(0.2, 2))
            asks += [Ask(name, (Kind.ROLE, f"r{role}", f"{m:02d}"), fte) for m in months]
        for group in rng.choice(POPULATIONS, int(rng.integers(1, 5)), replace=False):
            hours = float(rng.uniform(10, 200))
            asks += [Ask(name, (Kind.PEOPLE, f"p{group}", f"{m:02d}"), hours) for m in months[:3]]
    totals: dict[tuple[Kind, str, str], float] = {}
    for ask in asks:
        totals[ask.limit] = totals.get(ask.limit, 0.0) + ask.amount
    pairs = {
        tuple(sorted(rng.choice(count, 2, replace=False).tolist())) for _ in range(count // 10)
    }
    return problem_of(
        [Candidate(f"C{row:05d}", float(value)) for row, value in enumerate(values)],
        [Limit(*key, total * SHARE) for key, total in totals.items()],
        asks,
        prerequisites=[(f"C{one:05d}", f"C{two:05d}") for one, two in pairs],
    )


def sorted_by(model: Model, key: np.ndarray) -> float:
    """Take in order while it fits."""
    fit = Fit(model)
    for column in np.argsort(-key, kind="stable").tolist():
        fit.add(column)
    return float(model.value[fit.chosen].sum())


def main() -> None:
    """Print one line per way of choosing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--candidates", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    problem = drawn(asked.candidates, asked.seed)
    began = time.perf_counter()
    model = model_of(problem)
    plan = best(model)
    seconds = time.perf_counter() - began
    print(f"{asked.candidates} candidates, {len(problem.limits)} limits")
    print(f"selection: {plan.value:.1f} in {seconds:.1f} s, at most {plan.gap:.1%} from the best")
    for name, key in (("by value", model.value), ("by value over cost", model.value / model.cost)):
        began = time.perf_counter()
        value = sorted_by(model, key)
        seconds = time.perf_counter() - began
        times = plan.value / value
        print(f"{name}: {value:.1f} in {seconds:.1f} s; the selection is {times:.3f} times it")


if __name__ == "__main__":
    main()
