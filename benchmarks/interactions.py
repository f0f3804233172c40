"""Time the interactions room against the obvious double loop over all the pairs, same run.

    python benchmarks/interactions.py [changes] [populations]

The double loop answers the same question for the three rules that look at pairs: same people,
same system, messages close. It is timed on a part of the changes when they are many, and its
time on all of them is then worked out from the square of the ratio, and said so.
"""

import random
import resource
import sys
import time
from collections import defaultdict
from datetime import date, timedelta
from itertools import combinations

from orchestre_engine.interactions.problem import (
    Change,
    IndicatorEffect,
    InteractionProblem,
    Link,
    OverloadCell,
    Session,
)
from orchestre_engine.interactions.solve import solve
from orchestre_engine.interactions.windows import unsettled
from orchestre_engine.periods import week_label

FIRST = date(2026, 1, 5)
WEEKS = 104
NAIVE_CHANGES = 400


def portfolio(changes: int, populations: int, seed: int = 2026) -> InteractionProblem:
    """Draw a portfolio where a fifth of the population weeks is above capacity."""
    chance = random.Random(seed)
    made = []
    for number in range(changes):
        starts_on = FIRST + timedelta(days=chance.randrange(WEEKS * 7))
        lasts = chance.randrange(60, 500)
        made.append(
            Change(
                id=f"C{number:05}",
                title=f"Change {number}",
                starts_on=starts_on,
                go_live_on=starts_on + timedelta(days=lasts * 2 // 3),
                ends_on=starts_on + timedelta(days=lasts),
                populations=frozenset(
                    f"P{chance.randrange(populations)}" for _ in range(chance.randint(1, 6))
                ),
                systems=frozenset({f"S{chance.randrange(changes // 4)}"}),
                processes=frozenset({f"R{chance.randrange(changes // 4)}"}),
                suppliers=frozenset({f"F{chance.randrange(changes // 10)}"}),
                experts=frozenset({f"E{chance.randrange(changes // 4)}"}),
            )
        )
    touching: dict[str, list[Change]] = defaultdict(list)
    for one in made:
        for population in sorted(one.populations):
            touching[population].append(one)
    return InteractionProblem(
        changes=tuple(made),
        overloads=tuple(_overloads(chance, touching)),
        effects=tuple(
            IndicatorEffect(one.id, f"I{chance.randrange(changes // 3)}", chance.choice((-1, 1)))
            for one in made
        ),
        links=tuple(
            Link(a.id, b.id) for a, b in zip(made, made[7:], strict=False) if chance.random() < 0.5
        ),
        sessions=tuple(_sessions(chance, made)),
    )


def _overloads(chance: random.Random, touching: dict[str, list[Change]]) -> list[OverloadCell]:
    cells = []
    for population, feeders in sorted(touching.items()):
        for week in range(WEEKS):
            monday = FIRST + timedelta(weeks=week)
            if chance.random() > 0.2 or len(feeders) < 2:
                continue
            present = chance.sample(feeders, min(len(feeders), chance.randint(2, 8)))
            weights = [chance.random() + 0.05 for _ in present]
            shares = tuple(
                (one.id, weight / sum(weights))
                for one, weight in zip(present, weights, strict=True)
            )
            excess = chance.random()
            cells.append(
                OverloadCell(population, week_label(monday), monday, excess * 80, excess, shares)
            )
    return cells


def _sessions(chance: random.Random, made: list[Change]) -> list[Session]:
    sessions = []
    for one in made:
        for at, population in enumerate(sorted(one.populations)):
            starts_on = one.starts_on or FIRST
            sessions.append(
                Session(
                    id=f"{one.id}-{at}",
                    change=one.id,
                    population=population,
                    kind=chance.choice(("training", "message")),
                    starts_on=starts_on,
                    ends_on=starts_on + timedelta(days=1),
                    hours_per_person=2.0,
                    aspect=chance.choice(("tools", "process", "role")),
                )
            )
    return sessions


def naive(problem: InteractionProblem) -> int:
    """Look at every pair of changes, three rules; give the number of pairs found."""
    cells = [(dict(cell.shares), cell.excess_person_hours or 0.0) for cell in problem.overloads]
    messages = defaultdict(list)
    for session in problem.sessions:
        if session.kind == "message":
            messages[session.change].append(session)
    told = 0
    for one, other in combinations(problem.changes, 2):
        hours = 0.0
        for shares, excess in cells:
            if one.id in shares and other.id in shares:
                parts = [part for part in shares.values() if part >= 0.05]
                whole = sum(a * b for a, b in combinations(parts, 2))
                hours += excess * shares[one.id] * shares[other.id] / whole
        here, there = unsettled(one, problem), unsettled(other, problem)
        same = one.systems & other.systems and here and there
        told += hours >= 1.0
        told += bool(same and here[0] < there[1] and there[0] < here[1])
        told += any(
            abs((a.starts_on - b.starts_on).days) <= 14 and a.population == b.population
            for a in messages[one.id]
            for b in messages[other.id]
        )
    return told


def main() -> None:
    """Print seconds, memory and the ratio."""
    changes, populations = (int(one) for one in (*sys.argv[1:], "3000", "500")[:2])
    started = time.perf_counter()
    problem = portfolio(changes, populations)
    built = time.perf_counter() - started
    print(
        f"{changes} changes × {populations} populations: {len(problem.overloads)} overloaded cells,"
        f" {len(problem.sessions)} sessions, {len(problem.links)} links (drawn in {built:.1f} s)"
    )
    started = time.perf_counter()
    result = solve(problem)
    spent = time.perf_counter() - started
    by_rule: dict[str, int] = defaultdict(int)
    for finding in result.findings:
        by_rule[finding.rule] += 1
    print(f"solve: {spent:.2f} s, {len(result.findings)} findings {dict(by_rule)}")
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    part = min(changes, NAIVE_CHANGES)
    small = portfolio(part, max(2, populations * part // changes))
    started = time.perf_counter()
    solve(small)
    ours = time.perf_counter() - started
    started = time.perf_counter()
    pairs = naive(small)
    theirs = time.perf_counter() - started
    print(
        f"on {part} changes: solve {ours:.3f} s, double loop (3 rules of 12, {pairs} pairs)"
        f" {theirs:.2f} s: ratio {theirs / ours:.0f}"
    )


if __name__ == "__main__":
    main()
