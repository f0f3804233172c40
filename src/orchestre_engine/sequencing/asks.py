"""What a change asks around its go-live, and how far it may move."""

from collections.abc import Sequence
from dataclasses import dataclass

from orchestre_engine.errors import ProblemError
from orchestre_engine.sequencing.checks import distinct, figure, figures, named


def trimmed(values: Sequence[float]) -> tuple[int, tuple[float, ...]]:
    """Cut the zeros at both ends of a row; give the place of the first figure and the figures."""
    used = [at for at, value in enumerate(values) if value]
    if not used:
        return 0, ()
    return used[0], tuple(float(one) for one in values[used[0] : used[-1] + 1])


@dataclass(frozen=True, slots=True)
class Footprint:
    """What a change asks of a population, week by week around its go-live.

    Parameters
    ----------
    population : str
        Who is asked.
    first_offset : int
        Week of the first figure, relative to the week of the go-live (usually negative).
    hours : tuple of floats
        Mean hours per person of the population, one figure a week.
    heavy : bool
        An impact of level 4 or more: the population then needs weeks to recover.
    """

    population: str
    first_offset: int
    hours: tuple[float, ...]
    heavy: bool = False

    def __post_init__(self) -> None:
        figures(f"Footprint on “{self.population}”", "the hours", self.hours)

    @classmethod
    def of(
        cls, population: str, start: int, weekly_hours: Sequence[float], *, heavy: bool = False
    ) -> "Footprint":
        """Read a footprint from the load of one change, by week of the horizon.

        `start` is the week of the go-live; `weekly_hours[t]` the hours asked in week t.
        """
        first, hours = trimmed(weekly_hours)
        return cls(population, first - start, hours, heavy)


@dataclass(frozen=True, slots=True)
class Demand:
    """Full-time equivalents of a role asked by a change, week by week around its go-live."""

    role: str
    first_offset: int
    fte: tuple[float, ...]

    def __post_init__(self) -> None:
        figures(f"Demand of “{self.role}”", "the equivalents", self.fte)


@dataclass(frozen=True, slots=True)
class Spending:
    """Euros spent by a change, week by week around its go-live."""

    first_offset: int
    eur: tuple[float, ...]

    def __post_init__(self) -> None:
        figures("Spending", "the euros", self.eur)


@dataclass(frozen=True, slots=True)
class Wave:
    """A part of a change with a start of its own: the populations that go live together.

    Parameters
    ----------
    id, populations, current_start
        Its name among the waves of its change, its people, the week of its go-live today.
    apart : int
        Weeks that the window of the change, and what the change waits for, allow it beyond the
        change (fewer when negative): a wave planned six weeks after it keeps these six weeks.
    gives : int
        The same for what waits for the change, which may wait for its last wave only.
    fixed : bool
        May not move: it went live.
    """

    id: str
    populations: tuple[str, ...]
    current_start: int
    apart: int = 0
    gives: int = 0
    fixed: bool = False

    def __post_init__(self) -> None:
        named("Wave", self.id)
        object.__setattr__(self, "populations", tuple(sorted(set(self.populations))))


