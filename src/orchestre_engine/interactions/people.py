"""Interference on people: which pairs of changes feed the overloads, and for how much.

In each overloaded cell, the changes with at least `minimum_share_ratio` of the load feed it. The
pair (i, j) is attributed

    excess × sᵢ·sⱼ / Σ_{k<l} s_k·s_l

so the pairs of a cell add up to its excess, and a small contributor collides little even with a
big one. A cell fed by one change alone is not an interference; a cell where no change weighs,
but where many do together, is told as a crowd.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from orchestre_engine.interactions.problem import InteractionProblem, OverloadCell
from orchestre_engine.interactions.result import (
    HOURS_PER_PERSON,
    PERSON_HOURS,
    Facts,
    Finding,
    FindingKind,
    fingerprint,
)
from orchestre_engine.interactions.windows import Tally

SAME_PEOPLE = "same-people"
CROWDED_PEOPLE = "crowded-people"
LONE_SHARE_RATIO = 0.5

_Integers = NDArray[np.int64]
_Numbers = NDArray[np.float64]
_Feeders = list[tuple[int, float]]


class _Parts(NamedTuple):
    """One line per (cell, pair): which cell, which pair, and the weight of the pair in it."""

    cells: _Integers
    firsts: _Integers
    seconds: _Integers
    weights: _Numbers

    def only(self, lines: _Integers | slice) -> "_Parts":
        """Give these lines, in this order."""
        return _Parts(
            self.cells[lines], self.firsts[lines], self.seconds[lines], self.weights[lines]
        )


class _Excess(NamedTuple):
    """Excess of every cell; person-hours are 0 where the headcount is unknown."""

    person_hours: _Numbers
    hours_unknown_headcount: _Numbers
    hours: _Numbers


def find(problem: InteractionProblem, tally: Tally) -> list[Finding]:
    """Give one finding per pair of changes and one per population crowded by small changes."""
    fed: dict[int, list[tuple[int, _Feeders]]] = defaultdict(list)
    crowded: dict[str, list[OverloadCell]] = defaultdict(list)
    index = {change.id: at for at, change in enumerate(problem.changes)}
    for at, cell in enumerate(problem.overloads):
        present = [(index[change], ratio) for change, ratio in cell.shares if ratio > 0]
        feeders = [one for one in present if one[1] >= problem.minimum_share_ratio]
        if len(feeders) > 1:
            fed[len(feeders)].append((at, feeders))
        elif len(present) > 1 and max(ratio for _, ratio in present) < LONE_SHARE_RATIO:
            crowded[cell.population].append(cell)
        else:
            tally[SAME_PEOPLE, "one-change"] += 1
    findings = [_crowd(population, cells) for population, cells in sorted(crowded.items())]
    if fed:
        findings += _pairs(problem, _parts(fed), tally)
    return findings


def _parts(fed: dict[int, list[tuple[int, _Feeders]]]) -> _Parts:
    """Weigh the pairs of all the cells that have the same number of feeders at once."""
    blocks: list[_Parts] = []
    for count, cells in sorted(fed.items()):
        changes = np.array([[change for change, _ in feeders] for _, feeders in cells])
        shares = np.array([[ratio for _, ratio in feeders] for _, feeders in cells])
        left, right = np.triu_indices(count, k=1)
        products = shares[:, left] * shares[:, right]
        weights = products / products.sum(axis=1, keepdims=True)
        where = np.repeat(np.array([at for at, _ in cells]), len(left))
        blocks.append(
            _Parts(where, changes[:, left].ravel(), changes[:, right].ravel(), weights.ravel())
        )
    return _Parts(
        np.concatenate([block.cells for block in blocks]),
        np.concatenate([block.firsts for block in blocks]),
        np.concatenate([block.seconds for block in blocks]),
        np.concatenate([block.weights for block in blocks]),
    )


def _excess(cells: Iterable[OverloadCell]) -> _Excess:
    known, unknown, every = [], [], []
    for cell in cells:
        person_hours = cell.excess_person_hours
        known.append(0.0 if person_hours is None else person_hours)
        unknown.append(cell.excess_hours if person_hours is None else 0.0)
        every.append(cell.excess_hours)
    return _Excess(np.array(known), np.array(unknown), np.array(every))


def _pairs(problem: InteractionProblem, parts: _Parts, tally: Tally) -> list[Finding]:
    """Gather the lines by pair, drop what is noise, and tell the rest."""
    excess = _excess(problem.overloads)
    codes = parts.firsts * len(problem.changes) + parts.seconds
    order = np.lexsort((parts.cells, codes))
    parts = parts.only(order)
    starts = np.flatnonzero(np.diff(codes[order], prepend=-1))
    person_hours = np.add.reduceat(parts.weights * excess.person_hours[parts.cells], starts)
    unknown = np.add.reduceat(parts.weights * excess.hours_unknown_headcount[parts.cells], starts)
    heavy = (person_hours > 0) & (person_hours >= problem.minimum_person_hours)
    heavy |= (unknown > 0) & (unknown >= problem.minimum_excess_hours)
    tally[SAME_PEOPLE, "under-threshold"] += int((~heavy).sum())
    stops = np.append(starts[1:], len(parts.cells))
    return [
        _pair(
            problem,
            parts.only(slice(starts[at], stops[at])),
            excess,
            (float(person_hours[at]), float(unknown[at])),
        )
        for at in np.flatnonzero(heavy)
    ]


def _pair(
    problem: InteractionProblem, lines: _Parts, excess: _Excess, total: tuple[float, float]
) -> Finding:
    """Tell one pair from its lines."""
    first = problem.changes[int(lines.firsts[0])].id
    second = problem.changes[int(lines.seconds[0])].id
    cells = [problem.overloads[int(at)] for at in lines.cells]
    person_hours, unknown = total
    in_person_hours = person_hours > 0
    measure = excess.person_hours if in_person_hours else excess.hours
    attributed = lines.weights * measure[lines.cells]
    worst = cells[int(np.argmax(attributed))]
    shares = dict(worst.shares)
    facts: Facts = (
        ("worst_population", worst.population),
        ("worst_week", worst.week),
        ("worst_excess_hours", worst.excess_hours),
        ("worst_attributed", float(attributed.max())),
        ("worst_share_first", shares[first]),
        ("worst_share_second", shares[second]),
        ("weeks", float(len({cell.monday for cell in cells}))),
    )
    if in_person_hours and unknown > 0:
        facts += (("hours_per_person_of_unknown_headcount", unknown),)
    return Finding(
        kind=FindingKind.INTERFERENCE,
        rule=SAME_PEOPLE,
        changes=(first, second),
        populations=tuple(sorted({cell.population for cell in cells})),
        starts_on=min(cell.monday for cell in cells),
        ends_on=max(cell.monday for cell in cells) + timedelta(weeks=1),
        score=person_hours if in_person_hours else unknown,
        score_unit=PERSON_HOURS if in_person_hours else HOURS_PER_PERSON,
        facts=facts,
        key=fingerprint(FindingKind.INTERFERENCE, SAME_PEOPLE, first, second),
    )


def _crowd(population: str, cells: list[OverloadCell]) -> Finding:
    """Tell a population overloaded by many changes of which none weighs."""
    changes = tuple(sorted({name for cell in cells for name, ratio in cell.shares if ratio > 0}))
    worst = max(cells, key=lambda cell: cell.excess_hours)
    person_hours = sum(cell.excess_person_hours or 0.0 for cell in cells)
    return Finding(
        kind=FindingKind.INTERFERENCE,
        rule=CROWDED_PEOPLE,
        changes=changes,
        populations=(population,),
        starts_on=min(cell.monday for cell in cells),
        ends_on=max(cell.monday for cell in cells) + timedelta(weeks=1),
        score=person_hours or sum(cell.excess_hours for cell in cells),
        score_unit=PERSON_HOURS if person_hours else HOURS_PER_PERSON,
        facts=(
            ("changes", float(len(changes))),
            ("worst_week", worst.week),
            ("worst_excess_hours", worst.excess_hours),
            ("weeks", float(len(cells))),
        ),
        key=fingerprint(FindingKind.INTERFERENCE, CROWDED_PEOPLE, population),
    )
