"""The weather of the demo: thirteen weeks of reports, promises, and situations put there.

Two initiatives are declared better than the figures say, two have no news for three weeks, and
three gather the reasons to ask whether they still live, one of them past its last day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from orchestre.demo.rules import WEEKS_BEHIND, Teller, table
from orchestre.interactions.models import Finding
from orchestre.journal.services import Act, act
from orchestre.portfolio.models import Initiative, Milestone
from orchestre.resources.models import CostLine, Worth
from orchestre.weather.models import Promise, WeatherReport
from orchestre.weather.rules import AXES, is_better, month_of, period_of, pillars_of
from orchestre.weather.services import readings
from orchestre_engine.value.health import COMPUTATION

SINCE = ("IN-004", "IN-028", "IN-035", "IN-038")  # their figures moved after the last report
ASLEEP = ("IN-025", "IN-043", "IN-046")
CONFIRMED = (("overload", "IN-001", 12), ("interference", "IN-012", 40))
LETTERS = {"g": "ok", "a": "watch", "r": "off", "-": ""}


@dataclass(frozen=True)
class Pattern:
    """Letters by axis, one for each week before this one."""

    declared: dict[str, str]
    calculated: dict[str, str]

    def at(self, week: int) -> tuple[dict[str, str], dict[str, str]]:
        """Return the levels declared and calculated in a week."""
        at = min(week, WEEKS_BEHIND - 1)
        return (
            {axis: LETTERS[self.declared[axis][at]] for axis in AXES},
            {axis: LETTERS[self.calculated[axis][at]] for axis in AXES},
        )


def _patterns() -> dict[str, Pattern]:
    found: dict[str, Pattern] = {}
    for row in table("weather_patterns"):
        one = found.setdefault(row["pattern"], Pattern({}, {}))
        one.declared[row["axis"]] = row["declared"]
        one.calculated[row["axis"]] = row["calculated"]
    return found


def load(language: str, start: date) -> None:
    """Tell the weather of the demo organisation, as its leads would have."""
    teller = Teller(language, start)
    rows = {row.code: row for row in Initiative.objects.all()}
    Milestone.objects.bulk_create(list(_milestones(teller, rows)))
    with act(None, "demo.weather", _("Told the weather of the demo"), undoable=False) as doing:
        doing.create_many(list(_costs(rows)))
        doing.create_many(list(_worths(rows)))
        _confirm(doing)
    Promise.objects.bulk_create(list(_promises()))
    _move(rows)
    Milestone.objects.filter(initiative__code__in=ASLEEP).delete()
    with act(None, "demo.weather", _("Told the weather of the demo"), undoable=False) as doing:
        doing.create_many(list(_reports(teller, rows)))
    _headlines(rows)
    # nobody wrote about these since: the journal alone cannot tell it of an organisation of today
    touched = timezone.now() - timedelta(weeks=WEEKS_BEHIND - 1)
    Initiative.objects.filter(code__in=ASLEEP).update(updated_at=touched)
    readings.forget()


def _milestones(teller: Teller, rows: dict[str, Initiative]) -> Iterator[Milestone]:
    for row in table("weather_milestones"):
        yield Milestone(
            initiative=rows[row["initiative"]],
            kind=row["kind"],
            name=teller.text(row, "name"),
            baseline_on=teller.day(row["baseline"]) + timedelta(days=3),
            forecast_on=teller.day(row["forecast"]) + timedelta(days=3),
            actual_on=teller.day(row["actual"]) + timedelta(days=2) if row["actual"] else None,
        )


def _costs(rows: dict[str, Initiative]) -> Iterator[CostLine]:
    """Spread the cost over the dates: what is behind is spent, then committed, then planned."""
    known = set(CostLine.objects.values_list("initiative_id", flat=True))
    today = timezone.localdate()
    for row in table("weather"):
        one = rows[row["initiative"]]
        if not row["cost_factor"] or one.pk in known or one.cost_eur is None:
            continue
        first, until = one.starts_on, one.ends_on
        if first is None or until is None:
            continue
        middle = min(max(today, first + timedelta(days=1)), until - timedelta(days=2))
        total = one.cost_eur * Decimal(row["cost_factor"])
        spent = round(total * (middle - first).days / (until - first).days, 2)
        committed = round((total - spent) / 3, 2)
        later = middle + (until - middle) / 3
        parts = (
            (first, middle, spent, CostLine.State.SPENT),
            (middle, later, committed, CostLine.State.COMMITTED),
            (later, until, total - spent - committed, CostLine.State.PLANNED),
        )
        for starts_on, ends_on, amount, state in parts:
            yield CostLine(
                initiative=one,
                starts_on=starts_on,
                ends_on=ends_on,
                amount_eur=amount,
                state=state,
            )


def _worths(rows: dict[str, Initiative]) -> Iterator[Worth]:
    known = set(Worth.objects.values_list("initiative_id", flat=True))
    for row in table("weather"):
        one = rows[row["initiative"]]
        if row["worth_k"] and one.pk not in known:
            yield Worth(initiative=one, value_eur_per_year=Decimal(row["worth_k"]) * 1000)


def _confirm(doing: Act) -> None:
    for kind, code, days in CONFIRMED:
        found = Finding.objects.filter(kind=kind, initiatives__code=code, present=True).first()
        if found is not None:
            at = timezone.now() - timedelta(days=days)
            doing.update(found, {"state": Finding.State.CONFIRMED, "decided_at": at})


def _promises() -> Iterator[Promise]:
    """Freeze three months as they were promised: at the baseline of their milestones."""
    first, _until = month_of(timezone.localdate())
    months = [first]
    for _month in range(2):
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    for row in Milestone.objects.exclude(baseline_on=None):
        if row.baseline_on is not None and month_of(row.baseline_on)[0] in months:
            yield Promise(
                month_on=month_of(row.baseline_on)[0],
                initiative_id=row.initiative_id,
                milestone_id=row.pk,
                name=row.name,
                promised_on=row.baseline_on,
            )


def _move(rows: dict[str, Initiative]) -> None:
    """Push go-lives out, one act at a time, as it happened."""
    for row in table("weather_moves"):
        one = Milestone.objects.get(initiative=rows[row["initiative"]], kind=Milestone.Kind.GO_LIVE)
        for weeks in map(int, row["weeks"].split("|")):
            label = f"{one.initiative.code} {one.name} +{weeks}"
            with act(None, "portfolio.change-milestone", label) as doing:
                day = (one.forecast_on or timezone.localdate()) + timedelta(weeks=weeks)
                doing.update(one, {"forecast_on": day})


def _reports(teller: Teller, rows: dict[str, Initiative]) -> Iterator[WeatherReport]:
    patterns, found, now = _patterns(), readings.current(), timezone.now()
    for row in table("weather"):
        one, last = rows[row["initiative"]], int(row["last"])
        for week in range(last + 1):
            monday = teller.start + timedelta(weeks=week)
            at = timezone.make_aware(datetime.combine(monday + timedelta(days=3), time(17)))
            if monday > timezone.localdate(now):
                break
            declared, calculated = patterns[row["pattern"]].at(week)
            stored = {
                "axes": {axis: {"level": calculated[axis], "measures": []} for axis in AXES},
                "behind": {},
            }
            reading = found.by_key.get(one.pk)
            if week == WEEKS_BEHIND and reading is not None and one.code not in SINCE:
                calculated, stored = reading.words, reading.stored()
            yield WeatherReport(
                initiative=one,
                period_on=period_of(monday, found.period_days),
                published_at=min(at, now - timedelta(hours=2)),
                reasons={
                    axis: teller.text(row, "reason")
                    for axis in AXES
                    if is_better(declared[axis], calculated[axis])
                },
                summary=teller.text(row, "summary"),
                level=found.overall(calculated),
                declared_level=found.overall(declared),
                calculated=stored,
                formula=COMPUTATION,
                thresholds=found.number,
                **declared,
            )


def _headlines(rows: dict[str, Initiative]) -> None:
    """Write the three headline healths that the last report of each gives."""
    last: dict[int, WeatherReport] = {}
    for report in WeatherReport.objects.order_by("period_on"):
        last[report.initiative_id] = report
    for one in rows.values():
        if one.pk in last:
            told = pillars_of(last[one.pk].declared)
            Initiative.objects.filter(pk=one.pk).update(**told)
