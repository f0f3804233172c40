"""Two orders of the candidates, by score and by cost of delay, beside what the selection keeps.

A finished selection gives the figures kept with its answer; an open one is read as it is now.
Ranks count every candidate, whoever looks: what is closed to the reader is left out afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from orchestre.selection import snapshot
from orchestre.selection.models import Selection
from orchestre.selection.services import computing
from orchestre.selection.services.computing import Outcomes
from orchestre.selection.snapshot import Known
from orchestre_engine import selection as engine

DURATION, SIZE = "duration", "size"
DIVISORS = (DURATION, SIZE)


@dataclass(frozen=True)
class Line:
    """One candidate in both orders.

    `score` is from 0 to 1, or in euros a year; `urgency` is in euros a week, by week of work or
    by week of full-time people; `kept` is None while nothing was computed.
    """

    known: Known
    score: float | None
    coverage: float
    score_rank: int | None
    urgency: float | None
    urgency_rank: int | None
    kept: bool | None

    @property
    def gap(self) -> int | None:
        """Places between the two orders; above 0 when the delay presses more than the score."""
        if self.score_rank is None or self.urgency_rank is None:
            return None
        return self.score_rank - self.urgency_rank


@dataclass(frozen=True)
class Priorities:
    """Every candidate in both orders, in the order of the codes."""

    lines: tuple[Line, ...]
    weights: dict[str, float]
    weighting: str
    divisor: str
    agreement: engine.Agreement
    found: Outcomes | None
    frozen_at: datetime | None

    @cached_property
    def scored(self) -> int:
        """Count those that the score ranks."""
        return sum(one.score_rank is not None for one in self.lines)

    @cached_property
    def pressed(self) -> int:
        """Count those that the cost of delay ranks."""
        return sum(one.urgency_rank is not None for one in self.lines)

    @cached_property
    def kept(self) -> int:
        """Count what the answer keeps among them."""
        return sum(one.kept is True for one in self.lines)


def read(selection: Selection, divisor: str = DURATION) -> Priorities:
    """Order the candidates both ways; writes nothing."""
    found = computing.outcomes(selection) if selection.pk is not None else None
    known, weights, weighting, frozen = _facts(selection, found)
    scores = {one.code: _score(selection, one, weights) for one in known}
    by_score = engine.ranks(
        {code: one.value if one.ranked else None for code, one in scores.items()}
    )
    urgency = {one.code: _urgency(one, divisor) for one in known}
    by_urgency = engine.ranks(urgency)
    kept = {one.id for one in found.result.kept} if found else set()
    judged = set(found.problem.ids) if found else set()
    lines = tuple(
        Line(
            one, scores[one.code].value, scores[one.code].coverage, by_score.get(one.code),
            urgency[one.code], by_urgency.get(one.code),
            one.code in kept if one.code in judged else None,
        )
        for one in sorted(known, key=lambda one: one.code)
    )  # fmt: skip
    return Priorities(
        lines=lines,
        weights=weights,
        weighting=weighting,
        divisor=divisor,
        agreement=engine.agreement(by_score, by_urgency),
        found=found,
        frozen_at=found.answer.computed_at if found and frozen else None,
    )


def _facts(
    selection: Selection, found: Outcomes | None
) -> tuple[list[Known], dict[str, float], str, bool]:
    """Give what was kept when the selection is finished, else what is said now."""
    if found is not None and selection.finished_at is not None and "weighting" in found.facts:
        facts = found.facts
        kept = [Known(**one) for one in facts["known"].values()]
        return kept, facts["weights"], facts["weighting"], True
    known, weighting = snapshot.known(selection)
    weights = {driver.name: weight for driver, weight in weighting.weights.items()}
    return known, weights, weighting.source, False


def _score(selection: Selection, one: Known, weights: dict[str, float]) -> engine.Score:
    if selection.method == Selection.Method.WORTH:
        return engine.Score(one.score, one.coverage)
    return engine.driver_score(weights, dict(one.levels))


def _urgency(one: Known, divisor: str) -> float | None:
    size = one.weeks if divisor == DURATION else one.fte_weeks
    return engine.delay_over_duration(one.delay_eur_per_week, size)


def parts(found: Priorities, line: Line) -> tuple[engine.Part, ...]:
    """Take the score of one candidate to pieces."""
    return engine.parts(found.weights, dict(line.known.levels))


def missing(selection: Selection, line: Line, divisor: str) -> tuple[str, ...]:
    """Name what nobody said: value, ratings, delay, dates, roles."""
    lacks = []
    if line.score_rank is None:
        by_drivers = selection.method == Selection.Method.DRIVERS
        lacks.append("ratings" if by_drivers else "value")
    if line.known.delay_eur_per_week is None:
        lacks.append("delay")
    if divisor == DURATION and line.known.weeks is None:
        lacks.append("dates")
    if divisor == SIZE and line.known.fte_weeks is None:
        lacks.append("roles")
    return tuple(lacks)
