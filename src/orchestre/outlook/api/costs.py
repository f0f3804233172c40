"""Between what and what an initiative may cost, over the API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Router
from ninja.responses import Status

from orchestre.access.api.paging import Paged, page
from orchestre.access.api.versions import expected, one, removed, still_said
from orchestre.outlook import policy
from orchestre.outlook.api import cost_schemas as schemas
from orchestre.outlook.models import CostEstimate
from orchestre.outlook.services import writing
from orchestre.portfolio.policy import visible_to as visible_initiatives

router = Router()
ONE = "/cost-estimates/{code}"


def _costs(request: HttpRequest) -> QuerySet[CostEstimate]:
    return policy.visible_costs(request.user).select_related("initiative")


def _out(row: CostEstimate) -> dict[str, Any]:
    names = ("version", "low_ratio", "high_ratio", "basis")
    facts: dict[str, Any] = {name: getattr(row, name) for name in names}
    return facts | {"initiative": row.initiative.code}


@router.get(
    "/cost-estimates", response=Paged[schemas.CostEstimateOut], summary="List cost estimates"
)
def list_cost_estimates(request: HttpRequest, asked: Query[schemas.CostsAsked]) -> dict[str, Any]:
    """Return the cost estimates of the initiatives you may see; others rest on what is assumed."""
    order = asked.order.replace("initiative", "initiative__code")
    return page(request, _costs(request), asked, _out, order=[order])


@router.get(
    ONE, response=schemas.CostEstimateOut, summary="Read the cost estimate of an initiative"
)
def read_cost_estimate(request: HttpRequest, code: str) -> dict[str, Any]:
    """Return between which shares its cost may end; version 0 while nobody estimated it."""
    initiative = one(visible_initiatives(request.user), code=code)
    row = _costs(request).filter(initiative=initiative).first()
    if row is not None:
        return _out(row)
    unsaid = {"version": 0, "low_ratio": None, "high_ratio": None, "basis": ""}
    return unsaid | {"initiative": initiative.code}


@router.patch(ONE, response=schemas.CostEstimateOut, summary="Estimate the cost of an initiative")
def change_cost_estimate(
    request: HttpRequest, code: str, payload: schemas.CostEstimatePatch
) -> dict[str, Any]:
    """Say between which shares its cost may end; If-Match: 0 the first time.

    A share that is left out the first time is the one assumed for everybody.
    """
    initiative = one(visible_initiatives(request.user), code=code)
    version = expected(request)
    still_said(_costs(request).filter(initiative=initiative).first(), version, initiative)
    values = payload.said()
    return _out(writing.estimate_cost(request.user, initiative, values, expected_version=version))


@router.delete(ONE, response={204: None}, summary="Delete the cost estimate of an initiative")
def remove_cost_estimate(request: HttpRequest, code: str) -> Status[None]:
    """Delete it: the cost rests on the assumptions again."""
    row = one(_costs(request), initiative__code=code)
    return removed(request, row, writing.forget_cost)
