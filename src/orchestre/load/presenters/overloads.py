"""The overloads to come: who, when, how much, how likely, because of what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.impacts.rules import CollectFacts, Gap, NextDatum, most_valuable_next
from orchestre.load.presenters import nothing, words
from orchestre.load.presenters.cell import cell_url
from orchestre.load.queries import Reader
from orchestre.load.rules.dates import week_label
from orchestre.load.services.answer import LoadView
from orchestre.load.snapshot import Group
from orchestre.ui import formats
from orchestre.ui.charts.small import Bars, Contribution
from orchestre.ui.components import Button, Link, Pager
from orchestre.ui.tables import Column, DataTable, Row
from orchestre_engine import load as engine

WEEKS_AHEAD = 52
PER_PAGE = 50
NAMED = 8


@dataclass(frozen=True)
class Next:
    """One thing worth asking for, and what it would replace."""

    sentence: str
    url: str


@dataclass(frozen=True)
class Listing:
    """What the list draws."""

    sentence: str
    detail: str
    why_url: str
    next_data: tuple[Next, ...]
    table: DataTable | None
    pager: Pager | None
    map_url: str
    pending: bool


def coming(view: LoadView, reader: Reader, today: date) -> list[engine.Overload]:
    """Return the overloads that are not over, the heaviest first; unknown headcounts last."""
    first = view.week_index(today) or 0
    found = [
        one
        for one in view.overloads
        if one.last > first
        and one.first < first + WEEKS_AHEAD
        and reader.sees_population(one.population)
    ]
    return sorted(found, key=_weight)


def _weight(one: engine.Overload) -> tuple[bool, float, float, str]:
    hours = one.excess_person_hours
    return (hours is None, -(hours or 0.0), -one.excess_hours_per_person, one.population)


def probability(view: LoadView, one: engine.Overload) -> float | None:
    """Return the highest weekly probability of a run of weeks."""
    if view.uncertainty is None:
        return None
    row = view.result.population_row(one.population)
    return float(view.uncertainty.probability_over[row, one.first : one.last].max())


def listing(
    view: LoadView,
    reader: Reader,
    today: date,
    parameters: Mapping[str, str],
    most: int = PER_PAGE,
) -> Listing:
    """Assemble the list, so many lines a page."""
    found = coming(view, reader, today)
    asked = parameters.get("page", "1")
    pages = max(-(-len(found) // most), 1)
    page = min(max(int(asked), 1), pages) if asked.isascii() and asked.isdigit() else 1
    shown = found[(page - 1) * most : page * most]
    return Listing(
        sentence=_who(view, found),
        detail=f"{_sentence(found)} {_worst(view, reader, found[0])}" if found else "",
        why_url=_why(view, found[0]) if found else "",
        next_data=next_data(view, reader),
        table=_table(view, reader, shown) if found else None,
        pager=_pager(page, pages, len(found)),
        map_url=words.address("load:map"),
        pending=view.uncertainty is None,
    )


def _who(view: LoadView, found: list[engine.Overload]) -> str:
    """Name those who cannot take any more, the heaviest first, each once."""
    lacking = nothing.sentence(view)
    if lacking:
        return lacking
    if not found:
        return _("No overload in the %(n)s coming weeks.") % {"n": WEEKS_AHEAD}
    codes = list(dict.fromkeys(one.population for one in found))
    groups = [view.snapshot.groups[code] for code in codes]
    people = sum(group.headcount or 0 for group in groups)
    return ngettext(
        "%(n)s population, %(people)s people, will be asked for more than it can absorb in the"
        " %(weeks)s coming weeks: %(names)s.",
        "%(n)s populations, %(people)s people, will be asked for more than they can absorb in the"
        " %(weeks)s coming weeks: %(names)s.",
        len(groups),
    ) % {
        "n": len(groups),
        "people": formats.number(people),
        "weeks": WEEKS_AHEAD,
        "names": words.listed((group.name for group in groups), NAMED),
    }


def _worst(view: LoadView, reader: Reader, one: engine.Overload) -> str:
    """Say the heaviest overload: how much, until when, because of what."""
    days = formats.dates(view.monday(one.first), view.monday(one.last) - timedelta(days=2))
    return _("The heaviest: %(name)s, %(peak)s at the peak, %(days)s, because of %(causes)s.") % {
        "name": view.snapshot.groups[one.population].name,
        "peak": words.ratio(one.peak_ratio),
        "days": days,
        "causes": words.listed(_named_shares(view, reader, one), 3),
    }


def _why(view: LoadView, one: engine.Overload) -> str:
    key = f"p{view.snapshot.groups[one.population].pk}"
    return words.address("load:why", key, week_label(view.monday(one.peak_week)))


def _sentence(found: list[engine.Overload]) -> str:
    hours = [one.excess_person_hours for one in found]
    known = sum(one for one in hours if one is not None)
    text = ngettext(
        "%(n)s overload, %(hours)s person-hours more than people can absorb.",
        "%(n)s overloads, %(hours)s person-hours more than people can absorb.",
        len(found),
    ) % {"n": formats.number(len(found)), "hours": formats.number(known, 0)}
    unknown = sum(one is None for one in hours)
    if unknown:
        text += " " + ngettext(
            "%(n)s more cannot be counted in person-hours: the headcount is unknown.",
            "%(n)s more cannot be counted in person-hours: the headcount is unknown.",
            unknown,
        ) % {"n": unknown}
    return text


def _table(view: LoadView, reader: Reader, shown: list[engine.Overload]) -> DataTable:
    return DataTable(
        caption=_("Overloads to come, the heaviest first"),
        caption_hidden=True,
        columns=(
            Column(_("Population")),
            Column(_("When")),
            Column(_("Peak"), numeric=True),
            Column(_("Person-hours above"), numeric=True),
            Column(_("Probability"), numeric=True),
            Column(_("Because of"), wide=True),
        ),
        rows=tuple(_row(view, reader, one) for one in shown),
    )


def _row(view: LoadView, reader: Reader, one: engine.Overload) -> Row:
    group = view.snapshot.groups[one.population]
    ends = view.monday(one.last)
    weeks = ngettext("%(n)s week", "%(n)s weeks", one.last - one.first) % {
        "n": one.last - one.first
    }
    return Row(
        (
            group.name,
            f"{formats.dates(view.monday(one.first), ends - timedelta(days=2))} · {weeks}",
            words.ratio(one.peak_ratio),
            formats.number(one.excess_person_hours, 0),
            formats.percent(probability(view, one)),
            words.listed(_named_shares(view, reader, one), 3),
        ),
        url=words.address("load:overload", f"p{group.pk}", week_label(view.monday(one.first))),
        tone="danger" if one.peak_ratio > 1.5 else "warn",
    )


def _named_shares(view: LoadView, reader: Reader, one: engine.Overload) -> list[str]:
    return [
        f"{name} {formats.percent(share)}"
        for name, share, _hours in merged(view, reader, one.contributions)
    ]


def merged(
    view: LoadView, reader: Reader, parts: tuple[engine.Contribution, ...]
) -> list[tuple[str, float, float]]:
    """Name the contributions; those that may not be named become one."""
    found = [
        (view.snapshot.askings[part.change].title, part.excess_share, part.excess_hours)
        for part in parts
        if reader.names(part.change)
    ]
    secret = [part for part in parts if not reader.names(part.change)]
    if secret:
        name = ngettext(
            "Confidential initiative", "%(n)s confidential initiatives", len(secret)
        ) % {"n": len(secret)}
        share = sum(part.excess_share for part in secret)
        found.append((name, share, sum(part.excess_hours for part in secret)))
    return sorted(found, key=lambda part: -part[1])


def _pager(page: int, pages: int, total: int) -> Pager | None:
    if pages <= 1:
        return None
    summary = _("%(first)s to %(last)s of %(total)s") % {
        "first": (page - 1) * PER_PAGE + 1,
        "last": min(page * PER_PAGE, total),
        "total": total,
    }
    links = tuple(Link(str(n), f"?page={n}", current=n == page) for n in range(1, pages + 1))
    return Pager(
        summary,
        f"?page={page - 1}" if page > 1 else "",
        f"?page={page + 1}" if page < pages else "",
        links,
    )


def next_data(view: LoadView, reader: Reader) -> tuple[Next, ...]:
    """Say which facts are worth asking for: those that replace most of what is assumed."""
    problem, values = view.snapshot.problem, view.snapshot
    hours: dict[str, float] = {}
    for one in problem.impacts:
        if one.is_assumed and one.provenance is engine.Provenance.ASSUMED:
            people = values.groups[one.population].headcount or 1
            weight = problem.hours_per_person(one) * one.reach_ratio * people
            hours[one.change] = hours.get(one.change, 0.0) + weight
    gaps = [
        Gap("impact", values.askings[code].pk, weight)
        for code, weight in hours.items()
        if reader.names(code)
    ]
    wanted = most_valuable_next(CollectFacts(sum(hours.values()), gaps))
    titles = {one.pk: one for one in values.askings.values()}
    return tuple(
        _next(datum, titles[datum.object_id].title, titles[datum.object_id].code)
        for datum in wanted
    )


def _next(datum: NextDatum, title: str, code: str) -> Next:
    sentence = _(
        "Ask what %(title)s demands, and of whom: it replaces %(share)s of what is assumed."
    )
    return Next(
        sentence % {"title": title, "share": formats.percent(datum.share_ratio)},
        words.address("impacts:of", code) or words.address("portfolio:show", code),
    )


@dataclass(frozen=True)
class Weekly:
    """One week of an overload."""

    week: str
    ratio: str
    asked: str
    probability: str
    url: str


@dataclass(frozen=True)
class OneOverload:
    """What the page of an overload draws."""

    title: str
    when: str
    sentence: str
    shares: Bars
    shapley: Bars | None
    weeks: tuple[Weekly, ...]
    findings: Button | None
    list_url: str


def one(view: LoadView, reader: Reader, group: Group, monday: date) -> OneOverload | None:
    """Assemble the page of the overload that holds a week; None when there is none."""
    at = view.week_index(monday)
    found = next(
        (
            each
            for each in view.overloads
            if each.population == group.code and at is not None and each.first <= at < each.last
        ),
        None,
    )
    if found is None:
        return None
    shapley = view.result.shapley(found)
    findings = words.address("interactions:list")
    return OneOverload(
        title=group.name,
        when=formats.dates(view.monday(found.first), view.monday(found.last) - timedelta(days=2)),
        sentence=_one_sentence(view, group, found),
        shares=_bars(
            _("Part of each initiative in the excess, in proportion to its hours"),
            merged(view, reader, found.contributions),
        ),
        shapley=None
        if shapley is None
        else _bars(
            _("What each one adds, averaged over all orders of arrival (Shapley)"),
            merged(view, reader, shapley),
        ),
        weeks=tuple(_week(view, group, week) for week in range(found.first, found.last)),
        findings=Button(_("See the findings"), f"{findings}?pop={group.pk}", "primary", "collision")
        if findings
        else None,
        list_url=words.address("load:overloads"),
    )


def _one_sentence(view: LoadView, group: Group, found: engine.Overload) -> str:
    hours = _("%(hours)s person-hours") % {"hours": formats.number(found.excess_person_hours, 0)}
    return _("Up to %(peak)s in %(week)s. In all, %(each)s too many per person: %(hours)s.") % {
        "peak": words.ratio(found.peak_ratio),
        "week": words.week_with_dates(view.monday(found.peak_week)),
        "each": formats.hours(found.excess_hours_per_person, 2),
        "hours": hours if group.headcount is not None else _("headcount unknown"),
    }


def _bars(caption: str, parts: list[tuple[str, float, float]]) -> Bars:
    return Bars(
        caption=caption,
        heading=_("Initiative"),
        value_heading=_("Part of the excess"),
        items=tuple(
            Contribution(name, share, formats.percent(share), formats.hours(hours, 2))
            for name, share, hours in parts
        ),
    )


def _week(view: LoadView, group: Group, at: int) -> Weekly:
    row = view.result.population_row(group.code)
    drawn = view.uncertainty
    return Weekly(
        week=words.week_with_dates(view.monday(at)),
        ratio=words.ratio(float(view.result.load_ratio[row, at])),
        asked=words.asked(
            float(view.result.load_hours[row, at]), float(view.result.capacity_hours[row, at])
        ),
        probability=formats.percent(
            None if drawn is None else float(drawn.probability_over[row, at])
        ),
        url=cell_url("", f"p{group.pk}", view.monday(at), view),
    )