@dataclass(frozen=True, slots=True)
class Change:
    """One change, what it asks, and how far it may move.

    Parameters
    ----------
    id : str
        Identifier.
    current_start : int
        Week of the go-live in the current plan.
    footprints, demands, spending
        What it asks, relative to the go-live.
    earliest, latest : int or None
        First and last week allowed for the go-live; None: not limited.
    fixed, started : bool
        May not move: by decision, or because it is under way.
    mandatory : bool
        May not be postponed beyond the horizon.
    postponed_value_eur : float or None
        What is lost when it is postponed beyond the horizon; None: it may not be.
    delay_cost_eur_per_week : float
        What a week later costs (a week earlier brings as much).
    people : float or None
        People whose dates move with it; None: the headcounts of its populations.
    start_offset, end_offset : int
        First week of its work, and first week after it, relative to the go-live; dependencies
        tie these two ends.
    waves : tuple of Wave
        Empty: everyone goes live together.
    carrier : str or None
        The wave that roles and euros move with, by as many weeks; None: the last to go live.
    max_spread_weeks : int or None
        Most weeks between the first and the last wave; None: not limited.
    """

    id: str
    current_start: int
    footprints: tuple[Footprint, ...] = ()
    demands: tuple[Demand, ...] = ()
    spending: tuple[Spending, ...] = ()
    earliest: int | None = None
    latest: int | None = None
    fixed: bool = False
    started: bool = False
    mandatory: bool = False
    postponed_value_eur: float | None = None
    delay_cost_eur_per_week: float = 0.0
    people: float | None = None
    start_offset: int = 0
    end_offset: int = 0
    waves: tuple[Wave, ...] = ()
    max_spread_weeks: int | None = None
    carrier: str | None = None

    def __post_init__(self) -> None:
        where = f"Change “{self.id}”"
        named("Change", self.id)
        if self.earliest is not None and self.latest is not None and self.earliest > self.latest:
            raise ProblemError(
                f"{where}: its window opens in week {self.earliest}, after it closes in week "
                f"{self.latest}; exchange them."
            )
        figure(where, "the cost of delay", self.delay_cost_eur_per_week)
        figure(where, "the value lost", self.postponed_value_eur or 0.0)
        figure(where, "the number of people", self.people or 0.0)
        if self.end_offset < self.start_offset:
            raise ProblemError(f"{where}: its work ends before it starts; correct the two weeks.")
        self._arrange()
        self._check_waves(where)

    def _arrange(self) -> None:
        keys = {
            "footprints": lambda one: (one.population, one.first_offset, one.hours, one.heavy),
            "demands": lambda one: (one.role, one.first_offset, one.fte),
            "spending": lambda one: (one.first_offset, one.eur),
            "waves": lambda one: (one.id,),
        }
        for name, key in keys.items():
            object.__setattr__(self, name, tuple(sorted(getattr(self, name), key=key)))

    def _check_waves(self, where: str) -> None:
        if not self.waves:
            return
        distinct(f"{where}, wave", (wave.id for wave in self.waves))
        told = [one for wave in self.waves for one in wave.populations]
        distinct(f"{where}, population in waves", told)
        missing = {one.population for one in self.footprints} - set(told)
        if missing:
            raise ProblemError(
                f"{where}: population “{min(missing)}” is in no wave; put it in one of them."
            )
        if self.carrier is not None and self.carrier not in {wave.id for wave in self.waves}:
            raise ProblemError(
                f"{where}: roles and euros move with wave “{self.carrier}”, which it does not "
                "have; name one of its waves."
            )
        if self.max_spread_weeks is not None and self.max_spread_weeks < 0:
            raise ProblemError(f"{where}: the spread of waves is negative; give 0 or more weeks.")

    def carried(self, wave: str) -> int | None:
        """Give the weeks from the go-live of a wave to that of the change, when it carries them.

        Roles and euros are dated facts of the change: nobody said which wave asks for them. They
        move by as many weeks as one wave, the carrier; None for the others.
        """
        if not self.waves:
            return 0
        last = max(self.waves, key=lambda one: (one.current_start, one.id)).id
        if wave != (self.carrier or last):
            return None
        return self.current_start - next(o.current_start for o in self.waves if o.id == wave)

    @property
    def may_be_postponed(self) -> bool:
        """Whether it may leave the horizon."""
        stays = self.mandatory or self.fixed or self.started
        return self.postponed_value_eur is not None and not (
            stays or any(wave.fixed for wave in self.waves)
        )

    def apart(self, wave: str) -> int:
        """Give the weeks that its window and what it waits for allow a wave beyond itself."""
        return next((one.apart for one in self.waves if one.id == wave), 0)

    def gives(self, wave: str) -> int:
        """Give the weeks that what waits for it allows a wave beyond itself."""
        return next((one.gives for one in self.waves if one.id == wave), 0)

    def is_fixed(self, wave: str) -> bool:
        """Whether a wave may not move, by decision, or because it is under way."""
        return self.fixed or self.started or any(one.fixed for one in self.waves if one.id == wave)
