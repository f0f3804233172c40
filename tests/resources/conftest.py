"""A small organisation with two roles, one of which is short in one month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

import cast
import factories
from orchestre.portfolio.models import Initiative
from orchestre.resources.models import Role, RoleCapacity, RoleDemand

YEAR = {"starts_on": date(2027, 1, 1), "ends_on": date(2028, 1, 1)}
MAY = {"starts_on": date(2027, 5, 1), "ends_on": date(2027, 6, 1)}


@dataclass
class Small:
    """What tests name."""

    architects: Role
    trainers: Role
    open: Initiative
    closed: Initiative


@pytest.fixture
def small(db: None) -> Small:
    """Architects: 2 FTE, asked 1.5 (open) and 2 (confidential) in May; trainers: unsaid."""
    cast.organisation()
    unit = factories.unit("Agences", code="AG")
    architects = Role.objects.create(code="RO-01", name="Architects")
    trainers = Role.objects.create(code="RO-02", name="Trainers")
    RoleCapacity.objects.create(role=architects, fte=2.0, **YEAR)
    dates = YEAR | {"go_live_on": date(2027, 9, 6)}
    one = factories.initiative("New till", code="IN-1", unit=unit, cost_eur=1_200_000, **dates)
    secret = factories.initiative("Canary", code="IN-9", unit=unit, confidential=True, **dates)
    RoleDemand.objects.create(initiative=one, role=architects, fte=1.5, **MAY)
    RoleDemand.objects.create(initiative=one, role=trainers, fte=1.0, **MAY)
    RoleDemand.objects.create(initiative=secret, role=architects, fte=2.0, **MAY)
    cast.lead_of(one.pk)
    cast.manager_of(unit.pk)
    return Small(architects, trainers, one, secret)
