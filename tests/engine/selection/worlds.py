"""Small selections: that of the design, and drawn ones that a brute force can check."""

import math
from itertools import product

from hypothesis import strategies as st

from orchestre_engine.selection import Ask, Candidate, Kind, Limit, SelectionProblem, problem_of

ROWS = (
    ("P1", 60, 50, 6), ("P2", 50, 45, 8), ("P3", 48, 40, 5),
    ("P4", 30, 20, 2), ("P5", 22, 18, 3), ("P6", 12, 9, 1),
)  # fmt: skip
MONEY = (Kind.MONEY, "", "t")
ROLE = (Kind.ROLE, "builders", "t")


def design(budget: float, fte: float | None = None) -> SelectionProblem:
    """The vector of the design; with roles come its links."""
    limits = [Limit(*MONEY, math.inf)]
    asks = [Ask(name, MONEY, cost) for name, _value, cost, _fte in ROWS]
    if fte is not None:
        limits.append(Limit(*ROLE, fte))
        asks += [Ask(name, ROLE, people) for name, _value, _cost, people in ROWS]
    return problem_of(
        [Candidate(name, value) for name, value, _cost, _fte in ROWS],
        limits,
        asks,
        budget=budget,
        prerequisites=[("P2", "P6")] if fte is not None else [],
        exclusions=[("P1", "P3")] if fte is not None else [],
    )


@st.composite
def worlds(draw: st.DrawFn) -> SelectionProblem:
    """Up to seven candidates, two periods of money, a role, a population, links."""
    count = draw(st.integers(1, 7))
    names = [f"c{n}" for n in range(count)]
    figure = st.integers(0, 12)
    limits = [
        Limit(Kind.MONEY, "", "1", draw(figure) * 3), Limit(Kind.MONEY, "", "2", draw(figure) * 3),
        Limit(Kind.ROLE, "r", "1", draw(figure)), Limit(Kind.PEOPLE, "p", "1", draw(figure) * 10),
    ]  # fmt: skip
    asks = [
        Ask(name, (one.kind, one.holder, one.period), draw(figure))
        for name in names
        for one in limits
    ]
    pair = st.tuples(st.sampled_from(names), st.sampled_from(names)).filter(
        lambda two: two[0] != two[1]
    )
    pairs = st.lists(pair, max_size=2) if count > 1 else st.just([])
    return problem_of(
        [Candidate(name, draw(figure)) for name in names],
        limits,
        asks,
        budget=draw(st.none() | figure.map(lambda one: one * 4.0)),
        prerequisites=draw(pairs),
        exclusions=draw(pairs),
    )


def holds(problem: SelectionProblem, kept: set[str]) -> bool:
    """Whether a set satisfies every limit and link, worked out the long way."""
    used = [0.0] * len(problem.limits)
    asks = problem.demands
    for one, row, amount in zip(asks.candidate, asks.limit, asks.amount, strict=True):
        if problem.ids[one] in kept:
            used[row] += amount
    money = sum(u for u, one in zip(used, problem.limits, strict=True) if one.kind is Kind.MONEY)
    within = all(u <= one.amount + 1e-6 for u, one in zip(used, problem.limits, strict=True))
    linked = all(two in kept for one, two in problem.prerequisites if one in kept)
    apart = not any({one, two} <= kept for one, two in problem.exclusions)
    return (
        within and linked and apart and (problem.budget is None or money <= problem.budget + 1e-6)
    )


def worth(problem: SelectionProblem, kept: set[str]) -> float:
    return sum(one.value for one in problem.candidates if one.id in kept)


def brute(problem: SelectionProblem) -> float:
    """The greatest value among all the sets there are."""
    sets = (
        {name for name, taken in zip(problem.ids, picks, strict=True) if taken}
        for picks in product((False, True), repeat=len(problem.ids))
    )
    return max(worth(problem, kept) for kept in sets if holds(problem, kept))
