"""Dates, weights and drifts as plain values; nothing here reads a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

DAYS_PER_WEEK = 7
PROMISE_AT_RISK = 0.5
PROMISE_LOST = 0.2
MOST_WEEKS = 52


@dataclass(frozen=True)
class Assumed:
    """What is assumed of dates and money."""

    programme_correlation: float = 0.3
    supplier_correlation: float = 0.3
    unit_correlation: float = 0.2
    cost_low_ratio: float = 0.9
    cost_high_ratio: float = 1.3
    discount_rate: float | None = None
    discount_source: str = ""
    earlier_weeks: float = 2.0
    later_weeks: float = 8.0
    version: int = 0


@dataclass(frozen=True)
class Step:
    """A milestone as the plan sees it."""

    pk: int
    name: str
    kind: str
    baseline_on: date | None
    forecast_on: date | None
    actual_on: date | None

    @property
    def on(self) -> date | None:
        """Return when it was, or is expected."""
        return self.actual_on or self.forecast_on or self.baseline_on


def in_order(steps: Iterable[Step]) -> list[Step]:
    """Return the dated steps in the order of their dates."""
    dated = [(one.on, one.pk, one) for one in steps if one.on is not None]
    return [one for _day, _pk, one in sorted(dated, key=lambda row: row[:2])]


def weeks(days: float) -> float:
    """Give days in weeks."""
    return days / DAYS_PER_WEEK


def monday(day: date) -> date:
    """Give the Monday of a week."""
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True)
class Progress:
    """Earned value without a cost system: reached milestones, weighted by their planned length.

    Shares of the whole run from 0 to 1; `planned_weeks` is cumulative, week by week from the
    start. `reached` and `due` count milestones.
    """

    starts_on: date
    planned_by_week: tuple[float, ...]
    planned_ratio: float
    earned_ratio: float
    elapsed_weeks: float
    planned_weeks: float
    reached: int
    due: int
    total: int


def progress_of(steps: Sequence[Step], starts_on: date, today: date) -> Progress | None:
    """Weigh the milestones; None with fewer than two that have a baseline after the start."""
    based = sorted(
        (one for one in steps if one.baseline_on is not None and one.baseline_on > starts_on),
        key=lambda one: (one.baseline_on, one.pk),
    )
    if len(based) < 2:
        return None
    ends = [one.baseline_on or starts_on for one in based]
    lengths = [(end - before).days for before, end in zip([starts_on, *ends], ends, strict=False)]
    weights = [max(length, 1) for length in lengths]
    whole = sum(weights)
    count = -(-(ends[-1] - starts_on).days // DAYS_PER_WEEK)
    weekly = [
        sum(weight for weight, end in zip(weights, ends, strict=True) if _by(end, starts_on, week))
        / whole
        for week in range(1, count + 1)
    ]
    done = [
        weight
        for weight, one in zip(weights, based, strict=True)
        if one.actual_on is not None and one.actual_on <= today
    ]
    due = [weight for weight, end in zip(weights, ends, strict=True) if end <= today]
    return Progress(
        starts_on=starts_on,
        planned_by_week=tuple(weekly),
        planned_ratio=sum(due) / whole,
        earned_ratio=sum(done) / whole,
        elapsed_weeks=weeks((today - starts_on).days),
        planned_weeks=weeks((ends[-1] - starts_on).days),
        reached=len(done),
        due=len(due),
        total=len(based),
    )


def _by(end: date, starts_on: date, week: int) -> bool:
    return end <= starts_on + timedelta(weeks=week)


@dataclass(frozen=True)
class SlipPoint:
    """What was expected of a milestone on the day of a report."""

    reported_on: date
    expected_on: date


def slips(changes: Iterable[tuple[date, Mapping[str, object]]]) -> tuple[SlipPoint, ...]:
    """Read the successive forecasts of a milestone from what the journal kept, oldest first.

    Several on one day count once, with the last; what was written later of an earlier day, as
    an import of past reports does, takes the place of what came after it.
    """
    found: list[SlipPoint] = []
    for day, after in changes:
        written = after.get("forecast_on")
        if not (isinstance(written, str) and written):
            continue
        while found and found[-1].reported_on >= day:
            found.pop()
        found.append(SlipPoint(day, date.fromisoformat(written[:10])))
    return tuple(found)


def level_of(probability: float | None) -> str:
    """Give the level of a promise: ok, watch, off, or unknown when nothing was promised."""
    if probability is None:
        return "unknown"
    if probability < PROMISE_LOST:
        return "off"
    return "watch" if probability < PROMISE_AT_RISK else "ok"
