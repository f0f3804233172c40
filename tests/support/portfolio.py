"""A large portfolio made up from a seed: the same rows every time, written in a few queries."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import models

from orchestre.impacts.models import Activity, Impact
from orchestre.journal.services import act
from orchestre.org.models import CalendarPeriod, CapacityRule, Population, Unit
from orchestre.portfolio.models import (
    Contribution,
    Dependency,
    IndicatorEffect,
    Initiative,
    Milestone,
    Programme,
)
from orchestre.strategy.models import Indicator, Objective

WEEKS = 156
WEEKS_BEHIND = 26
ACTS = ("Renew", "Merge", "Simplify", "Move", "Open", "Close", "Standardise", "Automate", "Pilot")
THINGS = (
    "payroll", "warehouse", "invoicing", "customer records", "till", "intranet", "planning",
    "maintenance", "purchasing", "safety training", "job descriptions", "appraisals", "expenses",
    "call handling", "contracts", "archives", "badges", "quality checks", "deliveries", "stock",
)  # fmt: skip
PLACES = ("West", "East", "North", "South", "Headquarters", "Plants", "Shops", "Depots", "Abroad")
SYSTEMS = tuple(f"System {number}" for number in range(60))
PROCESSES = tuple(f"Process {number}" for number in range(40))
EXPERTS = tuple(f"Expertise {number}" for number in range(25))
SUPPLIERS = tuple(f"Supplier {number}" for number in range(30))


@dataclass(frozen=True)
class Size:
    """How many of each; the rest follows."""

    initiatives: int = 3_000
    populations: int = 500
    impacts_each: int = 10

    def tenth(self) -> Size:
        """Return a portfolio of a tenth of the initiatives and of the populations."""
        return Size(self.initiatives // 10, self.populations // 10, self.impacts_each)


@dataclass
class Maker:
    """Makes the rows of one portfolio."""

    size: Size
    today: date
    random: random.Random

    def units(self) -> list[Unit]:
        """A tree of three levels: a root, directions, then departments."""
        root = Unit.objects.create(code="U", name="Group")
        Unit.objects.filter(pk=root.pk).update(path=f"/{root.pk}/")
        root.path = f"/{root.pk}/"
        directions = self._below([root], max(3, self.size.populations // 50), "D")
        return self._below(directions, max(6, self.size.populations // 6), "S")

    def _below(self, parents: list[Unit], count: int, letter: str) -> list[Unit]:
        made = Unit.objects.bulk_create(
            Unit(
                code=f"{letter}{number:04}",
                name=f"{self.random.choice(PLACES)} {letter}{number}",
                parent=parents[number % len(parents)],
            )
            for number in range(count)
        )
        for one in made:
            one.path = f"{one.parent.path if one.parent else '/'}{one.pk}/"
        Unit.objects.bulk_update(made, ["path"], batch_size=500)
        return made

    def populations(self, units: list[Unit]) -> list[Population]:
        """Groups of 5 to 400 people, one in twenty of unknown headcount."""
        return Population.objects.bulk_create(
            Population(
                code=f"P{number:04}",
                name=f"{self.random.choice(THINGS).capitalize()} {units[number % len(units)].name}"
                f" {number}",
                unit=units[number % len(units)],
                headcount=None if number % 20 == 19 else self.random.randint(5, 400),
                site=self.random.choice(PLACES),
            )
            for number in range(self.size.populations)
        )

    def initiatives(self, units: list[Unit]) -> list[Initiative]:
        """Changes of one to eighteen months, one in fifty without dates."""
        programmes = Programme.objects.bulk_create(
            Programme(code=f"PG{number}", name=f"Programme {number}") for number in range(24)
        )
        return Initiative.objects.bulk_create(
            [
                self._initiative(number, units, programmes)
                for number in range(self.size.initiatives)
            ],
            batch_size=500,
        )

    def _initiative(
        self, number: int, units: list[Unit], programmes: list[Programme]
    ) -> Initiative:
        draw = self.random
        monday = self.today - timedelta(days=self.today.weekday(), weeks=WEEKS_BEHIND)
        starts_on = monday + timedelta(weeks=draw.randrange(WEEKS - 26))
        ends_on = starts_on + timedelta(weeks=draw.randint(4, 78))
        dated = number % 50 != 49
        return Initiative(
            code=f"CH-{number:05}",
            title=f"{draw.choice(ACTS)} {draw.choice(THINGS)} {draw.choice(PLACES)} {number % 97}",
            why=f"Because of {draw.choice(THINGS)} and {draw.choice(THINGS)}.",
            family=draw.choice(Initiative.Family.values),
            kind=draw.choice(Initiative.Kind.values),
            stage=draw.choice(Initiative.Stage.values[:7]),
            priority=draw.randint(1, 9),
            programme=draw.choice(programmes),
            unit=draw.choice(units),
            sponsor_name=f"Sponsor {draw.randrange(40)}",
            lead_name=f"Lead {draw.randrange(300)}",
            starts_on=starts_on if dated else None,
            ends_on=ends_on if dated else None,
            go_live_on=starts_on + (ends_on - starts_on) * 2 // 3 if dated else None,
            go_live_earlier_weeks=1,
            go_live_later_weeks=draw.randint(0, 8),
            cost_eur=Decimal(draw.randint(1, 5_000) * 1000),
            confidential=number % 100 == 0,
            health_human=draw.choice(("ok", "watch", "off", "")),
            health_technical=draw.choice(("ok", "watch", "off", "")),
            health_economic=draw.choice(("ok", "watch", "off", "")),
            systems=draw.sample(SYSTEMS, draw.randint(0, 2)),
            processes=draw.sample(PROCESSES, draw.randint(0, 2)),
            experts=draw.sample(EXPERTS, draw.randint(0, 1)),
            suppliers=draw.sample(SUPPLIERS, draw.randint(0, 1)),
        )

    def impacts(self, initiatives: list[Initiative], people: list[Population]) -> None:
        """Ten populations for each initiative, in hours or by intensity; one in nine is silent."""
        draw = self.random
        Impact.objects.bulk_create(
            (
                Impact(
                    initiative=one,
                    population=touched,
                    hours_per_person=draw.randint(1, 24) / 4 if draw.random() < 0.5 else None,
                    intensity=float(draw.randint(1, 5)),
                    reach_ratio=draw.choice((0.25, 0.5, 1.0)),
                )
                for number, one in enumerate(initiatives)
                if number % 9
                for touched in draw.sample(people, min(self.size.impacts_each, len(people)))
            ),
            batch_size=2_000,
        )

    def activities(self, initiatives: list[Initiative], people: list[Population]) -> None:
        """Two events for each initiative that has dates."""
        draw = self.random
        Activity.objects.bulk_create(
            (
                Activity(
                    initiative=one,
                    population=draw.choice(people),
                    kind=draw.choice(Activity.Kind.values),
                    name="Session",
                    starts_on=one.go_live_on - timedelta(weeks=2),
                    ends_on=one.go_live_on - timedelta(weeks=1),
                    hours_per_person=draw.choice((0.5, 1.0, 3.5)),
                )
                for one in initiatives
                if one.go_live_on is not None
                for _time in range(2)
            ),
            batch_size=2_000,
        )

    def links(self, initiatives: list[Initiative]) -> None:
        """Milestones for all; a dependency for two in three, to a later one."""
        draw = self.random
        Milestone.objects.bulk_create(
            (
                Milestone(
                    initiative=one, name="Go-live", kind="go_live", forecast_on=one.go_live_on
                )
                for one in initiatives
                if one.go_live_on is not None
            ),
            batch_size=2_000,
        )
        Dependency.objects.bulk_create(
            (
                Dependency(
                    predecessor=one,
                    successor=initiatives[at + 1 + draw.randrange(len(initiatives) - at - 1)],
                    kind=draw.choice(Dependency.Kind.values),
                    agreed_by_giver=draw.random() < 0.7,
                    agreed_by_taker=draw.random() < 0.7,
                )
                for at, one in enumerate(initiatives[:-1])
                if at % 3
            ),
            batch_size=2_000,
            ignore_conflicts=True,
        )

    def aims(self, initiatives: list[Initiative]) -> None:
        """Thirty objectives with an indicator each, pushed both ways."""
        draw = self.random
        objectives = Objective.objects.bulk_create(
            Objective(code=f"O{number}", title=f"Objective {number}", axis=f"Axis {number % 5}")
            for number in range(30)
        )
        indicators = Indicator.objects.bulk_create(
            Indicator(code=f"K{number}", name=f"Indicator {number}", objective=one)
            for number, one in enumerate(objectives)
        )
        Contribution.objects.bulk_create(
            (
                Contribution(initiative=one, objective=draw.choice(objectives))
                for one in initiatives
            ),
            batch_size=2_000,
        )
        IndicatorEffect.objects.bulk_create(
            (
                IndicatorEffect(
                    initiative=one,
                    indicator=draw.choice(indicators),
                    direction="up" if draw.random() < 0.9 else "down",
                )
                for one in initiatives[::2]
            ),
            batch_size=2_000,
        )

    def calendar(self, units: list[Unit]) -> None:
        """A capacity for each third unit; every August at half, a freeze in some units."""
        CapacityRule.objects.bulk_create(
            [
                CapacityRule(unit=None, absorption_ratio=0.06),
                *(
                    CapacityRule(unit=one, absorption_ratio=self.random.choice((0.03, 0.05, 0.08)))
                    for one in units[::3]
                ),
            ]
        )
        first = self.today.year
        rows: list[models.Model] = []
        for year in range(first, first + 3):
            rows.append(_period(None, "leave", date(year, 8, 1), date(year, 9, 1), 0.5))
            rows.extend(
                _period(one, "freeze", date(year, 12, 20), date(year + 1, 1, 4), 0.0)
                for one in units[::10]
            )
        CalendarPeriod.objects.bulk_create(rows)  # type: ignore[arg-type]  # only periods are in


def _period(
    unit: Unit | None, kind: str, starts_on: date, ends_on: date, factor: float
) -> CalendarPeriod:
    return CalendarPeriod(
        unit=unit, kind=kind, name=kind, starts_on=starts_on, ends_on=ends_on, factor=factor
    )


def fill(size: Size, today: date, seed: int = 20261122) -> None:
    """Write a portfolio into an empty installation, then one act, so that the journal knows."""
    maker = Maker(size, today, random.Random(seed))
    units = maker.units()
    people = maker.populations(units)
    initiatives = maker.initiatives(units)
    maker.impacts(initiatives, people)
    maker.activities(initiatives, people)
    maker.links(initiatives)
    maker.aims(initiatives)
    maker.calendar(units)
    with act(None, "exchange.import", "Generated portfolio") as doing:
        doing.create(Unit(code="LAST", name="Last", path="/0/"))
