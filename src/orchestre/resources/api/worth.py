"""What initiatives are said to be worth, over the API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Router
from ninja.responses import Status

from orchestre.access.api.paging import Paged, page
from orchestre.access.api.versions import expected, one, removed, still_said
from orchestre.portfolio.models import Initiative
from orchestre.portfolio.policy import visible_to as visible_initiatives
from orchestre.resources import policy, queries, services
from orchestre.resources.api import schemas
from orchestre.resources.models import Worth

router = Router()


def _worth_out(row: Worth) -> dict[str, Any]:
    return {
        "version": row.version,
        "initiative": row.initiative.code,
        "value_eur_per_year": row.value_eur_per_year,
        "ramp_weeks": row.ramp_weeks,
        "delay_cost_eur_per_week": row.delay_cost_eur_per_week,
        "method": row.method,
        "provenance": row.provenance,
        "custom": row.custom,
    }


def _unsaid(initiative: Initiative) -> dict[str, Any]:
    return {
        "version": 0,
        "initiative": initiative.code,
        "value_eur_per_year": None,
        "ramp_weeks": 0,
        "delay_cost_eur_per_week": None,
        "method": "",
        "provenance": None,
        "custom": {},
    }


def _worths(request: HttpRequest) -> QuerySet[Worth]:
    return policy.visible_worths(request.user).select_related("initiative")


@router.get("/worths", response=Paged[schemas.WorthOut], summary="List worths")
def list_worths(request: HttpRequest, asked: Query[schemas.WorthsAsked]) -> dict[str, Any]:
    """Return what the initiatives you may see are said to bring; those that nobody said are out."""
    down = "-" if asked.order.startswith("-") else ""
    return page(request, _worths(request), asked, _worth_out, order=[f"{down}initiative__code"])


@router.get("/worths/{code}", response=schemas.WorthOut, summary="Read the worth of an initiative")
def read_worth(request: HttpRequest, code: str) -> dict[str, Any]:
    """Return what one initiative is said to bring; version 0 while nobody said."""
    initiative = one(visible_initiatives(request.user), code=code)
    row = queries.worth_of(initiative)
    return _unsaid(initiative) if row is None else _worth_out(row)


@router.patch("/worths/{code}", response=schemas.WorthOut, summary="Say the worth of an initiative")
def change_worth(request: HttpRequest, code: str, payload: schemas.WorthPatch) -> dict[str, Any]:
    """Say what an initiative brings and what a week of delay costs; If-Match: 0 the first time."""
    initiative = one(visible_initiatives(request.user), code=code)
    version = expected(request)
    still_said(_worths(request).filter(initiative=initiative).first(), version, initiative)
    return _worth_out(
        services.say_worth(request.user, initiative, payload.said(), expected_version=version)
    )


@router.delete("/worths/{code}", response={204: None}, summary="Forget the worth of an initiative")
def remove_worth(request: HttpRequest, code: str) -> Status[None]:
    """Delete what an initiative is said to be worth: it is then not known."""
    return removed(request, one(_worths(request), initiative__code=code), services.remove_worth)
