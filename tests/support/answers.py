"""The answers to the eight questions, worked out apart from the pages that say them.

From the tables, and from full computations on data really changed then rolled back: never from
the presenters nor from the overlays that the pages use. Run in a process of its own, on the data
of a server (`serving.script`); it prints JSON.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone

from orchestre.benefits.models import ValueLine
from orchestre.governance.models import Decision
from orchestre.impacts.models import Activity, Impact
from orchestre.portfolio.models import Contribution, Initiative
from orchestre.resources.models import Worth
from orchestre.selection.models import Selection
from orchestre.selection.services import computing
from orchestre.sequencing.services import gauges, live
from orchestre.weather.models import WeatherReport

UNIT, WEEKS, PROGRAMME, PROJECT = "RH", 8, "Travailler autrement", "IN-005"
ASLEEP = ("IN-025", "IN-043", "IN-046")
NOTICED = 0.5
Hours = dict[str, list[float]]


@dataclass
class Seen:
    """The plan as the data say it now: hours asked by population and week, and its gauges."""

    hours: Hours
    plan: gauges.Gauges


class RolledBack(Exception):  # noqa: N818 - it is how a transaction is left, not an error
    """Carries what was seen out of a transaction that is undone."""

    def __init__(self, seen: Seen) -> None:
        super().__init__()
        self.seen = seen


def look(there: live.Live) -> Seen:
    """Compute everything again from the rows."""
    first, result = there.this_week, there.view.result
    heads = [count or 0 for count in result.headcounts]
    hours = {
        code: [float(one) * heads[row] for one in result.load_hours[row, first:]]
        for row, code in enumerate(result.population_ids)
    }
    return Seen(hours, gauges.of_plan(there))


def supposing(change: Callable[[], object]) -> Seen:
    """Change the data, look, and put them back."""
    try:
        with transaction.atomic():
            change()
            raise RolledBack(look(live.afresh()))  # noqa: TRY301 - leaving is how it is undone
    except RolledBack as told:
        return told.seen


class Teller:
    """Answers, question by question."""

    def __init__(self) -> None:
        self.today = timezone.localdate()
        self.there = live.afresh()
        self.now = look(self.there)
        self.groups = self.there.view.snapshot.groups
        # the next second quarter that is wholly ahead
        self.quarter = (self.today.year + (self.today.month > 3), 2)

    def _named(self, hours: dict[str, float]) -> dict[str, Any]:
        kept = {code: some for code, some in hours.items() if abs(some) >= NOTICED}
        return {
            "hours": {self.groups[code].name: some for code, some in kept.items()},
            "people": sum(self.groups[code].headcount or 0 for code in kept),
        }

    def _without(self, rows: Any) -> dict[str, Any]:
        other = supposing(lambda: rows.update(stage=Initiative.Stage.STOPPED))
        value = self.now.plan.measures.value_eur, other.plan.measures.value_eur
        less = {code: sum(some) - sum(other.hours[code]) for code, some in self.now.hours.items()}
        return {
            **self._named(less),
            "money": float(self.now.plan.cost_eur.sum() - other.plan.cost_eur.sum()),
            "fte": float(self.now.plan.asked_fte.sum() - other.plan.asked_fte.sum()),
            "value": (value[0] or 0.0) - (value[1] or 0.0),
        }

    def add(self) -> dict[str, Any]:
        """What the project asks is what the plan without it does not."""
        rows = Initiative.objects.filter(code=PROJECT)
        return {**self._without(rows), "name": str(rows[0])}

    def stop(self) -> dict[str, Any]:
        """What the programme frees is what the plan without it does not ask."""
        rows = Initiative.objects.filter(programme__name=PROGRAMME, archived_at=None)
        return {**self._without(rows), "name": PROGRAMME}

    def delay(self) -> dict[str, Any]:
        """Dates really moved: hours of the quarter, population by population."""
        late = Initiative.objects.filter(
            unit__code=UNIT, go_live_on__gte=self.today, archived_at=None
        ).exclude(stage=Initiative.Stage.STOPPED)
        keys, move = list(late.values_list("pk", flat=True)), timedelta(weeks=WEEKS)
        worth = Worth.objects.filter(initiative__in=keys)
        cost = worth.aggregate(n=Sum("delay_cost_eur_per_week"))["n"]
        unit = late[0].unit

        def move_all() -> None:
            mine = {"initiative__in": keys}
            Impact.objects.filter(**mine, go_live_on__gte=self.today).update(
                go_live_on=F("go_live_on") + move
            )
            Activity.objects.filter(**mine, ends_on__gt=self.today).update(
                starts_on=F("starts_on") + move, ends_on=F("ends_on") + move
            )
            Initiative.objects.filter(pk__in=keys).update(
                starts_on=F("starts_on") + move,
                ends_on=F("ends_on") + move,
                go_live_on=F("go_live_on") + move,
            )

        after = supposing(move_all)
        first = self.there.view.monday(self.there.this_week)
        shift = {
            code: sum(
                new - old
                for at, (new, old) in enumerate(zip(after.hours[code], hours, strict=True))
                if _quarter(first + timedelta(weeks=at)) == self.quarter
            )
            for code, hours in self.now.hours.items()
        }
        return {
            **self._named(shift),
            "unit": unit.name if unit else "",
            "cost": float(cost or 0) * WEEKS,
            "quarter": self.quarter,
        }

    def strategy(self) -> dict[str, Any]:
        """An objective is feasible in full when all that serves it is kept."""
        selection = Selection.objects.exclude(finished_at=None).latest("finished_at")
        found = computing.outcomes(selection)
        if found is None:
            raise LookupError("the demo's selection has no answer")
        kept = {one.id for one in found.result.kept}
        known = kept | {one.id for one in found.result.refused}
        served: dict[int, set[str]] = {}
        for objective, code in Contribution.objects.values_list("objective", "initiative__code"):
            if code in known:
                served.setdefault(objective, set()).add(code)
        people = {
            self.groups[part.holder].name
            for one in found.result.refused
            for part in one.missing
            if part.holder in self.groups
        }
        return {
            "feasible": sum(codes <= kept for codes in served.values()),
            "objectives": len(served),
            "kept": len(kept),
            "candidates": len(known),
            "people": sorted(people),
        }

    def zombies(self) -> list[dict[str, Any]]:
        """Those the demo holds, with the day of their last weather and that of their end."""
        rows = Initiative.objects.filter(code__in=ASLEEP).order_by("code")
        return [
            {
                "code": one.code,
                "title": one.title,
                "silent": timezone.localtime(
                    WeatherReport.objects.filter(initiative=one).latest("published_at").published_at
                )
                .date()
                .isoformat(),
                "ended": (one.ends_on - timedelta(days=1)).isoformat()
                if one.ends_on and one.ends_on <= self.today
                else "",
            }
            for one in rows
        ]

    def gains(self) -> dict[str, Any]:
        """Sums of the ledger in euros, months that are over."""
        ledger = ValueLine.objects.filter(
            benefit__measure="€", benefit__disbenefit=False, month_on__lt=self.today.replace(day=1)
        )
        who = ledger.exclude(validated_as="").values_list("validated_as", flat=True)
        return {
            "validated": float(ledger.aggregate(n=Sum("validated"))["n"]),
            "declared": float(ledger.aggregate(n=Sum("declared"))["n"]),
            "who": sorted(set(who)),
        }

    def decided(self) -> dict[str, Any]:
        """The rows of the latest meeting that decided, and the latest effect that was read."""
        rows = Decision.objects.exclude(meeting=None).order_by("-meeting__starts_at", "pk")
        last = rows[0]
        judged = Decision.objects.exclude(measure="").exclude(verdict="").order_by("-decided_on")
        read = judged.exclude(meeting=last.meeting)[0]
        return {
            "body": last.body.name,
            "chosen": [one.chosen for one in rows if one.meeting_id == last.meeting_id],
            "read": read.chosen,
            "figures": [read.value_then, read.value_expected, read.value_now],
        }

    def over(self) -> dict[str, Any]:
        """Those really asked for more than they can absorb in a week of the year to come."""
        result, first = self.there.view.result, self.there.this_week
        codes = [
            code
            for row, code in enumerate(result.population_ids)
            if bool((result.excess_hours[row, first : first + 52] > 0).any())
        ]
        return {
            "names": [self.groups[code].name for code in codes],
            "people": sum(self.groups[code].headcount or 0 for code in codes),
        }


def _quarter(day: date) -> tuple[int, int]:
    return day.year, (day.month + 2) // 3


def tell() -> None:
    """Print every answer."""
    told = Teller()
    names = ("add", "delay", "stop", "strategy", "zombies", "gains", "decided", "over")
    answers = {name: getattr(told, name)() for name in names}
    print(json.dumps(answers, default=float))  # noqa: T201 - what the caller reads
