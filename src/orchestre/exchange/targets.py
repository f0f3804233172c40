"""Where each field of the portfolio workbook is stored: one line per column.

Days are inclusive in files, as people write them, and half-open in the tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import models

from orchestre.benefits.models import Benefit
from orchestre.benefits.rules import FACTS
from orchestre.impacts.models import Activity, Aspect, Impact
from orchestre.org.models import CalendarPeriod, CapacityRule, Population, Unit
from orchestre.portfolio.models import (
    Contribution,
    Dependency,
    IndicatorEffect,
    Initiative,
    Milestone,
    Programme,
    Wave,
    WavePopulation,
)
from orchestre.resources.models import CostLine, Envelope, Role, RoleCapacity, RoleDemand, Worth
from orchestre.strategy.models import Indicator, Objective

LAST_DAY = "last-day"
COUNT = "count"
ASPECTS = tuple(Aspect.values)


@dataclass(frozen=True)
class Target:
    """A table that a sheet writes: stored names by field, references by field."""

    kind: str
    model: type[models.Model]
    stored: Mapping[str, str]
    references: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    shapes: Mapping[str, str] = field(default_factory=dict)


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


TARGETS: dict[str, Target] = {
    target.kind: target
    for target in (
        Target(
            "units",
            Unit,
            {**_same("code", "name"), "manager": "manager_name"},
            {"parent": ("parent_id", "units")},
        ),
        Target(
            "populations",
            Population,
            _same(
                "code",
                "name",
                "role",
                "site",
                "shift",
                "kind",
                "headcount",
                "headcount_on",
                "weekly_hours",
            ),
            {"unit": ("unit_id", "units")},
            {"headcount": COUNT},
        ),
        Target("programmes", Programme, _same("code", "name")),
        Target("trades", Role, _same("code", "name"), {"unit": ("unit_id", "units")}),
        Target(
            "objectives",
            Objective,
            {**_same("code", "title", "axis"), "horizon": "horizon_on"},
        ),
        Target("indicators", Indicator, _same("code", "name", "direction")),
        Target(
            "initiatives",
            Initiative,
            {
                **_same(
                    "code",
                    "title",
                    "why",
                    "family",
                    "kind",
                    "stage",
                    "priority",
                    "starts_on",
                    "ends_on",
                    "go_live_on",
                    "go_live_earlier_weeks",
                    "go_live_later_weeks",
                    "cost_eur",
                    "mandatory",
                    "mandatory_reason",
                    "confidential",
                    "micro",
                    "health_human",
                    "health_technical",
                    "health_economic",
                    "systems",
                    "processes",
                    "experts",
                    "deliverables",
                ),
                "sponsor": "sponsor_name",
                "lead": "lead_name",
                "supplier": "suppliers",
            },
            {"unit": ("unit_id", "units"), "programme": ("programme_id", "programmes")},
            {"ends_on": LAST_DAY, "priority": COUNT},
        ),
        Target(
            "milestones",
            Milestone,
            _same("name", "kind", "baseline_on", "forecast_on", "actual_on"),
            {"initiative": ("initiative_id", "initiatives")},
        ),
        Target(
            "impacts",
            Impact,
            _same(
                "intensity",
                "hours_per_person",
                "reach_ratio",
                "from_state",
                "to_state",
                "go_live_on",
                "provenance",
                "aspects",
            ),
            {
                "initiative": ("initiative_id", "initiatives"),
                "population": ("population_id", "populations"),
            },
        ),
        Target(
            "activities",
            Activity,
            _same(
                "kind", "name", "starts_on", "ends_on", "hours_per_person", "reach_ratio", "aspect"
            ),
            {
                "initiative": ("initiative_id", "initiatives"),
                "population": ("population_id", "populations"),
            },
            {"ends_on": LAST_DAY},
        ),
        Target(
            "waves",
            Wave,
            _same("name", "go_live_on"),
            {"initiative": ("initiative_id", "initiatives")},
        ),
        Target(
            "wave_people",
            WavePopulation,
            {},
            {
                "wave": ("wave_id", "waves"),
                "initiative": ("initiative_id", "initiatives"),
                "population": ("population_id", "populations"),
            },
        ),
        Target(
            "dependencies",
            Dependency,
            _same("kind", "lag_days", "what", "agreed_by_giver", "agreed_by_taker"),
            {
                "predecessor": ("predecessor_id", "initiatives"),
                "successor": ("successor_id", "initiatives"),
            },
            {"lag_days": COUNT},
        ),
        Target(
            "capacity",
            CapacityRule,
            _same("absorption_ratio", "reason", "provenance"),
            {"unit": ("unit_id", "units")},
        ),
        Target(
            "periods",
            CalendarPeriod,
            _same("kind", "name", "starts_on", "ends_on", "factor"),
            {"unit": ("unit_id", "units")},
            {"ends_on": LAST_DAY},
        ),
        Target(
            "contributions",
            Contribution,
            {},
            {
                "initiative": ("initiative_id", "initiatives"),
                "objective": ("objective_id", "objectives"),
            },
        ),
        Target(
            "effects",
            IndicatorEffect,
            _same("direction"),
            {
                "initiative": ("initiative_id", "initiatives"),
                "indicator": ("indicator_id", "indicators"),
            },
        ),
        Target(
            "worths",
            Worth,
            {
                **_same("value_eur_per_year", "ramp_weeks", "delay_cost_eur_per_week"),
                "worth_method": "method",
            },
            {"initiative": ("initiative_id", "initiatives")},
            {"ramp_weeks": COUNT},
        ),
        Target(
            "roles",
            RoleCapacity,
            _same("fte", "starts_on", "ends_on", "provenance"),
            {"role": ("role_id", "trades")},
            {"ends_on": LAST_DAY},
        ),
        Target(
            "demands",
            RoleDemand,
            _same("fte", "starts_on", "ends_on", "provenance"),
            {"initiative": ("initiative_id", "initiatives"), "role": ("role_id", "trades")},
            {"ends_on": LAST_DAY},
        ),
        Target(
            "costs",
            CostLine,
            _same("name", "amount_eur", "starts_on", "ends_on", "nature", "state", "provenance"),
            {"initiative": ("initiative_id", "initiatives")},
            {"ends_on": LAST_DAY},
        ),
        Target(
            "envelopes",
            Envelope,
            _same("name", "amount_eur", "starts_on", "ends_on"),
            {"programme": ("programme_id", "programmes")},
            {"ends_on": LAST_DAY},
        ),
        Target(
            "benefits",
            Benefit,
            {
                **_same("anchor", *FACTS),
                "owner": "owner_name",
            },
            {"initiative": ("initiative_id", "initiatives"), "unit": ("unit_id", "units")},
            {"ramp_months": COUNT, "lag_weeks": COUNT},
        ),
    )
}
ORDER = tuple(TARGETS)


def stored_value(target: Target, code: str, value: object) -> object:
    """Turn the value of a cell into what the table keeps."""
    shape = target.shapes.get(code)
    if value is None or shape is None:
        return value
    if shape == LAST_DAY and isinstance(value, date):
        return value + timedelta(days=1)
    if shape == COUNT and isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def written_value(target: Target, code: str, value: object) -> object:
    """Turn what the table keeps into the value of a cell: the inverse of `stored_value`."""
    if target.shapes.get(code) == LAST_DAY and isinstance(value, date):
        return value - timedelta(days=1)
    return value


def empty_value(target: Target, attname: str) -> object:
    """Return what a table keeps for a cell that was emptied."""
    column = next(
        f
        for f in target.model._meta.concrete_fields  # noqa: SLF001 - Django's documented Meta API
        if f.attname == attname
    )
    if column.null:
        return None
    return column.get_default()


def label_of_field(target: Target, attname: str) -> str:
    """Return the words that people read for a stored field."""
    for column in target.model._meta.concrete_fields:  # noqa: SLF001 - Django's documented Meta API
        if attname in {column.attname, column.name}:
            return str(column.verbose_name)
    return attname
