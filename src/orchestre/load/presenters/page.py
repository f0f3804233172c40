"""The page of the map: what it says first, what it leaves out, and why it may be empty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.models import ShareLink
from orchestre.access.policy import may_share
from orchestre.access.reach import Person
from orchestre.load.presenters import controls, heat, nothing, table, words
from orchestre.load.presenters.heat import Grid, HeavyWeek
from orchestre.load.rules.view import COLUMNS, ROWS
from orchestre.runs.models import Run
from orchestre.ui import formats
from orchestre.ui.charts.heatmap import HeatMap
from orchestre.ui.components import (
    Button,
    EmptyState,
    FilterChips,
    Link,
    MenuButton,
    Notice,
    Pager,
    ProgressBar,
    Switch,
)
from orchestre.ui.tables import DataTable


@dataclass(frozen=True)
class MapPage:
    """Everything that the template draws."""

    sentence: str
    period: str
    steps: tuple[Button, ...]
    switches: tuple[Switch, ...]
    chips: FilterChips | None
    notices: tuple[Notice, ...]
    progress: ProgressBar | None
    empty: EmptyState | None
    heat_map: HeatMap | None
    table: DataTable | None
    pager: Pager | None
    heavy: tuple[HeavyWeek, ...]
    folding: tuple[Link, ...]
    downloads: MenuButton
    share_url: str
    map_url: str
    table_url: str
    overloads: Button | None
    words: str
    hidden: tuple[tuple[str, str], ...]
    computed_at: datetime
    provenance: str
    fingerprint: str
    is_table: bool


def build(grid: Grid, person: Person) -> MapPage:
    """Assemble the page for one person."""
    state, view = grid.state, grid.view
    empty = empty_state(grid, person)
    is_table = state.layout == "table"
    shared = words.address("load:share") if may_share(person) else ""
    query = state.query()
    start = words.address("load:map")
    return MapPage(
        sentence=heat.headline(grid),
        period=controls.period_words(state),
        steps=controls.period(state),
        switches=(
            controls.measure(state),
            controls.zoom(state),
            controls.count(state),
            controls.show(state),
        ),
        chips=controls.chips(grid),
        notices=notices(grid),
        progress=_progress(grid),
        empty=empty,
        heat_map=None if empty or is_table else heat.heat_map(grid),
        table=table.worst_first(grid) if is_table and not empty else None,
        pager=None if empty or is_table else pager(grid),
        heavy=() if empty or is_table else heat.heavy_weeks(grid),
        folding=controls.folding(grid),
        downloads=controls.downloads(state),
        share_url=f"{shared}?{query}" if shared else "",
        map_url=f"{start}?{state.query(layout='map')}",
        table_url=f"{start}?{state.query(layout='table')}",
        overloads=_overloads(grid),
        words=state.words,
        hidden=tuple((n, v) for n, v in state.pairs() if n not in {"q", "page", "open"}),
        computed_at=view.computed_at,
        provenance=_provenance(grid),
        fingerprint=view.fingerprint[:8],
        is_table=is_table,
    )


def _overloads(grid: Grid) -> Button | None:
    if not grid.above_at_all:
        return None
    return Button(_("See the overloads"), words.address("load:overloads"), icon="collision")


def _provenance(grid: Grid) -> str:
    ratio = grid.view.guessed_ratio
    if ratio is None:
        return ""
    return _("%(share)s of the hours are assumed, the rest was entered.") % {
        "share": formats.percent(ratio)
    }


def _progress(grid: Grid) -> ProgressBar | None:
    if not grid.view.is_pending:
        return None
    part = round(grid.view.progress * 100)
    waiting = grid.view.run_status == Run.Status.WAITING
    return ProgressBar(
        _("Drawing 2,000 possible futures: the map is exact, its risks follow."),
        value=None if waiting else part,
        text=_("waiting for its turn") if waiting else f"{part} %",
    )


def notices(grid: Grid) -> tuple[Notice, ...]:
    """Say what is left out, brought back to sense, or not finished."""
    found = []
    if grid.state.notices:
        named = ", ".join(grid.state.notices)
        found.append(
            Notice("info", _("Part of the address made no sense: %(what)s.") % {"what": named},
                   _("The nearest possible view is shown."))
        )  # fmt: skip
    if grid.view.run_status == Run.Status.FAILED:
        again = Button(_("Draw again"), words.address("load:recompute"), method="post")
        found.append(Notice("warn", _("The risks could not be computed."), actions=(again,)))
    left_out = _left_out(grid)
    return (*found, *left_out)


def _left_out(grid: Grid) -> list[Notice]:
    found = []
    undated = [code for code in grid.view.snapshot.undated if grid.reader.names(code)]
    if undated:
        count = len(undated)
        title = ngettext(
            "%(n)s initiative without dates is not counted.",
            "%(n)s initiatives without dates are not counted.",
            count,
        ) % {"n": count}
        found.append(Notice("warn", title, actions=_complete("dates=missing")))
    unmapped = [code for code in grid.view.snapshot.unmapped if grid.reader.names(code)]
    if unmapped:
        count = len(unmapped)
        title = ngettext(
            "%(n)s initiative touches nobody known: it weighs on no one.",
            "%(n)s initiatives touch nobody known: they weigh on no one.",
            count,
        ) % {"n": count}
        found.append(Notice("info", title, actions=_complete("")))
    return found


def _complete(query: str) -> tuple[Button, ...]:
    url = words.address("portfolio:list")
    if not url:
        return ()
    return (Button(_("Complete them"), f"{url}?{query}", "quiet", small=True),)


def empty_state(grid: Grid, person: Person) -> EmptyState | None:
    """Tell four emptinesses apart; None when there is something to draw."""
    nobody = nothing.without_populations(grid.view, person)
    if nobody is not None:
        return nobody
    if not grid.rows.groups and not (
        grid.state.words or grid.state.show == "over" or grid.state.within
    ):
        return EmptyState(
            "cannot_compute",
            _("No population is open to you."),
            _("You see the load of your own units. Ask the transformation office for a scope."),
        )
    idle = nothing.without_initiatives(grid.view, person)
    if idle is not None:
        return idle
    if not grid.rows.groups:
        return _filtered(grid)
    return None


def _filtered(grid: Grid) -> EmptyState:
    state = grid.state
    if state.show == "over" and not state.words and state.within is None:
        back = Button(_("Show everybody"), controls.to(state, show="all"), icon="people")
        return EmptyState("done", _("Nobody above capacity in these weeks."), "", back)
    start = words.address("load:map")
    clear = Button(_("Remove the filters"), start, "primary")
    return EmptyState("filtered", _("No population matches."), "", clear)


def pager(grid: Grid) -> Pager | None:
    """Page through the rows of a wide organisation; None when all are there."""
    total = len(grid.rows.lines)
    pages = -(-total // ROWS)
    if pages <= 1:
        return None
    here = min(grid.state.page, pages)
    summary = _("%(total)s rows, %(most)s at a time and at most %(columns)s columns") % {
        "total": total,
        "most": ROWS,
        "columns": COLUMNS,
    }
    links = tuple(
        Link(str(n), controls.to(grid.state, page=n), current=n == here)
        for n in range(1, pages + 1)
    )
    return Pager(
        summary,
        controls.to(grid.state, page=here - 1) if here > 1 else "",
        controls.to(grid.state, page=here + 1) if here < pages else "",
        links,
    )


@dataclass(frozen=True)
class PublicPage:
    """What the holder of a link reads."""

    title: str
    sentence: str
    period: str
    heat_map: HeatMap
    expires_on: date
    shared_by: str
    computed_at: datetime


def public(grid: Grid, link: ShareLink) -> PublicPage:
    """Assemble the page of a link: nothing leads anywhere."""
    return PublicPage(
        title=link.title,
        sentence=heat.headline(grid),
        period=controls.period_words(grid.state),
        heat_map=heat.heat_map(grid, live=False),
        expires_on=link.expires_on,
        shared_by=str(link.created_by),
        computed_at=grid.view.computed_at,
    )
