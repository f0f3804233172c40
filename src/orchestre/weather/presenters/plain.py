"""The weather as plain values, for programs and for the command line."""

from __future__ import annotations

from datetime import date
from typing import Any

from orchestre.portfolio.models import Initiative
from orchestre.weather import queries, snapshot
from orchestre.weather.models import WeatherReport
from orchestre.weather.presenters import words
from orchestre.weather.presenters.one import age_of
from orchestre.weather.rules import AXES, is_better, is_stale, trend_of
from orchestre.weather.services import readings
from orchestre.weather.services.lines import Line
from orchestre.weather.snapshot import WORDS
from orchestre_engine.value import health as engine


def line(row: Line, number: int) -> dict[str, Any]:
    """Give one line of the list."""
    return {
        "initiative": row.code,
        "title": row.title,
        "calculated": row.level,
        "declared": None if row.stale else row.declared,
        "trend": row.trend,
        "age_days": row.age_days,
        "stale": row.stale,
        "gap": row.gap,
        "formula": engine.COMPUTATION,
        "thresholds": number,
    }


def one(initiative: Initiative) -> dict[str, Any]:
    """Give one initiative, its six axes and the figures of each."""
    found, frame = readings.of(initiative), readings.frame()
    last = queries.last_of(initiative)
    days = age_of(last)
    stale = is_stale(days, frame.period_days)
    declared = last.declared if last and not stale else None
    axes = [_axis(axis, found, last, declared) for axis in AXES]
    return {
        "initiative": initiative.code,
        "title": initiative.title,
        "calculated": found.level if found else "",
        "declared": last.declared_level if last and not stale else None,
        "trend": trend_of(last.level, found.level) if last and found else None,
        "age_days": days,
        "stale": stale,
        "gap": sum(
            is_better(axis["declared"] or "", axis["calculated"]) for axis in axes if declared
        ),
        "formula": engine.COMPUTATION,
        "thresholds": frame.number,
        "axes": axes,
        "last_report": last.pk if last else None,
    }


def _axis(
    axis: str,
    found: readings.One | None,
    last: WeatherReport | None,
    declared: dict[str, str] | None,
) -> dict[str, Any]:
    measures = found.axes[axis].measures if found else ()
    behind = found.known.behind if found else {}
    return {
        "axis": axis,
        "calculated": found.word(axis) if found else "",
        "declared": declared[axis] if declared else None,
        "reason": str(last.reasons.get(axis, "")) if last and declared else "",
        "measures": [
            {
                "name": measure.name,
                "value": measure.value,
                "watch_from": measure.amber,
                "off_from": measure.red,
                "level": WORDS[measure.level],
                "sentence": words.sentence(measure.name, measure.value, behind),
            }
            for measure in measures
        ],
    }


def report(row: WeatherReport) -> dict[str, Any]:
    """Give one report as it was published."""
    return {
        "id": row.pk,
        "initiative": row.initiative.code,
        "period_on": row.period_on,
        "revision": row.revision,
        "declared": row.declared,
        "reasons": row.reasons,
        "summary": row.summary,
        "published_at": row.published_at,
        "calculated_level": row.level,
        "declared_level": row.declared_level,
        "calculated": row.calculated,
        "formula": row.formula,
        "thresholds": row.thresholds,
    }


def flow(month: date, found: engine.Flow) -> dict[str, Any]:
    """Give what became of the promises of a month."""
    return {
        "month_on": month,
        "promised": found.promised,
        "met": found.met,
        "slipped": found.slipped,
        "waiting": found.waiting,
        "dropped": found.dropped,
        "inserted": found.inserted,
        "commitment_ratio": found.commitment,
        "slip_ratio": found.slip,
    }


def thresholds() -> dict[str, Any]:
    """Give the thresholds in force."""
    number, found, period_days = snapshot.thresholds()
    return {
        "number": number,
        "formula": engine.COMPUTATION,
        "values": snapshot.stored_of(found, period_days),
    }
