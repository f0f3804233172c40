"""Dates of initiatives: shifts, dependencies kept or broken, cycles, frozen weeks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

FIRST_DAY, LAST_DAY = date(1950, 1, 1), date(2150, 1, 1)


@dataclass(frozen=True)
class Span:
    """Dates of an initiative; the end is the first day after it."""

    starts_on: date | None
    ends_on: date | None
    go_live_on: date | None = None

    @property
    def complete(self) -> bool:
        """Tell whether it can be drawn."""
        return self.starts_on is not None and self.ends_on is not None

    def shifted(self, days: int) -> Span:
        """Return the same dates, all moved by as many days."""
        return Span(*(shift(day, days) for day in (self.starts_on, self.ends_on, self.go_live_on)))


def shift(day: date | None, days: int) -> date | None:
    """Move a date that is known."""
    return None if day is None else day + timedelta(days=days)


def can_shift(days_known: Iterable[date | None], days: int) -> bool:
    """Tell whether no date would leave the calendar that people use."""
    if abs(days) > (LAST_DAY - FIRST_DAY).days:
        return False
    move = timedelta(days=days)
    return all(FIRST_DAY <= day + move <= LAST_DAY for day in days_known if day is not None)


@dataclass(frozen=True)
class Link:
    """One dependency: `giver` must reach an end before `taker` reaches one, plus a lag."""

    key: int
    giver: int
    taker: int
    kind: str
    lag_days: int = 0


def slack_days(kind: str, giver: Span, taker: Span, lag_days: int = 0) -> int | None:
    """Days to spare between the two ends of a dependency; negative when it is broken.

    None when one of the two dates is not known: an unknown date breaks nothing and proves
    nothing.
    """
    given = giver.ends_on if kind in {"FS", "FF"} else giver.starts_on
    taken = taker.starts_on if kind in {"FS", "SS"} else taker.ends_on
    if given is None or taken is None:
        return None
    return (taken - given).days - lag_days


@dataclass(frozen=True)
class Verdict:
    """What a move does to one dependency."""

    link: Link
    before_days: int | None
    after_days: int | None

    @property
    def breaks(self) -> bool:
        """Tell whether the move breaks it."""
        return _broken(self.after_days) and not _broken(self.before_days)

    @property
    def mends(self) -> bool:
        """Tell whether the move mends it."""
        return _broken(self.before_days) and not _broken(self.after_days)

    @property
    def stays_broken(self) -> bool:
        """Tell whether it was and is broken."""
        return _broken(self.before_days) and _broken(self.after_days)


def _broken(slack: int | None) -> bool:
    return slack is not None and slack < 0


def verdicts(
    moved: int, new: Span, links: Iterable[Link], spans: Mapping[int, Span]
) -> tuple[Verdict, ...]:
    """Return what new dates of one initiative do to each of its dependencies."""
    after = {**spans, moved: new}
    return tuple(
        Verdict(
            link,
            slack_days(link.kind, spans[link.giver], spans[link.taker], link.lag_days),
            slack_days(link.kind, after[link.giver], after[link.taker], link.lag_days),
        )
        for link in links
        if moved in (link.giver, link.taker)
    )


@dataclass(frozen=True)
class Frozen:
    """A period in which nothing goes live; the end day is not included."""

    name: str
    starts_on: date
    ends_on: date


def freezes_hit(day: date | None, periods: Iterable[Frozen]) -> tuple[Frozen, ...]:
    """Return the frozen periods that hold a day."""
    if day is None:
        return ()
    return tuple(period for period in periods if period.starts_on <= day < period.ends_on)


def cycles(edges: Iterable[tuple[int, int]]) -> tuple[tuple[int, ...], ...]:
    """Return one closed path per knot of initiatives that wait for each other."""
    kept = _knotted(set(edges))
    following, preceding = _neighbours(kept), _neighbours({(b, a) for a, b in kept})
    found = []
    left = set(following)
    while left:
        start = min(left)
        path = _way_back(start, following)
        if path:
            found.append(path)
            left -= _reached(start, following) & _reached(start, preceding)
        left.discard(start)
    return tuple(found)


def _knotted(edges: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Leave out the links that no circle can hold: nobody before, or nobody after."""
    while True:
        givers = {giver for giver, _taker in edges}
        takers = {taker for _giver, taker in edges}
        kept = {(a, b) for a, b in edges if a in takers and b in givers}
        if len(kept) == len(edges):
            return kept
        edges = kept


def _neighbours(edges: set[tuple[int, int]]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for one, other in edges:
        found.setdefault(one, set()).add(other)
    return found


def _reached(start: int, following: Mapping[int, set[int]]) -> set[int]:
    reached: set[int] = set()
    ahead = [start]
    while ahead:
        fresh = following.get(ahead.pop(), set()) - reached
        reached |= fresh
        ahead += fresh
    return reached


def _way_back(start: int, following: Mapping[int, set[int]]) -> tuple[int, ...]:
    """Return the shortest path from a node back to itself, empty when there is none."""
    came_from: dict[int, int] = {}
    layer = [start]
    while layer:
        ahead: list[int] = []
        for node in layer:
            for target in sorted(following.get(node, ())):
                if target == start:
                    return _path(node, start, came_from)
                if target not in came_from:
                    came_from[target] = node
                    ahead.append(target)
        layer = ahead
    return ()


def _path(node: int, start: int, came_from: Mapping[int, int]) -> tuple[int, ...]:
    path = [node]
    while path[-1] != start:
        path.append(came_from[path[-1]])
    return tuple(reversed(path))
