"""Editing one change against computing everything again, at a million impacts.

Both sides start from the same columns in memory. Prints the median time of each and their
ratio; fails when the answers differ by a bit or the ratio is under 100.

    python benchmarks/load_update.py [--impacts 1000000]
"""

import argparse
import time
from statistics import median

import numpy as np

from orchestre_engine.load import PHASES, PhasePlan, Segments, replace_change, summed

POPULATIONS, WEEKS, CHANGES = 500, 156, 3_000
LEAST_RATIO = 100
EDITS = 30


def impacts(random: np.random.Generator, change: np.ndarray, population: np.ndarray) -> Segments:
    """Lay out impacts in their four phases, with go-lives on any day."""
    plan = PhasePlan()
    bounds, shares = np.array(plan.bounds()), np.array(plan.shares)
    day = random.integers(0, WEEKS * 7, CHANGES)[change].astype(float)
    hours = random.integers(1, 46, len(change)).astype(float)
    phases = len(PHASES)
    return Segments.of(
        np.repeat(population, phases),
        np.repeat(change, phases),
        (day[:, None] + bounds[:, 0]).ravel(),
        (day[:, None] + bounds[:, 1]).ravel(),
        (hours[:, None] * shares).ravel(),
        label=np.tile(np.arange(phases), len(change)),
        assumed=np.repeat(random.random(len(change)) < 0.3, phases),
    )


def main() -> None:
    """Time both ways and compare their answers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--impacts", type=int, default=1_000_000)
    count = parser.parse_args().impacts
    random = np.random.default_rng(7)
    change = np.sort(random.integers(0, CHANGES, count))
    lines = impacts(random, change, random.integers(0, POPULATIONS, count))
    names = [f"C{one:04d}" for one in range(CHANGES)]
    state = summed(lines, names, POPULATIONS, WEEKS)
    updates, full, edited = [], [], state
    for edit in range(EDITS):
        at = int(random.integers(0, CHANGES))
        size = len(state.changes[at]) // len(PHASES)
        new = impacts(random, np.full(size, at), random.integers(0, POPULATIONS, size))
        start = time.perf_counter()
        edited = replace_change(edited, at, new)
        updates.append(time.perf_counter() - start)
        if edit % 10 == 0:
            flat = edited.lines
            start = time.perf_counter()
            again = summed(flat, names, POPULATIONS, WEEKS)
            full.append(time.perf_counter() - start)
            assert np.array_equal(again.load_hours, edited.load_hours)
            assert np.array_equal(again.assumed_hours, edited.assumed_hours)
            assert np.array_equal(again.outside_hours, edited.outside_hours)
    ratio = median(full) / median(updates)
    print(f"{count:,} impacts, {len(lines):,} segments, {size:,} impacts in the edited change")
    print(f"everything again {median(full) * 1e3:8.2f} ms")
    print(f"one change       {median(updates) * 1e3:8.3f} ms   × {ratio:.0f}, equal bit for bit")
    assert ratio >= LEAST_RATIO, f"{ratio:.0f} times faster, {LEAST_RATIO} promised"


if __name__ == "__main__":
    main()
