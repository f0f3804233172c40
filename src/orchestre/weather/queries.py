"""Reads of reports, of what is awaited, of promises, and of what moved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from orchestre.access.reach import Person
from orchestre.journal.models import Change
from orchestre.portfolio.models import Initiative, Milestone
from orchestre.weather import policy
from orchestre.weather.models import Promise, ThresholdSet, WeatherReport
from orchestre.weather.rules import month_of, period_of

NOT_NEWS = {"version", "created_at", "updated_at", "health_human", "health_technical",
            "health_economic"}  # fmt: skip
HISTORY = 26


def initiative(person: Person, code: str) -> Initiative:
    """Return one visible initiative under way; not found otherwise."""
    return get_object_or_404(policy.visible_to(person), code=code)


def latest(keys: Iterable[int] | None = None) -> dict[int, WeatherReport]:
    """Return the last report of each initiative, in one statement."""
    rows = WeatherReport.objects.all()
    if keys is not None:
        rows = rows.filter(initiative_id__in=list(keys))
    last = rows.order_by().values("initiative_id").annotate(last=Max("pk")).values("last")
    found = WeatherReport.objects.filter(pk__in=last).order_by()
    return {row.initiative_id: row for row in found.defer("calculated")}


@dataclass(frozen=True, slots=True)
class Brief:
    """What the list needs of a last report."""

    pk: int
    published_at: datetime
    published_on: date
    declared_level: str
    level: str
    declared: tuple[str, ...]


def briefs() -> dict[int, Brief]:
    """Return the last report of every initiative, without what only its page shows."""
    last = (
        WeatherReport.objects.order_by().values("initiative_id").annotate(last=Max("pk"))
    ).values("last")
    rows = WeatherReport.objects.filter(pk__in=last).order_by()
    zone = timezone.get_current_timezone()
    return {
        row[0]: Brief(*row[1:3], row[2].astimezone(zone).date(), *row[3:5], tuple(row[5:]))
        for row in rows.values_list(
            "initiative_id", "pk", "published_at", "declared_level", "level",
            "schedule", "cost", "scope", "benefits", "risks", "people",
        )
    }  # fmt: skip


def last_of(row: Initiative) -> WeatherReport | None:
    """Return the last report of one initiative."""
    return row.weather_reports.select_related("author").order_by("-pk").first()


def report(row: Initiative, pk: int | None) -> WeatherReport | None:
    """Return one report of an initiative by its number, None when there is none."""
    return None if pk is None else row.weather_reports.filter(pk=pk).first()


def reports_of(row: Initiative) -> list[WeatherReport]:
    """Return the reports of one initiative, newest first: the last revision of each period."""
    found: dict[date, WeatherReport] = {}
    rows = row.weather_reports.select_related("author").order_by("-period_on", "-revision")
    for report in rows[: HISTORY * 3]:
        found.setdefault(report.period_on, report)
    return list(found.values())[:HISTORY]


def has_begun() -> bool:
    """Tell whether anybody ever published a weather."""
    return WeatherReport.objects.exists()


def awaited(person: Person, today: date, period_days: int) -> list[tuple[int, str, str]]:
    """Return what a person has not declared in the current period: key, code, title."""
    period = period_of(today, period_days)
    done = WeatherReport.objects.filter(period_on=period).values("initiative_id")
    rows = policy.awaited_from(person).exclude(pk__in=done).order_by("code")
    return list(rows.values_list("pk", "code", "title"))


def next_awaited(person: Person, today: date, period_days: int, after: str = "") -> str:
    """Return the code of the next to declare, those before `after` coming last; empty if none."""
    codes = [code for _pk, code, _title in awaited(person, today, period_days)]
    later = [code for code in codes if code > after]
    return (later or codes or [""])[0]


def moved_since(row: Initiative, since: datetime) -> list[Change]:
    """Return what moved in an initiative and its milestones since an instant, oldest first."""
    marks = list(row.milestones.values_list("pk", flat=True))
    wanted = Q(model="portfolio.initiative", object_id=row.pk)
    wanted |= Q(model="portfolio.milestone", object_id__in=marks)
    wanted |= Q(model="portfolio.milestone", before__initiative_id=row.pk)
    rows = Change.objects.filter(
        wanted,
        change_set__created_at__gt=since,
        change_set__undone_by=None,
        change_set__undoes=None,
    )
    found = rows.select_related("change_set__actor").order_by("pk")
    return [one for one in found if one.operation != Change.Operation.UPDATED or _is_news(one)]


def _is_news(one: Change) -> bool:
    return bool(set(one.after) - NOT_NEWS)


def milestones_ahead(row: Initiative) -> list[Milestone]:
    """Return the milestones not met yet, the next first."""
    return list(row.milestones.filter(actual_on=None).order_by("forecast_on", "pk"))


def promises(person: Person, month: date) -> QuerySet[Promise]:
    """Return the promises of a month on visible initiatives, with what a line shows of them."""
    rows = policy.visible_promises(person).filter(month_on=month).select_related("initiative")
    return rows.only(
        "month_on", "milestone_id", "name", "promised_on", "initiative__code", "initiative__title"
    )


def promised(person: Person, months: list[date]) -> dict[date, dict[int, date]]:
    """Return the day promised for each milestone, by month, on visible initiatives."""
    found: dict[date, dict[int, date]] = {month: {} for month in months}
    rows = policy.visible_promises(person).filter(month_on__in=months).order_by()
    for month, key, day in rows.values_list("month_on", "milestone_id", "promised_on"):
        found[month][key] = day
    return found


def days_of_milestones(
    person: Person, months: list[date]
) -> dict[int, tuple[date | None, date | None]]:
    """Return the forecast and actual day of what was promised, or falls, in some months.

    A promise is followed when its initiative is finished; only what is under way brings new ones.
    """
    first, until = min(months), month_of(max(months))[1]
    kept = Promise.objects.filter(month_on__in=months).values("milestone_id")
    live = policy.visible_to(person).values("pk")
    falls = Q(actual_on__gte=first, actual_on__lt=until)
    falls |= Q(actual_on=None, forecast_on__gte=first, forecast_on__lt=until)
    rows = Milestone.objects.exclude(forecast_on=None, actual_on=None).filter(
        Q(pk__in=kept, initiative__in=policy.ever_visible_to(person).values("pk"))
        | Q(falls, initiative__in=live)
    )
    found = rows.order_by().values_list("pk", "forecast_on", "actual_on")
    return {key: (forecast, actual) for key, forecast, actual in found}


def frozen_months() -> list[date]:
    """Return the months whose promises are frozen, newest first."""
    rows = Promise.objects.order_by("-month_on").values_list("month_on", flat=True)
    return list(rows.distinct()[:12])


def threshold_sets() -> list[ThresholdSet]:
    """Return the versions of the thresholds, newest first."""
    return list(ThresholdSet.objects.select_related("author"))
