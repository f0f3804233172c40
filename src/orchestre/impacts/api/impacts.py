"""Impacts over the API, blind sides included."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Router
from ninja.responses import Status

from orchestre.access.api.idempotency import once
from orchestre.access.api.paging import Listing, Paged, paged
from orchestre.access.api.versions import expected, needed, removed
from orchestre.impacts import policy, queries, rules, services
from orchestre.impacts.api import schemas
from orchestre.impacts.models import Impact
from orchestre.org.api.people import path_under
from orchestre.portfolio.policy import visible_to as visible_initiatives

router = Router()


def figures_out(answer: rules.Answer | None) -> dict[str, Any] | None:
    """Write an evaluation."""
    return None if answer is None else asdict(answer)


def impact_out(facts: queries.ImpactFacts) -> dict[str, Any]:
    """Write an impact as this person may read it."""
    return {
        "id": facts.id,
        "version": facts.version,
        "initiative": facts.initiative_code,
        "population": facts.population.code,
        "from_state": facts.from_state,
        "to_state": facts.to_state,
        "reach_ratio": facts.reach_ratio,
        "go_live_on": facts.go_live.on if facts.go_live else None,
        "go_live_assumed": bool(facts.go_live and facts.go_live.assumed),
        "provenance": facts.provenance,
        "side": facts.side,
        "hidden": facts.hidden,
        "figures": figures_out(facts.answer),
        "project_answered": facts.project_answered,
        "unit_answered": facts.unit_answered,
        "settled_at": facts.settled_at,
    }


def narrowed(request: HttpRequest, asked: schemas.ImpactsAsked) -> QuerySet[Impact]:
    """Return the visible impacts that the filters keep."""
    found = policy.visible_to(request.user)
    if asked.initiative:
        found = found.filter(initiative__code=asked.initiative)
    if asked.population:
        found = found.filter(population__code=asked.population)
    if asked.unit:
        path = path_under(request, "unit", asked.unit)
        found = found.filter(population__unit__path__startswith=path)
    if asked.provenance:
        found = found.filter(provenance=asked.provenance)
    down = "-" if asked.order.startswith("-") else ""
    first, then = ("initiative", "population")
    if asked.order.endswith("population"):
        first, then = then, first
    return found.order_by(f"{down}{first}__code", f"{down}{then}__code", "pk")


def facts_of_page(
    request: HttpRequest, rows: QuerySet[Impact], asked: Listing
) -> list[queries.ImpactFacts]:
    """Read one page of impacts in few queries."""
    return queries.facts_of_many(request.user, rows[asked.offset : asked.offset + asked.limit])


def read_again(request: HttpRequest, impact_id: int) -> queries.ImpactFacts:
    """Return an impact as it now is, as this person may read it."""
    return queries.facts_of(request.user, queries.impact(request.user, impact_id))


@router.get("/impacts", response=Paged[schemas.ImpactOut], summary="List impacts")
def list_impacts(request: HttpRequest, asked: Query[schemas.ImpactsAsked]) -> dict[str, Any]:
    """Return what the changes you may see ask of the people you may see."""
    rows = narrowed(request, asked)
    items = [impact_out(facts) for facts in facts_of_page(request, rows, asked)]
    return paged(request, items, rows.order_by().count(), asked)


@router.post("/impacts", response={201: schemas.ImpactOut}, summary="Add an impact")
@once
def add_impact(request: HttpRequest, payload: schemas.ImpactIn) -> Status[dict[str, Any]]:
    """Say what an initiative asks of a population."""
    values = payload.said()
    initiative = needed(visible_initiatives(request.user), "initiative", values.pop("initiative"))
    people = policy.choosable_populations(request.user, initiative)
    population = needed(people, "population", values.pop("population"))
    made = services.record_impacts(request.user, initiative, [population], values)
    return Status(201, impact_out(read_again(request, made[0].pk)))


@router.get("/impacts/{int:impact_id}", response=schemas.ImpactOut, summary="Read an impact")
def read_impact(request: HttpRequest, impact_id: int) -> dict[str, Any]:
    """Return one impact; its figures are hidden from a side that has not answered."""
    return impact_out(read_again(request, impact_id))


@router.patch("/impacts/{int:impact_id}", response=schemas.ImpactOut, summary="Change an impact")
def change_impact(
    request: HttpRequest, impact_id: int, payload: schemas.ImpactPatch
) -> dict[str, Any]:
    """Change what is said of an impact."""
    row = queries.impact(request.user, impact_id)
    version = expected(request)
    services.change_impact(request.user, row, payload.said(), expected_version=version)
    return impact_out(read_again(request, impact_id))


@router.delete("/impacts/{int:impact_id}", response={204: None}, summary="Delete an impact")
def remove_impact(request: HttpRequest, impact_id: int) -> Status[None]:
    """Delete an impact and its ratings."""
    return removed(request, queries.impact(request.user, impact_id), services.remove_impact)
