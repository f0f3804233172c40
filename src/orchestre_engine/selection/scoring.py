"""Scores that rank what cannot be counted in euros: criteria, drivers, WSJF, RICE.

A score that nobody gave is not 0: the weights of the scored criteria are brought back to 1, and
the *coverage* says which part of the weights that was. Cost is never a criterion: rank by value
over cost (L. Merkhofer, prioritysystem.com).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from orchestre_engine.errors import ProblemError

RANKED_FROM = 0.80
"""Coverage below which a score is shown but not ranked."""

LEVELS = ("none", "low", "moderate", "strong", "extreme")
LEVEL_VALUES = (0.0, 0.25, 0.5, 0.75, 1.0)
"""What an impact on a driver is worth: a convention, in equal steps."""

WSJF_SCALE = (1, 2, 3, 5, 8, 13, 20)


@dataclass(frozen=True, slots=True)
class Criterion:
    """What initiatives are scored on.

    Parameters
    ----------
    id : str
        Identifier.
    weight : float
        Above 0; only proportions count.
    lowest, highest : float
        Ends of the scale, the first below the second.
    more_is_better : bool
        False when a high figure is bad news (risk, time).
    anchors : tuple of str
        What each level of the scale means, in words, from the lowest to the highest.
    """

    id: str
    weight: float
    lowest: float = 0.0
    highest: float = 10.0
    more_is_better: bool = True
    anchors: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not (math.isfinite(self.weight) and self.weight > 0):
            raise ProblemError(f"Criterion “{self.id}”: the weight is {self.weight:g}; above 0.")
        if not self.lowest < self.highest:
            raise ProblemError(f"Criterion “{self.id}”: the scale ends where it starts.")

    def normalised(self, score: float) -> float:
        """Bring a score to 0–1, 1 being the best."""
        if not self.lowest <= score <= self.highest:
            raise ProblemError(
                f"Criterion “{self.id}”: the score is {score:g}; "
                f"give {self.lowest:g} to {self.highest:g}."
            )
        part = (score - self.lowest) / (self.highest - self.lowest)
        return part if self.more_is_better else 1 - part


@dataclass(frozen=True, slots=True)
class Score:
    """`value` from 0 to 1, None without any score; `coverage` is the part of weights scored."""

    value: float | None
    coverage: float

    @property
    def ranked(self) -> bool:
        """Whether enough was scored to compare with others."""
        return self.value is not None and self.coverage >= RANKED_FROM - 1e-9


def weighted_score(criteria: Sequence[Criterion], scores: Mapping[str, float | None]) -> Score:
    """Weigh the scores given: ``Σ w_k·s_k / Σ w_k`` over the criteria that are scored."""
    total = math.fsum(one.weight for one in criteria)
    given = [(one, scores.get(one.id)) for one in criteria]
    parts = [(one.weight, one.normalised(score)) for one, score in given if score is not None]
    weights = math.fsum(weight for weight, _part in parts)
    if not weights:
        return Score(None, 0.0)
    value = math.fsum(weight * part for weight, part in parts) / weights
    return Score(value, weights / total)


def driver_score(weights: Mapping[str, float], levels: Mapping[str, str | None]) -> Score:
    """Weigh the impact of an initiative on each driver, rated in words."""
    criteria = [Criterion(name, weight, 0, 1) for name, weight in weights.items() if weight > 0]
    return weighted_score(
        criteria,
        {
            name: None if level is None else LEVEL_VALUES[LEVELS.index(level)]
            for name, level in levels.items()
        },
    )


def shares(values: Mapping[str, float]) -> dict[str, float]:
    """Bring values to parts of their sum, so that the whole portfolio is worth 1."""
    total = math.fsum(values.values())
    return {name: value / total if total > 0 else 0.0 for name, value in values.items()}


@dataclass(frozen=True, slots=True)
class Sizing:
    """Four sizes of an initiative, each from 1, 2, 3, 5, 8, 13, 20; None where not said."""

    business_value: int | None
    time_criticality: int | None
    risk_opportunity: int | None
    job_size: int | None

    def __post_init__(self) -> None:
        said = (self.business_value, self.time_criticality, self.risk_opportunity, self.job_size)
        for size in said:
            if size is not None and size not in WSJF_SCALE:
                raise ProblemError(f"Size {size}: give one of 1, 2, 3, 5, 8, 13, 20.")

    @property
    def wsjf(self) -> float | None:
        """``(business value + time criticality + risk or opportunity) / job size``."""
        if None in {
            self.business_value, self.time_criticality, self.risk_opportunity, self.job_size
        }:  # fmt: skip
            return None
        delay = (self.business_value or 0) + (self.time_criticality or 0)
        return (delay + (self.risk_opportunity or 0)) / (self.job_size or 1)


COLUMNS = ("business_value", "time_criticality", "risk_opportunity", "job_size")


def not_relative(sizings: Sequence[Sizing]) -> tuple[str, ...]:
    """Name the columns whose lowest size is not 1: sizes are relative to the smallest item."""
    found = []
    for column in COLUMNS:
        said = [size for one in sizings if (size := getattr(one, column)) is not None]
        if said and min(said) != 1:
            found.append(column)
    return tuple(found)


def delay_over_duration(delay_cost_eur: float | None, duration: float | None) -> float | None:
    """Divide the real cost of delay by the duration, both in the same unit of time.

    Euros a week over weeks, or a month over months: the order is the same. The size of the work
    (weeks of full-time people) may stand for the duration.
    """
    if delay_cost_eur is None or duration is None or duration <= 0:
        return None
    return delay_cost_eur / duration


def rice(reach: float, impact: float, confidence: float, effort: float) -> float | None:
    """``reach × impact × confidence / effort``; None without effort."""
    if not 0 <= confidence <= 1:
        raise ProblemError(f"RICE: the confidence is {confidence:g}; give 0 to 1.")
    return reach * impact * confidence / effort if effort > 0 else None


def value_over_cost(value: float | None, cost: float | None) -> float | None:
    """Divide a value by what it costs; None where one is unknown, infinite when free."""
    if value is None or cost is None:
        return None
    if cost > 0:
        return value / cost
    return math.inf if value > 0 else None
