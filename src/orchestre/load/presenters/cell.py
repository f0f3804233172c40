"""One population in one week: what is asked, by which initiatives, and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.reach import Person
from orchestre.load import queries
from orchestre.load.presenters import origin, words
from orchestre.load.queries import Reader
from orchestre.load.rules import dates
from orchestre.load.services.answer import LoadView
from orchestre.load.snapshot import Group
from orchestre.ui import formats
from orchestre.ui.charts.small import Bars, Contribution
from orchestre.ui.components import Button
from orchestre_engine.load import Share


@dataclass(frozen=True)
class Part:
    """What one initiative asks here; an unnamed one tells its hours only."""

    title: str
    code: str
    hours: str
    share: str
    phases: str
    assumed: bool
    load_hours: float
    url: str = ""
    move_url: str = ""
    sources: tuple[origin.Source, ...] = ()


@dataclass(frozen=True)
class Cell:
    """The panel of one population and week."""

    title: str
    week: str
    ratio: str
    css: str
    asked: str
    interval: str
    risk: str
    people: str
    known: bool
    over: bool
    unreachable: bool
    assumed: str
    bars: Bars | None
    parts: tuple[Part, ...]
    capacity: origin.CapacityFacts
    why_url: str
    previous_url: str
    next_url: str
    actions: tuple[Button, ...]
    map_url: str


def cell(
    view: LoadView, reader: Reader, group: Group, monday: date, person: Person, level: int
) -> Cell:
    """Say what one population is asked in one week."""
    at = view.week_index(monday)
    if at is None:
        raise LookupError("the week is outside the computed ones")
    result = view.result
    row = result.population_row(group.code)
    load, capacity = float(result.load_hours[row, at]), float(result.capacity_hours[row, at])
    ratio = float(result.load_ratio[row, at])
    parts = _parts(view, reader, group, at, person)
    key = f"p{group.pk}"
    return Cell(
        title=group.name,
        week=words.week_with_dates(monday),
        ratio=words.ratio(ratio),
        css=f"l{level}",
        asked=words.asked(load, capacity),
        interval=_interval(view, row, at, capacity),
        risk=risk_sentence(view, row, at),
        people=words.people(group.headcount),
        known=view.heard[row],
        over=bool(result.excess_hours[row, at] > 0),
        unreachable=capacity == 0 and load > 0,
        assumed=_assumed(view, row, at),
        bars=_bars(parts),
        parts=parts,
        capacity=origin.capacity_facts(view, group, monday, capacity),
        why_url=cell_url("why/", key, monday, view),
        previous_url=cell_url("", key, monday - timedelta(weeks=1), view),
        next_url=cell_url("", key, monday + timedelta(weeks=1), view),
        actions=_actions(view, group, parts),
        map_url=words.address("load:map"),
    )


def cell_url(page: str, key: str, monday: date, view: LoadView) -> str:
    """Return the address of a panel, or of its explanation."""
    tail = "?count=confirmed" if view.confirmed_only else ""
    return f"{words.address('load:map')}{page}{key}/{dates.week_label(monday)}/{tail}"


def _interval(view: LoadView, row: int, at: int, capacity: float) -> str:
    if view.uncertainty is None or capacity <= 0:
        return ""
    low, high = float(view.uncertainty.p10[row, at]), float(view.uncertainty.p90[row, at])
    return words.between(low / capacity, high / capacity)


def risk_sentence(view: LoadView, row: int, at: int) -> str:
    """Say how likely the overload is, in words and as a figure."""
    if view.uncertainty is None:
        return ""
    risk = float(view.uncertainty.probability_over[row, at])
    if risk < 0.005:
        return _("Overload: practically excluded.")
    told = {
        0: _("Overload unlikely (%(p)s)."),
        1: _("Overload possible (%(p)s)."),
        2: _("Overload likely (%(p)s)."),
        3: _("Overload very likely (%(p)s)."),
    }
    step = (risk >= 0.1) + (risk >= 0.5) + (risk >= 0.9)
    return told[step] % {"p": formats.percent(risk)}


def _assumed(view: LoadView, row: int, at: int) -> str:
    load = float(view.result.load_hours[row, at])
    guessed = float(view.guessed_hours[row, at])
    if load <= 0 or guessed <= 0:
        return ""
    return _("%(share)s of these hours are assumed: nobody has entered them yet.") % {
        "share": formats.percent(guessed / load)
    }


def _parts(
    view: LoadView, reader: Reader, group: Group, at: int, person: Person
) -> tuple[Part, ...]:
    shares = view.result.shares(group.code, at)
    named = [share for share in shares if reader.names(share.change)]
    ids = [view.snapshot.askings[share.change].pk for share in named]
    entered = queries.entered(person, ids, [group.pk])
    found = [_named(view, share, group, entered) for share in named]
    unnamed = [share for share in shares if not reader.names(share.change)]
    if unnamed:
        found.append(_unnamed(unnamed))
    return tuple(found)


def _named(view: LoadView, share: Share, group: Group, entered: queries.Entered) -> Part:
    asking = view.snapshot.askings[share.change]
    return Part(
        title=asking.title,
        code=asking.code,
        hours=formats.hours(share.load_hours, 2),
        share=formats.percent(share.ratio),
        phases=_phases(share),
        assumed=(asking.code, group.code) in view.snapshot.guesses,
        load_hours=share.load_hours,
        url=words.address("portfolio:show", asking.code),
        move_url=words.address("portfolio:move", asking.code),
        sources=origin.sources(view, asking, group, entered),
    )


def _unnamed(shares: list[Share]) -> Part:
    count = len(shares)
    load_hours = sum(one.load_hours for one in shares)
    return Part(
        title=ngettext(
            "Confidential initiative", "%(n)s confidential initiatives", count
        ) % {"n": count},
        code="",
        hours=formats.hours(load_hours, 2),
        share=formats.percent(sum(one.ratio for one in shares)),
        phases=_("Its hours count; what it is stays closed to you."),
        assumed=False,
        load_hours=load_hours,
    )  # fmt: skip


def _phases(share: Share) -> str:
    ordered = sorted(share.phase_hours.items(), key=lambda pair: -pair[1])
    if len(ordered) == 1:
        return words.phase(ordered[0][0])
    return " · ".join(f"{words.phase(one)} {formats.hours(part, 2)}" for one, part in ordered)


def _bars(parts: tuple[Part, ...]) -> Bars | None:
    if not parts:
        return None
    return Bars(
        caption=_("What each initiative asks, per person"),
        heading=_("Initiative"),
        value_heading=_("Hours"),
        items=tuple(_bar(part) for part in parts),
    )


def _bar(part: Part) -> Contribution:
    note = f"{part.phases} · {_('assumed')}" if part.assumed else part.phases
    return Contribution(part.title, part.load_hours, part.hours, note, part.url)


def _actions(view: LoadView, group: Group, parts: tuple[Part, ...]) -> tuple[Button, ...]:
    found = []
    movable = next((part for part in parts if part.move_url), None)
    if movable is not None:
        label = _("Move %(code)s…") % {"code": movable.code}
        found.append(Button(label, movable.move_url, "primary", "calendar"))
    findings = words.address("interactions:list")
    if findings:
        found.append(Button(_("See the findings"), f"{findings}?pop={group.pk}", icon="collision"))
    capacity = words.address("org:capacity")
    if capacity:
        unit = view.snapshot.units.get(group.unit or "")
        tail = f"?unit={unit.pk}" if unit else ""
        found.append(Button(_("Correct the capacity"), f"{capacity}{tail}", "quiet"))
    return tuple(found)
