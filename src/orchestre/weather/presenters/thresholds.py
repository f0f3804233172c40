"""The thresholds in force, and the versions before them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from orchestre.access.reach import Person
from orchestre.ui import formats
from orchestre.weather import policy, queries, snapshot
from orchestre.weather.rules import AXES
from orchestre_engine.value import health as engine


@dataclass(frozen=True)
class Version:
    """One version of the thresholds."""

    number: int
    who: str
    at: str
    reason: str


@dataclass(frozen=True)
class ThresholdsPage:
    """What the page draws beside the form."""

    number: int
    versions: tuple[Version, ...]
    may_change: bool


def build(person: Person) -> ThresholdsPage:
    """Assemble the page for one person."""
    rows = queries.threshold_sets()
    return ThresholdsPage(
        number=rows[0].number if rows else 1,
        versions=tuple(
            Version(row.number, str(row.author or ""), formats.instant(row.created_at), row.reason)
            for row in rows
        ),
        may_change=bool(policy.may_set_thresholds(person)),
    )


def initial() -> dict[str, Any]:
    """Return the thresholds in force as the form shows them."""
    number, found, period_days = snapshot.thresholds()
    values: dict[str, Any] = {
        "version": number,
        "blocking": sorted(found.blocking),
        "rule": found.rule,
        "least_known_share": found.least_known_share,
        "period_days": period_days,
    }
    for name in measures():
        amber, red = found.bounds.get(name, engine.DEFAULT_BOUNDS[name])
        values |= {f"amber_{name}": amber, f"red_{name}": red}
    return values | {f"weight_{axis}": found.weights.get(axis, 0.0) for axis in AXES}


def measures() -> tuple[str, ...]:
    """Return the measures, axis after axis."""
    return tuple(name for axis in AXES for name in engine.MEASURES[axis])
