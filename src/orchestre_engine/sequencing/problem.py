"""What the sequencing needs to know: who can absorb what, what each change asks, what is allowed.

Time is counted in weeks of the horizon, 0 being the first. A change *starts* in the week of its
go-live; all it asks is written relative to that week, so moving it by whole weeks moves its
profile exactly. Every type is frozen and checked when it is built; `SequencingProblem` keeps its
parts sorted, so that the order in which they were given changes neither answer nor fingerprint.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from orchestre_engine.errors import ProblemError
from orchestre_engine.periods import Horizon
from orchestre_engine.sequencing.asks import Change
from orchestre_engine.sequencing.checks import distinct, figure, figures, known, named, ranged


class Level(StrEnum):
    """What a plan is judged on.

    `PEOPLE`: person-hours of excess, and recovery weeks missing, priced in person-hours.
    `MEANS`: full-time equivalents and euros beyond what is available, in euros.
    `BENEFITS`: cost of delay and value lost, in euros.
    `DATES`: people whose dates move × weeks moved.
    """

    PEOPLE = "people"
    MEANS = "means"
    BENEFITS = "benefits"
    DATES = "dates"


LEVELS = tuple(Level)


class Link(StrEnum):
    """Which ends of two changes a dependency ties."""

    FINISH_START = "FS"
    START_START = "SS"
    FINISH_FINISH = "FF"
    START_FINISH = "SF"


@dataclass(frozen=True, slots=True)
class Population:
    """People who live the same changes.

    Parameters
    ----------
    id : str
        Identifier.
    capacity_hours : tuple of floats, length T
        Hours a person can absorb in each week of the horizon.
    headcount : int or None
        People; None when unknown: it then weighs as much as the mean of the known ones (1 when
        none is known), which the result says.
    """

    id: str
    capacity_hours: tuple[float, ...]
    headcount: int | None = None

    def __post_init__(self) -> None:
        named("Population", self.id)
        figures(f"Population “{self.id}”", "the capacities", self.capacity_hours)
        if self.headcount is not None and self.headcount < 0:
            raise ProblemError(
                f"Population “{self.id}”: the headcount is {self.headcount}; "
                "give 0 or more, or leave it empty."
            )


@dataclass(frozen=True, slots=True)
class Role:
    """A trade or skill; `capacity_fte` per week of the horizon, None in a week nobody spoke of.

    A week without a figure is not limited, and the result says that some are.
    """

    id: str
    capacity_fte: tuple[float | None, ...]

    def __post_init__(self) -> None:
        named("Role", self.id)
        said = [one for one in self.capacity_fte if one is not None]
        figures(f"Role “{self.id}”", "the capacities", said)


@dataclass(frozen=True, slots=True)
class Envelope:
    """Euros that may be spent over the weeks [first_week, end_week) by some changes, or by all."""

    id: str
    first_week: int
    end_week: int
    amount_eur: float
    changes: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        named("Envelope", self.id)
        ranged(f"Envelope “{self.id}”", self.first_week, self.end_week)
        figure(f"Envelope “{self.id}”", "the amount", self.amount_eur)
        if self.changes is not None:
            object.__setattr__(self, "changes", tuple(sorted(set(self.changes))))


@dataclass(frozen=True, slots=True)
class Dependency:
    """The successor waits for the predecessor, `lag_weeks` more (or fewer when negative).

    FS: it starts in or after the first week that follows the work of the other; SS, FF, SF
    likewise with the ends they name. `price_eur_per_week` None: it may not be broken; a
    figure: it may, at that price for each week missing, counted with the cost of delay.
    """

    predecessor: str
    successor: str
    kind: Link = Link.FINISH_START
    lag_weeks: int = 0
    price_eur_per_week: float | None = None

    def __post_init__(self) -> None:
        where = f"Dependency of “{self.successor}” on “{self.predecessor}”"
        if self.predecessor == self.successor:
            raise ProblemError(f"{where}: a change cannot wait for itself; remove it.")
        figure(where, "the price", self.price_eur_per_week or 0.0)


@dataclass(frozen=True, slots=True)
class Freeze:
    """Weeks [first_week, end_week) in which no go-live may reach some populations, or anyone."""

    id: str
    first_week: int
    end_week: int
    populations: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        named("Freeze", self.id)
        ranged(f"Freeze “{self.id}”", self.first_week, self.end_week)
        if self.populations is not None:
            object.__setattr__(self, "populations", tuple(sorted(set(self.populations))))


@dataclass(frozen=True, slots=True)
class LegalStep:
    """A step the law asks before the go-live, such as consulting the works council.

    It may open in week `opens_in` at the earliest and lasts `delay_weeks`: no go-live before
    `opens_in + delay_weeks`.
    """

    id: str
    change: str
    opens_in: int
    delay_weeks: int

    def __post_init__(self) -> None:
        named("Legal step", self.id)
        if self.delay_weeks < 0:
            raise ProblemError(f"Legal step “{self.id}”: its delay is negative; give 0 or more.")

    @property
    def allows_from(self) -> int:
        """First week in which the go-live is lawful."""
        return self.opens_in + self.delay_weeks

    def opens_by(self, start: int) -> int:
        """Give the last week in which it may open for a go-live in week `start`."""
        return start - self.delay_weeks


@dataclass(frozen=True, slots=True)
class Recovery:
    """Weeks a population needs between two heavy go-lives.

    `hours_per_missing_week` prices each week missing, per person; None: a rule that may not be
    broken. The default price is a convention to calibrate.
    """

    weeks: int = 0
    hours_per_missing_week: float | None = 1.0

    def __post_init__(self) -> None:
        figure("Recovery", "the number of weeks", self.weeks)
        figure("Recovery", "the price", self.hours_per_missing_week or 0.0)


@dataclass(frozen=True, slots=True)
class Pin:
    """A start imposed by the person who asks: “fix this one and try again”."""

    change: str
    start: int
    wave: str = ""


@dataclass(frozen=True, slots=True)
class Objective:
    """What to protect first.

    Parameters
    ----------
    order : tuple of Level
        Without weights: a level counts only between plans equal on those before it.
    weights : tuple of 4 floats or None
        Parts of people, means, benefits and dates; the weighted sum is then compared first, each
        level being divided by the unit printed on the result, and `order` settles ties.
    stability_hours : float
        Person-hours of excess one accepts for one person whose date does not move by one week.
    fte_week_eur : float
        Euros for one full-time equivalent missing during a week: a convention, printed.
    """

    order: tuple[Level, ...] = LEVELS
    weights: tuple[float, float, float, float] | None = None
    stability_hours: float = 0.0
    fte_week_eur: float = 1_500.0

    def __post_init__(self) -> None:
        if sorted(self.order) != sorted(LEVELS):
            raise ProblemError("Objective: name each of the four levels once, in your order.")
        figure("Objective", "the price of stability", self.stability_hours)
        figure("Objective", "the price of an equivalent", self.fte_week_eur)
        if self.weights is not None:
            figures("Objective", "the weights", self.weights)
            if len(self.weights) != len(LEVELS) or not any(self.weights):
                raise ProblemError("Objective: give four weights, one at least above 0.")

    @classmethod
    def of_sliders(cls, people: float, dates: float, benefits: float) -> "Objective":
        """Read the three sliders of a person: what to protect. Means follow the greatest."""
        return cls(weights=(people, max(people, dates, benefits), benefits, dates))


@dataclass(frozen=True, slots=True)
class SequencingProblem:
    """All that decides in which order changes may come.

    `movable` None: every change may move unless it says otherwise; a tuple: only these may.

    Raises
    ------
    ProblemError
        On an identifier given twice or unknown, or capacities of another length than the horizon.
    """

    horizon: Horizon
    populations: tuple[Population, ...]
    changes: tuple[Change, ...]
    roles: tuple[Role, ...] = ()
    envelopes: tuple[Envelope, ...] = ()
    dependencies: tuple[Dependency, ...] = ()
    freezes: tuple[Freeze, ...] = ()
    legal_steps: tuple[LegalStep, ...] = ()
    recovery: Recovery = field(default_factory=Recovery)
    movable: tuple[str, ...] | None = None
    pins: tuple[Pin, ...] = ()
    objective: Objective = field(default_factory=Objective)

    def __post_init__(self) -> None:
        self._arrange()
        for kind in ("populations", "changes", "roles", "envelopes", "freezes", "legal_steps"):
            distinct(kind.capitalize().replace("_", " "), (one.id for one in getattr(self, kind)))
        distinct("Pin of", (f"{pin.change} {pin.wave}".strip() for pin in self.pins))
        self._check_lengths()
        self._check_references()

    def _arrange(self) -> None:
        for name in ("populations", "changes", "roles", "envelopes", "freezes", "legal_steps"):
            ordered = tuple(sorted(getattr(self, name), key=lambda one: one.id))
            object.__setattr__(self, name, ordered)
        links = sorted(
            self.dependencies,
            key=lambda one: (
                one.predecessor,
                one.successor,
                one.kind,
                one.lag_weeks,
                -1.0 if one.price_eur_per_week is None else one.price_eur_per_week,
            ),
        )
        object.__setattr__(self, "dependencies", tuple(links))
        pins = sorted(self.pins, key=lambda one: (one.change, one.wave))
        object.__setattr__(self, "pins", tuple(pins))
        if self.movable is not None:
            object.__setattr__(self, "movable", tuple(sorted(set(self.movable))))

    def _check_lengths(self) -> None:
        weeks = self.horizon.weeks
        parts = [(f"Population “{one.id}”", one.capacity_hours) for one in self.populations]
        parts += [(f"Role “{one.id}”", one.capacity_fte) for one in self.roles]  # type: ignore[misc]  # lengths only
        for where, capacity in parts:
            if len(capacity) != weeks:
                raise ProblemError(
                    f"{where}: {len(capacity)} capacities for {weeks} weeks; give one a week."
                )

    def _check_references(self) -> None:
        changes = {one.id for one in self.changes}
        people = {one.id for one in self.populations}
        roles = {one.id for one in self.roles}
        for change in self.changes:
            where = f"Change “{change.id}”"
            known(where, "population", (one.population for one in change.footprints), people)
            known(where, "role", (one.role for one in change.demands), roles)
            for wave in change.waves:
                known(where, "population", wave.populations, people)
        for link in self.dependencies:
            known("Dependency", "change", (link.predecessor, link.successor), changes)
        for step in self.legal_steps:
            known(f"Legal step “{step.id}”", "change", (step.change,), changes)
        for envelope in self.envelopes:
            known(f"Envelope “{envelope.id}”", "change", envelope.changes or (), changes)
        for freeze in self.freezes:
            known(f"Freeze “{freeze.id}”", "population", freeze.populations or (), people)
        known("Changes that may move", "change", self.movable or (), changes)
        self._check_pins()

    def _check_pins(self) -> None:
        waves = {
            one.id: {wave.id for wave in one.waves} if one.waves else {""} for one in self.changes
        }
        known("Pin", "change", (pin.change for pin in self.pins), set(waves))
        for pin in self.pins:
            known(f"Pin of “{pin.change}”", "wave", (pin.wave,), waves[pin.change])
