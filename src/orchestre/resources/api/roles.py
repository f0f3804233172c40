"""Roles, their capacity, and what initiatives ask of them, over the API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Router
from ninja.responses import Status

from orchestre.access.api.idempotency import once
from orchestre.access.api.paging import Paged, page
from orchestre.access.api.versions import expected, keyed, needed, one, removed
from orchestre.org.policy import visible_units
from orchestre.portfolio.policy import visible_to as visible_initiatives
from orchestre.resources import policy, services
from orchestre.resources.api import schemas
from orchestre.resources.models import Role, RoleCapacity, RoleDemand

router = Router()


def _role_out(row: Role) -> dict[str, Any]:
    return {
        "id": row.pk,
        "version": row.version,
        "code": row.code,
        "name": row.name,
        "unit": row.unit.code if row.unit else None,
        "custom": row.custom,
    }


def _effort_out(row: RoleCapacity | RoleDemand) -> dict[str, Any]:
    return {
        "id": row.pk,
        "version": row.version,
        "role": row.role.code,
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "fte": row.fte,
        "provenance": row.provenance,
        "custom": row.custom,
    }


def _demand_out(row: RoleDemand) -> dict[str, Any]:
    return _effort_out(row) | {"initiative": row.initiative.code}


def _roles(request: HttpRequest) -> QuerySet[Role]:
    return policy.visible_roles(request.user).select_related("unit")


def _capacities(request: HttpRequest) -> QuerySet[RoleCapacity]:
    return policy.visible_capacities(request.user).select_related("role")


def _demands(request: HttpRequest) -> QuerySet[RoleDemand]:
    return policy.visible_demands(request.user).select_related("role", "initiative")


@router.get("/roles", response=Paged[schemas.RoleOut], summary="List roles")
def list_roles(request: HttpRequest, asked: Query[schemas.RolesAsked]) -> dict[str, Any]:
    """Return the trades and skills that initiatives compete for."""
    found = _roles(request)
    if asked.unit:
        found = found.filter(unit__code=asked.unit)
    return page(request, found, asked, _role_out, order=[asked.order, "code"])


@router.post("/roles", response={201: schemas.RoleOut}, summary="Add a role")
@once
def add_role(request: HttpRequest, payload: schemas.RoleIn) -> Status[dict[str, Any]]:
    """Add a trade or a skill."""
    values = keyed(visible_units(request.user), "unit", payload.said())
    return Status(201, _role_out(services.add_role(request.user, values)))


@router.get("/roles/{code}", response=schemas.RoleOut, summary="Read a role")
def read_role(request: HttpRequest, code: str) -> dict[str, Any]:
    """Return one role."""
    return _role_out(one(_roles(request), code=code))


@router.patch("/roles/{code}", response=schemas.RoleOut, summary="Change a role")
def change_role(request: HttpRequest, code: str, payload: schemas.RolePatch) -> dict[str, Any]:
    """Change what is said of a role."""
    row = one(_roles(request), code=code)
    version = expected(request)
    values = keyed(visible_units(request.user), "unit", payload.said())
    services.change_role(request.user, row, values, expected_version=version)
    return _role_out(row)


@router.delete("/roles/{code}", response={204: None}, summary="Delete a role")
def remove_role(request: HttpRequest, code: str) -> Status[None]:
    """Delete a role that no initiative asks for, with its capacity."""
    return removed(request, one(_roles(request), code=code), services.remove_role)


@router.get(
    "/role-capacities", response=Paged[schemas.CapacityOut], summary="List capacities of roles"
)
def list_role_capacities(
    request: HttpRequest, asked: Query[schemas.CapacitiesAsked]
) -> dict[str, Any]:
    """Return how many full-time equivalents of each role can be given, and when."""
    found = _capacities(request)
    if asked.role:
        found = found.filter(role__code=asked.role)
    return page(request, found, asked, _effort_out, order=[asked.order])


@router.post(
    "/role-capacities", response={201: schemas.CapacityOut}, summary="Say the capacity of a role"
)
@once
def add_role_capacity(request: HttpRequest, payload: schemas.CapacityIn) -> Status[dict[str, Any]]:
    """Say how many can be given of a role; never twice for the same day."""
    values = payload.said()
    role = needed(_roles(request), "role", values.pop("role"))
    return Status(201, _effort_out(services.say_capacity(request.user, role, values)))


@router.get(
    "/role-capacities/{int:capacity_id}",
    response=schemas.CapacityOut,
    summary="Read a capacity of a role",
)
def read_role_capacity(request: HttpRequest, capacity_id: int) -> dict[str, Any]:
    """Return one capacity of a role."""
    return _effort_out(one(_capacities(request), pk=capacity_id))


@router.patch(
    "/role-capacities/{int:capacity_id}",
    response=schemas.CapacityOut,
    summary="Change a capacity of a role",
)
def change_role_capacity(
    request: HttpRequest, capacity_id: int, payload: schemas.CapacityPatch
) -> dict[str, Any]:
    """Change how many can be given of a role."""
    row = one(_capacities(request), pk=capacity_id)
    version = expected(request)
    services.change_capacity(request.user, row, payload.said(), expected_version=version)
    return _effort_out(row)


@router.delete(
    "/role-capacities/{int:capacity_id}",
    response={204: None},
    summary="Delete a capacity of a role",
)
def remove_role_capacity(request: HttpRequest, capacity_id: int) -> Status[None]:
    """Delete what was said of the capacity of a role."""
    return removed(request, one(_capacities(request), pk=capacity_id), services.remove_capacity)


@router.get("/role-demands", response=Paged[schemas.DemandOut], summary="List demands of roles")
def list_role_demands(request: HttpRequest, asked: Query[schemas.DemandsAsked]) -> dict[str, Any]:
    """Return what the initiatives you may see ask of roles."""
    found = _demands(request)
    if asked.initiative:
        found = found.filter(initiative__code=asked.initiative)
    if asked.role:
        found = found.filter(role__code=asked.role)
    if asked.starts_before:
        found = found.filter(starts_on__lt=asked.starts_before)
    if asked.ends_after:
        found = found.filter(ends_on__gt=asked.ends_after)
    return page(request, found, asked, _demand_out, order=[asked.order])


@router.post("/role-demands", response={201: schemas.DemandOut}, summary="Ask for a role")
@once
def add_role_demand(request: HttpRequest, payload: schemas.DemandIn) -> Status[dict[str, Any]]:
    """Say that an initiative needs so many of a role."""
    values = payload.said()
    initiative = needed(visible_initiatives(request.user), "initiative", values.pop("initiative"))
    role = needed(_roles(request), "role", values.pop("role"))
    return Status(201, _demand_out(services.ask_role(request.user, initiative, role, values)))


@router.get(
    "/role-demands/{int:demand_id}", response=schemas.DemandOut, summary="Read a demand of a role"
)
def read_role_demand(request: HttpRequest, demand_id: int) -> dict[str, Any]:
    """Return what an initiative asks of a role."""
    return _demand_out(one(_demands(request), pk=demand_id))


@router.patch(
    "/role-demands/{int:demand_id}", response=schemas.DemandOut, summary="Change a demand of a role"
)
def change_role_demand(
    request: HttpRequest, demand_id: int, payload: schemas.DemandPatch
) -> dict[str, Any]:
    """Change what an initiative asks of a role."""
    row = one(_demands(request), pk=demand_id)
    version = expected(request)
    values = payload.said()
    if "role" in values:
        values["role_id"] = needed(_roles(request), "role", values.pop("role")).pk
    services.change_demand(request.user, row, values, expected_version=version)
    return _demand_out(row)


@router.delete(
    "/role-demands/{int:demand_id}", response={204: None}, summary="Delete a demand of a role"
)
def remove_role_demand(request: HttpRequest, demand_id: int) -> Status[None]:
    """Delete what an initiative asks of a role."""
    return removed(request, one(_demands(request), pk=demand_id), services.remove_demand)
