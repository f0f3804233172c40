"""When a change is there, and which changes are there together.

Spans are half-open. A span that would be empty lasts its one day. Sweeping spans in the order of
their starts costs what it finds, not the square of what it looks at.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from orchestre_engine.interactions.problem import Change, InteractionProblem

ONE_DAY = timedelta(days=1)

#: How many candidates a rule left aside, by (rule, reason).
Tally = Counter[tuple[str, str]]


class Span(NamedTuple):
    """A change (and, for sessions, which of them) present on a half-open range of days."""

    starts_on: date
    ends_on: date
    change: str
    of: str = ""


class Encounter(NamedTuple):
    """Two spans of different changes that share days, the smaller code first."""

    first: Span
    second: Span

    @property
    def starts_on(self) -> date:
        """First shared day."""
        return max(self.first.starts_on, self.second.starts_on)

    @property
    def ends_on(self) -> date:
        """First day no longer shared."""
        return min(self.first.ends_on, self.second.ends_on)


class Crowd(NamedTuple):
    """More changes at once than can be told two by two."""

    spans: tuple[Span, ...]
    peak: tuple[Span, ...]

    @property
    def changes(self) -> tuple[str, ...]:
        """Codes of the changes that meet another one, sorted."""
        return tuple(sorted({span.change for span in self.spans}))

    @property
    def starts_on(self) -> date:
        """First day when all those of the peak are there."""
        return max(span.starts_on for span in self.peak)

    @property
    def ends_on(self) -> date:
        """First day when one of them is gone."""
        return min(span.ends_on for span in self.peak)

    @property
    def peak_changes(self) -> int:
        """Most changes at once."""
        return len({span.change for span in self.peak})


def span(change: Change, starts_on: date | None, ends_on: date | None) -> Span | None:
    """Give the span, one day at least; `None` when a bound is unknown."""
    if starts_on is None or ends_on is None:
        return None
    return Span(starts_on, max(ends_on, starts_on + ONE_DAY), change.id)


def working(change: Change) -> Span | None:
    """Give the days a change is worked on: from its start to its end, or to its go-live."""
    return span(change, change.starts_on, finish(change))


def finish(change: Change) -> date | None:
    """Give the day a change is over: its end, else its go-live."""
    return change.ends_on or change.go_live_on


def unsettled(change: Change, problem: InteractionProblem) -> Span | None:
    """Give the days a change unsettles what it touches: around its go-live, else all its life."""
    if change.go_live_on is None:
        return working(change)
    return Span(
        change.go_live_on - timedelta(weeks=problem.unsettled_weeks_before),
        change.go_live_on + max(timedelta(weeks=problem.unsettled_weeks_after), ONE_DAY),
        change.id,
    )


def meet(spans: Iterable[Span], crowd_changes: int) -> tuple[list[Encounter], Crowd | None]:
    """Give the encounters of different changes, or the crowd when too many are there at once."""
    ordered = sorted(spans)
    peak = _peak(ordered)
    if len({one.change for one in peak}) > crowd_changes:
        meeting = {one for encounter in _sweep(ordered, first_only=True) for one in encounter}
        return [], Crowd(tuple(sorted(meeting)), peak)
    return list(_sweep(ordered)), None


def _peak(ordered: Sequence[Span]) -> tuple[Span, ...]:
    """Give the spans of the first moment when the most different changes are there."""
    active: list[Span] = []
    best: tuple[Span, ...] = ()
    most = 0
    for arriving in ordered:
        active = [one for one in active if one.ends_on > arriving.starts_on]
        active.append(arriving)
        here = len({one.change for one in active}) if len(active) > most else 0
        if here > most:
            best, most = tuple(active), here
    return best


def _sweep(ordered: Sequence[Span], *, first_only: bool = False) -> Iterable[Encounter]:
    """Give each encounter once; with `first_only`, one encounter per arriving span is enough."""
    active: list[Span] = []
    for arriving in ordered:
        active = [one for one in active if one.ends_on > arriving.starts_on]
        others = [one for one in active if one.change != arriving.change]
        for other in others[:1] if first_only else others:
            first, second = sorted((other, arriving), key=lambda one: one.change)
            yield Encounter(first, second)
        active.append(arriving)
