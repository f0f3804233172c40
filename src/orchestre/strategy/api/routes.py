"""Objectives and indicators over the API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Router
from ninja.responses import Status

from orchestre.access.api.caller import user_of
from orchestre.access.api.idempotency import once
from orchestre.access.api.paging import Paged, page
from orchestre.access.api.security import auth
from orchestre.access.api.versions import expected, keyed, one, removed
from orchestre.strategy import policy, services
from orchestre.strategy.api import schemas
from orchestre.strategy.models import Indicator, Objective

router = Router(tags=["strategy"], auth=auth)


def _objective_out(row: Objective) -> dict[str, Any]:
    return {
        "id": row.pk,
        "version": row.version,
        "code": row.code,
        "title": row.title,
        "axis": row.axis,
        "horizon_on": row.horizon_on,
        "owner_name": row.owner_name,
        "custom": row.custom,
    }


def _indicator_out(row: Indicator) -> dict[str, Any]:
    return {
        "id": row.pk,
        "version": row.version,
        "code": row.code,
        "name": row.name,
        "objective": row.objective.code if row.objective else None,
        "direction": row.direction,
        "unit_of_measure": row.unit_of_measure,
        "baseline": row.baseline,
        "target": row.target,
    }


def _indicators(request: HttpRequest) -> QuerySet[Indicator]:
    return policy.visible_indicators(request.user).select_related("objective")


@router.get("/objectives", response=Paged[schemas.ObjectiveOut], summary="List objectives")
def list_objectives(request: HttpRequest, asked: Query[schemas.ObjectivesAsked]) -> dict[str, Any]:
    """Return the objectives of the organisation."""
    found = policy.visible_to(request.user)
    if asked.axis:
        found = found.filter(axis=asked.axis)
    return page(request, found, asked, _objective_out, order=[asked.order])


@router.post("/objectives", response={201: schemas.ObjectiveOut}, summary="Add an objective")
@once
def add_objective(request: HttpRequest, payload: schemas.ObjectiveIn) -> Status[dict[str, Any]]:
    """Add an objective."""
    return Status(201, _objective_out(services.add_objective(user_of(request), payload.said())))


@router.get("/objectives/{code}", response=schemas.ObjectiveOut, summary="Read an objective")
def read_objective(request: HttpRequest, code: str) -> dict[str, Any]:
    """Return one objective."""
    return _objective_out(one(policy.visible_to(request.user), code=code))


@router.patch("/objectives/{code}", response=schemas.ObjectiveOut, summary="Change an objective")
def change_objective(
    request: HttpRequest, code: str, payload: schemas.ObjectivePatch
) -> dict[str, Any]:
    """Change what is said of an objective."""
    row = one(policy.visible_to(request.user), code=code)
    version = expected(request)
    services.change_objective(user_of(request), row, payload.said(), expected_version=version)
    return _objective_out(row)


@router.delete("/objectives/{code}", response={204: None}, summary="Delete an objective")
def remove_objective(request: HttpRequest, code: str) -> Status[None]:
    """Delete an objective; its indicators stay, what initiatives bring to it goes."""
    return removed(
        request, one(policy.visible_to(request.user), code=code), services.remove_objective
    )


@router.get("/indicators", response=Paged[schemas.IndicatorOut], summary="List indicators")
def list_indicators(request: HttpRequest, asked: Query[schemas.IndicatorsAsked]) -> dict[str, Any]:
    """Return the measures that initiatives push."""
    found = _indicators(request)
    if asked.objective:
        found = found.filter(objective__code=asked.objective)
    return page(request, found, asked, _indicator_out, order=[asked.order])


@router.post("/indicators", response={201: schemas.IndicatorOut}, summary="Add an indicator")
@once
def add_indicator(request: HttpRequest, payload: schemas.IndicatorIn) -> Status[dict[str, Any]]:
    """Add an indicator."""
    values = keyed(policy.visible_to(request.user), "objective", payload.said())
    return Status(201, _indicator_out(services.add_indicator(user_of(request), values)))


@router.get("/indicators/{code}", response=schemas.IndicatorOut, summary="Read an indicator")
def read_indicator(request: HttpRequest, code: str) -> dict[str, Any]:
    """Return one indicator."""
    return _indicator_out(one(_indicators(request), code=code))


@router.patch("/indicators/{code}", response=schemas.IndicatorOut, summary="Change an indicator")
def change_indicator(
    request: HttpRequest, code: str, payload: schemas.IndicatorPatch
) -> dict[str, Any]:
    """Change what is said of an indicator."""
    row = one(_indicators(request), code=code)
    values = keyed(policy.visible_to(request.user), "objective", payload.said())
    version = expected(request)
    services.change_indicator(user_of(request), row, values, expected_version=version)
    return _indicator_out(row)


@router.delete("/indicators/{code}", response={204: None}, summary="Delete an indicator")
def remove_indicator(request: HttpRequest, code: str) -> Status[None]:
    """Delete an indicator and the effects that initiatives declare on it."""
    return removed(request, one(_indicators(request), code=code), services.remove_indicator)
