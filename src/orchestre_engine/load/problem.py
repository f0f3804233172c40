"""What the load computation needs to know: people, changes, dates, capacity, doubts.

Every type is frozen and checked when it is built; a refused input says where, what and how to
mend it. `LoadProblem` puts its parts in one canonical order, so that the order in which they
were given changes neither the answer nor the fingerprint.

Units: hours are hours per person touched; ratios run from 0 to 1; dates are half-open ranges.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from orchestre_engine.errors import ProblemError
from orchestre_engine.periods import Horizon

DEFAULT_ABSORPTION_RATIO = 0.05
"""Share of working time usable for change when no rule says otherwise: a convention."""

DEFAULT_HOURS_BY_INTENSITY = (0.0, 1.0, 3.0, 8.0, 20.0, 45.0)
"""Hours of adaptation per person touched, for intensities 0 to 5: a convention."""

DEFAULT_WEEKLY_HOURS = 35.0

PHASES = ("announce", "learn", "go_live", "recover")
"""The four phases of an impact, in order."""

HOURS_IN_A_WEEK = 168.0
_SHARES_TOLERANCE = 1e-9

_Part = TypeVar("_Part")


class Provenance(StrEnum):
    """Where a figure comes from, from the firmest to the weakest."""

    MEASURED = "measured"
    DECLARED = "declared"
    ASSUMED = "assumed"


def _named(kind: str, identifier: str) -> None:
    if not identifier.strip():
        raise ProblemError(f"{kind}: the identifier is empty; give each one a distinct name.")


def _within(where: str, what: str, value: float, low: float, high: float) -> None:
    if not (low <= value <= high):
        raise ProblemError(f"{where}: {what} is {value:g}; give a figure from {low:g} to {high:g}.")


def _positive(where: str, what: str, value: float) -> None:
    if not (math.isfinite(value) and value >= 0):
        raise ProblemError(f"{where}: {what} is {value:g}; give a finite figure of 0 or more.")


def _reached(where: str, reach_ratio: float) -> None:
    if not 0 < reach_ratio <= 1:
        raise ProblemError(
            f"{where}: the reach is {reach_ratio:g}; give a ratio above 0 and up to 1, "
            "or leave the line out when nobody is touched."
        )


def _ordered(where: str, starts_on: date, ends_on: date) -> None:
    if ends_on <= starts_on:
        raise ProblemError(
            f"{where}: it ends on {ends_on.isoformat()}, not after its start on "
            f"{starts_on.isoformat()}; the end is the first day outside, so give a later one."
        )


@dataclass(frozen=True, slots=True)
class Unit:
    """A node of the organisation tree; `parent` is None at the top."""

    id: str
    parent: str | None = None

    def __post_init__(self) -> None:
        _named("Unit", self.id)


@dataclass(frozen=True, slots=True)
class Population:
    """People who live the same changes together.

    Parameters
    ----------
    id : str
        Identifier.
    unit : str or None
        Unit it belongs to; None when it hangs outside the tree.
    headcount : int or None
        Number of people; None when unknown, never 0 for unknown.
    weekly_hours : float
        Contractual working hours per person and week, 0 to 168.
    """

    id: str
    unit: str | None
    headcount: int | None = None
    weekly_hours: float = DEFAULT_WEEKLY_HOURS

    def __post_init__(self) -> None:
        _named("Population", self.id)
        where = f"Population “{self.id}”"
        _within(where, "the weekly hours", self.weekly_hours, 0, HOURS_IN_A_WEEK)
        if self.headcount is not None and self.headcount < 0:
            raise ProblemError(
                f"{where}: the headcount is {self.headcount}; give 0 or more, or leave it empty."
            )


@dataclass(frozen=True, slots=True)
class AbsorptionRule:
    """Usable share of working time for a unit and all below it, unless one nearer says otherwise.

    `unit` None speaks for the whole organisation.
    """

    unit: str | None
    absorption_ratio: float
    provenance: Provenance = Provenance.ASSUMED

    def __post_init__(self) -> None:
        where = f"Absorption of {_target(self.unit, None)}"
        _within(where, "the ratio", self.absorption_ratio, 0, 1)


@dataclass(frozen=True, slots=True)
class CapacityFactor:
    """A multiplier of capacity on a range of days, with its reason.

    0 is a freeze, 0.5 a business peak. It applies to one population, or to a unit and all below
    it, or to everyone when neither is given. Factors on the same day multiply.
    """

    starts_on: date
    ends_on: date
    factor: float
    reason: str = ""
    unit: str | None = None
    population: str | None = None

    def __post_init__(self) -> None:
        where = f"Capacity factor of {_target(self.unit, self.population)}"
        _ordered(where, self.starts_on, self.ends_on)
        _positive(where, "the factor", self.factor)
        if self.unit is not None and self.population is not None:
            raise ProblemError(f"{where}: it aims at both; keep the unit or the population.")


def _target(unit: str | None, population: str | None) -> str:
    named = [f"unit “{unit}”"] if unit is not None else []
    named += [f"population “{population}”"] if population is not None else []
    return " and ".join(named) or "the whole organisation"


@dataclass(frozen=True, slots=True)
class PhasePlan:
    """How the hours of an impact spread around its go-live date.

    The go-live phase *starts* on the go-live date; learning ends where it starts, the
    announcement ends where learning starts, recovery starts where the go-live phase ends. With
    the default weeks, day 0 being the go-live date: announce [−70, −42), learn [−42, 0),
    go-live [0, 14), recover [14, 56). Hours are uniform inside a phase.

    Parameters
    ----------
    shares : tuple of 4 floats
        Part of the hours in announce, learn, go-live, recover; they sum to 1.
    weeks : tuple of 4 floats
        Length of each phase in weeks; 0 only where the share is 0.
    """

    shares: tuple[float, float, float, float] = (0.05, 0.45, 0.30, 0.20)
    weeks: tuple[float, float, float, float] = (4, 6, 2, 6)

    def __post_init__(self) -> None:
        if len(self.shares) != len(PHASES) or len(self.weeks) != len(PHASES):
            raise ProblemError("Phases: give four shares and four lengths, one per phase.")
        for name, share, weeks in zip(PHASES, self.shares, self.weeks, strict=True):
            _within("Phases", f"the share of “{name}”", share, 0, 1)
            _positive("Phases", f"the length of “{name}”", weeks)
            if share > 0 and weeks == 0:
                raise ProblemError(f"Phases: “{name}” holds hours but no week; lengthen it.")
        if abs(math.fsum(self.shares) - 1) > _SHARES_TOLERANCE:
            raise ProblemError(
                f"Phases: the shares sum to {math.fsum(self.shares):g}; make them sum to 1."
            )

    def bounds(self) -> tuple[tuple[float, float], ...]:
        """Give the start and end of each phase in days from the go-live date (half-open)."""
        announce, learn, go_live, recover = (7.0 * weeks for weeks in self.weeks)
        return (
            (-learn - announce, -learn),
            (-learn, 0.0),
            (0.0, go_live),
            (go_live, go_live + recover),
        )


@dataclass(frozen=True, slots=True)
class Impact:
    """What a change asks of a population to adapt.

    Parameters
    ----------
    change, population : str
        Who asks and who is asked.
    go_live_on : date
        First day of the go-live phase.
    hours : float or None
        Hours per person touched when known; they win over the intensity.
    intensity : float or None
        0 to 5, turned into hours by the table of the problem (then counted as assumed).
    reach_ratio : float
        Share of the population touched, above 0 and up to 1.
    provenance : Provenance
        Where the figures come from.
    phases : PhasePlan or None
        Own phases; None takes those of the problem.
    """

    change: str
    population: str
    go_live_on: date
    hours: float | None = None
    intensity: float | None = None
    reach_ratio: float = 1.0
    provenance: Provenance = Provenance.DECLARED
    phases: PhasePlan | None = None

    def __post_init__(self) -> None:
        _named("Change", self.change)
        where = f"Impact of “{self.change}” on “{self.population}”"
        if self.hours is None and self.intensity is None:
            raise ProblemError(f"{where}: neither hours nor intensity; give one of them.")
        if self.hours is not None:
            _positive(where, "the hours", self.hours)
        if self.intensity is not None:
            _within(where, "the intensity", self.intensity, 0, 5)
        _reached(where, self.reach_ratio)

    @property
    def is_assumed(self) -> bool:
        """Whether its hours rest on an assumption: said so, or read from the intensity table."""
        return self.hours is None or self.provenance is Provenance.ASSUMED


@dataclass(frozen=True, slots=True)
class Activity:
    """A training, meeting or message: support is load too.

    `hours_per_person` is the total for each person reached, spread evenly over the days of the
    half-open range. `kind` is a word of the caller's; it may not be the name of a phase.
    """

    change: str
    population: str
    starts_on: date
    ends_on: date
    hours_per_person: float
    reach_ratio: float = 1.0
    kind: str = "training"
    provenance: Provenance = Provenance.DECLARED

    def __post_init__(self) -> None:
        _named("Change", self.change)
        where = f"Activity of “{self.change}” for “{self.population}”"
        _ordered(where, self.starts_on, self.ends_on)
        _positive(where, "the hours per person", self.hours_per_person)
        _reached(where, self.reach_ratio)
        if not self.kind or self.kind in PHASES:
            raise ProblemError(f"{where}: “{self.kind}” cannot be a kind; name the activity.")

    @property
    def is_assumed(self) -> bool:
        """Whether its hours are said to be assumed."""
        return self.provenance is Provenance.ASSUMED


@dataclass(frozen=True, slots=True)
class ChangeUncertainty:
    """How far the go-live of a change may move, in weeks earlier and later than its likely date.

    The shift follows the triangular law (−earlier, 0, +later); it is drawn once for all the
    impacts and activities of the change.
    """

    change: str
    earlier_weeks: float
    later_weeks: float

    def __post_init__(self) -> None:
        where = f"Uncertainty of “{self.change}”"
        _positive(where, "the number of weeks earlier", self.earlier_weeks)
        _positive(where, "the number of weeks later", self.later_weeks)


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """What is not known for sure; nothing by default.

    Parameters
    ----------
    changes : tuple of ChangeUncertainty
        At most one per change; a change left out keeps its date.
    hours_ratio : float
        Hours of each change are multiplied by 1 + hours_ratio·t, t triangular (−1, 0, 1), one
        draw per change; 0 to 1.
    capacity_ratio : float
        Capacity of each population is multiplied by 1 + capacity_ratio·t, one draw per
        population; 0 to 1.
    """

    changes: tuple[ChangeUncertainty, ...] = ()
    hours_ratio: float = 0.0
    capacity_ratio: float = 0.0

    def __post_init__(self) -> None:
        _within("Uncertainty", "the hours ratio", self.hours_ratio, 0, 1)
        _within("Uncertainty", "the capacity ratio", self.capacity_ratio, 0, 1)
        object.__setattr__(self, "changes", _arranged(self.changes, lambda one: (one.change,)))
        _distinct("Uncertainty of", [f"“{one.change}”" for one in self.changes])


def hours_for_intensity(
    intensity: float, table: Sequence[float] = DEFAULT_HOURS_BY_INTENSITY
) -> float:
    """Turn an intensity of 0 to 5 into hours per person, linear between whole intensities."""
    _within("Intensity", "the value", intensity, 0, len(table) - 1)
    low = min(int(intensity), len(table) - 2)
    return table[low] + (intensity - low) * (table[low + 1] - table[low])


def _arranged(parts: Iterable[_Part], key: Callable[[_Part], tuple[Any, ...]]) -> tuple[_Part, ...]:
    return tuple(sorted(parts, key=key))


def _distinct(kind: str, identifiers: Iterable[str]) -> None:
    for identifier, times in Counter(identifiers).items():
        if times > 1:
            raise ProblemError(f"{kind} {identifier}: given {times} times; keep one.")


def _optional(value: float | None) -> float:
    return -1.0 if value is None else value


def _impact_key(one: Impact) -> tuple[Any, ...]:
    figures = (_optional(one.hours), _optional(one.intensity), one.reach_ratio)
    plan = () if one.phases is None else (one.phases.shares, one.phases.weeks)
    return (one.change, one.population, one.go_live_on, *figures, one.provenance, plan)


def _activity_key(one: Activity) -> tuple[Any, ...]:
    figures = (one.hours_per_person, one.reach_ratio, one.kind, one.provenance)
    return (one.change, one.population, one.starts_on, one.ends_on, *figures)


def _factor_key(one: CapacityFactor) -> tuple[Any, ...]:
    target = (one.unit or "", one.population or "")
    return (*target, one.starts_on, one.ends_on, one.factor, one.reason)


@dataclass(frozen=True, slots=True)
class LoadProblem:
    """All that is asked of people over a horizon, and all they can absorb.

    Parts may be given in any order; they are kept sorted. Several impacts of one change on one
    population are allowed (waves) and add up.

    Raises
    ------
    ProblemError
        On an identifier given twice, an unknown one, a loop in the tree of units, a table of
        hours that goes down, two absorption rules for one unit.
    """

    horizon: Horizon
    units: tuple[Unit, ...]
    populations: tuple[Population, ...]
    impacts: tuple[Impact, ...]
    activities: tuple[Activity, ...] = ()
    absorption: tuple[AbsorptionRule, ...] = ()
    factors: tuple[CapacityFactor, ...] = ()
    hours_by_intensity: tuple[float, ...] = DEFAULT_HOURS_BY_INTENSITY
    phases: PhasePlan = field(default_factory=PhasePlan)
    uncertainty: Uncertainty = field(default_factory=Uncertainty)
    change_ids: tuple[str, ...] = field(init=False, repr=False, compare=False)
    """Every change that asks something, sorted."""

    def __post_init__(self) -> None:
        self._arrange()
        _distinct("Unit", [f"“{unit.id}”" for unit in self.units])
        _distinct("Population", [f"“{one.id}”" for one in self.populations])
        _distinct("Absorption of", [_target(rule.unit, None) for rule in self.absorption])
        self._check_table()
        self._check_references()
        lineages(self.units)

    def _arrange(self) -> None:
        ordered = {
            "units": _arranged(self.units, lambda one: (one.id,)),
            "populations": _arranged(self.populations, lambda one: (one.id,)),
            "impacts": _arranged(self.impacts, _impact_key),
            "activities": _arranged(self.activities, _activity_key),
            "absorption": _arranged(self.absorption, lambda one: (one.unit or "",)),
            "factors": _arranged(self.factors, _factor_key),
        }
        asked = {one.change for one in self.impacts} | {one.change for one in self.activities}
        for name, parts in (ordered | {"change_ids": tuple(sorted(asked))}).items():
            object.__setattr__(self, name, parts)

    def _check_table(self) -> None:
        table = self.hours_by_intensity
        if len(table) != len(DEFAULT_HOURS_BY_INTENSITY):
            raise ProblemError("Hours by intensity: give six figures, for intensities 0 to 5.")
        for hours in table:
            _positive("Hours by intensity", "one of them", hours)
        if list(table) != sorted(table):
            raise ProblemError("Hours by intensity: they go down; give figures that never do.")

    def _check_references(self) -> None:
        units = {unit.id for unit in self.units}
        populations = {population.id for population in self.populations}
        for unit in self.units:
            _known(f"Unit “{unit.id}”", "parent unit", unit.parent, units)
        for one in self.populations:
            _known(f"Population “{one.id}”", "unit", one.unit, units)
        for rule in self.absorption:
            _known("Absorption rule", "unit", rule.unit, units)
        for factor in self.factors:
            _known("Capacity factor", "unit", factor.unit, units)
            _known("Capacity factor", "population", factor.population, populations)
        asked = [(one.change, one.population) for one in self.impacts]
        asked += [(one.change, one.population) for one in self.activities]
        for change, population in dict.fromkeys(asked):
            _known(f"Change “{change}”", "population", population, populations)

    def hours_per_person(self, impact: Impact) -> float:
        """Give the hours of an impact per person touched: its own, else those of its intensity."""
        if impact.hours is not None:
            return impact.hours
        return hours_for_intensity(_optional(impact.intensity), self.hours_by_intensity)


def _known(where: str, what: str, identifier: str | None, known: set[str]) -> None:
    if identifier is not None and identifier not in known:
        raise ProblemError(
            f"{where}: {what} “{identifier}” is not in the problem; add it or correct the name."
        )


def lineages(units: Iterable[Unit]) -> dict[str | None, tuple[str | None, ...]]:
    """Give for each unit itself, its ancestors from the nearest, then None: the organisation.

    Raises
    ------
    ProblemError
        When a unit is its own ancestor.
    """
    parents = {unit.id: unit.parent for unit in units}
    found: dict[str | None, tuple[str | None, ...]] = {None: (None,)}
    for start in parents:
        path: list[str] = []
        unit: str | None = start
        while unit is not None and unit not in found:
            if unit in path:
                loop = " → ".join(f"“{one}”" for one in (*path[path.index(unit) :], unit))
                raise ProblemError(f"Units: {loop} is a loop; cut one of these links.")
            path.append(unit)
            unit = parents[unit]
        for below in reversed(path):
            found[below] = (below, *found[parents[below]])
    return found
