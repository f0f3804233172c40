"""Findings over the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from orchestre.access.api.idempotency import once
from orchestre.access.api.paging import Paged, paged
from orchestre.access.api.security import auth
from orchestre.access.api.versions import needed, said
from orchestre.interactions import policy, queries
from orchestre.interactions.api import schemas
from orchestre.interactions.models import Finding
from orchestre.interactions.presenters.sentences import Told, sentence
from orchestre.interactions.rules import ListState
from orchestre.interactions.services import deciding
from orchestre.interactions.services.refresh import refresh
from orchestre.org.policy import visible_populations, visible_units
from orchestre.portfolio.policy import visible_to as visible_initiatives

router = Router(tags=["findings"], auth=auth)


def _finding_out(row: Finding, names: queries.Names) -> dict[str, Any]:
    told = Told(row, names)
    shown = sorted(one.code for one in told.initiatives)
    return {
        "id": row.pk,
        "version": row.version,
        "key": row.key,
        "kind": row.kind,
        "rule": row.rule,
        "state": row.state,
        "present": row.present,
        "sentence": sentence(row, names),
        "initiatives": shown,
        "unnamed_initiatives": len(row.initiatives.all()) - len(shown),
        "populations": sorted(one.code for one in told.populations),
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "score": row.score,
        "score_unit": row.score_unit,
        "reason": row.reason,
        "decided_at": row.decided_at,
    }


def _state_of(request: HttpRequest, asked: schemas.FindingsAsked) -> ListState:
    person = request.user
    unit = needed(visible_units(person), "unit", asked.unit) if asked.unit else None
    group = None
    if asked.population:
        group = needed(visible_populations(person), "population", asked.population)
    if asked.initiative:
        needed(visible_initiatives(person), "initiative", asked.initiative)
    return ListState(
        kind=asked.kind or "",
        state=asked.state,
        unit=unit.pk if unit else None,
        population=group.pk if group else None,
        initiative=asked.initiative,
    )


@router.get("/findings", response=Paged[schemas.FindingOut], summary="List findings")
def list_findings(request: HttpRequest, asked: Query[schemas.FindingsAsked]) -> dict[str, Any]:
    """Return overloads, interferences, contradictions, synergies… the heaviest first."""
    rows = queries.findings(request.user, _state_of(request, asked))
    names = queries.names_for(request.user)
    cut = queries.with_parts(rows)[asked.offset : asked.offset + asked.limit]
    return paged(request, [_finding_out(row, names) for row in cut], rows.count(), asked)


@router.post("/findings/refresh", response=schemas.RefreshedOut, summary="Look again")
@once
def refresh_findings(request: HttpRequest) -> dict[str, Any]:
    """Have the rules look again at the portfolio as it now is; decisions are kept."""
    policy.may_refresh(request.user).require()
    run = refresh(request.user)
    return {"run": run.pk, "findings": run.summary["findings"]}


@router.get("/findings/{int:finding_id}", response=schemas.FindingOut, summary="Read a finding")
def read_finding(request: HttpRequest, finding_id: int) -> dict[str, Any]:
    """Return one finding."""
    row = queries.finding(request.user, finding_id)
    return _finding_out(row, queries.names_for(request.user))


@router.post(
    "/findings/{int:finding_id}/confirm", response=schemas.FindingOut, summary="Confirm a finding"
)
@once
def confirm_finding(request: HttpRequest, finding_id: int) -> dict[str, Any]:
    """Say that the rule is right: something is to be done; If-Match is honoured."""
    return _decided(
        request,
        finding_id,
        lambda row: deciding.confirm(request.user, row, expected_version=said(request)),
    )


@router.post(
    "/findings/{int:finding_id}/refuse", response=schemas.FindingOut, summary="Refuse a finding"
)
@once
def refuse_finding(request: HttpRequest, finding_id: int, payload: schemas.WhyIn) -> dict[str, Any]:
    """Say that the rule is wrong here, and why; it does not come back; If-Match is honoured."""
    return _decided(
        request,
        finding_id,
        lambda row: deciding.refuse(
            request.user, row, payload.reason, expected_version=said(request)
        ),
    )


@router.post(
    "/findings/{int:finding_id}/settle", response=schemas.FindingOut, summary="Settle a finding"
)
@once
def settle_finding(request: HttpRequest, finding_id: int, payload: schemas.WhyIn) -> dict[str, Any]:
    """Say that it is dealt with, or accepted knowingly, and why; If-Match is honoured."""
    return _decided(
        request,
        finding_id,
        lambda row: deciding.settle(
            request.user, row, payload.reason, expected_version=said(request)
        ),
    )


@router.post(
    "/findings/{int:finding_id}/reopen", response=schemas.FindingOut, summary="Reopen a finding"
)
@once
def reopen_finding(request: HttpRequest, finding_id: int) -> dict[str, Any]:
    """Put it back among those to look at; If-Match is honoured."""
    return _decided(
        request,
        finding_id,
        lambda row: deciding.reopen(request.user, row, expected_version=said(request)),
    )


def _decided(
    request: HttpRequest, finding_id: int, decide: Callable[[Finding], Finding]
) -> dict[str, Any]:
    row = decide(queries.finding(request.user, finding_id))
    return _finding_out(row, queries.names_for(request.user))
