"""Benefits, amounts and results over the API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Router
from ninja.responses import Status

from orchestre.access.api.idempotency import once
from orchestre.access.api.paging import Listing, Paged, page, window_of
from orchestre.access.api.security import auth
from orchestre.access.api.versions import expected, keyed, needed, one, removed
from orchestre.benefits import policy, services
from orchestre.benefits.api import schemas
from orchestre.benefits.models import Benefit, ValueLine
from orchestre.benefits.presenters import plain
from orchestre.benefits.rules import FACTS
from orchestre.org.policy import visible_units
from orchestre.portfolio.policy import visible_to as visible_initiatives

router = Router(tags=["benefits"], auth=auth)
PLAIN = ("owner_name", *FACTS, "custom")


def _benefit_out(row: Benefit) -> dict[str, Any]:
    return {
        "id": row.pk,
        "version": row.version,
        "initiative": row.initiative.code,
        "unit": row.unit.code if row.unit else None,
        **{name: getattr(row, name) for name in PLAIN},
    }


def _value_out(row: ValueLine) -> dict[str, Any]:
    return {
        "id": row.pk,
        "version": row.version,
        "benefit": row.benefit.code,
        "month_on": row.month_on,
        "planned": row.planned,
        "forecast": row.forecast,
        "declared": row.declared,
        "declared_by": row.declarer or None,
        "validated": row.validated,
        "validated_by": row.validator or None,
        "note": row.note,
    }


def _benefits(request: HttpRequest) -> QuerySet[Benefit]:
    return policy.visible_to(request.user).select_related("initiative", "unit")


def _values(request: HttpRequest) -> QuerySet[ValueLine]:
    return policy.visible_lines(request.user).select_related(
        "benefit__initiative", "declared_by", "validated_by"
    )


@router.get("/results", response=schemas.ResultsOut, summary="Read what was gained and validated")
def read_results(request: HttpRequest, asked: Query[Listing]) -> dict[str, Any]:
    """Return gains to date: planned, declared, validated, auditable; never added together."""
    told = plain.of_person(request.user)
    cut, stands = window_of(request, told["benefits"], asked)
    return {**told, **stands, "benefits": list(cut)}


@router.get("/benefits", response=Paged[schemas.BenefitOut], summary="List benefits")
def list_benefits(request: HttpRequest, asked: Query[schemas.BenefitsAsked]) -> dict[str, Any]:
    """Return what the initiatives you may read are said to bring."""
    found = _benefits(request)
    if asked.initiative:
        found = found.filter(initiative__code=asked.initiative)
    if asked.kind:
        found = found.filter(kind=asked.kind)
    return page(request, found, asked, _benefit_out, order=[asked.order])


@router.post("/benefits", response={201: schemas.BenefitOut}, summary="Add a benefit")
@once
def add_benefit(request: HttpRequest, payload: schemas.BenefitIn) -> Status[dict[str, Any]]:
    """Say what an initiative must bring."""
    values = keyed(visible_units(request.user), "unit", payload.said())
    initiative = needed(visible_initiatives(request.user), "initiative", values.pop("initiative"))
    return Status(201, _benefit_out(services.add_benefit(request.user, initiative, values)))


@router.get("/benefits/{code}", response=schemas.BenefitOut, summary="Read a benefit")
def read_benefit(request: HttpRequest, code: str) -> dict[str, Any]:
    """Return one benefit."""
    return _benefit_out(one(_benefits(request), code=code))


@router.patch("/benefits/{code}", response=schemas.BenefitOut, summary="Change a benefit")
def change_benefit(
    request: HttpRequest, code: str, payload: schemas.BenefitPatch
) -> dict[str, Any]:
    """Change what is said of a benefit; its amounts are written apart."""
    row = one(_benefits(request), code=code)
    version = expected(request)
    values = keyed(visible_units(request.user), "unit", payload.said())
    services.change_benefit(request.user, row, values, expected_version=version)
    return _benefit_out(row)


@router.delete("/benefits/{code}", response={204: None}, summary="Delete a benefit")
def remove_benefit(request: HttpRequest, code: str) -> Status[None]:
    """Delete a benefit of which nothing is validated."""
    return removed(request, one(_benefits(request), code=code), services.remove_benefit)


@router.post(
    "/benefits/{code}/declare",
    response={201: schemas.ValueOut},
    summary="Declare what a month brought",
)
@once
def declare_value(
    request: HttpRequest, code: str, payload: schemas.DeclareIn
) -> Status[dict[str, Any]]:
    """Say what a month that has begun brought; refused without a dated baseline."""
    row = one(_benefits(request), code=code)
    made = services.declare(request.user, row, payload.month_on, payload.amount, note=payload.note)
    return Status(201, _value_out(made))


@router.get("/value-lines", response=Paged[schemas.ValueOut], summary="List amounts of benefits")
def list_value_lines(request: HttpRequest, asked: Query[schemas.ValuesAsked]) -> dict[str, Any]:
    """Return amounts month by month: planned, forecast, declared, validated."""
    found = _values(request)
    if asked.benefit:
        found = found.filter(benefit__code=asked.benefit)
    return page(request, found, asked, _value_out, order=[asked.order])


@router.post(
    "/value-lines/{int:line_id}/validate",
    response={201: schemas.ValueOut},
    summary="Validate an amount",
)
@once
def validate_value(
    request: HttpRequest, line_id: int, payload: schemas.ValidateIn
) -> Status[dict[str, Any]]:
    """Validate what somebody else declared; it is not undone, but contested."""
    row = one(_values(request), pk=line_id)
    return Status(201, _value_out(services.validate(request.user, row, payload.amount)))
