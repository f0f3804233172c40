"""What the outlook needs to know: tasks, links, doubts, risks, money.

Every type is frozen and checked when it is built; a refused input says where, what and how to
mend it. Durations and lags are days of the task's calendar; moments are days from the origin;
money is in euros; ratios run from 0 to 1. `OutlookProblem` puts its parts in one canonical
order, so that the order in which they were given changes neither the answer nor the fingerprint.
"""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from orchestre_engine.errors import ProblemError
from orchestre_engine.outlook.calendars import EVERY_DAY, Calendar
from orchestre_engine.outlook.laws import Law
from orchestre_engine.outlook.network import loops

MOST_RATE = 1.0


class Kind(StrEnum):
    """Which end of the successor waits for which end of the predecessor."""

    FS = "FS"
    SS = "SS"
    FF = "FF"
    SF = "SF"


class LagIn(StrEnum):
    """In whose working days a lag is counted; planning tools differ, so it is stored."""

    ELAPSED = "elapsed"
    PREDECESSOR = "predecessor"
    SUCCESSOR = "successor"


class Effect(StrEnum):
    """What a risk does to a duration: adds days, or multiplies it."""

    ADD = "add"
    MULTIPLY = "multiply"


def _ratio(where: str, what: str, value: float) -> None:
    if not 0 <= value <= 1:
        raise ProblemError(f"{where}: {what} is {value:g}; give a ratio from 0 to 1.")


@dataclass(frozen=True, slots=True)
class Task:
    """Something that takes time.

    Parameters
    ----------
    id : str
        Identifier.
    duration : Law
        Working days of its calendar; what is drawn under 0 counts as 0.
    not_before : float
        Moment before which it cannot start.
    not_done_before : float or None
        Moment before which it cannot be done: today, for what is not done yet.
    calendar : str
        Name of its calendar; empty: every day counts.
    groups : tuple of str
        Common factors (team, supplier, programme) that it shares with others.
    probability : float
        Chance that it has to be done at all: a branch that may not be taken.
    """

    id: str
    duration: Law
    not_before: float = 0.0
    not_done_before: float | None = None
    calendar: str = EVERY_DAY
    groups: tuple[str, ...] = ()
    probability: float = 1.0

    def __post_init__(self) -> None:
        if not self.id.strip():
            raise ProblemError("Task: the identifier is empty; give each one a distinct name.")
        _ratio(f"Task “{self.id}”", "the probability", self.probability)
        if not math.isfinite(self.not_before):
            raise ProblemError(f"Task “{self.id}”: give a finite day for its start.")
        object.__setattr__(self, "groups", tuple(sorted(set(self.groups))))


@dataclass(frozen=True, slots=True)
class Link:
    """One task waits for another."""

    predecessor: str
    successor: str
    kind: Kind = Kind.FS
    lag: float = 0.0
    lag_in: LagIn = LagIn.ELAPSED


def _order(link: Link) -> tuple[str, str, str, float]:
    return link.successor, link.predecessor, link.kind, link.lag


@dataclass(frozen=True, slots=True)
class Group:
    """A common factor; `rank_correlation` is Spearman's, between any two of its members."""

    id: str
    rank_correlation: float

    def __post_init__(self) -> None:
        _ratio(f"Group “{self.id}”", "the correlation", self.rank_correlation)


@dataclass(frozen=True, slots=True)
class Pair:
    """A rank correlation between two tasks, stated by hand, −1 to 1."""

    first: str
    second: str
    rank_correlation: float

    def __post_init__(self) -> None:
        if not -1 <= self.rank_correlation <= 1 or self.first == self.second:
            raise ProblemError(
                f"Correlation of “{self.first}” and “{self.second}”: give two tasks and a figure "
                "from −1 to 1."
            )


@dataclass(frozen=True, slots=True)
class Risk:
    """An event that may happen: how likely, what it does to tasks, what it costs.

    `residual_probability`, `residual_impact` and `residual_cost` are those once the mitigation
    has been carried out; None where it changes nothing.
    """

    id: str
    probability: float
    tasks: tuple[str, ...] = ()
    impact: Law | None = None
    effect: Effect = Effect.ADD
    cost: Law | None = None
    residual_probability: float | None = None
    residual_impact: Law | None = None
    residual_cost: Law | None = None

    def __post_init__(self) -> None:
        where = f"Risk “{self.id}”"
        _ratio(where, "the probability", self.probability)
        if self.residual_probability is not None:
            _ratio(where, "the probability after mitigation", self.residual_probability)
        object.__setattr__(self, "tasks", tuple(sorted(set(self.tasks))))

    def facing(self, *, mitigated: bool) -> tuple[float, Law | None, Law | None]:
        """Give probability, impact and cost, before or after the mitigation."""
        if not mitigated:
            return self.probability, self.impact, self.cost
        probability = self.residual_probability
        return (
            self.probability if probability is None else probability,
            self.residual_impact or self.impact,
            self.residual_cost or self.cost,
        )


@dataclass(frozen=True, slots=True)
class Stop:
    """A calendar risk: from a moment on, with some chance, work stops for some days.

    `tasks` empty: everything stops.
    """

    id: str
    probability: float
    starts: float
    days: Law
    tasks: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _ratio(f"Stop “{self.id}”", "the probability", self.probability)


