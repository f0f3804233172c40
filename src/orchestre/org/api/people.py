"""Units and populations over the API."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from ninja import Query, Router
from ninja.responses import Status

from orchestre.access.api.idempotency import once
from orchestre.access.api.paging import Paged, page
from orchestre.access.api.versions import expected, keyed, one, referred, removed
from orchestre.org import rules, services
from orchestre.org.api import schemas
from orchestre.org.models import Population, Unit
from orchestre.org.policy import visible_populations, visible_units

router = Router()


def unit_out(row: Unit) -> dict[str, Any]:
    """Write a unit."""
    return {
        "id": row.pk,
        "version": row.version,
        "code": row.code,
        "name": row.name,
        "parent": row.parent.code if row.parent else None,
        "level": rules.depth(row.path),
        "manager_name": row.manager_name,
        "custom": row.custom,
    }


def population_out(row: Population) -> dict[str, Any]:
    """Write a population."""
    return {
        "id": row.pk,
        "version": row.version,
        "code": row.code,
        "name": row.name,
        "unit": row.unit.code if row.unit else None,
        "kind": row.kind,
        "role": row.role,
        "site": row.site,
        "shift": row.shift,
        "headcount": row.headcount,
        "headcount_on": row.headcount_on,
        "weekly_hours": row.weekly_hours,
        "custom": row.custom,
    }


def _units(request: HttpRequest) -> QuerySet[Unit]:
    return visible_units(request.user).select_related("parent")


def _people(request: HttpRequest) -> QuerySet[Population]:
    return visible_populations(request.user).select_related("unit")


def path_under(request: HttpRequest, field: str, code: str) -> str:
    """Return the path of the unit that a filter names."""
    unit = referred(visible_units(request.user), field, code)
    return unit.path if unit else ""


@router.get("/units", response=Paged[schemas.UnitOut], summary="List units")
def list_units(request: HttpRequest, asked: Query[schemas.UnitsAsked]) -> dict[str, Any]:
    """Return the units of your scopes, parents first unless another order is asked."""
    found = _units(request)
    if asked.q:
        found = found.filter(Q(name__icontains=asked.q) | Q(code__icontains=asked.q))
    if asked.below:
        found = found.filter(path__startswith=path_under(request, "below", asked.below))
    return page(request, found, asked, unit_out, order=[asked.order])


@router.post("/units", response={201: schemas.UnitOut}, summary="Add a unit")
@once
def add_unit(request: HttpRequest, payload: schemas.UnitIn) -> Status[dict[str, Any]]:
    """Add a unit below another, or at the top."""
    values = keyed(visible_units(request.user), "parent", payload.said())
    return Status(201, unit_out(services.create_unit(request.user, values)))


@router.get("/units/{code}", response=schemas.UnitOut, summary="Read a unit")
def read_unit(request: HttpRequest, code: str) -> dict[str, Any]:
    """Return one unit."""
    return unit_out(one(_units(request), code=code))


@router.patch("/units/{code}", response=schemas.UnitOut, summary="Change a unit")
def change_unit(request: HttpRequest, code: str, payload: schemas.UnitPatch) -> dict[str, Any]:
    """Change what is said of a unit; a new parent moves all that is below."""
    unit = one(_units(request), code=code)
    values = keyed(visible_units(request.user), "parent", payload.said())
    version = expected(request)
    return unit_out(services.change_unit(request.user, unit, values, expected_version=version))


@router.delete("/units/{code}", response={204: None}, summary="Delete a unit")
def remove_unit(request: HttpRequest, code: str) -> Status[None]:
    """Delete a unit on which nothing hangs any more."""
    return removed(request, one(_units(request), code=code), services.delete_unit)


@router.get("/populations", response=Paged[schemas.PopulationOut], summary="List populations")
def list_populations(
    request: HttpRequest, asked: Query[schemas.PopulationsAsked]
) -> dict[str, Any]:
    """Return the populations of your scopes."""
    found = _people(request)
    if asked.q:
        found = found.filter(Q(name__icontains=asked.q) | Q(code__icontains=asked.q))
    if asked.unit:
        found = found.filter(unit__path__startswith=path_under(request, "unit", asked.unit))
    if asked.kind:
        found = found.filter(kind=asked.kind)
    return page(request, found, asked, population_out, order=[asked.order])


@router.post("/populations", response={201: schemas.PopulationOut}, summary="Add a population")
@once
def add_population(request: HttpRequest, payload: schemas.PopulationIn) -> Status[dict[str, Any]]:
    """Add a group of people."""
    values = keyed(visible_units(request.user), "unit", payload.said())
    return Status(201, population_out(services.create_population(request.user, values)))


@router.get("/populations/{code}", response=schemas.PopulationOut, summary="Read a population")
def read_population(request: HttpRequest, code: str) -> dict[str, Any]:
    """Return one population."""
    return population_out(one(_people(request), code=code))


@router.patch("/populations/{code}", response=schemas.PopulationOut, summary="Change a population")
def change_population(
    request: HttpRequest, code: str, payload: schemas.PopulationPatch
) -> dict[str, Any]:
    """Change what is said of a group of people."""
    row = one(_people(request), code=code)
    values = keyed(visible_units(request.user), "unit", payload.said())
    version = expected(request)
    services.change_population(request.user, row, values, expected_version=version)
    return population_out(row)


@router.delete("/populations/{code}", response={204: None}, summary="Delete a population")
def remove_population(request: HttpRequest, code: str) -> Status[None]:
    """Delete a group that no change touches any more."""
    return removed(request, one(_people(request), code=code), services.delete_population)
