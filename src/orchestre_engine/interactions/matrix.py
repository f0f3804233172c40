"""The Matrix of Change: which practices reinforce or oppose each other, by several raters.

Source: Brynjolfsson, Renshaw & van Alstyne, *The Matrix of Change*, MIT Sloan Management Review,
1997. A sign is retained when at least `minimum_raters` raters gave it and more of them than gave
the opposite one; otherwise the pair stays blank.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable

from orchestre_engine.interactions.problem import InteractionProblem, Practice
from orchestre_engine.interactions.result import (
    RATERS,
    ChangeMatrix,
    Finding,
    FindingKind,
    MatrixBlock,
    fingerprint,
)
from orchestre_engine.interactions.windows import Tally

PRACTICES_OPPOSED = "practices-opposed"

_Votes = dict[tuple[str, str], Counter[int]]


def solve(problem: InteractionProblem, tally: Tally) -> tuple[ChangeMatrix | None, list[Finding]]:
    """Give the matrix, and the changes whose target practices oppose each other."""
    if not problem.practices:
        return None, []
    practices = {practice.id: practice for practice in problem.practices}
    votes: _Votes = defaultdict(Counter)
    for mark in problem.marks:
        votes[min(mark.first, mark.second), max(mark.first, mark.second)][mark.mark] += 1
    signs = {pair: sign for pair, cast in sorted(votes.items()) if (sign := _sign(cast, problem))}
    tally[PRACTICES_OPPOSED, "too-few-raters"] += sum(
        cast.total() < problem.minimum_raters for cast in votes.values()
    )
    matrix = ChangeMatrix(
        *_blocks(problem, practices, votes, signs),
        tuple((first, second, sign) for (first, second), sign in signs.items()),
    )
    return matrix, _opposed(practices, votes, signs)


def _sign(cast: Counter[int], problem: InteractionProblem) -> int:
    """Give the sign the raters agree on, 0 when blank."""
    for sign in (-1, 1):
        if cast[sign] >= problem.minimum_raters and cast[sign] > cast[-sign]:
            return sign
    return 0


def _blocks(
    problem: InteractionProblem,
    practices: dict[str, Practice],
    votes: _Votes,
    signs: dict[tuple[str, str], int],
) -> tuple[MatrixBlock, MatrixBlock, MatrixBlock]:
    """Count the two triangles and the square between them."""
    kinds = Counter(practice.kind for practice in practices.values())
    existing, target = kinds["existing"], kinds["target"]
    sizes = (
        (("existing", "existing"), existing * (existing - 1) // 2),
        (("target", "target"), target * (target - 1) // 2),
        (("existing", "target"), existing * target),
    )
    rated: Counter[tuple[str, str]] = Counter()
    marked: Counter[tuple[tuple[str, str], int]] = Counter()
    for pair, cast in votes.items():
        first, second = sorted(practices[one].kind for one in pair)
        if cast.total() >= problem.minimum_raters:
            rated[first, second] += 1
        marked[(first, second), signs.get(pair, 0)] += 1
    blocks = [
        MatrixBlock(pairs, rated[block], marked[block, 1], marked[block, -1])
        for block, pairs in sizes
    ]
    return blocks[0], blocks[1], blocks[2]


def _opposed(
    practices: dict[str, Practice], votes: _Votes, signs: dict[tuple[str, str], int]
) -> list[Finding]:
    """Tell the opposed target practices of two changes, one finding per pair of changes."""
    against: dict[tuple[str, str], list[tuple[Practice, Practice]]] = defaultdict(list)
    for pair, sign in signs.items():
        first, second = sorted((practices[one] for one in pair), key=lambda p: (p.change, p.id))
        targets = first.kind == second.kind == "target"
        if sign < 0 and targets and first.change != second.change:
            against[first.change, second.change].append((first, second))
    return [_finding(pair, opposed, votes) for pair, opposed in against.items()]


def _finding(
    pair: tuple[str, str], opposed: Iterable[tuple[Practice, Practice]], votes: _Votes
) -> Finding:
    facts: list[tuple[str, str | float]] = []
    codes: list[str] = []
    raters = 0
    for first, second in sorted(opposed, key=lambda two: (two[0].id, two[1].id)):
        cast = votes[min(first.id, second.id), max(first.id, second.id)]
        raters = max(raters, cast[-1])
        codes += [first.id, second.id]
        facts += [
            ("first_practice", first.title),
            ("second_practice", second.title),
            ("raters_against", float(cast[-1])),
            ("raters", float(cast.total())),
        ]
    return Finding(
        kind=FindingKind.CONTRADICTION,
        rule=PRACTICES_OPPOSED,
        changes=pair,
        populations=(),
        starts_on=None,
        ends_on=None,
        score=float(raters),
        score_unit=RATERS,
        facts=tuple(facts),
        key=fingerprint(FindingKind.CONTRADICTION, PRACTICES_OPPOSED, *pair, *codes),
    )
