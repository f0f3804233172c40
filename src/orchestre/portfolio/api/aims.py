"""What initiatives bring to objectives, and which way they push indicators, over the API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Router
from ninja.responses import Status

from orchestre.access.api.caller import user_of
from orchestre.access.api.idempotency import once
from orchestre.access.api.paging import Paged, page
from orchestre.access.api.versions import needed, one, removed
from orchestre.portfolio import policy, services
from orchestre.portfolio.api import schemas
from orchestre.portfolio.models import Contribution, IndicatorEffect
from orchestre.strategy import policy as strategy

router = Router()


def _contribution_out(row: Contribution) -> dict[str, Any]:
    return {
        "id": row.pk,
        "version": row.version,
        "initiative": row.initiative.code,
        "objective": row.objective.code,
        "weight": row.weight,
    }


def _effect_out(row: IndicatorEffect) -> dict[str, Any]:
    return {
        "id": row.pk,
        "version": row.version,
        "initiative": row.initiative.code,
        "indicator": row.indicator.code,
        "direction": row.direction,
    }


def _contributions(request: HttpRequest) -> QuerySet[Contribution]:
    seen = policy.visible_to(request.user).values("pk")
    rows = Contribution.objects.filter(initiative__in=seen)
    return rows.select_related("initiative", "objective")


def _effects(request: HttpRequest) -> QuerySet[IndicatorEffect]:
    seen = policy.visible_to(request.user).values("pk")
    rows = IndicatorEffect.objects.filter(initiative__in=seen)
    return rows.select_related("initiative", "indicator")


@router.get("/contributions", response=Paged[schemas.ContributionOut], summary="List contributions")
def list_contributions(
    request: HttpRequest, asked: Query[schemas.ContributionsAsked]
) -> dict[str, Any]:
    """Return what the initiatives you may see bring to objectives."""
    found = _contributions(request)
    if asked.initiative:
        found = found.filter(initiative__code=asked.initiative)
    if asked.objective:
        found = found.filter(objective__code=asked.objective)
    return page(request, found, asked, _contribution_out, order=["initiative__code"])


@router.post(
    "/contributions", response={201: schemas.ContributionOut}, summary="Serve an objective"
)
@once
def add_contribution(
    request: HttpRequest, payload: schemas.ContributionIn
) -> Status[dict[str, Any]]:
    """Say that an initiative serves an objective, or weigh it otherwise."""
    initiative = needed(policy.visible_to(request.user), "initiative", payload.initiative)
    objective = needed(strategy.visible_to(request.user), "objective", payload.objective)
    made = services.add_contribution(user_of(request), initiative, objective, payload.weight)
    return Status(201, _contribution_out(made))


@router.delete(
    "/contributions/{int:contribution_id}",
    response={204: None},
    summary="Stop serving an objective",
)
def remove_contribution(request: HttpRequest, contribution_id: int) -> Status[None]:
    """Say that an initiative no longer serves an objective."""
    return removed(
        request, one(_contributions(request), pk=contribution_id), services.remove_contribution
    )


@router.get("/effects", response=Paged[schemas.EffectOut], summary="List effects on indicators")
def list_effects(request: HttpRequest, asked: Query[schemas.EffectsAsked]) -> dict[str, Any]:
    """Return which way the initiatives you may see push indicators."""
    found = _effects(request)
    if asked.initiative:
        found = found.filter(initiative__code=asked.initiative)
    if asked.indicator:
        found = found.filter(indicator__code=asked.indicator)
    return page(request, found, asked, _effect_out, order=["initiative__code"])


@router.post("/effects", response={201: schemas.EffectOut}, summary="Push an indicator")
@once
def add_effect(request: HttpRequest, payload: schemas.EffectIn) -> Status[dict[str, Any]]:
    """Say which way an initiative pushes an indicator."""
    initiative = needed(policy.visible_to(request.user), "initiative", payload.initiative)
    indicator = needed(strategy.visible_indicators(request.user), "indicator", payload.indicator)
    made = services.add_effect(user_of(request), initiative, indicator, payload.direction)
    return Status(201, _effect_out(made))


@router.delete(
    "/effects/{int:effect_id}", response={204: None}, summary="Stop pushing an indicator"
)
def remove_effect(request: HttpRequest, effect_id: int) -> Status[None]:
    """Say that an initiative does not push an indicator."""
    return removed(request, one(_effects(request), pk=effect_id), services.remove_effect)
