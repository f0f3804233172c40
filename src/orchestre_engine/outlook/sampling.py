"""Drawing worlds: Latin hypercubes, common factors, correlations that can exist.

What is drawn for a thing depends on the seed, on the block of worlds and on its name only, so
that two plans compared with one seed meet the same worlds.

Correlation: each group is a common factor of a Gaussian copula. A rank correlation ρ becomes
the normal correlation r = 2·sin(π·ρ/6); a member of groups g has z = Σ √r_g·F_g + √(1 − Σ r_g)·ε.
Margins are cut into as many equal slices as there are worlds and each slice is met once: the
ranks of z choose the slice. Sources: McKay, Beckman & Conover, 1979 (Latin hypercubes); Iman &
Conover, 1982 (ranks); Kruskal, 1958 (2·sin(πρ/6)).
"""

import math
from collections.abc import Sequence
from hashlib import sha256

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from orchestre_engine.outlook.laws import Law
from orchestre_engine.outlook.problem import OutlookProblem

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

MOST_SHARED = 0.98
"""Part of the variance of one thing that its common factors may hold together."""

_LEAST_EIGENVALUE = 1e-6


def normal_correlation(rank_correlation: float) -> float:
    """Give the normal correlation that yields a rank correlation (0.5 gives 0.5176)."""
    return 2 * math.sin(math.pi * rank_correlation / 6)


def slices(what: str, name: str, block: int, worlds: int, seed: int) -> tuple[Floats, Ints]:
    """Give one figure in each slice of 0 to 1, rising, and which slice each world meets."""
    random = _random(what, name, block, seed)
    order = random.permutation(worlds)
    return (np.arange(worlds) + random.random(worlds)) / worlds, order


def uniform(what: str, name: str, block: int, worlds: int, seed: int) -> Floats:
    """Give one margin of a Latin hypercube, its own for each thing and each block of worlds."""
    rising, order = slices(what, name, block, worlds, seed)
    return np.asarray(rising[order])


def _random(what: str, name: str, block: int, seed: int) -> np.random.Generator:
    own = int.from_bytes(sha256(f"{what}\0{name}".encode()).digest()[:8])
    return np.random.Generator(np.random.SFC64([seed, own, block]))


def normal(what: str, name: str, block: int, worlds: int, seed: int) -> Floats:
    """Give one standard normal margin of a Latin hypercube."""
    rising, order = slices(what, name, block, worlds, seed)
    return np.asarray(ndtri(rising)[order])


def loads_of(
    groups: Sequence[str], correlations: dict[str, float]
) -> tuple[dict[str, float], bool]:
    """Give the normal correlation that each group brings, and whether they had to be lowered.

    Common factors cannot hold more than the whole of a variance: beyond, all are reduced alike.
    """
    found = {one: normal_correlation(correlations[one]) for one in groups}
    total = sum(found.values())
    if total <= MOST_SHARED:
        return found, False
    return {one: part * MOST_SHARED / total for one, part in found.items()}, True


def repaired(matrix: Floats) -> tuple[Floats, bool]:
    """Give the nearest matrix that correlations can form, by clipping its eigenvalues.

    Parameters
    ----------
    matrix : array (n, n)
        Symmetric, ones on the diagonal.

    Returns
    -------
    array, bool
        A positive definite correlation matrix, and whether it had to be changed.
    """
    values, vectors = np.linalg.eigh(matrix)
    if values[0] >= _LEAST_EIGENVALUE:
        return matrix, False
    clipped = (vectors * np.maximum(values, _LEAST_EIGENVALUE)) @ vectors.T
    scale = 1 / np.sqrt(np.diag(clipped))
    return clipped * scale[:, None] * scale[None, :], True


class Copula:
    """Uniform draws of tasks and costs, correlated as the problem says."""

    def __init__(self, problem: OutlookProblem, seed: int) -> None:
        self._seed = seed
        self._correlations = {one.id: one.rank_correlation for one in problem.groups}
        self._members = {("task", one.id): one.groups for one in problem.tasks}
        self._members |= {("cost", one.id): one.groups for one in problem.costs}
        self._loads: dict[tuple[str, str], dict[str, float]] = {}
        self.lowered: tuple[str, ...] = ()
        self._load()
        self._paired, self._root, self.repaired = self._pairs(problem)

    def _load(self) -> None:
        lowered = []
        for member, groups in self._members.items():
            self._loads[member], was = loads_of(groups, self._correlations)
            if was:
                lowered.append(member[1])
        self.lowered = tuple(sorted(lowered))

    def _pairs(self, problem: OutlookProblem) -> tuple[dict[str, int], Floats, bool]:
        """Put the stated correlations over those of the common factors."""
        names = sorted({end for one in problem.pairs for end in (one.first, one.second)})
        at = {name: row for row, name in enumerate(names)}
        matrix = np.eye(len(names))
        for first, row in at.items():
            for second, column in at.items():
                if row != column:
                    shared = self._loads["task", first].keys() & self._loads["task", second].keys()
                    matrix[row, column] = sum(
                        math.sqrt(
                            self._loads["task", first][one] * self._loads["task", second][one]
                        )
                        for one in shared
                    )
        for one in problem.pairs:
            row, column = at[one.first], at[one.second]
            matrix[row, column] = matrix[column, row] = normal_correlation(one.rank_correlation)
        if not names:
            return {}, matrix, False
        matrix, changed = repaired(matrix)
        return at, np.linalg.cholesky(matrix).astype(np.float64), changed

    def block(self, number: int, worlds: int) -> "Block":
        """Draw what is shared in a block of worlds."""
        factors = {
            name: normal("group", name, number, worlds, self._seed) for name in self._correlations
        }
        tied = np.zeros((0, worlds))
        if self._paired:
            own = [normal("task", name, number, worlds, self._seed) for name in self._paired]
            tied = self._root @ np.array(own)
        return Block(self, number, worlds, factors, tied)

    def latent(self, member: tuple[str, str], block: "Block") -> Floats | None:
        """Give the correlated normal draws of a thing; None when it is on its own."""
        if member[0] == "task" and member[1] in self._paired:
            return np.asarray(block.tied[self._paired[member[1]]])
        loads = self._loads[member]
        if not any(loads.values()):
            return None
        own = normal(*member, block.number, block.worlds, self._seed)
        found = math.sqrt(1 - sum(loads.values())) * own
        for group, part in loads.items():
            found += math.sqrt(part) * block.factors[group]
        return np.asarray(found)

    def drawn(self, law: Law, member: tuple[str, str], block: "Block") -> Floats:
        """Draw a thing by its law, each slice of chances met once.

        The law is asked rising figures, which is quick, and its answers are then dealt out.
        """
        rising, order = slices(*member, block.number, block.worlds, self._seed)
        values = law.quantile(rising)
        latent = self.latent(member, block)
        if latent is None:
            return np.asarray(values[order])
        found = np.empty_like(values)
        found[np.argsort(latent)] = values
        return found


class Block:
    """Some worlds drawn together."""

    def __init__(
        self, copula: Copula, number: int, worlds: int, factors: dict[str, Floats], tied: Floats
    ) -> None:
        self.copula, self.number, self.worlds = copula, number, worlds
        self.factors, self.tied = factors, tied

    def of(self, law: Law, what: str, name: str) -> Floats:
        """Draw a task or a cost."""
        return self.copula.drawn(law, (what, name), self)
