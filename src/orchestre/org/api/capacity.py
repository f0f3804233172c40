"""What people can absorb, and when it differs, over the API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Router
from ninja.responses import Status

from orchestre.access.api.idempotency import once
from orchestre.access.api.paging import Paged, page
from orchestre.access.api.versions import expected, held, keyed, one, referred, removed
from orchestre.org import services
from orchestre.org.api import schemas
from orchestre.org.models import CalendarPeriod, CapacityRule
from orchestre.org.policy import visible_capacity_rules, visible_periods, visible_units

router = Router()


def _rule_out(row: CapacityRule) -> dict[str, Any]:
    return {
        "id": row.pk,
        "version": row.version,
        "unit": row.unit.code if row.unit else None,
        "absorption_ratio": row.absorption_ratio,
        "reason": row.reason,
        "provenance": row.provenance,
    }


def _period_out(row: CalendarPeriod) -> dict[str, Any]:
    return {
        "id": row.pk,
        "version": row.version,
        "unit": row.unit.code if row.unit else None,
        "kind": row.kind,
        "name": row.name,
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "factor": row.factor,
        "custom": row.custom,
    }


def _rules(request: HttpRequest) -> QuerySet[CapacityRule]:
    return visible_capacity_rules(request.user).select_related("unit")


def _periods(request: HttpRequest) -> QuerySet[CalendarPeriod]:
    return visible_periods(request.user).select_related("unit")


@router.get(
    "/capacity-rules", response=Paged[schemas.CapacityRuleOut], summary="List capacity rules"
)
def list_capacity_rules(
    request: HttpRequest, asked: Query[schemas.CapacityRulesAsked]
) -> dict[str, Any]:
    """Return the shares of working time that people set."""
    found = _rules(request)
    if asked.unit:
        found = found.filter(unit__code=asked.unit)
    order = asked.order.replace("unit", "unit__code")
    return page(request, found, asked, _rule_out, order=[order])


@router.post(
    "/capacity-rules", response={201: schemas.CapacityRuleOut}, summary="Set a capacity rule"
)
@once
def add_capacity_rule(
    request: HttpRequest, payload: schemas.CapacityRuleIn
) -> Status[dict[str, Any]]:
    """Say which share of working time the people of a unit can give to change."""
    unit = referred(visible_units(request.user), "unit", payload.unit)
    rule = services.set_absorption(
        request.user, unit, payload.absorption_ratio, reason=payload.reason
    )
    return Status(201, _rule_out(rule))


@router.get(
    "/capacity-rules/{int:rule_id}",
    response=schemas.CapacityRuleOut,
    summary="Read a capacity rule",
)
def read_capacity_rule(request: HttpRequest, rule_id: int) -> dict[str, Any]:
    """Return one share."""
    return _rule_out(one(_rules(request), pk=rule_id))


@router.patch(
    "/capacity-rules/{int:rule_id}",
    response=schemas.CapacityRuleOut,
    summary="Change a capacity rule",
)
def change_capacity_rule(
    request: HttpRequest, rule_id: int, payload: schemas.CapacityRulePatch
) -> dict[str, Any]:
    """Give another share to the same place."""
    rule = one(_rules(request), pk=rule_id)
    version = expected(request)
    done = services.set_absorption(
        request.user,
        rule.unit,
        payload.absorption_ratio,
        reason=payload.reason,
        expected_version=version,
    )
    return _rule_out(done)


@router.delete(
    "/capacity-rules/{int:rule_id}", response={204: None}, summary="Forget a capacity rule"
)
def remove_capacity_rule(request: HttpRequest, rule_id: int) -> Status[None]:
    """Forget the share of a place: the one above applies again."""
    with held(request, one(_rules(request), pk=rule_id)) as rule:
        services.inherit_absorption(request.user, rule.unit)
    return Status(204, None)


@router.get("/periods", response=Paged[schemas.PeriodOut], summary="List periods")
def list_periods(request: HttpRequest, asked: Query[schemas.PeriodsAsked]) -> dict[str, Any]:
    """Return the days when capacity differs."""
    found = _periods(request)
    if asked.unit:
        found = found.filter(unit__code=asked.unit)
    if asked.kind:
        found = found.filter(kind=asked.kind)
    return page(request, found, asked, _period_out, order=[asked.order])


@router.post("/periods", response={201: schemas.PeriodOut}, summary="Add a period")
@once
def add_period(request: HttpRequest, payload: schemas.PeriodIn) -> Status[dict[str, Any]]:
    """Add days when capacity differs."""
    values = keyed(visible_units(request.user), "unit", payload.said())
    return Status(201, _period_out(services.create_period(request.user, values)))


@router.get("/periods/{int:period_id}", response=schemas.PeriodOut, summary="Read a period")
def read_period(request: HttpRequest, period_id: int) -> dict[str, Any]:
    """Return one period."""
    return _period_out(one(_periods(request), pk=period_id))


@router.patch("/periods/{int:period_id}", response=schemas.PeriodOut, summary="Change a period")
def change_period(
    request: HttpRequest, period_id: int, payload: schemas.PeriodPatch
) -> dict[str, Any]:
    """Change a period where you may change capacity, before and after."""
    row = one(_periods(request), pk=period_id)
    values = keyed(visible_units(request.user), "unit", payload.said())
    version = expected(request)
    services.change_period(request.user, row, values, expected_version=version)
    return _period_out(row)


@router.delete("/periods/{int:period_id}", response={204: None}, summary="Delete a period")
def remove_period(request: HttpRequest, period_id: int) -> Status[None]:
    """Delete a period."""
    return removed(request, one(_periods(request), pk=period_id), services.delete_period)
