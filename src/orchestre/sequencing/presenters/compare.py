"""Up to four plans side by side: figures with their verdict, where it differs, what moved."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from django.urls import reverse
from django.utils.translation import gettext as _

from orchestre.access.reach import Person
from orchestre.load.queries import Reader, reader_of
from orchestre.portfolio.rules.dates import Span
from orchestre.sequencing import policy
from orchestre.sequencing.models import Scenario
from orchestre.sequencing.presenters import doors, words
from orchestre.sequencing.presenters.gauges import seen, why_url
from orchestre.sequencing.presenters.margins import Drawn, drawn
from orchestre.sequencing.presenters.panel import changes
from orchestre.sequencing.queries import scenarios as queries
from orchestre.sequencing.rules.edits import Edit
from orchestre.sequencing.rules.measures import delta, verdict
from orchestre.sequencing.services.gauges import Gauges, measure_edits
from orchestre.sequencing.services.live import Live, live
from orchestre.ui import formats
from orchestre.ui.charts.heatmap import HeatCell, HeatColumn, HeatMap, HeatRow, LegendItem
from orchestre.ui.components import Button, EmptyState, Link, Switch
from orchestre.ui.tables import only

MOST = 4
ROWS = 24
POINTS = (0.05, 0.15, 0.30)


@dataclass(frozen=True)
class Cell:
    """One figure of one plan: its value, its difference, an arrow and a word."""

    plan: str
    value: str
    difference: str
    arrow: str
    judged: str
    word: str
    why_url: str


@dataclass(frozen=True)
class FigureRow:
    """One measure across the plans."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class MovedRow:
    """One initiative that some scenario changes, and what each says of it."""

    code: str
    title: str
    cells: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class ComparePage:
    """What the page shows."""

    columns: tuple[Link, ...]
    sentences: tuple[str, ...]
    rows: tuple[FigureRow, ...]
    drawn: Drawn | None
    map: HeatMap | None
    map_switch: Switch | None
    moved: tuple[MovedRow, ...]
    hidden: int
    empty: EmptyState | None
    choices: tuple[tuple[str, str, tuple[tuple[str, str, bool], ...]], ...]
    doors: tuple[Button, ...]


@dataclass(frozen=True)
class _Column:
    scenario: Scenario | None
    edits: dict[str, Edit]
    gauges: Gauges

    @property
    def name(self) -> str:
        return self.scenario.name if self.scenario else _("Plan in force")

    @property
    def key(self) -> str:
        return str(self.scenario.pk) if self.scenario else "current"


def compare_page(person: Person, asked: list[str], shown: str = "") -> ComparePage:
    """Compare what is asked; the first column is what the others are measured against."""
    there, reader = live(), reader_of(person)
    columns = _columns(person, there, asked)
    base, others = columns[0], columns[1:]
    looked = next((one for one in others if one.key == shown), others[0] if others else None)
    touched, hidden = _moved(there, reader, columns)
    return ComparePage(
        columns=tuple(_head(one) for one in columns),
        sentences=tuple(_sentence(one, base) for one in others),
        rows=tuple(_row(name, columns) for name in words.NAMES) if others else (),
        drawn=_drawn(person, there, columns) if others else None,
        map=_map(there, reader, base, looked) if looked else None,
        map_switch=_switch(columns, looked) if looked and len(others) > 1 else None,
        moved=touched,
        hidden=hidden,
        empty=None if others else _empty(person),
        choices=_choices(person, columns),
        doors=doors.buttons_of_comparison(
            person, tuple(one.scenario for one in columns if one.scenario)
        ),
    )


def _columns(person: Person, there: Live, asked: list[str]) -> list[_Column]:
    wanted = list(dict.fromkeys(["current" if one == "current" else one for one in asked]))
    keys = [int(one) for one in wanted if one.isdecimal() and len(one) < 10]
    known = {one.pk: one for one in policy.visible_to(person).filter(pk__in=keys)}
    found = []
    for one in wanted or ["current"]:
        scenario = known.get(int(one)) if one.isdecimal() and len(one) < 10 else None
        if scenario is None and one != "current":
            continue
        edits = queries.edits(scenario)
        found.append(_Column(scenario, edits, seen(person, measure_edits(edits, on=there))))
    if not found:
        found.append(_Column(None, {}, seen(person, measure_edits({}, on=there))))
    return found[:MOST]


def _drawn(person: Person, there: Live, columns: list[_Column]) -> Drawn:
    return drawn(person, there, tuple((one.name, one.edits) for one in columns))


def _head(one: _Column) -> Link:
    if one.scenario is None:
        return Link(one.name, reverse("portfolio:roadmap"))
    return Link(one.name, reverse("sequencing:show", args=[one.scenario.pk]))


def _sentence(one: _Column, base: _Column) -> str:
    told = [sentence for _judged, sentence in changes(base.gauges, one.gauges)][:3]
    if not told:
        return _("“%(name)s” changes no figure.") % {"name": one.name}
    return _("“%(name)s” – %(changes)s.") % {"name": one.name, "changes": formats.clauses(told)}


