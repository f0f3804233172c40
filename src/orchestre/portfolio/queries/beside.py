"""What is told beside initiatives: people affected, next milestone, menus of filters."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from orchestre.access.reach import Person
from orchestre.org.models import CalendarPeriod
from orchestre.portfolio import policy
from orchestre.portfolio.models import Initiative, Milestone, Programme
from orchestre.portfolio.rules.dates import Frozen

NAMES_PROPOSED = 200


@dataclass(frozen=True)
class People:
    """People an initiative affects: a sum over populations whose headcount is known."""

    persons: int | None
    populations: int
    without_headcount: int


def people_affected(keys: list[int]) -> dict[int, People]:
    """Return the people affected by each initiative, in one statement."""
    rows = Initiative.objects.filter(pk__in=keys, impacts__isnull=False).values_list(
        "pk", "impacts__population__headcount", "impacts__reach_ratio"
    )
    gathered: dict[int, list[tuple[int | None, float]]] = {}
    for key, headcount, reach in rows.order_by():
        gathered.setdefault(key, []).append((headcount, reach))
    return {key: _people(some) for key, some in gathered.items()}


def _people(some: list[tuple[int | None, float]]) -> People:
    known = [headcount * reach for headcount, reach in some if headcount is not None]
    return People(
        persons=round(sum(known)) if known else None,
        populations=len(some),
        without_headcount=len(some) - len(known),
    )


def next_milestones(keys: list[int], today: date | None = None) -> dict[int, Milestone]:
    """Return the next milestone to come of each initiative, in one statement."""
    coming = Milestone.objects.filter(
        initiative_id__in=keys, actual_on=None, forecast_on__gte=today or timezone.localdate()
    )
    found: dict[int, Milestone] = {}
    for milestone in coming.order_by("forecast_on", "pk"):
        found.setdefault(milestone.initiative_id, milestone)
    return found


@dataclass(frozen=True)
class Menus:
    """Values in use, to be chosen in filters and forms."""

    sponsors: tuple[str, ...]
    leads: tuple[str, ...]
    units: tuple[tuple[int, str], ...]
    programmes: tuple[tuple[int, str], ...]


def menus(person: Person) -> Menus:
    """Return the values in use among visible initiatives; the most frequent names only."""
    rows = (
        policy.visible_to(person)
        .order_by()
        .values_list(
            "sponsor_name",
            "lead_name",
            "unit_id",
            "unit__name",
            "programme_id",
            "programme__name",
        )
    )
    sponsors: Counter[str] = Counter()
    leads: Counter[str] = Counter()
    units: dict[int, str] = {}
    programmes: dict[int, str] = {}
    for sponsor, lead, unit_id, unit, programme_id, programme in rows:
        sponsors[sponsor] += 1
        leads[lead] += 1
        if unit_id is not None:
            units[unit_id] = unit
        if programme_id is not None:
            programmes[programme_id] = programme
    return Menus(
        _names(sponsors), _names(leads), _sorted_by_name(units), _sorted_by_name(programmes)
    )


def _names(counted: Counter[str]) -> tuple[str, ...]:
    counted.pop("", None)
    return tuple(sorted(name for name, _count in counted.most_common(NAMES_PROPOSED)))


def _sorted_by_name(named: dict[int, str]) -> tuple[tuple[int, str], ...]:
    return tuple(sorted(named.items(), key=lambda pair: pair[1]))


def programmes() -> list[Programme]:
    """Return every programme."""
    return list(Programme.objects.all())


def freezes(unit_path: str = "") -> list[Frozen]:
    """Return the frozen periods of the organisation and of the units above and at a path."""
    above = {int(part) for part in unit_path.split("/") if part}
    return [
        Frozen(period.name, period.starts_on, period.ends_on)
        for period in CalendarPeriod.objects.filter(kind=CalendarPeriod.Kind.FREEZE)
        if period.unit_id is None or period.unit_id in above
    ]
