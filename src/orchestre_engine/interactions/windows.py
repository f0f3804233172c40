"""When a change is there, and which changes are there together.

Spans are half-open. A span that would be empty lasts its one day. Sweeping spans in the order of
their starts costs what it finds, not the square of what it looks at.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from orchestre_engine.interactions.problem import Change, InteractionProblem, Wave
from orchestre_engine.interactions.result import Facts

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


class Window(NamedTuple):
    """Days when a change is there for some populations, and the wave that decides them, if any."""

    span: Span
    populations: frozenset[str]
    wave: Wave | None = None


def working(change: Change) -> Span | None:
    """Give the days a change is worked on: from its start to its end, or to its last go-live."""
    return span(change, change.starts_on, finish(change))


def finish(change: Change) -> date | None:
    """Give the day a change is over: its end, else its last go-live."""
    if change.ends_on is not None:
        return change.ends_on
    days = [wave.go_live_on for wave in change.waves]
    if change.go_live_on is not None and change.follows_itself:
        days.append(change.go_live_on)
    return max(days, default=None)


def last_wave(change: Change) -> Wave | None:
    """Give the wave that decides when a change is over, if one does."""
    on = finish(change)
    if change.ends_on is not None or (change.follows_itself and on == change.go_live_on):
        return None
    return next((wave for wave in change.waves if wave.go_live_on == on), None)


def worked(change: Change, problem: InteractionProblem) -> tuple[Window, ...]:
    """Give the days a change is worked on, for all its populations."""
    _ = problem  # no setting widens them
    days = working(change)
    return () if days is None else (Window(days, change.populations, last_wave(change)),)


def unsettled(change: Change, problem: InteractionProblem) -> tuple[Window, ...]:
    """Give the days a change unsettles what it touches: around each of its go-lives.

    Those of its waves, and its own for who is in none; without it, all its life.
    """
    found = [
        Window(_around(change, wave.go_live_on, problem), wave.populations, wave)
        for wave in change.waves
    ]
    if change.follows_itself:
        if change.go_live_on is not None:
            found.append(Window(_around(change, change.go_live_on, problem), change.rest))
        elif life := working(change):
            found.append(Window(life, change.rest))
    return tuple(found)


def _around(change: Change, day: date, problem: InteractionProblem) -> Span:
    return Span(
        day - timedelta(weeks=problem.unsettled_weeks_before),
        day + max(timedelta(weeks=problem.unsettled_weeks_after), ONE_DAY),
        change.id,
    )


def merged(spans: Iterable[Span]) -> list[Span]:
    """Give the spans of one change, those that touch or overlap as one."""
    found: list[Span] = []
    for one in sorted(spans):
        if found and one.starts_on <= found[-1].ends_on:
            found[-1] = found[-1]._replace(ends_on=max(found[-1].ends_on, one.ends_on))
        else:
            found.append(one)
    return found


def wave_facts(deciding: Iterable[tuple[str, Wave | None]]) -> Facts:
    """Tell the waves whose go-live decides a finding: change, name, day, each wave once."""
    told = dict.fromkeys((change, wave) for change, wave in deciding if wave is not None)
    ordered = sorted(told, key=lambda one: (one[0], one[1].go_live_on, one[1].id))
    return tuple(
        fact
        for change, wave in ordered
        for fact in (
            ("wave_change", change),
            ("wave", wave.name),
            ("wave_on", wave.go_live_on.isoformat()),
        )
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
