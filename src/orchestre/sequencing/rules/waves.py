"""What holds one wave of an initiative where it is: the past, freezes, its window, dependencies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from orchestre.portfolio.rules.dates import Frozen, Link, Span, freezes_hit, verdicts


class Kind(StrEnum):
    """Why a wave may not go live on a day."""

    PAST = "past"
    FIXED = "fixed"
    EARLY = "early"
    LATE = "late"
    STEP = "step"
    FREEZE = "freeze"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Bounds:
    """What limits the waves of one initiative in a scenario.

    `span` is where the scenario has the initiative, `spans` where it has those it is linked to;
    `steps` the first day that each legal step leaves open, by name.
    """

    pk: int
    today: date
    span: Span
    frozen: tuple[Frozen, ...] = ()
    fixed: bool = False
    earliest_on: date | None = None
    latest_on: date | None = None
    steps: tuple[tuple[str, date], ...] = ()
    links: tuple[Link, ...] = ()
    spans: Mapping[int, Span] | None = None


@dataclass(frozen=True, slots=True)
class Breach:
    """One reason; `first_on` and `last_on` are the days that would be right, when known."""

    kind: Kind
    name: str = ""
    first_on: date | None = None
    last_on: date | None = None
    link: Link | None = None


def stretched(span: Span, day: date) -> Span:
    """Return the dates of an initiative, longer when a wave goes live outside them."""
    if span.starts_on is None or span.ends_on is None:
        return span
    after = day + timedelta(days=1)
    return replace(span, starts_on=min(span.starts_on, day), ends_on=max(span.ends_on, after))


def breaches(before: date, after: date, bounds: Bounds) -> Iterator[Breach]:
    """Say what a wave would break by going live on another day; what was broken is not said."""
    if after == before:
        return
    if after < bounds.today:
        yield Breach(Kind.PAST, first_on=bounds.today)
    if bounds.fixed:
        yield Breach(Kind.FIXED)
    if bounds.earliest_on and after < min(before, bounds.earliest_on):
        yield Breach(Kind.EARLY, first_on=bounds.earliest_on)
    if bounds.latest_on and after > max(before, bounds.latest_on):
        yield Breach(Kind.LATE, last_on=bounds.latest_on)
    for name, day in bounds.steps:
        if after < min(before, day):
            yield Breach(Kind.STEP, name, first_on=day)
    known = freezes_hit(before, bounds.frozen)
    for one in freezes_hit(after, bounds.frozen):
        if one not in known:
            yield Breach(Kind.FREEZE, one.name, one.ends_on, one.starts_on - timedelta(days=1))
    yield from _links(before, after, bounds)


def _links(before: date, after: date, bounds: Bounds) -> Iterator[Breach]:
    spans = {**(bounds.spans or {}), bounds.pk: stretched(bounds.span, before)}
    for found in verdicts(bounds.pk, stretched(bounds.span, after), bounds.links, spans):
        if found.breaks:
            ends_on = bounds.span.ends_on
            yield Breach(
                Kind.LINK,
                first_on=max(bounds.today, bounds.span.starts_on or bounds.today),
                last_on=None if ends_on is None else ends_on - timedelta(days=1),
                link=found.link,
            )
