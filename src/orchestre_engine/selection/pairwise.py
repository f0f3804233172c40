"""Weights from comparisons two by two (analytic hierarchy process), and how far to trust them.

Source: T. L. Saaty, The Analytic Hierarchy Process (1980), for the principal eigenvector, the
consistency ratio and its random indices; P. T. Harker (1987) for answers not all given yet.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations

import numpy as np
import numpy.typing as npt

from orchestre_engine.errors import ProblemError

Floats = npt.NDArray[np.float64]

RANDOM_INDEX = (0.0, 0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)
RANDOM_INDEX_BEYOND = 1.59
"""Mean index of random matrices by size, from 0 to 10; beyond, that of 15."""

ACCEPTED_BELOW = 0.10
MOST_ITEMS = 7
LARGEST_RATIO = 9.0


@dataclass(frozen=True, slots=True)
class Judgement:
    """`first` counts `ratio` times as much as `second`; from 1/9 to 9."""

    first: str
    second: str
    ratio: float

    def __post_init__(self) -> None:
        where = f"Comparison of “{self.first}” and “{self.second}”"
        if self.first == self.second:
            raise ProblemError(f"{where}: an item is not compared with itself.")
        if not 1 / LARGEST_RATIO - 1e-9 <= self.ratio <= LARGEST_RATIO + 1e-9:
            raise ProblemError(f"{where}: the ratio is {self.ratio:g}; give 1/9 to 9.")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Items, and what one person or one group says of their pairs; some pairs may be missing.

    Seven items at most unless `allow_many`: eight ask for 28 questions.
    """

    items: tuple[str, ...]
    judgements: tuple[Judgement, ...]
    allow_many: bool = False

    def __post_init__(self) -> None:
        if len(set(self.items)) != len(self.items) or not self.items:
            raise ProblemError("Comparison: give at least one item, each once.")
        if len(self.items) > MOST_ITEMS and not self.allow_many:
            raise ProblemError(
                f"Comparison: {len(self.items)} items ask for "
                f"{len(self.items) * (len(self.items) - 1) // 2} questions; keep {MOST_ITEMS}."
            )
        known: set[frozenset[str]] = set()
        for one in self.judgements:
            pair = frozenset((one.first, one.second))
            if not pair <= set(self.items):
                raise ProblemError(
                    f"Comparison of “{one.first}” and “{one.second}”: not both among the items."
                )
            if pair in known:
                raise ProblemError(
                    f"Comparison of “{one.first}” and “{one.second}”: given twice; keep one."
                )
            known.add(pair)
        ordered = sorted(self.judgements, key=lambda one: (one.first, one.second))
        object.__setattr__(self, "judgements", tuple(ordered))

    @property
    def matrix(self) -> Floats:
        """Ratios, shape (n, n): ``a_ji = 1/a_ij``, 1 on the diagonal, nan where nothing is said."""
        at = {item: row for row, item in enumerate(self.items)}
        found = np.full((len(self.items), len(self.items)), np.nan)
        np.fill_diagonal(found, 1.0)
        for one in self.judgements:
            found[at[one.first], at[one.second]] = one.ratio
            found[at[one.second], at[one.first]] = 1 / one.ratio
        return found

    @property
    def asked(self) -> tuple[tuple[str, str], ...]:
        """Every pair, in the order of the items."""
        return tuple(combinations(self.items, 2))


@dataclass(frozen=True, slots=True)
class Revisit:
    """The judgement that agrees least with the others: ``argmax |ln(a_ij·w_j/w_i)|``.

    `consistent` is the ratio that agrees with all the other answers: ``w_i/w_j``, the weights
    being those of the other answers when these still link all the items.
    """

    first: str
    second: str
    ratio: float
    consistent: float


@dataclass(frozen=True, slots=True)
class Triad:
    """Three items whose comparisons contradict each other most.

    `circular`: the first beats the second, which beats the third, which beats the first.
    Otherwise the direct answer on the first and the third is not what the two others make.
    """

    items: tuple[str, str, str]
    circular: bool


@dataclass(frozen=True, slots=True)
class Weights:
    """What comparisons say.

    Parameters
    ----------
    items : tuple of str
        As given.
    weights : tuple of floats or None
        Principal eigenvector, sum 1; None while the answers do not link all the items.
    geometric : tuple of floats or None
        Geometric means of the rows, sum 1: a check, only when every pair is answered.
    lambda_max, consistency_index, consistency_ratio : float or None
        Principal eigenvalue, ``(λ − n)/(n − 1)``, and its ratio to the random index; None
        without weights, 0 under three items. With missing answers they judge those given.
    answered, asked : int
        Pairs compared, and pairs in all.
    revisit : Revisit or None
        None when everything agrees.
    triad : Triad or None
        None when no three answers contradict each other.
    """

    items: tuple[str, ...]
    weights: tuple[float, ...] | None
    geometric: tuple[float, ...] | None
    lambda_max: float | None
    consistency_index: float | None
    consistency_ratio: float | None
    answered: int
    asked: int
    revisit: Revisit | None
    triad: Triad | None

    @property
    def complete(self) -> bool:
        """Whether every pair is answered."""
        return self.answered == self.asked

    @property
    def accepted(self) -> bool:
        """Whether every pair is answered and the answers agree enough: CR < 0.10."""
        ratio = self.consistency_ratio
        return self.complete and ratio is not None and ratio < ACCEPTED_BELOW


