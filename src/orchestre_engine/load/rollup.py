"""Load of a unit: the mean of its people, with the worst of them kept in sight."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from orchestre_engine.load.segments import Flags, Floats

WORST_PART = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class UnitLoad:
    """What a unit and all below it are asked, week by week (arrays of shape (weeks,)).

    Parameters
    ----------
    load_hours, capacity_hours : floats
        Means per person, weighted by headcount; nan where there is nobody.
    worst_decile_ratio : floats
        Load ratio reached or passed by the most loaded tenth of the people.
    worst_population : tuple of str or None
        Population with the highest ratio of each week; None when nothing is asked of anyone.
    overloaded_people : floats or None
        People in overloaded populations; None when a headcount is unknown.
    overloaded_ratio : floats
        Their part of the people; nan where there is nobody.
    excess_person_hours : floats or None
        Excess × headcount, summed; None when a headcount is unknown.
    headcount_known : bool
        False when one headcount at least is unknown: every population then weighs the same.
    """

    load_hours: Floats
    capacity_hours: Floats
    worst_decile_ratio: Floats
    worst_population: tuple[str | None, ...]
    overloaded_people: Floats | None
    overloaded_ratio: Floats
    excess_person_hours: Floats | None
    headcount_known: bool

    @property
    def load_ratio(self) -> Floats:
        """Mean load over mean capacity; nan when both are 0, infinite when only capacity is."""
        return ratio_of(self.load_hours, self.capacity_hours)


def ratio_of(load_hours: Floats, capacity_hours: Floats) -> Floats:
    """Divide load by capacity: nan for 0/0 (nothing asked, nothing possible), inf for x/0."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        return np.asarray(load_hours / capacity_hours)


def roll_up(
    ids: Sequence[str],
    headcounts: Sequence[int | None],
    load_hours: Floats,
    capacity_hours: Floats,
    excess_hours: Floats,
) -> UnitLoad:
    """Sum up the populations of a unit.

    Parameters
    ----------
    ids, headcounts : sequences of length P
        The populations of the unit and of all below it.
    load_hours, capacity_hours, excess_hours : floats, shape (P, weeks)
        Hours per person.
    """
    known = None not in headcounts
    weight = np.array([1 if one is None or not known else one for one in headcounts], np.float64)
    ratio = ratio_of(load_hours, capacity_hours)
    overloaded = excess_hours > 0
    people = weight @ overloaded
    return UnitLoad(
        load_hours=_mean(weight, load_hours),
        capacity_hours=_mean(weight, capacity_hours),
        worst_decile_ratio=_worst_decile(weight, ratio),
        worst_population=_worst(ids, ratio),
        overloaded_people=people if known else None,
        overloaded_ratio=_mean(weight, overloaded),
        excess_person_hours=weight @ excess_hours if known else None,
        headcount_known=known,
    )


def _mean(weight: Floats, values: Floats | Flags) -> Floats:
    with np.errstate(invalid="ignore"):
        return np.asarray((weight @ values) / weight.sum())


def _worst_decile(weight: Floats, ratio: Floats) -> Floats:
    if weight.sum() == 0:
        return np.full(ratio.shape[1], np.nan)
    order = np.argsort(np.where(np.isnan(ratio), np.inf, -ratio), axis=0, kind="stable")
    reached = np.cumsum(weight[order], axis=0) >= WORST_PART * weight.sum()
    return np.asarray(
        np.take_along_axis(ratio, np.take_along_axis(order, reached.argmax(0)[None], 0), 0)[0]
    )


def _worst(ids: Sequence[str], ratio: Floats) -> tuple[str | None, ...]:
    if not ids:
        return (None,) * int(ratio.shape[1])
    asked = np.asarray(np.where(np.isnan(ratio), 0.0, ratio))
    highest: list[int] = asked.argmax(axis=0).tolist()
    somebody: list[bool] = (asked.max(axis=0) > 0).tolist()
    return tuple(ids[row] if some else None for row, some in zip(highest, somebody, strict=True))
