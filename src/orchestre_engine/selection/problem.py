"""What a selection needs to know: candidates, what they bring and ask, limits and links.

Every type is frozen and checked when it is built. `SelectionProblem` puts its parts in one
canonical order, so that the order in which they were given changes neither the answer nor the
fingerprint.

Units: money in euros, roles in full-time equivalents, people in person-hours (hours per person
where nobody knows the headcount); values in any one unit.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from orchestre_engine.errors import ProblemError

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


class Kind(StrEnum):
    """What a limit is made of."""

    MONEY = "money"
    ROLE = "role"
    PEOPLE = "people"


class Forced(StrEnum):
    """What was decided of a candidate before choosing."""

    FREE = ""
    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Limit:
    """How much can be given of one thing over one period.

    Parameters
    ----------
    kind : Kind
        Money, a role or people.
    holder : str
        The role or the population; empty for the money of everything.
    period : str
        Label of the period.
    amount : float
        0 or more; infinite when it is counted but not limited.
    """

    kind: Kind
    holder: str
    period: str
    amount: float

    def __post_init__(self) -> None:
        if math.isnan(self.amount) or self.amount < 0:
            raise ProblemError(f"Limit {self.name}: it is {self.amount:g}; give 0 or more.")

    @property
    def name(self) -> str:
        """How it is called in refusals."""
        return " ".join(part for part in (self.kind, self.holder, self.period) if part)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An initiative that may be kept or not.

    Parameters
    ----------
    id : str
        Identifier.
    value : float
        What it is worth, 0 or more.
    forced : Forced
        Kept or left out whatever it is worth; compulsorily with a reason.
    reason : str
        Why it is forced.
    unpriced : bool
        True when nobody knows what it costs: its money is counted as nothing, and said so.
    """

    id: str
    value: float
    forced: Forced = Forced.FREE
    reason: str = ""
    unpriced: bool = False

    def __post_init__(self) -> None:
        if not self.id.strip():
            raise ProblemError("Candidate: the identifier is empty; give each one a name.")
        if not (math.isfinite(self.value) and self.value >= 0):
            raise ProblemError(f"Candidate “{self.id}”: the value is {self.value:g}; 0 or more.")
        if self.forced is not Forced.FREE and not self.reason.strip():
            raise ProblemError(f"Candidate “{self.id}”: forced {self.forced} without a reason.")


@dataclass(frozen=True, slots=True)
class Ask:
    """What a candidate asks of a limit when it starts `shift` periods later than planned."""

    candidate: str
    limit: tuple[Kind, str, str]
    amount: float
    shift: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Demands:
    """Asks as columns, in the canonical order of candidate, shift and limit."""

    candidate: Ints
    shift: Ints
    limit: Ints
    amount: Floats


Pair = tuple[str, str]


@dataclass(frozen=True, eq=False)
class SelectionProblem:
    """All that may be kept, under all the limits.

    Parameters
    ----------
    candidates, limits : tuples
        In any order; kept sorted.
    demands : Demands
        What is asked; built by `problem_of`.
    budget : float or None
        Money in all, beside the limits of each period; None without.
    prerequisites : tuple of pairs
        The first cannot be kept without the second.
    together, exclusions : tuples of pairs
        Both or none; at most one of the two.
    shift_values : tuple of floats
        Part of the value kept at each later start; its length is the number of starts offered.

    Raises
    ------
    ProblemError
        On a name given twice or unknown, or orders that contradict each other.
    """

    candidates: tuple[Candidate, ...]
    limits: tuple[Limit, ...]
    demands: Demands
    budget: float | None = None
    prerequisites: tuple[Pair, ...] = ()
    together: tuple[Pair, ...] = ()
    exclusions: tuple[Pair, ...] = ()
    shift_values: tuple[float, ...] = (1.0,)
    compulsory: dict[str, str] = field(init=False, metadata={"codec": False})
    """Candidates kept whatever they are worth: themselves forced, or needed by one that is."""

    def __post_init__(self) -> None:
        if self.budget is not None and (math.isnan(self.budget) or self.budget < 0):
            raise ProblemError(f"Budget: it is {self.budget:g}; give 0 or more.")
        _check_links(self)
        object.__setattr__(self, "compulsory", _compulsory(self))
        _check_orders(self)

    @property
    def ids(self) -> tuple[str, ...]:
        """Candidates, sorted."""
        return tuple(one.id for one in self.candidates)


