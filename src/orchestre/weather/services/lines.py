"""One line per initiative, calculated and declared, kept beside the readings."""

from __future__ import annotations

from dataclasses import dataclass

from orchestre.access.reach import Person
from orchestre.load.services.compute import today
from orchestre.weather import policy, queries
from orchestre.weather.rules import AXES, is_better, is_stale, trend_of
from orchestre.weather.services import readings


@dataclass(frozen=True, slots=True)
class Line:
    """What the list knows of one initiative."""

    pk: int
    code: str
    title: str
    cost_eur: float | None
    level: str
    axes: tuple[str, ...]
    declared: str
    better: tuple[bool, ...]
    trend: int | None
    age_days: int | None
    stale: bool
    # axes declared better than calculated, in a report that is not out of date
    gap: int

    @property
    def is_watermelon(self) -> bool:
        """Tell whether the whole is declared better than it is calculated."""
        return not self.stale and is_better(self.declared, self.level)


def lines(person: Person) -> tuple[list[Line], readings.Readings]:
    """Return every initiative a person may see, whatever their number, in a few statements."""
    found = readings.current()
    every = _of(found)
    seen = policy.visible_to(person).order_by().values_list("pk", flat=True)
    return [every[pk] for pk in seen if pk in every], found


def everything() -> tuple[list[Line], readings.Readings]:
    """Return every initiative, for who holds the installation."""
    found = readings.current()
    return list(_of(found).values()), found


def _of(found: readings.Readings) -> dict[int, Line]:
    """Return the lines of some readings, written once: what is published is an act too."""
    if not found.lines:
        briefs, day = queries.briefs(), today().toordinal()
        found.lines.update(
            (pk, _line(one, briefs.get(pk), day, found.period_days))
            for pk, one in found.by_key.items()
        )
    return found.lines


def _line(one: readings.One, brief: queries.Brief | None, day: int, period_days: int) -> Line:
    age = None if brief is None else max(0, day - brief.published_on.toordinal())
    stale = is_stale(age, period_days)
    axes = tuple(one.word(axis) for axis in AXES)
    declared = brief.declared if brief else ("",) * len(AXES)
    better = tuple(
        not stale and is_better(said, found) for said, found in zip(declared, axes, strict=True)
    )
    known = one.known
    return Line(
        known.pk, known.code, known.title, known.cost_eur, one.level, axes,
        brief.declared_level if brief else "", better,
        trend_of(brief.level, one.level) if brief else None, age, stale, sum(better),
    )  # fmt: skip
