"""Dates drawn over thousands of worlds: time, memory, and agreement with a plain loop.

The alternative written in the same run is the plain Python loop that schedules read as text: one
world at a time, one task at a time, draws of the standard library. It is timed on a few worlds
and multiplied; both answers are compared on their mean and P80.

    python benchmarks/outlook.py [--draws 10000] [--activities 500]
"""

import argparse
import random
import time
import tracemalloc
from dataclasses import replace
from datetime import date

from orchestre_engine.outlook import (
    Calendar,
    Group,
    Law,
    Link,
    OutlookProblem,
    Shape,
    Task,
    simulate,
)

MOST_SECONDS = 3.0
LOOPED = 200


def network(activities: int) -> OutlookProblem:
    """Make a network up: two links per activity, half of them in twelve groups."""
    draw = random.Random(1)
    tasks, links = [], set()
    for at in range(activities):
        low = draw.uniform(3, 20)
        law = Law(low, low * 1.2, low * draw.uniform(1.4, 2.5), Shape.TRIANGULAR)
        tasks.append(Task(f"t{at:04}", law, groups=(f"g{at % 12}",) if at % 2 else ()))
        links |= {(draw.randrange(max(0, at - 40), at), at) for _link in range(2) if at}
    return OutlookProblem(
        date(2026, 1, 5), tuple(tasks),
        tuple(Link(f"t{a:04}", f"t{b:04}") for a, b in sorted(links)),
        groups=tuple(Group(f"g{at}", 0.0) for at in range(12)),
        target=f"t{activities - 1:04}",
    )  # fmt: skip


def looped(problem: OutlookProblem, worlds: int) -> tuple[list[float], float]:
    """Draw and schedule one world after the other; give the ends and the seconds."""
    draw = random.Random(2)
    before: dict[str, list[str]] = {one.id: [] for one in problem.tasks}
    for link in problem.links:
        before[link.successor].append(link.predecessor)
    began, ends = time.process_time(), []
    for _world in range(worlds):
        end: dict[str, float] = {}
        for one in problem.tasks:
            law = one.duration
            days = draw.triangular(law.low, law.high, law.likely)
            end[one.id] = max((end[name] for name in before[one.id]), default=0.0) + days
        ends.append(end[problem.target])
    return sorted(ends), time.process_time() - began


def main() -> None:
    """Print the times, the ratio and the agreement."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--draws", type=int, default=10_000)
    asked.add_argument("--activities", type=int, default=500)
    told = asked.parse_args()
    problem = network(told.activities)
    ends, spent = looped(problem, LOOPED)
    slow = spent / LOOPED * told.draws
    shared = replace(
        problem, groups=tuple(replace(one, rank_correlation=0.3) for one in problem.groups)
    )
    weeks = replace(
        shared, calendars=(Calendar("week"),),
        tasks=tuple(replace(one, calendar="week") for one in shared.tasks),
    )  # fmt: skip
    print(f"{told.draws:,} draws x {told.activities} activities, {len(problem.links)} links")
    print(f"plain Python loop, ends only: {slow:.1f} s of processor ({LOOPED} worlds timed)")
    for name, one in (("independent", problem), ("correlated", shared), ("working days", weeks)):
        began, clock = time.process_time(), time.perf_counter()
        found = simulate(one, draws=told.draws, seed=1)
        fast, waited = time.process_time() - began, time.perf_counter() - clock
        print(f"{name}, ends and floats: {fast:.2f} s of processor, {slow / fast:.0f} times less;")
        print(f"  {waited:.2f} s on the wall ({MOST_SECONDS:.0f} s wanted)")
        if one is problem:
            mean = sum(ends) / len(ends)
            gap = abs(found.end.mean - mean) / found.end.mean
            print(f"  mean {found.end.mean:.1f} days, {gap:.2%} from that of the loop")
    tracemalloc.start()
    simulate(shared, draws=told.draws, seed=1)
    print(f"memory at its highest: {tracemalloc.get_traced_memory()[1] / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