def problem_of(
    candidates: Iterable[Candidate],
    limits: Iterable[Limit],
    asks: Iterable[Ask],
    *,
    budget: float | None = None,
    prerequisites: Iterable[Pair] = (),
    together: Iterable[Pair] = (),
    exclusions: Iterable[Pair] = (),
    shift_values: Sequence[float] = (1.0,),
) -> SelectionProblem:
    """Build a problem from its parts, in any order.

    Raises
    ------
    ProblemError
        As `SelectionProblem`, and on an ask that names nothing known or is not finite.
    """
    people = tuple(sorted(candidates, key=lambda one: one.id))
    bounds = tuple(sorted(limits, key=lambda one: (one.kind, one.holder, one.period)))
    _distinct("Candidate", [one.id for one in people])
    _distinct("Limit", [one.name for one in bounds])
    return SelectionProblem(
        candidates=people,
        limits=bounds,
        demands=_demands(people, bounds, asks, len(shift_values)),
        budget=budget,
        prerequisites=_pairs(prerequisites),
        together=_pairs(tuple(sorted(pair)) for pair in together),
        exclusions=_pairs(tuple(sorted(pair)) for pair in exclusions),
        shift_values=tuple(shift_values),
    )


def _pairs(pairs: Iterable[tuple[str, ...]]) -> tuple[Pair, ...]:
    return tuple(sorted({(one, two) for one, two in pairs}))


def _distinct(kind: str, names: Sequence[str]) -> None:
    for name, times in Counter(names).items():
        if times > 1:
            raise ProblemError(f"{kind} “{name}”: given {times} times; keep one.")


def _demands(
    candidates: Sequence[Candidate], limits: Sequence[Limit], asks: Iterable[Ask], starts: int
) -> Demands:
    at = {one.id: row for row, one in enumerate(candidates)}
    row_of = {(one.kind, one.holder, one.period): row for row, one in enumerate(limits)}
    summed: dict[tuple[int, int, int], float] = {}
    for ask in asks:
        if ask.candidate not in at or ask.limit not in row_of or not 0 <= ask.shift < starts:
            raise ProblemError(
                f"Ask of “{ask.candidate}” on {' '.join(ask.limit)}: one of them is not given."
            )
        if not math.isfinite(ask.amount) or ask.amount < 0:
            raise ProblemError(f"Ask of “{ask.candidate}”: {ask.amount:g}; give 0 or more.")
        key = (at[ask.candidate], ask.shift, row_of[ask.limit])
        if ask.amount:
            summed[key] = summed.get(key, 0.0) + ask.amount
    ordered = sorted(summed)
    columns = np.array(ordered, np.int64).reshape(-1, 3)
    amounts = np.array([summed[key] for key in ordered], np.float64)
    return Demands(columns[:, 0], columns[:, 1], columns[:, 2], amounts)


def _check_links(problem: SelectionProblem) -> None:
    known = set(problem.ids)
    for one, two in (*problem.prerequisites, *problem.together, *problem.exclusions):
        if one == two or not {one, two} <= known:
            raise ProblemError(f"Link of “{one}” and “{two}”: give two different candidates.")
    values = problem.shift_values
    if not values or values[0] != 1 or any(not 0 <= value <= 1 for value in values):
        raise ProblemError("Later starts: give the part of the value kept, 1 first, then 0 to 1.")


def _compulsory(problem: SelectionProblem) -> dict[str, str]:
    """Give what is forced in, then all that it needs, each with its reason."""
    needs: dict[str, list[str]] = {}
    for one, two in problem.prerequisites:
        needs.setdefault(one, []).append(two)
    for one, two in problem.together:
        needs.setdefault(one, []).append(two)
        needs.setdefault(two, []).append(one)
    found = {one.id: one.reason for one in problem.candidates if one.forced is Forced.IN}
    waiting = list(found)
    while waiting:
        current = waiting.pop()
        for other in needs.get(current, ()):
            if other not in found:
                found[other] = f"← {current}"
                waiting.append(other)
    return found


def _check_orders(problem: SelectionProblem) -> None:
    for one in problem.candidates:
        if one.forced is Forced.OUT and one.id in problem.compulsory:
            raise ProblemError(
                f"Candidate “{one.id}”: left out by order, yet needed by one that is kept by "
                f"order ({problem.compulsory[one.id]}); lift one of the two orders."
            )
    for one_id, two_id in problem.exclusions:
        if one_id in problem.compulsory and two_id in problem.compulsory:
            raise ProblemError(
                f"Candidates “{one_id}” and “{two_id}” exclude each other and are both kept by "
                "order; lift one of the two orders."
            )


def read_problem(data: Mapping[str, Any]) -> SelectionProblem:
    """Build again a problem that the codec wrote and read."""
    demands = data["demands"]
    return SelectionProblem(
        candidates=tuple(
            Candidate(
                one["id"], one["value"], Forced(one["forced"]), one["reason"], one["unpriced"]
            )
            for one in data["candidates"]
        ),
        limits=tuple(
            Limit(Kind(one["kind"]), one["holder"], one["period"], one["amount"])
            for one in data["limits"]
        ),
        demands=Demands(
            demands["candidate"], demands["shift"], demands["limit"], demands["amount"]
        ),
        budget=data["budget"],
        prerequisites=_pairs(tuple(pair) for pair in data["prerequisites"]),
        together=_pairs(tuple(pair) for pair in data["together"]),
        exclusions=_pairs(tuple(pair) for pair in data["exclusions"]),
        shift_values=tuple(data["shift_values"]),
    )