def weigh(comparison: Comparison) -> Weights:
    """Turn comparisons into weights, and say where they contradict each other."""
    matrix = comparison.matrix
    size = len(comparison.items)
    known = ~np.isnan(matrix)
    answered, asked = len(comparison.judgements), size * (size - 1) // 2
    if not _linked(known):
        return Weights(comparison.items, None, None, None, None, None, answered, asked, None, None)
    top, weights = _principal(matrix, known)
    index = max(0.0, (top - size) / (size - 1)) if size > 1 else 0.0
    random = RANDOM_INDEX[size] if size < len(RANDOM_INDEX) else RANDOM_INDEX_BEYOND
    geometric = np.exp(np.log(matrix).mean(axis=1)) if answered == asked else None
    return Weights(
        items=comparison.items,
        weights=tuple(weights.tolist()),
        geometric=None if geometric is None else tuple((geometric / geometric.sum()).tolist()),
        lambda_max=top,
        consistency_index=index,
        consistency_ratio=index / random if random else 0.0,
        answered=answered,
        asked=asked,
        revisit=_revisit(comparison, weights),
        triad=_triad(comparison.items, matrix),
    )


def _linked(known: npt.NDArray[np.bool_]) -> bool:
    """Whether one passes from any item to any other by answered pairs."""
    reached: npt.NDArray[np.bool_] = np.zeros(len(known), np.bool_)
    reached[0] = True
    for _step in range(len(known)):
        reached = np.asarray(known[reached].any(axis=0))
    return bool(reached.all())


def _principal(matrix: Floats, known: npt.NDArray[np.bool_]) -> tuple[float, Floats]:
    """Give the principal eigenvalue and its vector; what is missing is read from the vector."""
    filled = np.where(known, matrix, 0.0)
    filled[np.diag_indices(len(matrix))] += (~known).sum(axis=1)
    values, vectors = np.linalg.eig(filled)
    top = int(values.real.argmax())
    vector = np.abs(vectors[:, top].real)
    return float(values[top].real), vector / vector.sum()


def _revisit(comparison: Comparison, weights: Floats) -> Revisit | None:
    at = dict(zip(comparison.items, weights.tolist(), strict=True))
    gaps = [
        (abs(math.log(one.ratio * at[one.second] / at[one.first])), one)
        for one in comparison.judgements
    ]
    if not gaps:
        return None
    gap, worst = max(gaps, key=lambda found: found[0])
    if gap < 1e-6:
        return None
    others = Comparison(
        comparison.items,
        tuple(one for one in comparison.judgements if one is not worst),
        allow_many=True,
    ).matrix
    known = ~np.isnan(others)
    if _linked(known):
        _top, without = _principal(others, known)
        at = dict(zip(comparison.items, without.tolist(), strict=True))
    return Revisit(worst.first, worst.second, worst.ratio, at[worst.first] / at[worst.second])


def _triad(items: Sequence[str], matrix: Floats) -> Triad | None:
    """Find the worst circle, else the three answers that agree least."""
    worst: tuple[bool, float] = (False, 1e-6)
    found: Triad | None = None
    for trio in combinations(range(len(items)), 3):
        for one, two, three in permutations(trio):
            chain, back = matrix[one, two] * matrix[two, three], matrix[three, one]
            if math.isnan(chain * back):
                continue
            circular = bool(matrix[one, two] > 1 and matrix[two, three] > 1 and back > 1)
            gap = abs(math.log(chain * back))
            if (circular, round(gap, 9)) > worst:
                worst = (circular, round(gap, 9))
                found = Triad((items[one], items[two], items[three]), circular)
    return found


@dataclass(frozen=True, slots=True)
class Spread:
    """How far the people of a group are from each other on one pair.

    `lowest` and `highest` are the extreme ratios; `factor` the geometric standard deviation:
    1 when all say the same, 2 when answers typically differ by a factor of two.
    """

    first: str
    second: str
    ratio: float
    lowest: float
    highest: float
    factor: float
    answers: int


@dataclass(frozen=True, slots=True)
class Group:
    """Several people's comparisons put together, each one's own kept beside.

    `together` weighs the geometric means of the answers, cell by cell; `spreads` come with the
    most divided pair first; `lowest` and `highest` are the extreme weights of each item among
    those whose own weights are known, None without any.
    """

    together: Weights
    each: tuple[Weights, ...]
    spreads: tuple[Spread, ...]
    lowest: tuple[float, ...] | None
    highest: tuple[float, ...] | None


def weigh_group(comparisons: Iterable[Comparison]) -> Group:
    """Put the comparisons of several people together.

    Raises
    ------
    ProblemError
        Without anybody, or when they do not compare the same items.
    """
    people = tuple(comparisons)
    if not people:
        raise ProblemError("Group: nobody compares; give at least one person's answers.")
    items = people[0].items
    if any(one.items != items for one in people):
        raise ProblemError("Group: all must compare the same items in the same order.")
    spreads, judgements = [], []
    stack = np.log(np.stack([one.matrix for one in people]))
    for one, two in combinations(range(len(items)), 2):
        said = stack[:, one, two]
        said = said[~np.isnan(said)]
        if not len(said):
            continue
        ratio = float(np.exp(said.mean()))
        judgements.append(Judgement(items[one], items[two], ratio))
        spreads.append(
            Spread(
                items[one], items[two], ratio, float(np.exp(said.min())),
                float(np.exp(said.max())), float(np.exp(said.std())), len(said),
            )
        )  # fmt: skip
    each = tuple(weigh(one) for one in people)
    own = np.array([one.weights for one in each if one.weights is not None])
    return Group(
        together=weigh(Comparison(items, tuple(judgements), allow_many=True)),
        each=each,
        spreads=tuple(sorted(spreads, key=lambda one: (-one.factor, one.first, one.second))),
        lowest=tuple(own.min(axis=0).tolist()) if len(own) else None,
        highest=tuple(own.max(axis=0).tolist()) if len(own) else None,
    )
