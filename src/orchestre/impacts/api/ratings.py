"""The two blind sides of each impact, over the API."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from orchestre.access.api.idempotency import once
from orchestre.access.api.paging import Paged, page_of, paged
from orchestre.access.api.versions import said
from orchestre.impacts import queries, rules, services
from orchestre.impacts.api import schemas
from orchestre.impacts.api.impacts import (
    facts_of_page,
    figures_out,
    impact_out,
    narrowed,
    read_again,
)

router = Router()


def _side_out(side: queries.SideAnswer | None) -> dict[str, Any] | None:
    if side is None:
        return None
    return {**(figures_out(side.answer) or {}), "comment": side.comment, "who": side.who}


def _ratings_out(facts: queries.ImpactFacts) -> dict[str, Any]:
    return {
        "impact": facts.id,
        "version": facts.version,
        "initiative": facts.initiative_code,
        "population": facts.population.code,
        "side": facts.side,
        "waits_for_me": facts.waits_for_me,
        "project_answered": facts.project_answered,
        "unit_answered": facts.unit_answered,
        "project": _side_out(facts.project),
        "unit": _side_out(facts.unit),
        "differences": [
            {"name": one.name, "project": one.project, "unit": one.unit}
            for one in facts.differences
        ],
        "settled_at": facts.settled_at,
    }


@router.get("/ratings", response=Paged[schemas.RatingsOut], summary="List ratings")
def list_ratings(request: HttpRequest, asked: Query[schemas.RatingsAsked]) -> dict[str, Any]:
    """Return the two sides of impacts, as far as you may read them."""
    rows = narrowed(request, asked)
    if asked.waiting:
        kept = set(rows.values_list("pk", flat=True))
        waiting = [one for one in queries.waiting_for(request.user) if one.id in kept]
        cut, wrap = page_of(request, waiting, asked)
        return wrap([_ratings_out(facts) for facts in cut])
    items = [_ratings_out(facts) for facts in facts_of_page(request, rows, asked)]
    return paged(request, items, rows.order_by().count(), asked)


@router.get(
    "/impacts/{int:impact_id}/ratings", response=schemas.RatingsOut, summary="Read the ratings"
)
def read_ratings(request: HttpRequest, impact_id: int) -> dict[str, Any]:
    """Return the two sides of one impact; each is blind until both have answered."""
    return _ratings_out(read_again(request, impact_id))


@router.post(
    "/impacts/{int:impact_id}/ratings", response=schemas.RatingsOut, summary="Rate an impact"
)
@once
def rate_impact(request: HttpRequest, impact_id: int, payload: schemas.RatingIn) -> dict[str, Any]:
    """Answer for your side; it can be corrected until the other side answers."""
    row = queries.impact(request.user, impact_id)
    answer = rules.Answer(
        {str(name): level for name, level in payload.aspects.items()},
        payload.intensity,
        payload.hours_per_person,
    )
    services.rate(request.user, row, answer, comment=payload.comment)
    return _ratings_out(read_again(request, impact_id))


@router.post(
    "/impacts/{int:impact_id}/settle", response=schemas.ImpactOut, summary="Settle the ratings"
)
@once
def settle_ratings(
    request: HttpRequest, impact_id: int, payload: schemas.SettleIn
) -> dict[str, Any]:
    """Choose what counts for each difference, with a reason; If-Match is honoured."""
    row = queries.impact(request.user, impact_id)
    services.settle(
        request.user,
        row,
        payload.choices,
        reason=payload.reason,
        expected_version=said(request),
    )
    return impact_out(read_again(request, impact_id))
