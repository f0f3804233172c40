"""The weather of a large portfolio: baselines, money, worth, moves, reports and promises."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from orchestre.journal.models import Change, ChangeSet
from orchestre.portfolio.models import Initiative, Milestone
from orchestre.resources.models import CostLine, Worth
from orchestre.weather.models import Promise, WeatherReport
from orchestre.weather.rules import AXES, month_of, period_of
from orchestre_engine.value.health import COMPUTATION

LEVELS = ("ok", "ok", "ok", "watch", "off", "")
PERIODS = 4
MONTHS = 6
BATCH = 1_000


def tell(today: date, seed: int = 20261129) -> None:
    """Write the weather of every initiative there is, the same from one seed."""
    draw = random.Random(seed)
    rows = list(Initiative.objects.order_by("pk"))
    _milestones(rows, draw, today)
    _money(rows, draw, today)
    _moves(draw)
    _reports(rows, draw, today)
    _promises(draw, today)


def _milestones(rows: list[Initiative], draw: random.Random, today: date) -> None:
    made = []
    for row in rows:
        for number in range(3):
            planned = today + timedelta(days=draw.randint(-200, 300))
            slip = timedelta(days=draw.choice((0, 0, 0, 5, 20, 60)))
            made.append(
                Milestone(
                    initiative=row,
                    name=f"Step {number}",
                    baseline_on=planned,
                    forecast_on=planned + slip,
                    actual_on=planned + slip if planned + slip < today else None,
                )
            )
    Milestone.objects.bulk_create(made, batch_size=BATCH)


def _money(rows: list[Initiative], draw: random.Random, today: date) -> None:
    lines, worths = [], []
    for row in rows:
        if row.cost_eur is None:
            continue
        for state in CostLine.State.values:
            first = today + timedelta(days=draw.randint(-200, 100))
            share = Decimal(draw.randint(25, 42)) / 100
            lines.append(
                CostLine(
                    initiative=row,
                    starts_on=first,
                    ends_on=first + timedelta(days=draw.randint(20, 200)),
                    amount_eur=row.cost_eur * share,
                    state=state,
                )
            )
        worths.append(
            Worth(initiative=row, value_eur_per_year=Decimal(draw.randint(1, 900) * 1000))
        )
    CostLine.objects.bulk_create(lines, batch_size=BATCH)
    Worth.objects.bulk_create(worths, batch_size=BATCH)


def _moves(draw: random.Random) -> None:
    """Two moves of a date in a year for one milestone in three, each an act of its own."""
    marks = list(Milestone.objects.exclude(forecast_on=None).order_by("pk"))[::3]
    acts = ChangeSet.objects.bulk_create(
        [
            ChangeSet(
                verb="portfolio.change",
                label="Moved",
                salt="0" * 32,
                created_at=timezone.now() - timedelta(days=draw.randint(1, 360)),
            )
            for _number in range(2 * len(marks))
        ],
        batch_size=BATCH,
    )
    Change.objects.bulk_create(
        [
            Change(
                change_set=one,
                model="portfolio.milestone",
                object_id=mark.pk,
                object_label=mark.name,
                operation=Change.Operation.UPDATED,
                before={"forecast_on": "2026-01-01", "initiative_id": mark.initiative_id},
                after={"forecast_on": "2026-02-01"},
            )
            for one, mark in zip(acts, marks * 2, strict=True)
        ],
        batch_size=BATCH,
    )


def _reports(rows: list[Initiative], draw: random.Random, today: date) -> None:
    period = period_of(today, 7)
    found = []
    for row in rows:
        for back in range(draw.choice((0, 1)), PERIODS):
            day = period - timedelta(weeks=back)
            at = timezone.make_aware(datetime.combine(day, time(9)))
            found.append(
                WeatherReport(
                    initiative=row,
                    period_on=day,
                    published_at=at,
                    level=draw.choice(LEVELS),
                    declared_level=draw.choice(LEVELS),
                    summary="As told in the committee.",
                    formula=COMPUTATION,
                    thresholds=1,
                    **{axis: draw.choice(LEVELS) for axis in AXES},
                )
            )
    WeatherReport.objects.bulk_create(found, batch_size=BATCH)


def _promises(draw: random.Random, today: date) -> None:
    """Freeze the milestones of each of the last months, at their baseline or a little before."""
    first, _until = month_of(today)
    months = [first]
    while len(months) < MONTHS:
        months.append(month_of(months[-1] - timedelta(days=1))[0])
    found = []
    for mark in Milestone.objects.exclude(baseline_on=None).order_by("pk"):
        month = month_of(mark.baseline_on or today)[0]
        if month in months:
            found.append(
                Promise(
                    month_on=month,
                    initiative_id=mark.initiative_id,
                    milestone_id=mark.pk if draw.random() < 0.97 else -mark.pk,
                    name=mark.name,
                    promised_on=mark.baseline_on,
                )
            )
    Promise.objects.bulk_create(found, batch_size=BATCH)
