"""What a report is about: the weeks read, for whom, from which source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from orchestre.interactions.models import Finding
from orchestre.interactions.queries import Names
from orchestre.load.queries import Reader
from orchestre.load.services.answer import LoadView
from orchestre_engine import load as engine


@dataclass(frozen=True)
class Subject:
    """Everything a report is made of; `first` is the position of its first week in the view.

    `source` names the file or the organisation; `digest` is the fingerprint of the file, empty
    for kept data; `left_out` counts the findings beyond the most that are kept, by kind.
    """

    view: LoadView
    first: int
    weeks: int
    reader: Reader
    names: Names
    findings: Sequence[Finding]
    initiatives: int
    source: str
    digest: str = ""
    preset: str = ""
    refused: tuple[dict[str, Any], ...] = ()
    left_out: int = 0
    when: str = ""

    @property
    def last(self) -> int:
        """Position after the last week read."""
        return min(self.first + self.weeks, self.view.weeks)

    @property
    def starts_on(self) -> date:
        """First Monday read."""
        return self.view.monday(self.first)

    @property
    def ends_on(self) -> date:
        """First day after the weeks read."""
        return self.starts_on + timedelta(weeks=self.last - self.first)

    @cached_property
    def rows(self) -> list[int]:
        """Rows of the populations that the reader sees."""
        codes = self.view.result.population_ids
        return [row for row, code in enumerate(codes) if self.reader.sees_population(code)]

    def read(self, values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Cut an array (populations, weeks) to what is read."""
        return values[self.rows, self.first : self.last]

    @cached_property
    def overloads(self) -> list[engine.Overload]:
        """Overloads that touch the weeks read, the heaviest first, unknown headcounts last."""
        found = [
            one
            for one in self.view.overloads
            if one.first < self.last
            and one.last > self.first
            and self.reader.sees_population(one.population)
        ]
        return sorted(found, key=_weight)

    @property
    def between(self) -> list[Finding]:
        """Findings between initiatives: the overloads have a place of their own."""
        return [one for one in self.findings if one.kind != Finding.Kind.OVERLOAD]

    @property
    def assumed_ratio(self) -> float | None:
        """Part of the hours that rests on assumptions, the scale of intensities included."""
        return self._part(self.view.result.assumed_hours)

    @property
    def guessed_ratio(self) -> float | None:
        """Part of the hours of impacts that nobody entered; None without hours."""
        return self._part(self.view.guessed_hours)

    def _part(self, hours: npt.NDArray[np.float64]) -> float | None:
        asked = float(self.read(self.view.result.load_hours).sum())
        return float(self.read(hours).sum()) / asked if asked else None


def _weight(one: engine.Overload) -> tuple[bool, float, float, str]:
    hours = one.excess_person_hours
    return (hours is None, -(hours or 0.0), -one.excess_hours_per_person, one.population)


def named(name: str, code: str) -> str:
    """Write a thing so that people read it and programs find its code, last in brackets."""
    return f"{name} [{code}]"
