"""The drawings of one outlook."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.outlook import queries
from orchestre.outlook.presenters import words
from orchestre.outlook.services.compute import Outlook
from orchestre.outlook.snapshot.chain import live_id
from orchestre.outlook.snapshot.problem import code_of
from orchestre.outlook.snapshot.rows import Known
from orchestre.ui import formats
from orchestre.ui.charts.curve import CurveMark, CurvePoint, SCurve
from orchestre.ui.charts.slip import Reported, SlipChart, SlipLine
from orchestre.ui.charts.tornado import Blade, Tornado
from orchestre.ui.tables import only
from orchestre_engine.outlook import Driver, Seen, Spread

TICKS = (0, 33, 66, 100)
MOST_DRIVERS = 12
LEAST_SHARE = 0.005


def date_curve(view: Outlook, seen: Seen, promised_on: date | None) -> SCurve:
    """Draw how likely it is to be live by each day."""
    days = [view.built.day(seen.end.percentile(at)) for at in range(101)]
    points = tuple(
        CurvePoint(seen.end.percentile(at), at / 100, formats.day(day))
        for at, day in enumerate(days)
    )
    marks = [
        CurveMark(seen.end.p50, 0.5, f"P50 – {formats.day(days[50])}"),
        CurveMark(seen.end.p80, 0.8, f"P80 – {formats.day(days[80])}"),
    ]
    if promised_on is not None and seen.promised is not None:
        label = _("promised %(day)s – %(part)s") % {
            "day": formats.day(promised_on),
            "part": formats.percent(seen.probability_kept),
        }
        marks.append(CurveMark(seen.promised, seen.probability_kept or 0.0, label, "promise"))
    values = [one.value for one in points] + [one.value for one in marks]
    low, high = min(values), max(values)
    places = [low + (high - low) * at / 100 for at in TICKS]
    ticks = tuple((at, formats.day_short(view.built.day(at))) for at in places)
    return SCurve(words.promise(view, seen, promised_on), points, tuple(marks), _("Live on"), ticks)


def cost_curve(spread: Spread, budget: float | None) -> SCurve:
    """Draw how likely it is to cost less than each amount."""
    points = tuple(
        CurvePoint(spread.percentile(at), at / 100, formats.euros(spread.percentile(at)))
        for at in range(101)
    )
    marks = [
        CurveMark(spread.p50, 0.5, f"P50 – {formats.euros(spread.p50)}"),
        CurveMark(spread.p80, 0.8, f"P80 – {formats.euros(spread.p80)}"),
    ]
    if budget is not None:
        ratio = sum(one.value <= budget for one in points[1:]) / 100
        label = _("announced %(amount)s") % {"amount": formats.euros(budget)}
        marks.append(CurveMark(budget, ratio, label, "promise"))
    values = [one.value for one in points] + [one.value for one in marks]
    low, high = min(values), max(values)
    ticks = tuple(
        (low + (high - low) * at / 100, formats.euros(low + (high - low) * at / 100))
        for at in TICKS
    )
    caption = _("Count on %(amount)s (P80).") % {"amount": formats.euros(spread.p80)}
    return SCurve(caption, points, tuple(marks), _("Cost"), ticks)


def driver_name(view: Outlook, task: str, code: str, visible: set[str]) -> str:
    """Name what drives: one's own steps by their name, those of others by their initiative."""
    other = code_of(task)
    step = words.step_name(words.kinds_of_task(view, task))
    if other == code:
        return step
    return f"{other} – {step}" if other in visible else _("a confidential initiative")


def tornado(view: Outlook, code: str, visible: set[str]) -> Tornado | None:
    """Draw what drives the date, by schedule sensitivity."""
    if view.result is None:
        return None
    drivers = [
        one
        for one in view.result.drivers
        if one.schedule_sensitivity is not None and one.schedule_sensitivity > LEAST_SHARE
    ]
    if not drivers:
        return None
    blades = tuple(_blade(view, one, code, visible) for one in drivers[:MOST_DRIVERS])
    told = _("%(name)s drives the date most.") % {"name": words.opened(blades[0].name)}
    return Tornado(
        f"{told} {only(MOST_DRIVERS, len(drivers))}" if drivers[MOST_DRIVERS:] else told,
        blades,
        _("Step"),
        _("Sensitivity (SSI)"),
        (_("Critical in (CI)"), _("Significance (SI)"), _("Cruciality (CRI)")),
    )


def _blade(view: Outlook, one: Driver, code: str, visible: set[str]) -> Blade:
    value = one.schedule_sensitivity or 0.0
    return Blade(
        driver_name(view, one.task, code, visible),
        value,
        formats.number(value, 2),
        (
            formats.percent(one.criticality),
            formats.number(one.significance, 2),
            formats.number(one.cruciality, 2),
        ),
    )


def slip_chart(known: Known, today: date) -> SlipChart | None:
    """Draw the successive forecasts of the milestones; None while none was written."""
    found = queries.forecasts(known.steps)
    lines = []
    for step in known.steps:
        points = [Reported(one.reported_on, one.expected_on) for one in found.get(step.pk, ())]
        if points:
            lines.append(SlipLine(words.step_name(step), tuple(points), step.actual_on))
    if not any(len(one.points) > 1 for one in lines):
        return None
    lines.sort(key=lambda one: (-len(one.points), one.points[-1].expected))
    slipped = sum(_slips(one) for one in lines)
    caption = _("No forecast slipped since the first ones.")
    if slipped:
        caption = ngettext(
            "%(n)s slip written since the first forecast.",
            "%(n)s slips written since the first forecasts.",
            slipped,
        ) % {"n": formats.number(slipped)}
    if lines[SlipChart.MOST_LINES :]:
        caption = f"{caption} {only(SlipChart.MOST_LINES, len(lines))}"
    return SlipChart(caption, tuple(lines[: SlipChart.MOST_LINES]), today)


def _slips(line: SlipLine) -> int:
    days = [one.expected for one in line.points]
    return sum(after > before for before, after in pairwise(days))


def live_seen(view: Outlook, code: str) -> Seen | None:
    """Return what was drawn of the go-live of an initiative."""
    if view.result is None:
        return None
    return next((one for one in view.result.seen if one.task == live_id(code)), None)
