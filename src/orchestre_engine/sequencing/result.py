"""What the sequencing answers: a plan, its figures before and after, how far from the best."""

from dataclasses import dataclass
from enum import StrEnum

from orchestre_engine.sequencing.problem import LEVELS, Level


class Status(StrEnum):
    """How good the plan is known to be.

    `OPTIMAL`: no plan is better (within the tolerance printed with the bound). `FEASIBLE`: better
    than the current plan, the gap says by how much it could still improve at most.
    `NO_IMPROVEMENT`: nothing better than the current plan was found. `INFEASIBLE_AS_ASKED`: no
    plan that keeps every rule was found; the plan is the least bad one. `conflicts` proves that
    there is none; when it is empty (recovery that may not be broken), nothing proves it.
    """

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    NO_IMPROVEMENT = "no_improvement"
    INFEASIBLE_AS_ASKED = "infeasible_as_asked"


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a change, or one of its waves, stands; `start` None: postponed beyond the horizon.

    `people` are those whose dates move with it.
    """

    change: str
    wave: str
    current_start: int
    start: int | None
    people: float

    @property
    def is_moved(self) -> bool:
        """Whether it is elsewhere than in the current plan."""
        return self.start != self.current_start

    @property
    def weeks(self) -> int | None:
        """Weeks later (earlier when negative) than in the current plan; None when postponed."""
        return None if self.start is None else self.start - self.current_start


@dataclass(frozen=True, slots=True)
class Plan:
    """One placement per change or wave, sorted by change then wave."""

    placements: tuple[Placement, ...]

    @property
    def moved(self) -> tuple[Placement, ...]:
        """Placements that differ from the current plan, postponed ones included."""
        return tuple(one for one in self.placements if one.is_moved)

    @property
    def postponed(self) -> tuple[str, ...]:
        """Changes that leave the horizon, sorted."""
        return tuple(sorted({one.change for one in self.placements if one.start is None}))

    @property
    def starts(self) -> tuple[int | None, ...]:
        """Start of each placement, in order."""
        return tuple(one.start for one in self.placements)


@dataclass(frozen=True, slots=True)
class Figures:
    """What a plan costs, recomputed from the problem by the evaluator, never by the search.

    Parameters
    ----------
    broken_weeks : float
        Weeks by which rules that may not be broken are; 0 in a lawful plan.
    excess_person_hours : float
        Hours beyond capacity × people, over the horizon.
    recovery_person_weeks : float
        Weeks of recovery missing × people.
    role_excess_fte_weeks, budget_excess_eur : float
        Beyond what is available.
    delay_cost_eur : float
        Cost of delay against the current plan (negative: earlier), broken priced rules included.
    value_lost_eur : float
        Of what is postponed beyond the horizon.
    moved_person_weeks : float
        People whose dates move × weeks moved.
    moved_changes : int
        Changes with at least one date that moves.
    people, means, benefits, dates : float
        The four levels, in person-hours, euros, euros, person-weeks.
    """

    broken_weeks: float
    excess_person_hours: float
    recovery_person_weeks: float
    role_excess_fte_weeks: float
    budget_excess_eur: float
    delay_cost_eur: float
    value_lost_eur: float
    moved_person_weeks: float
    moved_changes: int
    people: float
    means: float
    benefits: float
    dates: float

    def level(self, level: Level) -> float:
        """Give one of the four levels."""
        return float(getattr(self, level.value))

    @property
    def levels(self) -> tuple[float, ...]:
        """The four levels, in the order of `LEVELS`."""
        return tuple(self.level(one) for one in LEVELS)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One figure that plans are compared on, in its rank: Σ coefficient × level.

    `coefficients` follow `LEVELS`: per person-hour, per euro, per euro, per person-week.
    """

    rank: int
    coefficients: tuple[float, float, float, float]

    def of(self, figures: Figures) -> float:
        """Give its value for a plan."""
        pairs = zip(self.coefficients, figures.levels, strict=True)
        return sum(weight * level for weight, level in pairs if weight)


@dataclass(frozen=True, slots=True)
class Bound:
    """What no plan can beat on a criterion.

    `value` None: none is known. `gap` is (found − bound) / |found|, 0 when both are equal, None
    without a bound. `proved` says that the plan is optimal on this criterion, given those before.
    """

    rank: int
    found: float
    value: float | None
    gap: float | None
    proved: bool = False


@dataclass(frozen=True, slots=True)
class Improvement:
    """A better plan found on the way: when, in which round, and its figures."""

    seconds: float
    round: int
    figures: Figures


class RuleKind(StrEnum):
    """A rule that may take part in a contradiction."""

    PINNED = "pinned"
    FIXED = "fixed"
    STARTED = "started"
    NOT_MOVABLE = "not_movable"
    WINDOW_OPENS = "window_opens"
    WINDOW_CLOSES = "window_closes"
    HORIZON_OPENS = "horizon_opens"
    HORIZON_CLOSES = "horizon_closes"
    FREEZE = "freeze"
    LEGAL_STEP = "legal_step"
    DEPENDENCY = "dependency"
    WAVE_SPREAD = "wave_spread"
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule in words-ready data.

    `week` is the week it speaks of (opens, closes, pinned at, frozen from); `end_week` the first
    week after a freeze; `other` the other change of a dependency or recovery; `name` the freeze
    or legal step; `kind_of_link` FS, SS, FF, SF; `lag_weeks` the lag, spread or recovery weeks.
    """

    kind: RuleKind
    change: str
    wave: str = ""
    week: int | None = None
    end_week: int | None = None
    other: str = ""
    other_wave: str = ""
    name: str = ""
    kind_of_link: str = ""
    lag_weeks: int | None = None


@dataclass(frozen=True, slots=True)
class Loosening:
    """A rule that, loosened alone by so many weeks (None: lifted), ends a conflict."""

    rule: Rule
    weeks: int | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Rules that contradict each other; without any one of them the others agree.

    `loosenings` are verified, the one to try first coming first.
    """

    rules: tuple[Rule, ...]
    loosenings: tuple[Loosening, ...]


@dataclass(frozen=True, slots=True)
class Assumed:
    """What the answer takes for granted.

    Populations without headcount (weighing `headcount_taken` people each), roles with weeks
    nobody spoke of (not limited there).
    """

    populations_without_headcount: tuple[str, ...]
    headcount_taken: float
    roles_unlimited: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SequencingResult:
    """A better order of changes.

    Parameters
    ----------
    plan : Plan
        Never worse than the current plan.
    before, after : Figures
        Of the current plan and of this one, by the independent evaluator.
    criteria, bounds
        What plans were compared on, in rank order, and what none can beat.
    status : Status
        How good it is known to be.
    conflicts : tuple of Conflict
        Found before the search; empty when the rules agree.
    trace : tuple of Improvement
        Better plans found on the way.
    seconds, rounds, seed
        What was spent. The same problem, seed and rounds give the same plan.
    replayable : bool
        False when the clock cut a round short: asking for as many rounds may then give another
        plan.
    stopped : bool
        Whether the caller stopped it.
    assumed : Assumed
        What it takes for granted.
    """

    plan: Plan
    before: Figures
    after: Figures
    criteria: tuple[Criterion, ...]
    bounds: tuple[Bound, ...]
    status: Status
    conflicts: tuple[Conflict, ...]
    trace: tuple[Improvement, ...]
    seconds: float
    rounds: int
    seed: int
    replayable: bool
    stopped: bool
    assumed: Assumed
