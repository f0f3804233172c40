"""Charts of invented data, for the gallery and for the tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from django.utils.translation import gettext as _

from orchestre.ui import formats
from orchestre.ui.charts.curves import Curve, Curves
from orchestre.ui.charts.gauge import GaugeMonth, MonthGauge
from orchestre.ui.charts.heatmap import HeatCell, HeatColumn, HeatMap, HeatRow, LegendItem
from orchestre.ui.charts.roadmap import (
    BarTone,
    Dependency,
    FreezeBand,
    Lane,
    Milestone,
    Phase,
    RoadBar,
    Roadmap,
)
from orchestre.ui.charts.small import Band, BandPoint, Bars, Contribution, LoadStrip, StripWeek
from orchestre.ui.charts.stacked import StackBar, StackedBars, StackSeries
from orchestre.ui.charts.steps import StepCurve, StepMark, StepPoint
from orchestre.ui.component import Component

FIRST = date(2026, 2, 2)
LEVELS = (0, 50, 80, 100, 120, 150)
NAMES = (
    ("Réseau commercial", 0),
    ("Agences Ouest", 1),
    ("Agences Est et outre-mer", 1),
    ("Siège", 0),
    ("Finance et contrôle de gestion", 1),
    ("Ressources humaines", 1),
    ("Achats", 1),
    ("Logistique", 0),
)


def level_of(load: int) -> int:
    return sum(load > threshold for threshold in LEVELS)


def load_of(row: int, week: int) -> int:
    """Waves that never repeat: enough to see every class."""
    return (row * 37 + week * 29 + (row * week * 13) % 71) % 178


def cell(name: str, row: int, week: int) -> HeatCell:
    load = load_of(row, week)
    when = formats.week_long(FIRST + timedelta(weeks=week))
    if load % 31 == 4:
        label = _("%(name)s, %(week)s: missing data") % {"name": name, "week": when}
        return HeatCell("?", 0, label, f"?sel={row}-{week}", missing=True)
    label = _("%(name)s, %(week)s: %(load)s of capacity") % {
        "name": name,
        "week": when,
        "load": formats.percent(load / 100),
    }
    return HeatCell(
        str(load),
        level_of(load),
        label,
        f"?sel={row}-{week}",
        over=load > 100,
        frozen=week == 9,
        assumed=row == 6,
        uncertain=90 < load < 112,
        worst_child=str(load + 34) if row in (0, 3) and load > 60 else "",
    )


def heat_map(rows: int = len(NAMES), weeks: int = 13, map_id: str = "heat-map") -> HeatMap:
    mondays = [FIRST + timedelta(weeks=week) for week in range(weeks)]
    columns = tuple(
        HeatColumn(formats.week(day), formats.week_long(day), formats.month(day), week == 2)
        for week, day in enumerate(mondays)
    )
    return HeatMap(
        _("Load over capacity, by population and by week"),
        _("Population"),
        columns,
        tuple(_heat_row(row, weeks) for row in range(rows)),
        _("Worst"),
        _("Above capacity"),
        tuple(str(sum(load_of(row, week) > 100 for row in range(rows))) for week in range(weeks)),
        legend(),
        plain_url="?format=table",
        map_id=map_id,
    )


def _heat_row(row: int, weeks: int) -> HeatRow:
    name, depth = NAMES[row % len(NAMES)]
    cells = tuple(cell(name, row, week) for week in range(weeks))
    known = [one for one in cells if not one.missing]
    worst = max(known, key=lambda one: int(one.text))
    return HeatRow(
        name, cells, str(40 + row * 22), "#", depth, "" if depth else "?open=1", not depth, worst
    )


def legend() -> tuple[LegendItem, ...]:
    return (
        LegendItem("0", "l0"),
        LegendItem("1–50", "l1"),
        LegendItem("51–80", "l2"),
        LegendItem("81–100", "l3"),
        LegendItem("101–120", "l4", "▲"),
        LegendItem("121–150", "l5", "▲"),
        LegendItem("> 150", "l6", "▲"),
        LegendItem(_("missing data"), "ms", "?"),
        LegendItem(_("freeze"), "l0 fr"),
        LegendItem(_("assumed"), "l0 as"),
        LegendItem(_("uncertain"), "", "◇"),
    )


def roadmap() -> Roadmap:
    return Roadmap(
        _("Roadmap of the programme, January to December 2026"),
        date(2026, 1, 1),
        date(2027, 1, 1),
        _lanes(),
        (
            Dependency("erp", "pay", _("Payroll waits for the ERP"), broken=True),
            Dependency("inv", "por", _("The portal waits for invoices")),
        ),
        (
            FreezeBand(_("Closing freeze"), date(2026, 6, 22), date(2026, 7, 6)),
            FreezeBand(_("Year-end freeze"), date(2026, 12, 14), date(2027, 1, 1)),
        ),
        today=date(2026, 3, 12),
    )


def _lanes() -> tuple[Lane, ...]:
    return (
        Lane(
            "Finance et achats",
            (
                _bar("erp", "ERP lot 3", (2, 7), "watch"),
                _bar("inv", "Facture électronique", (1, 3), "ok"),
            ),
        ),
        Lane(
            "Relation client et distribution",
            (
                replace(_bar("por", "Portail des usagers", (4, 8), "accent"), waves=_waves()),
                _bar("cal", "Centre de contact unifié", (8, 10), "off"),
            ),
        ),
        Lane(
            "Ressources humaines",
            (
                _bar("pay", "Paie", (6, 6), "accent"),
                _bar(
                    "ski", "Compétences 2028 : référentiel commun des métiers", (10, 12), "unknown"
                ),
            ),
        ),
        Lane("Données", (_bar("dat", "Socle de données", (3, 9), "done"),)),
    )


def _bar(key: str, label: str, months: tuple[int, int], tone: BarTone) -> RoadBar:
    first, last = months
    starts_on = date(2026, first, 6)
    ends_on = date(2026, last, 24)
    live = starts_on + (ends_on - starts_on) * 2 // 3
    phases = (
        Phase("announce", _("announcement"), starts_on, starts_on + timedelta(weeks=2)),
        Phase("train", _("training"), starts_on + timedelta(weeks=2), live),
        Phase("go_live", _("go-live"), live, live + timedelta(weeks=2)),
        Phase("recover", _("stabilisation"), live + timedelta(weeks=2), ends_on),
    )
    said = f"{label}, {formats.dates(starts_on, ends_on)}"
    return RoadBar(
        key,
        label,
        starts_on,
        ends_on,
        "#",
        said,
        tone,
        phases,
        (Milestone(_("Go-live"), live),),
        "?preview=1",
    )


def _waves() -> tuple[RoadBar, ...]:
    days = (("p1", "Pilote", date(2026, 6, 1)), ("p2", "Agences", date(2026, 7, 13)))
    return tuple(
        RoadBar(key, f"{name} : {formats.day(day)}", day, day + timedelta(weeks=1), "#", name,
                preview_url="?preview=1")
        for key, name, day in days
    )  # fmt: skip


def _gauge_month(at: int) -> GaugeMonth:
    month = date(2026 + (at + 1) // 12, (at + 1) % 12 + 1, 1)
    load = (60, 80, 120, 140, 90, 0)[at % 6]
    share = formats.percent(load / 100)
    return GaugeMonth(
        formats.month_short(month),
        f"{formats.month(month)} : {share}",
        share,
        load / 100 if at < 20 else None,
        level_of(load),
        before=1.0 if at in {2, 3} else None,
    )


def small() -> Mapping[str, tuple[Component, ...]]:
    weeks = [FIRST + timedelta(weeks=week) for week in range(13)]
    loads = (42, 55, 78, 96, 118, 140, 131, 88, 64, 0, 30, 72, 160)
    return {
        "MonthGauge": (
            MonthGauge(
                _("Architects, asked over available"),
                _("Share"),
                tuple(_gauge_month(at) for at in range(24)),
            ),
        ),
        "LoadStrip": (
            LoadStrip(
                _("Worst population of each of the next 13 weeks; the dashes are the capacity."),
                tuple(_strip_week(day, load) for day, load in zip(weeks, loads, strict=True)),
            ),
        ),
        "Bars": (
            Bars(
                _("Hours asked of each person, by change"),
                (
                    Contribution("SIRH", 1.2, formats.hours(1.2), _("training"), "#", over=True),
                    Contribution("Nouvelle caisse", 0.85, formats.hours(0.85), _("go-live"), "#"),
                    Contribution(
                        "Facture électronique", 0.4, formats.hours(0.4), _("announcement")
                    ),
                ),
            ),
        ),
        "Band": (
            Band(
                _("Hours per person, between the low and the high estimate"),
                tuple(
                    BandPoint(
                        formats.week(day),
                        load / 60 * 0.8,
                        load / 60,
                        load / 60 * 1.3 + 0.1,
                        formats.week_long(day),
                    )
                    for day, load in zip(weeks, loads, strict=True)
                ),
                1.75,
                _("capacity"),
                "h",
            ),
        ),
        "StackedBars": (_stacked(),),
        "StepCurve": (_step_curve(),),
        "Curves": (_curves(),),
    }


def _step_curve() -> StepCurve:
    values = (0.0, 0.14, 0.24, 0.35, 0.46, 0.56, 0.56, 0.56)
    points = tuple(
        StepPoint(at * 20.0, value, f"{at * 20} M€", formats.percent(value), str(at))
        for at, value in enumerate(values)
    )
    return StepCurve(
        _("The most value for each budget."),
        points,
        _("Budget"),
        _("Value kept"),
        _("Changes kept"),
        (StepMark(80, 0.46, _("our selection"), "80 M€, 46 %"),
         StepMark(95, 0.38, _("the committee’s"), "95 M€, 38 %", "ring")),
        100.0,
        _("people are the limit"),
    )  # fmt: skip


def _curves() -> Curves:
    months = tuple(date(2026, at, 1) for at in range(1, 7))
    told = (
        (_("planned"), "cu1", (0.0, 1.0, 2.0, 3.0, 4.0, 5.0)),
        (_("spent"), "cu3", (0.0, 0.5, 1.5, None, None, None)),
    )
    return Curves(
        _("Cumulated amounts; a curve stops where nothing is known yet."),
        _("Month"),
        tuple(formats.month_short(day) for day in months),
        tuple(formats.month(day) for day in months),
        tuple(
            Curve(name, css, values, tuple(formats.number(one) for one in values))
            for name, css, values in told
        ),
        "M€",
        2,
        _("today"),
    )


def _stacked() -> StackedBars:
    spent = ((3.0, 0.0), (2.5, 0.5), (0.0, 3.2), (0.0, 1.4))
    return StackedBars(
        _("Money by month; the dashes are the envelope."),
        _("Month"),
        (StackSeries(_("spent"), "st1"), StackSeries(_("planned"), "st3")),
        tuple(
            StackBar(
                formats.month_short(date(2026, at + 1, 1)),
                formats.month(date(2026, at + 1, 1)),
                pair,
                tuple(f"{formats.number(one)} M€" for one in pair),
                f"{formats.number(sum(pair))} M€",
                2.8,
                "2,8 M€",
                "2026",
            )
            for at, pair in enumerate(spent)
        ),
        "M€",
        _("envelope"),
    )


def _strip_week(day: date, load: int) -> StripWeek:
    name = formats.week(day)
    if load == 0:
        return StripWeek(name, f"{formats.week_long(day)} – {formats.undefined()}", "?", None)
    text = formats.percent(load / 100)
    return StripWeek(
        name, f"{formats.week_long(day)} – {text}", text, load / 100, level_of(load), f"?sel={name}"
    )