def _row(name: str, columns: list[_Column]) -> FigureRow:
    base = columns[0].gauges.measures
    cells = []
    for at, one in enumerate(columns):
        measures = one.gauges.measures
        difference = delta(name, base, measures)
        judged = verdict(name, difference) if at else ""
        arrow = ""
        if at and difference is not None and judged in {"better", "worse"}:
            arrow = "up" if difference > 0 else "down"
        cells.append(
            Cell(
                one.name,
                words.measured(name, measures),
                words.delta(name, difference) if at else "",
                arrow,
                judged,
                words.judged(judged) if at else "",
                why_url(name, one.key),
            )
        )
    return FigureRow(str(words.LABELS[name]), tuple(cells))


def _switch(columns: list[_Column], looked: _Column) -> Switch:
    base = reverse("sequencing:compare")
    query = "&".join(f"{'abcd'[at]}={one.key}" for at, one in enumerate(columns))
    return Switch(
        _("Differences of"),
        tuple(
            Link(one.name, f"{base}?{query}&map={one.key}", one is looked) for one in columns[1:]
        ),
    )


def _level(difference: float) -> int:
    size = sum(abs(difference) >= one for one in POINTS)
    return size if difference > 0 else -size


def _map(there: Live, reader: Reader, base: _Column, one: _Column) -> HeatMap:
    before = np.nan_to_num(base.gauges.worst_ratio)
    after = np.nan_to_num(one.gauges.worst_ratio)
    change = after - before
    weight = np.abs(change).max(axis=1) if change.size else np.zeros(0)
    rows = [
        row
        for row in np.argsort(-weight, kind="stable").tolist()
        if weight[row] >= 0.005 and reader.sees_population(base.gauges.populations[row])
    ]
    groups = there.view.snapshot.groups
    caption = _("Load of each population by month, in points: %(name)s less %(base)s")
    caption %= {"name": one.name, "base": base.name}
    if rows[ROWS:]:
        caption = f"{caption}. {only(ROWS, len(rows))}"
    return HeatMap(
        caption=caption,
        corner=_("Population"),
        columns=tuple(
            HeatColumn(formats.month_short(month), formats.month(month), str(month.year))
            for month in one.gauges.months
        ),
        rows=tuple(
            HeatRow(
                groups[base.gauges.populations[row]].name,
                tuple(
                    _cell(
                        groups[base.gauges.populations[row]].name,
                        formats.month(month),
                        float(before[row, at]),
                        float(after[row, at]),
                    )
                    for at, month in enumerate(one.gauges.months)
                ),
            )
            for row in rows[:ROWS]
        ),
        legend=(
            LegendItem(_("lighter"), "dm2", "−20"),
            LegendItem(_("the same"), "dz", "0"),
            LegendItem(_("heavier"), "dp2", "+20"),
        ),
        difference=True,
    )


def _cell(name: str, month: str, before: float, after: float) -> HeatCell:
    points = round((after - before) * 100)
    told = _("%(name)s, %(month)s: %(before)s before, %(after)s after") % {
        "name": name,
        "month": month,
        "before": formats.percent(before),
        "after": formats.percent(after),
    }
    text = f"{points:+d}".replace("-", "−") if points else "0"
    return HeatCell(text, _level(after - before), told)


def _moved(there: Live, reader: Reader, columns: list[_Column]) -> tuple[tuple[MovedRow, ...], int]:
    codes = sorted({code for one in columns for code in one.edits})
    seen = [code for code in codes if reader.names(code)]
    found = []
    for code in seen:
        planned = there.planned(code)
        span = planned.span if planned else Span(None, None)
        cells = []
        for one in columns:
            edit = one.edits.get(code)
            told = words.edit(edit, span) if edit else _("as in the plan")
            url = (
                reverse("sequencing:initiative", args=[one.scenario.pk, code])
                if one.scenario and edit
                else ""
            )
            cells.append((one.name, told, url))
        found.append(MovedRow(code, planned.title if planned else "", tuple(cells)))
    return tuple(found), len(codes) - len(seen)


def _choices(
    person: Person, columns: list[_Column]
) -> tuple[tuple[str, str, tuple[tuple[str, str, bool], ...]], ...]:
    """Return the four lists to choose from, each with what is chosen."""
    pairs = [("current", _("Plan in force"))]
    pairs += [(str(one.pk), one.name) for one in queries.scenarios(person)]
    labels = (_("Measured against"), _("Compare"), _("With"), _("And with"))
    found = []
    for at, (name, label) in enumerate(zip("abcd", labels, strict=True)):
        chosen = columns[at].key if at < len(columns) else ""
        options = [(value, text, value == chosen) for value, text in pairs]
        if at:
            options.insert(0, ("", _("nothing"), not chosen))
        found.append((name, label, tuple(options)))
    return tuple(found)


def _empty(person: Person) -> EmptyState:
    if queries.scenarios(person).exists():
        return EmptyState(
            "filtered", _("Choose what to compare."), _("One to three scenarios, above.")
        )
    button = (
        Button(_("Open a scenario"), reverse("sequencing:new"), "primary")
        if policy.may_draft(person)
        else None
    )
    return EmptyState(
        "new", _("No scenario to compare yet."), _("Open one, or ask that one be shared."),
        action=button,
    )  # fmt: skip
