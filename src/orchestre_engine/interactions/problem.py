"""What the interactions room is asked: changes, what they touch, and what is known between them.

Ranges are half-open (`ends_on` is the first day after), weeks are ISO weeks, hours are hours per
person unless the name says person-hours. No field carries the name of a person.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from orchestre_engine.interactions import checks

LinkKind = Literal["FS", "SS", "FF", "SF"]
PracticeKind = Literal["existing", "target"]
Mark = Literal[-1, 0, 1]

COMMUNICATION_KINDS = frozenset({"message", "communication"})
SAVING_RATIOS = (
    ("communication", 0.5),
    ("meeting", 0.5),
    ("message", 0.5),
    ("training", 0.25),
)


@dataclass(frozen=True, slots=True)
class Wave:
    """Populations of a change that go live together, on a day of their own."""

    id: str
    name: str
    go_live_on: date
    populations: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Change:
    """One change of the portfolio and its footprint; dates are the current forecast.

    Parameters
    ----------
    experts
        Codes of scarce roles or teams it draws on, never of persons.
    waves
        Its deployment by populations; who is in none follows `go_live_on`.
    """

    id: str
    title: str
    text: str = ""
    starts_on: date | None = None
    go_live_on: date | None = None
    ends_on: date | None = None
    populations: frozenset[str] = frozenset()
    systems: frozenset[str] = frozenset()
    processes: frozenset[str] = frozenset()
    objectives: frozenset[str] = frozenset()
    suppliers: frozenset[str] = frozenset()
    experts: frozenset[str] = frozenset()
    deliverables: frozenset[str] = frozenset()
    waves: tuple[Wave, ...] = ()

    def __post_init__(self) -> None:
        """Put the waves in canonical order."""
        ordered = tuple(sorted(self.waves, key=lambda wave: (wave.go_live_on, wave.id)))
        object.__setattr__(self, "waves", ordered)

    @property
    def rest(self) -> frozenset[str]:
        """Populations that follow the go-live of the change, not that of a wave."""
        return self.populations.difference(*(wave.populations for wave in self.waves))

    @property
    def follows_itself(self) -> bool:
        """Whether its own go-live is that of somebody: it has no wave, or some people in none."""
        return not self.waves or bool(self.rest)


@dataclass(frozen=True, slots=True)
class IndicatorEffect:
    """A change pushes an indicator up (+1) or down (−1); several effects add up."""

    change: str
    indicator: str
    direction: int
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Link:
    """A dependency: `what` the predecessor gives, and whether both sides agreed to it."""

    predecessor: str
    successor: str
    kind: LinkKind = "FS"
    lag_days: int = 0
    agreed: bool = True
    what: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """A training, meeting or message planned for a population; `aspect` is what it is about."""

    id: str
    change: str
    population: str
    kind: str
    starts_on: date
    ends_on: date
    hours_per_person: float
    aspect: str | None = None


@dataclass(frozen=True, slots=True)
class OverloadCell:
    """A population and a week above capacity, as the load room found it.

    Parameters
    ----------
    excess_person_hours
        Hours above capacity for the whole population; `None` when its headcount is unknown.
    excess_hours
        Hours above capacity for one person.
    shares
        (change, part of the load in 0..1); parts add up to at most 1.
    """

    population: str
    week: str
    monday: date
    excess_person_hours: float | None
    excess_hours: float
    shares: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Practice:
    """A way of working that exists, or that a change aims at."""

    id: str
    change: str
    kind: PracticeKind
    title: str


@dataclass(frozen=True, slots=True)
class PracticeMark:
    """What one rater says of two practices: they oppose (−1), ignore (0), reinforce (+1)."""

    first: str
    second: str
    mark: Mark
    rater: str


@dataclass(frozen=True, slots=True)
class Fact:
    """What a change tells a population about a subject, such as `("opening hours", "8–18 h")`."""

    change: str
    population: str
    subject: str
    value: str


@dataclass(frozen=True, slots=True)
class InteractionProblem:
    """Everything the rules look at, in canonical order: the order of arrival changes nothing.

    Parameters
    ----------
    similar_pairs
        (first, second, score, shared terms), as the similarity room answers.
    headcounts
        (population, people), where known: savings are then person-hours.
    messages_within_days
        Two messages this close, or closer, reach the same people too soon.
    synergy_within_weeks
        Two sessions this close, or closer, could be one event.
    unsettled_weeks_before, unsettled_weeks_after
        A system or process is unsettled from so many weeks before the go-live to so many after
        (default: the learning, go-live and recovery phases of the load).
    minimum_share_ratio
        Part of the load from which a change feeds an overload.
    minimum_person_hours, minimum_excess_hours
        A pair under this excess (in all, or per person where headcounts are unknown) is noise.
    minimum_saving_hours
        A shared event saving less than this per person is not worth the coordination.
    crowd_changes
        Above this many changes at once on the same thing, one finding tells them all.
    saving_ratios
        (kind of session, part of the shorter one saved by sharing); other kinds: 0.25.

    Raises
    ------
    ProblemError
        On a doubtful input: the sentence says where, what, and how to mend it.
    """

    changes: tuple[Change, ...]
    overloads: tuple[OverloadCell, ...] = ()
    effects: tuple[IndicatorEffect, ...] = ()
    links: tuple[Link, ...] = ()
    sessions: tuple[Session, ...] = ()
    practices: tuple[Practice, ...] = ()
    marks: tuple[PracticeMark, ...] = ()
    facts: tuple[Fact, ...] = ()
    similar_pairs: tuple[tuple[str, str, float, tuple[str, ...]], ...] = ()
    headcounts: tuple[tuple[str, int | None], ...] = ()
    messages_within_days: int = 14
    synergy_within_weeks: int = 8
    unsettled_weeks_before: int = 6
    unsettled_weeks_after: int = 8
    minimum_share_ratio: float = 0.05
    minimum_person_hours: float = 1.0
    minimum_excess_hours: float = 0.05
    minimum_saving_hours: float = 0.1
    minimum_raters: int = 2
    crowd_changes: int = 8
    communication_kinds: frozenset[str] = COMMUNICATION_KINDS
    saving_ratios: tuple[tuple[str, float], ...] = field(default=SAVING_RATIOS)

    def __post_init__(self) -> None:
        """Check every input and put all in canonical order."""
        checks.thresholds(self)
        known = checks.changes(self.changes)
        checks.overloads(self.overloads, known)
        checks.effects(self.effects, known)
        checks.links(self.links, known)
        checks.sessions(self.sessions, known)
        checks.practices(self.practices, self.marks, known)
        checks.facts(self.facts, known)
        checks.similar_pairs(self.similar_pairs, known)
        checks.headcounts(self.headcounts)
        self._sort()

    def _sort(self) -> None:
        """Sort each family; links, effects and facts may repeat, so every field takes part."""
        put = object.__setattr__
        put(self, "changes", tuple(sorted(self.changes, key=lambda c: c.id)))
        cells = (_with_sorted_shares(cell) for cell in self.overloads)
        put(self, "overloads", tuple(sorted(cells, key=lambda o: (o.population, o.monday))))
        put(self, "effects", tuple(sorted(self.effects, key=_effect_order)))
        put(self, "links", tuple(sorted(self.links, key=_link_order)))
        put(self, "sessions", tuple(sorted(self.sessions, key=lambda s: (s.starts_on, s.id))))
        put(self, "practices", tuple(sorted(self.practices, key=lambda p: p.id)))
        put(self, "marks", tuple(sorted(self.marks, key=lambda m: (m.first, m.second, m.rater))))
        put(self, "facts", tuple(sorted(self.facts, key=_fact_order)))
        put(self, "similar_pairs", tuple(sorted(self.similar_pairs)))
        put(self, "headcounts", tuple(sorted(self.headcounts, key=lambda h: h[0])))
        put(self, "saving_ratios", tuple(sorted(self.saving_ratios)))


def _effect_order(effect: IndicatorEffect) -> tuple[str, str, int, float]:
    return effect.indicator, effect.change, effect.direction, effect.weight


def _link_order(link: Link) -> tuple[str, str, str, int, str, bool]:
    return (
        link.predecessor,
        link.successor,
        link.kind,
        link.lag_days,
        link.what,
        link.agreed,
    )


def _fact_order(fact: Fact) -> tuple[str, str, str, str]:
    return fact.population, fact.subject, fact.change, fact.value


def _with_sorted_shares(cell: OverloadCell) -> OverloadCell:
    """Give the same cell with its shares in the order of the changes."""
    shares = tuple(sorted(cell.shares))
    if shares == cell.shares:
        return cell
    return OverloadCell(
        cell.population,
        cell.week,
        cell.monday,
        cell.excess_person_hours,
        cell.excess_hours,
        shares,
    )
