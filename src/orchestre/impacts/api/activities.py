"""Activities and assumptions over the API."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from ninja import Query, Router
from ninja.responses import Status

from orchestre.access.api.idempotency import once
from orchestre.access.api.paging import Paged, page
from orchestre.access.api.versions import expected, needed, one, removed
from orchestre.impacts import policy, queries, services
from orchestre.impacts.api import schemas
from orchestre.impacts.models import Activity
from orchestre.portfolio.policy import visible_to as visible_initiatives

router = Router()


def _activity_out(row: Activity) -> dict[str, Any]:
    return {
        "id": row.pk,
        "version": row.version,
        "initiative": row.initiative.code,
        "population": row.population.code,
        "kind": row.kind,
        "name": row.name,
        "aspect": row.aspect,
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "hours_per_person": row.hours_per_person,
        "reach_ratio": row.reach_ratio,
        "provenance": row.provenance,
        "custom": row.custom,
    }


def _assumptions_out() -> dict[str, Any]:
    row = queries.assumption_row()
    values = asdict(queries.assumption_values())
    values["intensity_by_family"] = dict(values["intensity_by_family"])
    return {**values, "version": row.version if row else 0}


def _activities(request: HttpRequest) -> QuerySet[Activity]:
    return policy.visible_activities(request.user).select_related("initiative", "population")


@router.get("/activities", response=Paged[schemas.ActivityOut], summary="List activities")
def list_activities(request: HttpRequest, asked: Query[schemas.ActivitiesAsked]) -> dict[str, Any]:
    """Return the training, meetings and messages of the changes you may see."""
    found = _activities(request)
    if asked.initiative:
        found = found.filter(initiative__code=asked.initiative)
    if asked.population:
        found = found.filter(population__code=asked.population)
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.starts_after:
        found = found.filter(starts_on__gte=asked.starts_after)
    if asked.starts_before:
        found = found.filter(starts_on__lt=asked.starts_before)
    return page(request, found, asked, _activity_out, order=[asked.order])


@router.post("/activities", response={201: schemas.ActivityOut}, summary="Add an activity")
@once
def add_activity(request: HttpRequest, payload: schemas.ActivityIn) -> Status[dict[str, Any]]:
    """Add what people of one population are asked to attend or read."""
    values = payload.said()
    initiative = needed(visible_initiatives(request.user), "initiative", values.pop("initiative"))
    people = policy.choosable_populations(request.user, initiative)
    population = needed(people, "population", values.pop("population"))
    made = services.record_activities(request.user, initiative, [population], values)
    return Status(201, _activity_out(made[0]))


@router.get(
    "/activities/{int:activity_id}", response=schemas.ActivityOut, summary="Read an activity"
)
def read_activity(request: HttpRequest, activity_id: int) -> dict[str, Any]:
    """Return one activity."""
    return _activity_out(one(_activities(request), pk=activity_id))


@router.patch(
    "/activities/{int:activity_id}", response=schemas.ActivityOut, summary="Change an activity"
)
def change_activity(
    request: HttpRequest, activity_id: int, payload: schemas.ActivityPatch
) -> dict[str, Any]:
    """Change some facts of an activity."""
    row = one(_activities(request), pk=activity_id)
    version = expected(request)
    services.change_activity(request.user, row, payload.said(), expected_version=version)
    return _activity_out(row)


@router.delete("/activities/{int:activity_id}", response={204: None}, summary="Delete an activity")
def remove_activity(request: HttpRequest, activity_id: int) -> Status[None]:
    """Delete an activity."""
    return removed(request, one(_activities(request), pk=activity_id), services.remove_activity)


@router.get("/assumptions", response=schemas.AssumptionsOut, summary="Read the assumptions")
def read_assumptions(request: HttpRequest) -> dict[str, Any]:
    """Return what is assumed where nobody has said anything."""
    if not policy.reads_assumptions(request.user):
        raise Http404
    return _assumptions_out()


@router.patch("/assumptions", response=schemas.AssumptionsOut, summary="Change the assumptions")
def change_assumptions(request: HttpRequest, payload: schemas.AssumptionsPatch) -> dict[str, Any]:
    """Change what is assumed; If-Match: 0 while nobody has changed the defaults."""
    version = expected(request)
    services.save_assumptions(request.user, payload.said(), expected_version=version)
    return _assumptions_out()
