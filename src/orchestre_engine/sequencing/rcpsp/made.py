"""Problems drawn from one seed with stated difficulty, where no public ones of a size exist.

Source: Kolisch, Sprecher & Drexl (1995), ProGen: network complexity, resource factor and resource
strength mean here what they mean there; the draws are our own.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from orchestre_engine.errors import ProblemError
from orchestre_engine.sequencing.rcpsp.problem import (
    Activity,
    Demand,
    Precedence,
    Problem,
    Resource,
)

MOST_LINKS = 3
LONGEST_ACTIVITY = 10
LARGEST_DEMAND = 10


@dataclass(frozen=True, slots=True)
class Difficulty:
    """What makes a problem hard.

    Parameters
    ----------
    complexity
        Links per activity, none of which follows from others; 1.5 to 2.1 in PSPLIB. An activity
        has at most three on either side: above 2, fewer than asked may find room.
    factor
        Part of the resources an activity uses, in ]0, 1].
    strength
        Capacity between just enough for each activity alone (0) and for the peak of the
        earliest schedule (1).
    resources
        Number of resources.
    """

    complexity: float = 1.8
    factor: float = 0.75
    strength: float = 0.2
    resources: int = 4


def made(activities: int, difficulty: Difficulty, seed: int) -> Problem:
    """Draw a problem; same arguments, same problem.

    Raises
    ------
    ProblemError
        When there are too few activities, or a part of the difficulty is out of range.
    """
    if activities < 2 * MOST_LINKS:
        raise ProblemError(
            f"{activities} activities are too few; ask for {2 * MOST_LINKS} or more."
        )
    if not (0 < difficulty.factor <= 1 and 0 <= difficulty.strength <= 1):
        raise ProblemError("Resource factor and strength go from 0 to 1; correct them.")
    random = Random(f"{activities} {difficulty} {seed}")  # noqa: S311 # a benchmark, not a secret
    links = _links(random, activities, round(difficulty.complexity * activities))
    durations = [random.randint(1, LONGEST_ACTIVITY) for _ in range(activities)]
    demands = [_demands(random, difficulty) for _ in range(activities)]
    peaks = _peaks(durations, demands, links)
    capacities = []
    for resource, peak in enumerate(peaks):
        least = max(one[resource] for one in demands)
        capacities.append(round(least + difficulty.strength * (peak - least)))
    width = len(str(activities))
    codes = [f"{at:0{width}}" for at in range(1, activities + 1)]
    return Problem(
        tuple(
            Activity(code, duration, tuple(Demand(f"R{k + 1}", q) for k, q in enumerate(uses) if q))
            for code, duration, uses in zip(codes, durations, demands, strict=True)
        ),
        tuple(Resource(f"R{at + 1}", capacity) for at, capacity in enumerate(capacities)),
        tuple(Precedence(codes[i], codes[j]) for i, j in links),
    )


def _links(random: Random, count: int, wanted: int) -> list[tuple[int, int]]:
    """Tie each activity to an earlier one, then add links that others do not imply."""
    after: list[set[int]] = [set() for _ in range(count)]
    before: list[set[int]] = [set() for _ in range(count)]

    def tie(i: int, j: int) -> None:
        after[i].add(j)
        before[j].add(i)

    for j in range(MOST_LINKS, count):
        tie(random.choice([i for i in range(j) if len(after[i]) < MOST_LINKS]), j)
    tied = count - MOST_LINKS
    for _ in range(200 * count):
        if tied >= wanted:
            break
        i, j = sorted(random.sample(range(count), 2))
        if j < MOST_LINKS or len(after[i]) >= MOST_LINKS or len(before[j]) >= MOST_LINKS:
            continue
        up, down = _reached(i, before), _reached(j, after)
        if j not in _reached(i, after) and not any(after[one] & down for one in up):
            tie(i, j)
            tied += 1
    return [(i, j) for i in range(count) for j in sorted(after[i])]


def _reached(start: int, steps: list[set[int]]) -> set[int]:
    found, waiting = {start}, [start]
    for one in waiting:
        waiting += steps[one] - found
        found |= steps[one]
    return found


def _demands(random: Random, difficulty: Difficulty) -> list[int]:
    used = [random.random() < difficulty.factor for _ in range(difficulty.resources)]
    if used and not any(used):
        used[random.randrange(len(used))] = True
    return [random.randint(1, LARGEST_DEMAND) if one else 0 for one in used]


def _peaks(
    durations: list[int], demands: list[list[int]], links: list[tuple[int, int]]
) -> list[int]:
    """Give the most of each resource that the earliest schedule uses at once."""
    starts = [0] * len(durations)
    for i, j in links:  # from low to high numbers
        starts[j] = max(starts[j], starts[i] + durations[i])
    ends = [start + length for start, length in zip(starts, durations, strict=True)]
    return [
        max(
            sum(demands[i][resource] for i in range(len(starts)) if starts[i] <= at < ends[i])
            for at in starts
        )
        for resource in range(len(demands[0]))
    ]
