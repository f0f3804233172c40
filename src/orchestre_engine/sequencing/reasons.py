"""Explanations as typed data: what is said of each move and of each overload that is left.

No sentence: identifiers, weeks and figures, enough for a sentence in any language. Weeks count
from the first of the horizon; hours are per person unless the name says person-hours.
"""

from dataclasses import dataclass
from enum import StrEnum

from orchestre_engine.sequencing.problem import Level
from orchestre_engine.sequencing.result import Rule


class Try(StrEnum):
    """What was tried against the plan: leaving the wave where it is today, a week earlier, later.

    When the week next to it may not even be tried, `rules` of the barrier say why.
    """

    STAY = "stay"
    EARLIER = "earlier"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Other:
    """Another change that asks something in a cell: hours per person."""

    change: str
    wave: str
    hours: float


@dataclass(frozen=True, slots=True)
class Cell:
    """A population and a week that would be more overloaded.

    `load_hours` is what would be asked of each person, for `capacity_hours` possible;
    `more_hours` the excess that is added, `people` those it falls on, `others` the changes that
    ask the most there beside the one in question, the greatest first, a few of them.
    """

    population: str
    week: int
    load_hours: float
    capacity_hours: float
    more_hours: float
    people: float
    others: tuple[Other, ...]

    @property
    def more_person_hours(self) -> float:
        """Person-hours of excess added."""
        return self.more_hours * self.people


@dataclass(frozen=True, slots=True)
class RoleCell:
    """A role and a week that would lack more full-time equivalents."""

    role: str
    week: int
    more_fte: float


@dataclass(frozen=True, slots=True)
class EnvelopeMore:
    """An envelope that would be passed by more euros."""

    envelope: str
    more_eur: float


@dataclass(frozen=True, slots=True)
class CloseImpact:
    """Another heavy go-live that would come too soon for the same people to recover."""

    population: str
    change: str
    wave: str
    missing_weeks: int


@dataclass(frozen=True, slots=True)
class Barrier:
    """Why a wave is not elsewhere: rules that forbid it, or what it would cost.

    Parameters
    ----------
    tried : Try
        What was tried.
    start : int or None
        Week that was tried; None: staying beyond the horizon.
    rules : tuple of Rule
        Rules it would break; when there are any, they are the reason.
    level : Level or None
        First level on which it would be worse, else the reason.
    more : tuple of 4 floats
        What it would add to people, means, benefits and dates (negative: take away).
    cells, roles, envelopes, close : tuples
        Where it would be worse, the worst first, a few of them.
    """

    tried: Try
    start: int | None
    rules: tuple[Rule, ...]
    level: Level | None
    more: tuple[float, float, float, float]
    cells: tuple[Cell, ...] = ()
    roles: tuple[RoleCell, ...] = ()
    envelopes: tuple[EnvelopeMore, ...] = ()
    close: tuple[CloseImpact, ...] = ()


@dataclass(frozen=True, slots=True)
class MoveExplanation:
    """Why a wave moves, why not less, why not more, and what it costs.

    Parameters
    ----------
    change, wave, current_start, start, people
        The move; `start` None: postponed beyond the horizon.
    why : Barrier
        What leaving it where it is would do, the others moving as proposed.
    not_earlier, not_later : Barrier or None
        What one week earlier or later would do; None when nothing speaks against it.
    delay_cost_eur, value_lost_eur : float
        What the move costs (delay below 0: it comes earlier).
    moved_person_weeks : float
        People whose dates move × weeks.
    """

    change: str
    wave: str
    current_start: int
    start: int | None
    people: float
    why: Barrier
    not_earlier: Barrier | None
    not_later: Barrier | None
    delay_cost_eur: float
    value_lost_eur: float
    moved_person_weeks: float


@dataclass(frozen=True, slots=True)
class Contributor:
    """A change in an overload: its hours per person in these weeks, and its part of the load."""

    change: str
    wave: str
    hours: float
    share: float


class RelaxationKind(StrEnum):
    """What could be loosened to remove an overload."""

    RULE = "rule"
    CAPACITY = "capacity"
    LIGHTER = "lighter"


@dataclass(frozen=True, slots=True)
class Relaxation:
    """The smallest loosening of its kind that removes the overload, the rest of the plan staying.

    Parameters
    ----------
    kind : RelaxationKind
        `RULE`: allow `change` to start in week `start`, against `rule` only, `weeks` weeks away
        from where the plan has it. `CAPACITY`: `ratio` more capacity for the population in these
        weeks. `LIGHTER`: `ratio` fewer hours of `change` for this population.
    removed_person_hours : float
        Excess of the whole plan that goes away with it.
    """

    kind: RelaxationKind
    removed_person_hours: float
    change: str = ""
    wave: str = ""
    rule: Rule | None = None
    start: int | None = None
    weeks: int | None = None
    ratio: float | None = None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A move that removes the overload and is allowed, but costs more elsewhere."""

    change: str
    wave: str
    start: int
    level: Level
    more: tuple[float, float, float, float]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class OverloadLeft:
    """An overload that the plan leaves: a run of weeks of one population.

    Parameters
    ----------
    population, first_week, end_week
        Who, and the half-open run of weeks.
    peak_week, peak_load_hours, peak_capacity_hours
        Its worst week.
    excess_hours, excess_person_hours : float
        Over the run, per person and in all.
    contributors : tuple of Contributor
        The greatest first.
    cannot_coexist : tuple of str
        Changes that, whatever their allowed dates, cannot all pass without overload on these
        people, and of which any proper part can; empty when they could, at a price elsewhere,
        or when it was not settled.
    elsewhere : Elsewhere or None
        The allowed move that would remove it, and what it would cost.
    relaxations : tuple of Relaxation
        Each verified on the plan.
    """

    population: str
    first_week: int
    end_week: int
    peak_week: int
    peak_load_hours: float
    peak_capacity_hours: float
    excess_hours: float
    excess_person_hours: float
    people: float
    contributors: tuple[Contributor, ...]
    cannot_coexist: tuple[str, ...]
    elsewhere: Elsewhere | None
    relaxations: tuple[Relaxation, ...]
