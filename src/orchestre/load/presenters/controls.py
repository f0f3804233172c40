"""Switches, periods and filters of the map: links that keep all the rest of its state."""

from __future__ import annotations

from django.utils.translation import gettext as _

from orchestre.load.presenters import words
from orchestre.load.presenters.heat import Grid
from orchestre.load.rules import dates
from orchestre.load.rules.view import MapState
from orchestre.ui import formats
from orchestre.ui.components import Button, Chip, FilterChips, Link, MenuButton, Switch


def to(state: MapState, **changes: object) -> str:
    query = state.query(**changes)
    start = words.address("load:map")
    return f"{start}?{query}" if query else start


def measure(state: MapState) -> Switch:
    """Choose what the cells say."""
    options = (
        ("pct", _("% of capacity")),
        ("hours", _("Hours per person")),
        ("risk", _("Risk of overload")),
    )
    return Switch(
        _("Measure"),
        tuple(
            Link(text, to(state, measure=name), current=state.measure == name)
            for name, text in options
        ),
    )


def zoom(state: MapState) -> Switch:
    """Choose weeks or months."""
    options = (("week", _("Weeks")), ("month", _("Months")))
    return Switch(
        _("Zoom"),
        tuple(
            Link(text, _zoomed(state, name), current=state.zoom == name) for name, text in options
        ),
    )


def _zoomed(state: MapState, name: str) -> str:
    if name == state.zoom:
        return to(state)
    first = dates.start_of(state.first, name)
    if state.first == dates.start_of(state.today, state.zoom):
        first = dates.start_of(state.today, name)
    return to(state, zoom=name, first=first, length=12 if name == "month" else 13)


def count(state: MapState) -> Switch:
    """Choose what counts."""
    options = (("all", _("Everything")), ("confirmed", _("Without assumptions")))
    return Switch(
        _("What counts"),
        tuple(
            Link(text, to(state, count=name), current=state.count == name) for name, text in options
        ),
    )


def show(state: MapState) -> Switch:
    """Choose everybody, or only who is above capacity."""
    options = (("all", _("Everybody")), ("over", _("Above capacity")))
    return Switch(
        _("Populations"),
        tuple(
            Link(text, to(state, show=name, page=1), current=state.show == name)
            for name, text in options
        ),
    )


def period(state: MapState) -> tuple[Button, ...]:
    """Go one period back, to today, one period on."""
    start = dates.start_of(state.today, state.zoom)
    found = [
        Button(_("Previous"), to(state.moved(-1)), "quiet", "left", small=True),
        Button(_("Today"), to(state, first=start), "quiet", small=True),
        Button(_("Next"), to(state.moved(1)), "quiet", "right", small=True),
    ]
    return tuple(found if state.first != start else (found[0], found[2]))


def period_words(state: MapState) -> str:
    """Name the period shown."""
    columns = state.columns
    return formats.dates(columns[0][0], columns[-1][1])


def chips(grid: Grid) -> FilterChips | None:
    """Say the filters as sentences, each with its way out."""
    state = grid.state
    found = []
    if state.within is not None:
        unit = next((u for u in grid.view.snapshot.units.values() if u.pk == state.within), None)
        if unit is not None and grid.reader.sees_unit(unit.code):
            sentence = _("Unit is %(name)s") % {"name": unit.name}
            found.append(Chip(sentence, to(state, within=None, opened=None, page=1)))
    if state.words:
        sentence = _("Name contains “%(words)s”") % {"words": state.words}
        found.append(Chip(sentence, to(state, words="", page=1)))
    if state.show == "over":
        found.append(Chip(_("Only above capacity"), to(state, show="all", page=1)))
    return FilterChips(tuple(found)) if found else None


def downloads(state: MapState) -> MenuButton:
    """Take the figures away."""
    query = state.query()
    tail = f"?{query}" if query else ""
    items = tuple(
        Link(text, words.address("load:download", kind) + tail, icon=icon)
        for kind, text, icon in (
            ("xlsx", _("Excel workbook (XLSX)"), "file"),
            ("csv", _("Plain table (CSV)"), "list"),
        )
    )
    return MenuButton(_("Download"), items, "export", align_end=True)


def folding(grid: Grid) -> tuple[Link, ...]:
    """Unfold or fold every unit."""
    units = frozenset(unit.pk for unit in grid.view.snapshot.units.values())
    return (
        Link(_("Unfold all"), to(grid.state, opened=units, page=1)),
        Link(_("Fold all"), to(grid.state, opened=frozenset(), page=1)),
    )
