"""The weather of the portfolio: one sentence, a distribution, one line per initiative."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from orchestre.access.reach import Person
from orchestre.kernel.text import fold
from orchestre.load.services.compute import today
from orchestre.ui import formats
from orchestre.ui.components import Button, EmptyState, Link, Tabs
from orchestre.ui.tables import Column, DataTable, Row
from orchestre.weather import policy, queries
from orchestre.weather.presenters import words
from orchestre.weather.rules import AXES, RANK
from orchestre.weather.rules.view import PER_PAGE, ListState
from orchestre.weather.services import lines as known_lines
from orchestre.weather.services import readings
from orchestre.weather.services.lines import Line
from orchestre_engine.value.health import Watermelons


def everything() -> tuple[list[Line], readings.Readings]:
    """Return every initiative, for who holds the installation; the worst first."""
    found, frame = known_lines.everything()
    return _sorted(found, ListState()), frame


@dataclass(frozen=True)
class Part:
    """One level of the distribution: how many, and the money exposed."""

    mark: SafeString
    count: int
    euros: str
    url: str
    current: bool


@dataclass(frozen=True)
class ListPage:
    """What the list draws."""

    sentence: SafeString
    parts: tuple[Part, ...]
    filters: Tabs
    table: DataTable | None
    empty: EmptyState | None
    primary: Button | None
    links: tuple[Link, ...]
    state: ListState
    number: int
    period_days: int
    legend: tuple[SafeString, ...]


def build(person: Person, state: ListState) -> ListPage:
    """Assemble the list for one person."""
    every, found = known_lines.lines(person)
    kept = _chosen(person, every, state)
    page = Paginator(kept, PER_PAGE).get_page(state.page)
    waiting = len(queries.awaited(person, today(), found.period_days))
    return ListPage(
        sentence=_sentence(every),
        parts=_parts(every, state),
        filters=_filters(every, state),
        table=_table(page, state) if kept else None,
        empty=None if kept else _empty(every),
        primary=_primary(waiting),
        links=_links(person),
        state=state,
        number=found.number,
        period_days=found.period_days,
        legend=tuple(words.mark(level) for level in ("ok", "watch", "off", "")),
    )


def kept(person: Person, state: ListState) -> tuple[list[Line], readings.Readings]:
    """Return the lines that a state keeps, in its order."""
    every, found = known_lines.lines(person)
    return _chosen(person, every, state), found


def _chosen(person: Person, every: list[Line], state: ListState) -> list[Line]:
    mine = _mine(person) if state.only == "mine" else frozenset()
    return _sorted([one for one in every if _kept(one, state, mine)], state)


def _mine(person: Person) -> frozenset[int]:
    return frozenset(policy.awaited_from(person).values_list("pk", flat=True))


def _kept(one: Line, state: ListState, mine: frozenset[int]) -> bool:
    if state.search and fold(state.search) not in fold(f"{one.code} {one.title}"):
        return False
    tests: dict[str, Callable[[], bool]] = {
        "": lambda: True,
        "off": lambda: one.level == "off",
        "watch": lambda: one.level == "watch",
        "ok": lambda: one.level == "ok",
        "unknown": lambda: not one.level,
        "gap": lambda: one.gap > 0,
        "stale": lambda: one.stale,
        "mine": lambda: one.pk in mine,
    }
    return tests[state.only]()


def _sorted(found: list[Line], state: ListState) -> list[Line]:
    keys = {
        "level": lambda one: (
            -RANK.get(one.level, 0),
            -sum(level == "off" for level in one.axes),
            -sum(level == "watch" for level in one.axes),
            one.code,
        ),
        "name": lambda one: (fold(one.title), one.code),
        "declared": lambda one: (one.stale, -RANK.get(one.declared, 0), one.code),
        "age": lambda one: (-(10**6 if one.age_days is None else one.age_days), one.code),
        "gap": lambda one: (-one.gap, not one.is_watermelon, one.code),
    }
    return sorted(found, key=keys[state.sort], reverse=state.backwards)


def index_of(every: list[Line]) -> Watermelons:
    """Count the watermelons among initiatives with a report of the period and a reading."""
    both = [one for one in every if not one.stale and one.declared and one.level]
    return Watermelons(sum(one.is_watermelon for one in both), len(both))


def counts_of(every: list[Line]) -> Counter[str]:
    """Count the initiatives of each calculated level."""
    return Counter(one.level for one in every)


def _linked(count: int, only: str) -> SafeString:
    return format_html('<a href="?only={}">{}</a>', only, formats.number(count))


def _sentence(every: list[Line]) -> SafeString:
    if not every:
        return format_html("{}", "")
    counts, index = counts_of(every), index_of(every)
    stale = sum(one.stale for one in every)
    total = ngettext(
        "{n} initiative under way: {off} off track, {watch} to watch, {ok} on track,"
        " {unknown} without enough data.",
        "{n} initiatives under way: {off} off track, {watch} to watch, {ok} on track,"
        " {unknown} without enough data.",
        len(every),
    )
    parts = [
        format_html(
            total,
            n=formats.number(len(every)),
            off=_linked(counts["off"], "off"),
            watch=_linked(counts["watch"], "watch"),
            ok=_linked(counts["ok"], "ok"),
            unknown=_linked(counts[""], "unknown"),
        )
    ]
    if index.ratio is not None:
        parts.append(
            format_html(
                _("{n} of {among} are declared better than the figures say ({ratio})."),
                n=_linked(index.count, "gap"),
                among=formats.number(index.among),
                ratio=formats.percent(index.ratio),
            )
        )
    if stale:
        text = ngettext(
            "{n} has no news of this period.", "{n} have no news of this period.", stale
        )
        parts.append(format_html(text, n=_linked(stale, "stale")))
    return format_html_join(" ", "{}", ((part,) for part in parts))


def _parts(every: list[Line], state: ListState) -> tuple[Part, ...]:
    return tuple(_part(every, level, state) for level in ("off", "watch", "ok", "") if every)


def _part(every: list[Line], level: str, state: ListState) -> Part:
    some = [one for one in every if one.level == level]
    costs = [one.cost_eur for one in some if one.cost_eur is not None]
    told = formats.euros(sum(costs)) if costs else formats.undefined()
    missing = len(some) - len(costs)
    if some and missing:
        told += " " + ngettext("and %(n)s without a cost", "and %(n)s without a cost", missing) % {
            "n": formats.number(missing)
        }
    only = level or "unknown"
    current = state.only == only
    url = state.url(only="" if current else only, page=1) or "?"
    return Part(words.mark(level), len(some), told if some else "", url, current)


def _filters(every: list[Line], state: ListState) -> Tabs:
    names = {
        "": pgettext("weather", "All"),
        "gap": _("Declared better"),
        "stale": _("Out of date"),
        "mine": _("Awaited from me"),
    }
    counts = {
        "": len(every),
        "gap": sum(one.gap > 0 for one in every),
        "stale": sum(one.stale for one in every),
    }
    links = tuple(
        Link(name, state.url(only=only, page=1) or "?", state.only == only, counts.get(only))
        for only, name in names.items()
    )
    return Tabs(_("Filter"), links)


def _primary(waiting: int) -> Button | None:
    if not waiting:
        return None
    label = ngettext("Update %(n)s initiative", "Update %(n)s initiatives", waiting)
    return Button(
        label % {"n": formats.number(waiting)}, reverse("weather:next"), "primary", "edit"
    )


def _links(person: Person) -> tuple[Link, ...]:
    found = [
        Link(_("Which projects are zombies?"), reverse("weather:zombies"), icon="flag"),
        Link(_("Promises kept"), reverse("weather:promises"), icon="calendar"),
    ]
    if policy.may_set_thresholds(person):
        found.append(Link(_("Thresholds"), reverse("weather:thresholds"), icon="settings"))
    return tuple(found)


def _empty(every: list[Line]) -> EmptyState:
    if every:
        clear = Button(_("Remove the filters"), reverse("weather:list"), "primary")
        return EmptyState("filtered", _("No initiative matches."), "", clear)
    return EmptyState(
        "new",
        _("No initiative is under way yet."),
        _("The weather begins when an initiative leaves the stage of an idea."),
        Button(_("Open the portfolio"), reverse("portfolio:list"), "primary"),
    )


def _table(page: Page[Line], state: ListState) -> DataTable:
    return DataTable(
        caption=ngettext("%(n)s initiative", "%(n)s initiatives", page.paginator.count)
        % {"n": formats.number(page.paginator.count)},
        columns=(
            _column(state, "name", _("Initiative"), wide=True),
            _column(state, "level", _("Calculated")),
            Column(_("Trend")),
            _column(state, "declared", pgettext("weather", "Declared")),
            *(Column(str(label)) for label in words.AXES.values()),
            _column(state, "age", _("Age")),
            _column(state, "gap", _("Gap")),
        ),
        rows=tuple(_row(one) for one in page.object_list),
        pager=words.pager_of(page, lambda number: state.url(page=number) or "?"),
        table_id="weather",
    )


def _column(state: ListState, name: str, label: str, *, wide: bool = False) -> Column:
    current = state.sort == name
    url = state.url(sort=name, backwards=current and not state.backwards, page=1) or "?"
    order = ("descending" if state.backwards else "ascending") if current else ""
    return Column(label, url, order, wide=wide)  # type: ignore[arg-type]  # one of the three orders


def _row(one: Line) -> Row:
    return Row(
        (
            format_html('{} <span class="code">{}</span>', one.title, one.code),
            words.mark(one.level),
            words.arrow(one.trend),
            declared_mark(one),
            *(
                words.glyph(axis, level, half=better)
                for axis, level, better in zip(AXES, one.axes, one.better, strict=True)
            ),
            words.age(one.age_days, stale=one.stale and one.age_days is not None),
            gap_words(one),
        ),
        url=reverse("weather:show", args=[one.code]),
    )


def declared_mark(one: Line) -> SafeString:
    """Return what is declared: grey when it is out of date, half filled when it is better."""
    if one.stale:
        text = _("not declared") if one.age_days is None else _("out of date")
        return words.mark("", text=text)
    return words.mark(one.declared, half=one.is_watermelon)


def gap_words(one: Line) -> str:
    """Say on how many axes the lead sees it better."""
    if one.age_days is None or one.stale:
        return formats.undefined()
    if not one.gap:
        return pgettext("gap", "none")
    return ngettext("%(n)s axis", "%(n)s axes", one.gap) % {"n": one.gap}
