"""The load of everybody over a horizon: what a computation answers, whoever looks at it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property

import numpy as np
import numpy.typing as npt

from orchestre.load.rules import dates
from orchestre.load.snapshot import Snapshot
from orchestre.org.models import CalendarPeriod
from orchestre.runs.models import Run
from orchestre_engine import load as engine

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class LoadView:
    """The load of everybody over a horizon, whoever looks at it.

    `uncertainty` is None while the draws are not finished; `run_status` and `progress` say
    where they stand: an empty status, that nobody asked for them. `exact_until` is the instant
    of the first act that the figures do not count, None when they count everything.
    """

    snapshot: Snapshot
    result: engine.LoadResult
    uncertainty: engine.UncertaintyResult | None
    first_monday: date
    fingerprint: str
    run_id: int | None
    run_status: str
    progress: float
    computed_at: datetime
    confirmed_only: bool
    exact_until: datetime | None = None

    def standing(self, **values: object) -> LoadView:
        """Say how the same load stands now; what was worked out from it is not done again."""
        found = replace(self, **values)  # type: ignore[arg-type]  # names are those of the fields
        worked_out = {name: self.__dict__[name] for name in _WORKED_OUT if name in self.__dict__}
        found.__dict__.update(worked_out)
        return found

    @cached_property
    def heard(self) -> tuple[bool, ...]:
        """Whether anybody said, or anything lets assume, what each population is asked."""
        problem = self.snapshot.problem
        asked = {one.population for one in problem.impacts}
        asked |= {one.population for one in problem.activities}
        return tuple(code in asked for code in self.result.population_ids)

    @cached_property
    def guessed_hours(self) -> Floats:
        """Hours per person that nobody entered, shape (populations, weeks)."""
        problem = self.snapshot.problem
        guessed = replace(
            problem,
            impacts=tuple(one for one in problem.impacts if _is_guess(one)),
            activities=tuple(one for one in problem.activities if _is_guess(one)),
        )
        return engine.accumulate(
            engine.segments_of(guessed), len(problem.populations), problem.horizon.weeks
        )

    @property
    def guessed_ratio(self) -> float | None:
        """Part of the hours that nobody entered; None without hours."""
        total = float(self.result.load_hours.sum())
        return float(self.guessed_hours.sum()) / total if total > 0 else None

    @cached_property
    def freezes(self) -> npt.NDArray[np.bool_]:
        """Whether a freeze touches each population each week."""
        found = np.zeros(self.result.load_hours.shape, np.bool_)
        for period in self.snapshot.periods:
            if period.kind != CalendarPeriod.Kind.FREEZE:
                continue
            first = (dates.monday(period.starts_on) - self.first_monday).days // 7
            last = -(-(period.ends_on - self.first_monday).days // 7)
            rows = self.rows_of(period.unit)
            found[rows, max(first, 0) : max(last, 0)] = True
        return found

    @cached_property
    def _by_population(self) -> tuple[engine.Segments, npt.NDArray[np.int64]]:
        lines = self.result.state.lines
        lines = lines.take(np.argsort(lines.population, kind="stable"))
        rows = np.arange(len(self.result.population_ids) + 1)
        return lines, np.searchsorted(lines.population, rows)

    def loads_by_change(self, row: int) -> tuple[list[str], Floats]:
        """Divide the load of a population between initiatives, shape (initiatives, weeks)."""
        lines, cuts = self._by_population
        mine = lines.take(slice(int(cuts[row]), int(cuts[row + 1])))
        present, at = np.unique(mine.change, return_inverse=True)
        loads = engine.accumulate(replace(mine, population=at), len(present), self.weeks)
        return [self.result.change_ids[one] for one in present.tolist()], loads

    @cached_property
    def overloads(self) -> tuple[engine.Overload, ...]:
        """Runs of overloaded weeks of every population, past ones included."""
        return self.result.overloads()

    def heaviest(self, first: int) -> dict[str, tuple[float, str, int]]:
        """Find, for each initiative, the heaviest week it takes part in from a position on.

        Returns the ratio, the population and the position of the week.
        """
        known = self._heaviest.get(first)
        if known is None:
            known = self._heaviest[first] = self._find_heaviest(first)
        return known

    @cached_property
    def _heaviest(self) -> dict[int, dict[str, tuple[float, str, int]]]:
        return {}

    def _find_heaviest(self, first: int) -> dict[str, tuple[float, str, int]]:
        found: dict[str, tuple[float, str, int]] = {}
        ratios = np.nan_to_num(self.result.load_ratio, nan=-1.0, posinf=np.inf)
        for row, population in enumerate(self.result.population_ids):
            codes, loads = self.loads_by_change(row)
            if not codes:
                continue
            mine = np.where(loads[:, first:] > 0, ratios[row, first:], -1.0)
            weeks = mine.argmax(axis=1)
            for at, (code, week) in enumerate(zip(codes, weeks.tolist(), strict=True)):
                ratio = float(mine[at, week])
                if ratio > 0 and (code not in found or ratio > found[code][0]):
                    found[code] = (ratio, population, first + week)
        return found

    def hours_ahead(self, first: int) -> dict[str, float | None]:
        """Return the person-hours that each initiative still asks from a position on.

        None when one of the populations it touches has no known headcount.
        """
        known = self._ahead.get(first)
        if known is None:
            known = self._ahead[first] = self._count_ahead(first)
        return known

    @cached_property
    def _ahead(self) -> dict[int, dict[str, float | None]]:
        return {}

    def _count_ahead(self, first: int) -> dict[str, float | None]:
        found: dict[str, float | None] = {}
        for row, heads in enumerate(self.result.headcounts):
            changes, loads = self.loads_by_change(row)
            asked = loads[:, first:].sum(axis=1).tolist()
            for code, hours in zip(changes, asked, strict=True):
                if hours > 0:
                    sofar = found.get(code, 0.0)
                    found[code] = None if heads is None or sofar is None else sofar + hours * heads
        return found

    def rows_of(self, unit: str | None) -> list[int]:
        """Rows of the populations of a unit and below it; all of them for None."""
        if unit is None:
            return list(range(len(self.result.population_ids)))
        return list(self.result.members[unit])

    @property
    def weeks(self) -> int:
        """Number of weeks of the horizon."""
        return len(self.result.weeks)

    def week_index(self, day: date) -> int | None:
        """Position of the week of a day, None outside the horizon."""
        index = (dates.monday(day) - self.first_monday).days // 7
        return index if 0 <= index < self.weeks else None

    def monday(self, index: int) -> date:
        """Monday of a position."""
        return self.first_monday + timedelta(weeks=index)

    @property
    def is_pending(self) -> bool:
        """Tell whether the draws are queued or under way."""
        return self.run_status in {Run.Status.WAITING, Run.Status.RUNNING}


# depend on the snapshot and the result alone
_WORKED_OUT = (
    "heard", "guessed_hours", "freezes", "_by_population", "overloads", "_heaviest", "_ahead",
)  # fmt: skip


def _is_guess(one: engine.Impact | engine.Activity) -> bool:
    return one.provenance is engine.Provenance.ASSUMED
