"""Earned value light: how far the milestones are, what was spent, when it will finish."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from orchestre.outlook.rules import Progress, progress_of
from orchestre.outlook.snapshot.chain import starts_on, steps_to_live
from orchestre.outlook.snapshot.money import budget_of, lines_of, spent_of
from orchestre.outlook.snapshot.rows import Inputs
from orchestre.resources.rules import Floats, cost_by_month, months_from
from orchestre_engine.value import EarnedSchedule, EarnedValue, earned_schedule

Amounts = tuple[float, ...]
MOST_MONTHS = 24
CLOSE_WEEKS = 0.5
"""Ahead or behind by less is on time."""


@dataclass(frozen=True)
class Earned:
    """The reading of one initiative; None for what is not known.

    `value` needs a budget and something spent; `planned_money` and `spent_money` are by month,
    from the first of `months` on.
    """

    progress: Progress
    schedule: EarnedSchedule
    value: EarnedValue | None
    finish_on: date | None
    months: tuple[date, ...]
    planned_money: tuple[float, ...]
    spent_money: tuple[float, ...]

    @property
    def is_close(self) -> bool:
        """Tell whether it is on time, within half a week."""
        return abs(self.schedule.sv_t) < CLOSE_WEEKS


def earned_of(inputs: Inputs, code: str) -> Earned | None:
    """Read the progress of one initiative; None with too few milestones with a baseline."""
    known = inputs.known[code]
    steps = steps_to_live(known)
    start = known.row.baseline_starts_on or starts_on(known, steps, inputs.today)
    found = progress_of(known.steps, start, inputs.today)
    if found is None or found.elapsed_weeks <= 0:
        return None
    schedule = _schedule(found)
    months, planned, spent = _money(inputs, code)
    return Earned(
        progress=found,
        schedule=schedule,
        value=_value(inputs, code, found),
        finish_on=None
        if schedule.ieac_t is None
        else start + timedelta(weeks=round(schedule.ieac_t)),
        months=months,
        planned_money=planned,
        spent_money=spent,
    )


def _schedule(found: Progress) -> EarnedSchedule:
    """Read the earned schedule on steps: between two milestones nothing more is due.

    Nothing missed and nothing ahead is on time; ahead, the plan is read where it first earned as
    much; behind, at the last week that had earned no more.
    """
    at, length = found.elapsed_weeks, found.planned_weeks
    if found.earned_ratio >= 1:
        return EarnedSchedule(length, at, length)
    if found.earned_ratio == found.planned_ratio and at <= length:
        return EarnedSchedule(at, at, length)
    weekly = found.planned_by_week
    if found.earned_ratio > found.planned_ratio:
        first = next(week for week, part in enumerate(weekly, 1) if part >= found.earned_ratio)
        return EarnedSchedule(max(min(float(first), length), at), at, length)
    last = sum(part <= found.earned_ratio for part in weekly)
    read = earned_schedule(weekly, found.earned_ratio, at)
    return EarnedSchedule(min(float(last), read.es, at), at, length)


def _value(inputs: Inputs, code: str, found: Progress) -> EarnedValue | None:
    budget, spent = budget_of(inputs, code), spent_of(lines_of(inputs).get(code, []))
    if budget is None or budget <= 0 or spent is None:
        return None
    return EarnedValue(budget, budget * found.planned_ratio, budget * found.earned_ratio, spent)


def _money(inputs: Inputs, code: str) -> tuple[tuple[date, ...], Amounts, Amounts]:
    lines = lines_of(inputs).get(code, [])
    if not lines:
        return (), (), ()
    first, last = min(one.starts_on for one in lines), max(one.ends_on for one in lines)
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    months = months_from(first, min(count, MOST_MONTHS))

    def by_month(*, spent: bool) -> tuple[float, ...]:
        chosen = [one for one in lines if (one.state == "spent") is spent]
        found: Floats = cost_by_month(chosen, months)
        return tuple(found.tolist())

    return months, by_month(spent=False), by_month(spent=True)
