"""Weather on values: periods, age, what needs a reason, and what the three pillars become."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

AXES = ("schedule", "cost", "scope", "benefits", "risks", "people")
# the four answers, in the order of the keys 1 to 4
ANSWERS = ("ok", "watch", "off", "")
RANK = {"ok": 1, "watch": 2, "off": 3}
# what the three headline fields of an initiative become when six axes are declared
PILLARS = {
    "health_human": ("people",),
    "health_technical": ("schedule", "scope", "risks"),
    "health_economic": ("cost", "benefits"),
}
_FIRST_MONDAY = date(1970, 1, 5)


def period_of(day: date, length_days: int) -> date:
    """Return the first day of the reporting period of a day; periods begin on a Monday."""
    since = (day - _FIRST_MONDAY).days
    return _FIRST_MONDAY + timedelta(days=since - since % length_days)


def month_of(day: date) -> tuple[date, date]:
    """Return the first day of the month and of the next: the period of promises."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1)


def is_stale(age_days: int | None, length_days: int) -> bool:
    """Tell whether a report is older than the reporting period."""
    return age_days is None or age_days > length_days


def is_better(declared: str, calculated: str) -> bool:
    """Tell whether what is declared looks better than what is calculated."""
    both = declared in RANK and calculated in RANK
    return both and RANK[declared] < RANK[calculated]


def worst(levels: tuple[str, ...]) -> str:
    """Return the worst of some levels; those that nobody gave do not count."""
    return max((one for one in levels if one in RANK), key=RANK.__getitem__, default="")


def pillars_of(declared: Mapping[str, str]) -> dict[str, str]:
    """Return the three headline fields that six declared axes give."""
    return {
        field: worst(tuple(declared.get(axis, "") for axis in axes))
        for field, axes in PILLARS.items()
    }


def trend_of(before: str, now: str) -> int | None:
    """Say whether it got worse (1), better (-1) or neither (0); None when one is not known."""
    if before not in RANK or now not in RANK:
        return None
    return (RANK[now] > RANK[before]) - (RANK[now] < RANK[before])


@dataclass(frozen=True)
class Draft:
    """What a lead sends: six levels, why some look better, a sentence, and moved milestones.

    `milestones` are (key, version read, forecast).
    """

    declared: Mapping[str, str]
    reasons: Mapping[str, str]
    summary: str = ""
    milestones: tuple[tuple[int, int | None, date | None], ...] = ()
