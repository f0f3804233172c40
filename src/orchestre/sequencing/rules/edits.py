"""One override as a value: what it does to dates, roles and money."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from orchestre.portfolio.rules.dates import Span
from orchestre.resources.rules import Ask, Cost

LONGEST_DAYS = 3640  # ten years: nobody moves a change farther
SPENT = "spent"
FREE = "planned"  # the only money that stopping gives back


@dataclass(frozen=True, slots=True)
class PlannedWave:
    """A wave as the plan in force has it: its number, its name, its go-live and its people."""

    pk: int
    name: str
    go_live_on: date
    populations: frozenset[str]


@dataclass(frozen=True, slots=True)
class Edit:
    """What a scenario says differently of one initiative; None is « as in the plan ».

    `waves` are the days that some waves move by beyond those of the initiative, by number; the
    others move exactly with it.
    """

    shift_days: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    go_live_on: date | None = None
    included: bool = True
    rank: int | None = None
    allocation_ratio: float | None = None
    amount_ratio: float | None = None
    amount_eur: float | None = None
    waves: tuple[tuple[int, int], ...] = ()

    @property
    def says_nothing(self) -> bool:
        """Tell whether it is the plan in force."""
        return self == Edit()

    @property
    def has_dates(self) -> bool:
        """Tell whether it gives dates of its own."""
        return any((self.starts_on, self.ends_on, self.go_live_on))

    def moved(self, days: int, span: Span) -> Edit:
        """Return the same override, so many days later than it already is."""
        if not self.has_dates:
            return replace(self, shift_days=((self.shift_days or 0) + days) or None)
        now = new_span(self, span).shifted(days)
        return replace(
            self, starts_on=now.starts_on, ends_on=now.ends_on, go_live_on=now.go_live_on
        )


def new_span(edit: Edit, span: Span) -> Span:
    """Return the dates of an initiative in the scenario."""
    if edit.shift_days:
        return span.shifted(edit.shift_days)
    return Span(
        edit.starts_on or span.starts_on,
        edit.ends_on or span.ends_on,
        edit.go_live_on or span.go_live_on,
    )


def days_moved(edit: Edit, span: Span) -> int:
    """Return by how many days what hangs on the initiative moves.

    The go-live leads: what people live hangs on it. Then the start, then the end.
    """
    new = new_span(edit, span)
    pairs = (
        (span.go_live_on, new.go_live_on),
        (span.starts_on, new.starts_on),
        (span.ends_on, new.ends_on),
    )
    known = [(before, after) for before, after in pairs if before and after]
    return (known[0][1] - known[0][0]).days if known else 0


def wave_days(
    edit: Edit, span: Span, waves: tuple[PlannedWave, ...], today: date
) -> dict[int, int]:
    """Return by how many days each wave moves: those of the initiative, and its own beyond.

    One that went live stays.
    """
    own, common = dict(edit.waves), days_moved(edit, span)
    return {one.pk: 0 if one.go_live_on < today else common + own.get(one.pk, 0) for one in waves}


def effective(span: Span) -> date | None:
    """Return the day from which people use it: the go-live, else the last day."""
    if span.go_live_on is not None:
        return span.go_live_on
    return None if span.ends_on is None else span.ends_on - timedelta(days=1)


def asks_of(edit: Edit, asks: tuple[Ask, ...], days: int, today: date) -> tuple[Ask, ...]:
    """Return what is asked of roles in the scenario; what is over stays as it was."""
    if not edit.included:
        return ()
    ratio = 1.0 if edit.allocation_ratio is None else edit.allocation_ratio
    return tuple(
        one if one.ends_on <= today else replace(one.shifted(days), fte=one.fte * ratio)
        for one in asks
    )


def costs_of(edit: Edit, costs: tuple[Cost, ...], span: Span, *, assumed: bool) -> tuple[Cost, ...]:
    """Return the money in the scenario, moved as the plan moves it.

    What is spent neither moves nor shrinks; what is committed stays when the initiative stops.
    With `assumed`, the money is the full cost spread over the dates, and follows them.
    """
    if not edit.included:
        return tuple(one for one in costs if one.state != FREE)
    ratio = amount_ratio_of(edit, costs)
    days = days_moved(edit, span)
    new = new_span(edit, span)
    found = []
    for one in costs:
        if one.state == SPENT:
            found.append(one)
            continue
        scaled = replace(one, amount_eur=one.amount_eur * ratio)
        if assumed and new.starts_on and new.ends_on:
            found.append(replace(scaled, starts_on=new.starts_on, ends_on=new.ends_on))
        else:
            found.append(scaled.shifted(days))
    return tuple(found)


def amount_ratio_of(edit: Edit, costs: tuple[Cost, ...]) -> float:
    """Return by how much what is not yet spent is multiplied."""
    if edit.amount_eur is None:
        return 1.0 if edit.amount_ratio is None else edit.amount_ratio
    spent = sum(one.amount_eur for one in costs if one.state == SPENT)
    free = sum(one.amount_eur for one in costs if one.state != SPENT)
    return max(0.0, edit.amount_eur - spent) / free if free > 0 else 1.0