@dataclass(frozen=True, slots=True)
class CostItem:
    """Money spent; `eur_per_day` is added for each day that `task` ends after its plan.

    `by_year` are the shares of it that fall in each year from the origin, for the net present
    value; they sum to 1, and default to the first year.
    """

    id: str
    amount: Law
    groups: tuple[str, ...] = ()
    task: str = ""
    eur_per_day: float = 0.0
    by_year: tuple[float, ...] = (1.0,)

    def __post_init__(self) -> None:
        if not math.isclose(sum(self.by_year), 1.0, abs_tol=1e-6):
            raise ProblemError(f"Cost “{self.id}”: the shares by year do not sum to 1.")
        object.__setattr__(self, "groups", tuple(sorted(set(self.groups))))


@dataclass(frozen=True, slots=True)
class BenefitItem:
    """Value that begins when `task` ends, in full after `ramp_days`, growing evenly until then."""

    id: str
    task: str
    eur_per_year: float
    ramp_days: float = 0.0


@dataclass(frozen=True, slots=True)
class Watch:
    """A task whose end is looked at: the moment promised, and the budget of a cost item."""

    task: str
    promised: float | None = None
    cost: str = ""
    budget_eur: float | None = None


@dataclass(frozen=True, slots=True)
class Valuation:
    """Over which years, and at which rate, money is brought to today's value."""

    rate: float
    years: int

    def __post_init__(self) -> None:
        if not 0 <= self.rate < MOST_RATE or self.years < 1:
            raise ProblemError(
                f"Valuation: rate {self.rate:g} over {self.years} years; give a rate from 0 to 1 "
                "and one year at least."
            )


@dataclass(frozen=True)
class OutlookProblem:
    """Everything that decides dates and money.

    Parameters
    ----------
    origin : date
        Day of moment 0.
    target : str
        Task whose end is explained (indices of sensitivity); empty: the last end of all.
    year : (float, float) or None
        Half-open range of moments over which the benefits of the year are counted.
    mitigated : bool
        Whether risks are faced after their mitigation.
    """

    origin: date
    tasks: tuple[Task, ...]
    links: tuple[Link, ...] = ()
    groups: tuple[Group, ...] = ()
    pairs: tuple[Pair, ...] = ()
    risks: tuple[Risk, ...] = ()
    stops: tuple[Stop, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    costs: tuple[CostItem, ...] = ()
    benefits: tuple[BenefitItem, ...] = ()
    watches: tuple[Watch, ...] = ()
    target: str = ""
    year: tuple[float, float] | None = None
    valuation: Valuation | None = None
    mitigated: bool = False
    row: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for name in ("tasks", "groups", "risks", "stops", "costs", "benefits"):
            object.__setattr__(
                self, name, tuple(sorted(getattr(self, name), key=lambda one: one.id))
            )
        object.__setattr__(self, "links", tuple(sorted(self.links, key=_order)))
        object.__setattr__(self, "row", {one.id: at for at, one in enumerate(self.tasks)})
        self._check_names()
        self._check_references()
        self._check_loops()

    def _check_names(self) -> None:
        for what in ("tasks", "groups", "risks", "stops", "costs", "benefits"):
            counts = Counter(one.id for one in getattr(self, what))
            twice = sorted(name for name, count in counts.items() if count > 1)
            if twice:
                raise ProblemError(f"Two {what} are called “{twice[0]}”: give distinct names.")

    def _check_references(self) -> None:
        calendars = {EVERY_DAY, *(one.name for one in self.calendars)}
        for task in self.tasks:
            if task.calendar not in calendars:
                raise ProblemError(f"Task “{task.id}”: calendar “{task.calendar}” is not given.")
        groups = {one.id for one in self.groups}
        members = [(one.id, one.groups) for one in self.tasks]
        members += [(one.id, one.groups) for one in self.costs]
        for name, group in ((name, group) for name, some in members for group in some):
            if group not in groups:
                raise ProblemError(f"“{name}”: the group “{group}” is not given.")
        named = [(f"Link to “{one.successor}”", one.predecessor) for one in self.links]
        named += [(f"Link from “{one.predecessor}”", one.successor) for one in self.links]
        named += [(f"Risk “{one.id}”", task) for one in self.risks for task in one.tasks]
        named += [(f"Stop “{one.id}”", task) for one in self.stops for task in one.tasks]
        named += [(f"Benefit “{one.id}”", one.task) for one in self.benefits]
        named += [(f"Cost “{one.id}”", one.task) for one in self.costs if one.task]
        named += [("Watch", one.task) for one in self.watches]
        named += [("Target", self.target)] if self.target else []
        named += [("Correlation", end) for one in self.pairs for end in (one.first, one.second)]
        self._known(named)

    def _known(self, named: Iterable[tuple[str, str]]) -> None:
        for where, task in named:
            if task not in self.row:
                raise ProblemError(f"{where}: the task “{task}” is not given; add it.")

    def _check_loops(self) -> None:
        found = loops(len(self.tasks), self.arcs)
        if found:
            names = [self.tasks[at].id for at in (*found[0], found[0][0])]
            raise ProblemError(
                f"These tasks wait for one another: {' → '.join(names)}. Remove one of the links."
            )

    @property
    def arcs(self) -> list[tuple[int, int]]:
        """Give who comes before whom, as rows of tasks."""
        return [(self.row[one.predecessor], self.row[one.successor]) for one in self.links]
