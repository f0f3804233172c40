"""What a pack is about: for whom, as of which day, over which months, since when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

import numpy as np

from orchestre.access.reach import Person
from orchestre.interactions.queries import Names
from orchestre.load.queries import Reader
from orchestre.load.services.answer import LoadView
from orchestre.portfolio.models import Initiative, Milestone
from orchestre.reports.rules.document import Ground, Pack, Section
from orchestre.resources.rules import months_from
from orchestre.resources.snapshot import Means

Maker = Callable[["Scope"], tuple[Section, ...]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What one initiative still asks of each person of a population, and its heaviest week."""

    population: str
    hours: float
    monday: date
    ratio: float


@dataclass(frozen=True)
class Scope:
    """Everything the parts of a pack read; nothing in it changes while they write.

    `initiatives` are those that may be named to the readers of the pack; `hidden_count` how many
    are counted in the load without being named; `programmes` maps the code of every initiative,
    named or not, to that of its programme.
    """

    person: Person
    reader: Reader
    names: Names
    view: LoadView
    means: Means
    initiatives: tuple[Initiative, ...]
    milestones: tuple[Milestone, ...]
    hidden_count: int
    programmes: dict[str, str]
    today: date
    months_ahead: int
    since: datetime
    previous: Pack | None
    thresholds: tuple[float, ...]
    confidential: bool
    meeting: int | None = None

    @cached_property
    def months(self) -> tuple[date, ...]:
        """First days of the months that the pack looks at."""
        return months_from(self.today, self.months_ahead)

    @cached_property
    def by_initiative(self) -> dict[int, list[Milestone]]:
        """Milestones of each initiative, in the order of their forecast."""
        found: dict[int, list[Milestone]] = {one.pk: [] for one in self.initiatives}
        for row in self.milestones:
            found[row.initiative_id].append(row)
        return found

    @cached_property
    def asked(self) -> dict[str, list[Asked]]:
        """What each initiative asks from now on of the populations that may be read."""
        view, found = self.view, dict[str, list[Asked]]()
        first = view.week_index(self.today) or 0
        for row, population in enumerate(view.result.population_ids):
            if not self.reader.sees_population(population):
                continue
            codes, loads = view.loads_by_change(row)
            ratios = np.nan_to_num(view.result.load_ratio[row, first:], nan=-1.0, posinf=np.inf)
            for code, mine in zip(codes, loads[:, first:], strict=True):
                if mine.any():
                    at = int(np.where(mine > 0, ratios, -1.0).argmax())
                    one = Asked(
                        population, float(mine.sum()), view.monday(first + at), float(ratios[at])
                    )
                    found.setdefault(code, []).append(one)
        return found

    @property
    def codes(self) -> frozenset[str]:
        """Codes of the initiatives that may be named."""
        return frozenset(one.code for one in self.initiatives)


def _nobody(_scope: Scope) -> frozenset[int]:
    return frozenset()


@dataclass(frozen=True)
class Part:
    """A part that a committee may ask for.

    `grounds` tells the computations it rests on, `quotes` the committees whose words it holds.
    """

    key: str
    make: Maker
    grounds: Callable[[Scope], tuple[Ground, ...]] | None = None
    quotes: Callable[[Scope], frozenset[int]] = _nobody
