"""Five executed projects with their published earned value: read, reproduced, drawn.

The sheet “Tracking Overview” of each file holds the published figures; the agenda gives the
working hours in which its earned schedule is counted.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from orchestre_engine.outlook import (
    Kind,
    Law,
    Link,
    OutlookProblem,
    Shape,
    Task,
    Watch,
    schedule,
    simulate,
)
from orchestre_engine.value import EarnedSchedule, EarnedValue

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("ORCHESTRE_REAL_DATA") or ROOT.parent / "shared" / "data") / "dslib"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        not DATA.is_dir(),
        reason="the real data set is not beside the project (ORCHESTRE_REAL_DATA)",
    ),
]

FILES = ("C2012-13", "C2013-04", "C2013-13", "C2013-15", "C2014-05")
HEADS = {
    "pv": "Planned Value (PV)", "ev": "Earned Value (EV)", "ac": "Actual Cost (AC)",
    "es": "Earned Schedule (ES)", "sv": "Schedule Variance (SV)",
    "spi": "Schedule Performance Index (SPI)", "cv": "Cost Variance (CV)",
    "cpi": "Cost Performance Index (CPI)", "spi_t": "Schedule Performance Index (SPI(t))",
    "once": "EAC (PF=1)", "past": "EAC (PF=CPI)", "pressed": "EAC (PF=SCI)",
    "weighted": "EAC (PF=0.8*CPI+0.2*SPI)", "at": "Status date",
}  # fmt: skip
DURATION = re.compile(r"(?:(\d+)w)?\s*(?:(\d+)d)?\s*(?:(\d+)h)?")
LINK = re.compile(r"(\d+)(FS|SS|FF|SF)(?:([+-])(.+))?")


@dataclass(frozen=True)
class Agenda:
    """Working hours of the day, working days of the week, days off."""

    hours: frozenset[int]
    days: frozenset[int]
    off: frozenset[date]

    def worked(self, start: datetime, end: datetime) -> int:
        """Count the working hours between two instants, given to the hour."""
        count, at = 0, start
        while at < end:
            count += (
                at.hour in self.hours and at.weekday() in self.days and at.date() not in self.off
            )
            at += timedelta(hours=1)
        return count


def agenda_of(book: Any) -> Agenda:
    hours, days, off = set(), set(), set()
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    for row in book["Agenda"].iter_rows(values_only=True):
        cells = [cell for cell in row if cell is not None]
        for name, value in pairwise(cells):
            if value == "Yes" and name in names:
                days.add(names.index(name))
            elif value == "Yes" and re.match(r"\d+:00 -", str(name)):
                hours.add(int(str(name).split(":")[0]))
        off.update(cell.date() for cell in cells if isinstance(cell, datetime))
    return Agenda(frozenset(hours), frozenset(days), frozenset(off))


def readings(book: Any) -> list[dict[str, Any]]:
    rows = list(book["Tracking Overview"].iter_rows(min_row=2, values_only=True))
    at = {name: rows[0].index(head) for name, head in HEADS.items()}
    return [
        {name: row[place] for name, place in at.items()}
        for row in rows[1:]
        if row[at["pv"]] is not None and isinstance(row[at["at"]], datetime)
    ]


def tasks_of(book: Any) -> list[tuple[Any, ...]]:
    rows = book["Baseline Schedule"].iter_rows(min_row=3, values_only=True)
    return [row for row in rows if isinstance(row[0], int)]


@pytest.mark.parametrize("name", FILES)
def test_published_earned_value_is_reproduced(name: str) -> None:
    book = load_workbook(DATA / f"{name}.xlsx", data_only=True)
    agenda, found = agenda_of(book), readings(book)
    whole = tasks_of(book)[0]
    budget, start = whole[13], whole[5]
    assert len(found) >= 6
    for one in found:
        ours = EarnedValue(budget, one["pv"], one["ev"], one["ac"])
        assert ours.sv == pytest.approx(one["sv"], abs=0.01)
        assert ours.cv == pytest.approx(one["cv"], abs=0.01)
        assert ours.spi == pytest.approx(one["spi"], rel=1e-9)
        assert ours.cpi == pytest.approx(one["cpi"], rel=1e-9)
        assert ours.eac_once == pytest.approx(one["once"], abs=0.01)
        assert ours.eac_past == pytest.approx(one["past"], abs=0.01)
        assert ours.eac_pressed == pytest.approx(one["pressed"], abs=0.01)
        assert ours.eac_weighted == pytest.approx(one["weighted"], abs=0.01)
        spent = agenda.worked(start, one["at"])
        schedule_read = EarnedSchedule(agenda.worked(start, one["es"]), spent, 1)
        assert schedule_read.spi_t == pytest.approx(one["spi_t"], abs=0.005)


def hours_of(text: object, per_day: int) -> float:
    found = DURATION.fullmatch(str(text or "").strip())
    assert found is not None, text
    weeks, days, hours = (int(part or 0) for part in found.groups())
    return (weeks * 5 + days) * per_day + hours


def network_of(book: Any) -> tuple[OutlookProblem, float]:
    """Read the baseline in working hours, with the three points of its risk analysis."""
    agenda, rows = agenda_of(book), tasks_of(book)
    per_day, whole = len(agenda.hours), rows[0]
    heads = next(book["Risk Analysis"].iter_rows(min_row=2, max_row=2, values_only=True))
    at = [heads.index(f"{word} (%)") for word in ("Optimistic", "Most probable", "Pessimistic")]
    points = {
        row[0]: [row[place] for place in at]
        for row in book["Risk Analysis"].iter_rows(min_row=3, values_only=True)
    }
    parents = {row[2].rsplit(".", 1)[0] for row in rows if "." in str(row[2])}
    leaves = [row for row in rows[1:] if str(row[2]) not in parents]
    known = {row[0] for row in leaves}
    tasks, links = [], []
    for row in leaves:
        days = hours_of(row[7], per_day)
        shares = points.get(row[0]) or [100, 100, 100]
        low, likely, high = (days * (share if share is not None else 100) / 100 for share in shares)
        before = agenda.worked(whole[5], row[5])
        mine = [
            LINK.fullmatch(part.strip()) for part in str(row[3] or "").split(";") if part.strip()
        ]
        for found in mine:
            if found is None or int(found[1]) not in known:
                continue
            lag = hours_of(found[4], per_day) * (-1 if found[3] == "-" else 1) if found[3] else 0
            links.append(Link(found[1], str(row[0]), Kind(found[2]), lag))
        law = Law(*sorted((low, likely, high)), Shape.TRIANGULAR)
        # a task nobody comes before starts when the baseline says so
        tasks.append(Task(str(row[0]), law, 0 if mine else before))
    watches = tuple(Watch(one.id) for one in tasks[:1])
    problem = OutlookProblem(whole[5].date(), tuple(tasks), tuple(links), watches=watches)
    return problem, agenda.worked(whole[5], whole[6])


@pytest.mark.parametrize("name", FILES)
def test_baseline_networks_are_scheduled_and_drawn(name: str) -> None:
    book = load_workbook(DATA / f"{name}.xlsx", data_only=True)
    problem, planned = network_of(book)
    plan = schedule(problem)
    assert any(one.is_critical for one in plan.tasks)
    assert plan.finish <= planned * 1.02
    assert plan.finish >= planned * 0.5
    found = simulate(problem, draws=2_000, seed=1)
    assert found.end.percentile(10) <= found.end.p50 <= found.end.p80
    assert found.end.p80_low <= found.end.p80 <= found.end.p80_high
    drivers = [one for one in found.drivers if one.schedule_sensitivity]
    assert drivers
    assert drivers[0].criticality > 0
