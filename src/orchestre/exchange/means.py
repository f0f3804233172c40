"""Roles, demands, costs and envelopes of the workbook, limited to what a person sees."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

from django.db import models
from django.db.models import QuerySet

from orchestre.access.reach import Person
from orchestre.exchange.targets import TARGETS
from orchestre.portfolio.models import Initiative
from orchestre.resources import policy
from orchestre.resources.models import CostLine, Envelope, Role, RoleCapacity, RoleDemand, Worth


def seen_by(person: Person) -> dict[str, Iterable[models.Model]]:
    """Return the rows of the four sheets that a person sees."""
    return _sheets(
        policy.visible_roles(person),
        policy.visible_demands(person),
        policy.visible_costs(person),
        policy.visible_envelopes(person),
    )


def everything() -> dict[str, Iterable[models.Model]]:
    """Return them whole, for who holds the machine."""
    return _sheets(
        Role.objects.all(),
        RoleDemand.objects.all(),
        CostLine.objects.all(),
        Envelope.objects.all(),
    )


def _sheets(
    roles: QuerySet[Role],
    demands: QuerySet[RoleDemand],
    costs: QuerySet[CostLine],
    envelopes: QuerySet[Envelope],
) -> dict[str, Iterable[models.Model]]:
    said = RoleCapacity.objects.filter(role__in=roles.values("pk"))
    return {
        "roles": chain(
            said.select_related("role__unit").order_by("role__code", "starts_on"),
            roles.filter(capacities=None).select_related("unit").order_by("code"),
        ),
        "demands": demands.select_related("initiative", "role").order_by(
            "initiative__code", "starts_on", "pk"
        ),
        "costs": costs.select_related("initiative").order_by("initiative__code", "starts_on", "pk"),
        "envelopes": envelopes.select_related("programme").order_by("starts_on", "name", "pk"),
    }


def about(role: Role) -> dict[str, Any]:
    """Return what every line of a role says of it."""
    return {
        "role": role.name,
        "code": role.code,
        "unit": role.unit.code if role.unit else None,
    }


def unsaid(role: Role) -> dict[str, Any]:
    """Return the line of a role whose capacity nobody said."""
    return {"id": None, **about(role), "fte": None, "custom": {}}


def worth_of(initiative: Initiative) -> dict[str, Any]:
    """Return what an initiative is said to be worth; empty cells when nobody said."""
    names = TARGETS["worths"].stored
    worth: Worth | None = getattr(initiative, "worth", None)
    return {
        code: None if worth is None else getattr(worth, attname) for code, attname in names.items()
    }
