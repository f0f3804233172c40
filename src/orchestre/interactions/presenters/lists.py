"""The list of findings: sentences, filters, and what could not be looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from orchestre.access.reach import Person
from orchestre.interactions import queries
from orchestre.interactions.models import Finding
from orchestre.interactions.presenters.sentences import sentence
from orchestre.interactions.rules import PER_PAGE, STATES, ListState
from orchestre.interactions.services.refresh import Standing
from orchestre.load.presenters import words
from orchestre.ui import formats
from orchestre.ui.components import (
    Badge,
    Button,
    Chip,
    EmptyState,
    FilterChips,
    Link,
    Notice,
    Pager,
    Switch,
    Tabs,
    Tone,
)


@dataclass(frozen=True)
class Item:
    """One finding of the list."""

    sentence: str
    kind: Badge
    state: Badge | None
    score: str
    dates: str
    url: str


@dataclass(frozen=True)
class ListPage:
    """What the list draws."""

    lead: str
    tabs: Tabs
    states: Switch
    chips: FilterChips | None
    notices: tuple[Notice, ...]
    items: tuple[Item, ...]
    empty: EmptyState | None
    pager: Pager | None
    looked_at: datetime | None
    refresh_url: str


def score_words(finding: Finding) -> str:
    """Say how much, and of what."""
    value = finding.score
    maker = _SCORES.get(finding.score_unit)
    return "" if value is None or maker is None else maker(value)


def _days(value: float) -> str:
    return ngettext("%(n)s day", "%(n)s days", round(value)) % {"n": formats.number(value, 0)}


def _initiatives(value: float) -> str:
    count = round(value)
    return ngettext("%(n)s initiative", "%(n)s initiatives", count) % {"n": count}


def _populations(value: float) -> str:
    count = round(value)
    return ngettext("%(n)s population", "%(n)s populations", count) % {"n": count}


def _messages(value: float) -> str:
    count = round(value)
    return ngettext("%(n)s message", "%(n)s messages", count) % {"n": count}


_SCORES: dict[str, Callable[[float], str]] = {
    "person_hours": lambda value: _("%(n)s person-hours") % {"n": formats.number(value, 0)},
    "hours_per_person": lambda value: (
        _("%(hours)s per person") % {"hours": formats.hours(value, 2)}
    ),
    "similarity": formats.percent,
    "days": _days,
    "changes": _initiatives,
    "populations": _populations,
    "messages": _messages,
}


_TONES: dict[str, Tone] = {
    Finding.Kind.OVERLOAD: "danger",
    Finding.Kind.INTERFERENCE: "warn",
    Finding.Kind.CONTRADICTION: "danger",
    Finding.Kind.BROKEN_DEPENDENCY: "danger",
    Finding.Kind.CYCLE: "danger",
    Finding.Kind.SYNERGY: "success",
    Finding.Kind.DUPLICATE: "info",
}


def kind_badge(finding: Finding) -> Badge:
    """Name the kind: a word first, a colour second."""
    return Badge(finding.get_kind_display(), _TONES.get(finding.kind, "neutral"))


def state_badge(finding: Finding) -> Badge | None:
    """Name the state, when somebody decided or the finding is gone."""
    if not finding.present:
        return Badge(_("no longer found"), "neutral")
    if finding.state == Finding.State.NEW:
        return None
    tone: Tone = "accent" if finding.state == Finding.State.CONFIRMED else "neutral"
    return Badge(finding.get_state_display(), tone)


def item(finding: Finding, names: queries.Names) -> Item:
    """Write one finding as a line."""
    return Item(
        sentence=sentence(finding, names),
        kind=kind_badge(finding),
        state=state_badge(finding),
        score=score_words(finding),
        dates=formats.dates(finding.starts_on, finding.ends_on) if finding.starts_on else "",
        url=words.address("interactions:show", finding.pk),
    )


def items(found: Iterable[Finding], names: queries.Names) -> tuple[Item, ...]:
    """Write several findings."""
    return tuple(item(one, names) for one in found)


def build(person: Person, state: ListState, standing: Standing) -> ListPage:
    """Assemble the list for one person."""
    rows = queries.with_parts(queries.findings(person, state))
    page = Paginator(rows, PER_PAGE).get_page(state.page)
    names = queries.names_for(person)
    counts = queries.counts_by_kind(person)
    return ListPage(
        lead=_lead(counts),
        tabs=_tabs(state, counts),
        states=_states(state),
        chips=_chips(person, state),
        notices=_notices(standing),
        items=items(page.object_list, names),
        empty=None if page.paginator.count else _empty(state, standing),
        pager=_pager(page, state),
        looked_at=standing.run.computed_at if standing.run else None,
        refresh_url=words.address("interactions:refresh"),
    )


def _lead(counts: dict[str, int]) -> str:
    total = sum(counts.values())
    if not total:
        return ""
    return ngettext(
        "%(n)s finding waits for you, the heaviest first.",
        "%(n)s findings wait for you, the heaviest first.",
        total,
    ) % {"n": formats.number(total)}


def _to(state: ListState, /, **changes: object) -> str:
    return f"?{state.query(**changes)}"


def _tabs(state: ListState, counts: dict[str, int]) -> Tabs:
    links = [
        Link(
            pgettext("findings", "All"),
            _to(state, kind="", page=1),
            current=not state.kind,
            count=sum(counts.values()),
        )
    ]
    links += [
        Link(
            f"{kind.label[:1].upper()}{kind.label[1:]}",
            _to(state, kind=kind.value, page=1),
            state.kind == kind.value,
            counts.get(kind.value, 0),
        )
        for kind in Finding.Kind
    ]
    return Tabs(_("Kinds of findings"), tuple(links))


def _states(state: ListState) -> Switch:
    names = {
        "open": _("Open"),
        "new": _("To look at"),
        "confirmed": pgettext("findings", "Confirmed"),
        "refused": _("Refused"),
        "settled": pgettext("findings", "Settled"),
        "gone": _("No longer found"),
        "all": pgettext("findings", "All"),
    }
    return Switch(
        _("State"),
        tuple(
            Link(names[one], _to(state, state=one, page=1), current=state.state == one)
            for one in STATES
        ),
    )


def _chips(person: Person, state: ListState) -> FilterChips | None:
    found = []
    if state.population is not None:
        name = queries.population_name(person, state.population)
        found.append(
            Chip(_("Population is %(name)s") % {"name": name}, _to(state, population=None, page=1))
        )
    if state.unit is not None:
        name = queries.unit_name(person, state.unit)
        found.append(Chip(_("Unit is %(name)s") % {"name": name}, _to(state, unit=None, page=1)))
    if state.initiative:
        found.append(
            Chip(
                _("Initiative is %(code)s") % {"code": state.initiative},
                _to(state, initiative="", page=1),
            )
        )
    return FilterChips(tuple(found)) if found else None


def _notices(standing: Standing) -> tuple[Notice, ...]:
    found = []
    if standing.run is not None and not standing.fresh:
        again = Button(_("Examine again"), words.address("interactions:refresh"), method="post")
        at = formats.instant(standing.run.computed_at)
        title = _("Something was written since the rules looked (%(at)s).") % {"at": at}
        found.append(Notice("warn", title, actions=(again,)))
    if standing.run is not None:
        for kind, count in standing.run.summary.get("left_out", {}).items():
            title = ngettext(
                "%(n)s lighter finding of kind “%(kind)s” is not kept.",
                "%(n)s lighter findings of kind “%(kind)s” are not kept.",
                count,
            ) % {"n": formats.number(count), "kind": Finding.Kind(kind).label}
            found.append(Notice("info", title))
    return tuple(found)


def undated_sentence(standing: Standing) -> str:
    """Say how many initiatives could not be looked at."""
    count = int(standing.run.summary.get("undated", 0)) if standing.run else 0
    if not count:
        return ""
    return ngettext(
        "%(n)s initiative without dates could not be checked.",
        "%(n)s initiatives without dates could not be checked.",
        count,
    ) % {"n": count}


def _empty(state: ListState, standing: Standing) -> EmptyState:
    if standing.run is None:
        again = Button(
            _("Look now"), words.address("interactions:refresh"), "primary", method="post"
        )
        return EmptyState(
            "new",
            _("The rules have not looked yet."),
            _("They compare the initiatives two by two."),
            again,
        )
    if state.kind or state.population or state.unit or state.initiative or state.state != "open":
        clear = Button(_("Remove the filters"), words.address("interactions:list"), "primary")
        return EmptyState("filtered", _("No finding matches."), "", clear)
    return EmptyState(
        "done", _("No collision between the initiatives."), undated_sentence(standing)
    )


def _pager(page: Page[Finding], state: ListState) -> Pager | None:
    if page.paginator.num_pages <= 1:
        return None
    summary = _("%(first)s to %(last)s of %(total)s") % {
        "first": page.start_index(),
        "last": page.end_index(),
        "total": formats.number(page.paginator.count),
    }
    links = tuple(
        Link(str(n), _to(state, page=n) if isinstance(n, int) else "", current=n == page.number)
        for n in page.paginator.get_elided_page_range(page.number)
    )
    return Pager(
        summary,
        _to(state, page=page.previous_page_number()) if page.has_previous() else "",
        _to(state, page=page.next_page_number()) if page.has_next() else "",
        links,
    )
