"""Milestones and dependencies over the API."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from ninja import Query, Router
from ninja.responses import Status

from orchestre.access.api.caller import user_of
from orchestre.access.api.idempotency import once
from orchestre.access.api.paging import Paged, page
from orchestre.access.api.versions import expected, held, needed, one, removed
from orchestre.portfolio import policy, services
from orchestre.portfolio.api import schemas
from orchestre.portfolio.models import Dependency, Milestone
from orchestre.portfolio.queries.one import span_of
from orchestre.portfolio.rules.dates import slack_days

router = Router()


def _milestone_out(row: Milestone) -> dict[str, Any]:
    return {
        "id": row.pk,
        "version": row.version,
        "initiative": row.initiative.code,
        "name": row.name,
        "kind": row.kind,
        "baseline_on": row.baseline_on,
        "forecast_on": row.forecast_on,
        "actual_on": row.actual_on,
        "custom": row.custom,
    }


def _dependency_out(row: Dependency) -> dict[str, Any]:
    spans = span_of(row.predecessor), span_of(row.successor)
    return {
        "id": row.pk,
        "version": row.version,
        "giver": row.predecessor.code,
        "taker": row.successor.code,
        "kind": row.kind,
        "lag_days": row.lag_days,
        "what": row.what,
        "agreed_by_giver": row.agreed_by_giver,
        "agreed_by_taker": row.agreed_by_taker,
        "slack_days": slack_days(row.kind, *spans, row.lag_days),
    }


def _milestones(request: HttpRequest) -> QuerySet[Milestone]:
    return policy.visible_milestones(request.user).select_related("initiative")


def _dependencies(request: HttpRequest) -> QuerySet[Dependency]:
    return policy.visible_dependencies(request.user).select_related("predecessor", "successor")


@router.get("/milestones", response=Paged[schemas.MilestoneOut], summary="List milestones")
def list_milestones(request: HttpRequest, asked: Query[schemas.MilestonesAsked]) -> dict[str, Any]:
    """Return the milestones of the initiatives you may see."""
    found = _milestones(request)
    if asked.initiative:
        found = found.filter(initiative__code=asked.initiative)
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.forecast_after:
        found = found.filter(forecast_on__gte=asked.forecast_after)
    if asked.forecast_before:
        found = found.filter(forecast_on__lt=asked.forecast_before)
    return page(request, found, asked, _milestone_out, order=[asked.order])


@router.post("/milestones", response={201: schemas.MilestoneOut}, summary="Add a milestone")
@once
def add_milestone(request: HttpRequest, payload: schemas.MilestoneIn) -> Status[dict[str, Any]]:
    """Add a milestone; its first forecast is its baseline."""
    values = payload.said()
    initiative = needed(policy.visible_to(request.user), "initiative", values.pop("initiative"))
    return Status(201, _milestone_out(services.add_milestone(user_of(request), initiative, values)))


@router.get(
    "/milestones/{int:milestone_id}", response=schemas.MilestoneOut, summary="Read a milestone"
)
def read_milestone(request: HttpRequest, milestone_id: int) -> dict[str, Any]:
    """Return one milestone."""
    return _milestone_out(one(_milestones(request), pk=milestone_id))


@router.patch(
    "/milestones/{int:milestone_id}", response=schemas.MilestoneOut, summary="Change a milestone"
)
def change_milestone(
    request: HttpRequest, milestone_id: int, payload: schemas.MilestonePatch
) -> dict[str, Any]:
    """Change some facts of a milestone."""
    row = one(_milestones(request), pk=milestone_id)
    version = expected(request)
    services.change_milestone(user_of(request), row, payload.said(), expected_version=version)
    return _milestone_out(row)


@router.delete("/milestones/{int:milestone_id}", response={204: None}, summary="Delete a milestone")
def remove_milestone(request: HttpRequest, milestone_id: int) -> Status[None]:
    """Delete a milestone."""
    return removed(request, one(_milestones(request), pk=milestone_id), services.remove_milestone)


@router.get("/dependencies", response=Paged[schemas.DependencyOut], summary="List dependencies")
def list_dependencies(
    request: HttpRequest, asked: Query[schemas.DependenciesAsked]
) -> dict[str, Any]:
    """Return the dependencies whose two ends you may see."""
    found = _dependencies(request)
    if asked.initiative:
        ends = Q(predecessor__code=asked.initiative) | Q(successor__code=asked.initiative)
        found = found.filter(ends)
    return page(request, found, asked, _dependency_out, order=[asked.order.replace("id", "pk")])


@router.post("/dependencies", response={201: schemas.DependencyOut}, summary="Add a dependency")
@once
def add_dependency(request: HttpRequest, payload: schemas.DependencyIn) -> Status[dict[str, Any]]:
    """Write what one initiative needs of another; your side agrees by writing."""
    seen = policy.visible_to(request.user)
    giver, taker = needed(seen, "giver", payload.giver), needed(seen, "taker", payload.taker)
    values = {"kind": payload.kind, "lag_days": payload.lag_days, "what": payload.what}
    made = services.add_dependency(user_of(request), giver, taker, values, side=payload.side)
    return Status(201, _dependency_out(made))


@router.get(
    "/dependencies/{int:dependency_id}", response=schemas.DependencyOut, summary="Read a dependency"
)
def read_dependency(request: HttpRequest, dependency_id: int) -> dict[str, Any]:
    """Return one dependency."""
    return _dependency_out(one(_dependencies(request), pk=dependency_id))


@router.patch(
    "/dependencies/{int:dependency_id}",
    response=schemas.DependencyOut,
    summary="Change a dependency",
)
def change_dependency(
    request: HttpRequest, dependency_id: int, payload: schemas.DependencyPatch
) -> dict[str, Any]:
    """Change some facts for one end; the other must agree again."""
    row = one(_dependencies(request), pk=dependency_id)
    values = payload.said()
    side = values.pop("side")
    version = expected(request)
    services.change_dependency(user_of(request), row, values, side=side, expected_version=version)
    return _dependency_out(row)


@router.post(
    "/dependencies/{int:dependency_id}/agree",
    response=schemas.DependencyOut,
    summary="Agree on a dependency",
)
@once
def agree_on_dependency(
    request: HttpRequest, dependency_id: int, payload: schemas.AgreeIn
) -> dict[str, Any]:
    """Say, for one end, that it is agreed, or no longer; If-Match is honoured."""
    with held(request, one(_dependencies(request), pk=dependency_id), needed=False) as row:
        services.agree(user_of(request), row, side=payload.side, agreed=payload.agreed)
    return _dependency_out(row)


@router.delete(
    "/dependencies/{int:dependency_id}", response={204: None}, summary="Delete a dependency"
)
def remove_dependency(request: HttpRequest, dependency_id: int) -> Status[None]:
    """Delete a dependency; either side may."""
    return removed(
        request, one(_dependencies(request), pk=dependency_id), services.remove_dependency
    )
