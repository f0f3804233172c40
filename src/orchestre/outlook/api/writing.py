"""Risks, estimates and assumptions over the API."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.responses import Status

from orchestre.access.api.idempotency import once
from orchestre.access.api.paging import Paged, page
from orchestre.access.api.versions import expected, needed, one, removed
from orchestre.kernel.errors import DomainError
from orchestre.outlook import policy
from orchestre.outlook.api import schemas
from orchestre.outlook.models import MilestoneEstimate, RiskEvent
from orchestre.outlook.services import writing
from orchestre.outlook.snapshot.rows import assumptions
from orchestre.portfolio.models import Milestone
from orchestre.portfolio.policy import visible_milestones
from orchestre.portfolio.policy import visible_to as visible_initiatives

router = Router()
CENT = Decimal("0.01")


def _risk_out(row: RiskEvent) -> dict[str, Any]:
    names = (
        "version", "name", "probability", "impact_weeks", "impact_eur", "mitigation",
        "residual_probability", "residual_weeks", "residual_eur", "owner_role", "closed",
    )  # fmt: skip
    facts = {name: getattr(row, name) for name in names}
    return facts | {
        "id": row.pk, "initiative": row.initiative.code, "milestone": row.milestone_id,
    }  # fmt: skip


def _estimate_out(row: MilestoneEstimate) -> dict[str, Any]:
    names = (
        "version", "kind", "optimistic_on", "likely_on", "pessimistic_on", "basis", "provenance",
    )  # fmt: skip
    facts = {name: getattr(row, name) for name in names}
    return facts | {
        "id": row.pk,
        "initiative": row.milestone.initiative.code,
        "milestone": row.milestone_id,
    }


def _risks(request: HttpRequest) -> QuerySet[RiskEvent]:
    return policy.visible_risks(request.user).select_related("initiative", "milestone")


def _estimates(request: HttpRequest) -> QuerySet[MilestoneEstimate]:
    return policy.visible_estimates(request.user).select_related("milestone__initiative")


def _milestone(request: HttpRequest, pk: int) -> Milestone:
    found = visible_milestones(request.user).select_related("initiative").filter(pk=pk).first()
    if found is None:
        sentence = _("This milestone does not exist, or is not open to you.")
        raise DomainError(sentence, code="unknown-reference", fields={"milestone": [sentence]})
    return found


def _written(request: HttpRequest, values: dict[str, Any]) -> dict[str, Any]:
    """Give the rows and the exact amounts that a body names."""
    if values.get("milestone") is not None:
        values["milestone"] = _milestone(request, values["milestone"])
    for name in ("impact_eur", "residual_eur"):
        if values.get(name) is not None:
            values[name] = Decimal(str(values[name])).quantize(CENT)
    return values


@router.get("/risk-events", response=Paged[schemas.RiskOut], summary="List risks")
def list_risk_events(request: HttpRequest, asked: Query[schemas.RowsAsked]) -> dict[str, Any]:
    """Return the events that may happen to the initiatives you may see."""
    found = _risks(request)
    if asked.initiative:
        found = found.filter(initiative__code=asked.initiative)
    order = asked.order.replace("initiative", "initiative__code")
    return page(request, found, asked, _risk_out, order=[order])


@router.post("/risk-events", response={201: schemas.RiskOut}, summary="Add a risk")
@once
def add_risk_event(request: HttpRequest, payload: schemas.RiskIn) -> Status[dict[str, Any]]:
    """Write an event that may happen to an initiative."""
    values = payload.said()
    initiative = needed(visible_initiatives(request.user), "initiative", values.pop("initiative"))
    made = writing.add_risk(request.user, initiative, _written(request, values))
    return Status(201, _risk_out(made))


@router.get("/risk-events/{int:risk_id}", response=schemas.RiskOut, summary="Read a risk")
def read_risk_event(request: HttpRequest, risk_id: int) -> dict[str, Any]:
    """Return one risk."""
    return _risk_out(one(_risks(request), pk=risk_id))


@router.patch("/risk-events/{int:risk_id}", response=schemas.RiskOut, summary="Change a risk")
def change_risk_event(
    request: HttpRequest, risk_id: int, payload: schemas.RiskPatch
) -> dict[str, Any]:
    """Change some facts of a risk."""
    row = one(_risks(request), pk=risk_id)
    version = expected(request)
    values = _written(request, payload.said())
    return _risk_out(writing.change_risk(request.user, row, values, expected_version=version))


@router.delete("/risk-events/{int:risk_id}", response={204: None}, summary="Delete a risk")
def remove_risk_event(request: HttpRequest, risk_id: int) -> Status[None]:
    """Delete a risk."""
    return removed(request, one(_risks(request), pk=risk_id), writing.remove_risk)


@router.get("/milestone-estimates", response=Paged[schemas.EstimateOut], summary="List estimates")
def list_milestone_estimates(
    request: HttpRequest, asked: Query[schemas.RowsAsked]
) -> dict[str, Any]:
    """Return the three dates of milestones that somebody gave."""
    found = _estimates(request)
    if asked.initiative:
        found = found.filter(milestone__initiative__code=asked.initiative)
    order = asked.order.replace("initiative", "milestone__initiative__code")
    return page(request, found, asked, _estimate_out, order=[order])


@router.post(
    "/milestone-estimates", response={201: schemas.EstimateOut}, summary="Estimate a milestone"
)
@once
def add_milestone_estimate(
    request: HttpRequest, payload: schemas.EstimateIn
) -> Status[dict[str, Any]]:
    """Say between which dates a milestone may be reached; once only, then change it."""
    values = payload.said()
    milestone = _milestone(request, values.pop("milestone"))
    if MilestoneEstimate.objects.filter(milestone=milestone).exists():
        sentence = _("This milestone already has an estimate: change it instead.")
        raise DomainError(sentence, code="already-there", fields={"milestone": [sentence]})
    return Status(201, _estimate_out(writing.estimate(request.user, milestone, values)))


@router.get(
    "/milestone-estimates/{int:estimate_id}",
    response=schemas.EstimateOut,
    summary="Read an estimate",
)
def read_milestone_estimate(request: HttpRequest, estimate_id: int) -> dict[str, Any]:
    """Return one estimate."""
    return _estimate_out(one(_estimates(request), pk=estimate_id))


@router.patch(
    "/milestone-estimates/{int:estimate_id}",
    response=schemas.EstimateOut,
    summary="Change an estimate",
)
def change_milestone_estimate(
    request: HttpRequest, estimate_id: int, payload: schemas.EstimatePatch
) -> dict[str, Any]:
    """Change some facts of an estimate."""
    row = one(_estimates(request), pk=estimate_id)
    version = expected(request)
    found = writing.estimate(request.user, row.milestone, payload.said(), expected_version=version)
    return _estimate_out(found)


@router.delete(
    "/milestone-estimates/{int:estimate_id}", response={204: None}, summary="Delete an estimate"
)
def remove_milestone_estimate(request: HttpRequest, estimate_id: int) -> Status[None]:
    """Delete an estimate."""
    return removed(request, one(_estimates(request), pk=estimate_id), writing.forget_estimate)


def _assumptions_out() -> dict[str, Any]:
    found = asdict(assumptions())
    return {name: found[name] for name in schemas.AssumptionsOut.model_fields}


@router.get(
    "/outlook-assumptions", response=schemas.AssumptionsOut, summary="Read what is assumed of dates"
)
def read_outlook_assumptions(request: HttpRequest) -> dict[str, Any]:
    """Return what is assumed of dates and money."""
    if not policy.reads(request.user):
        raise Http404
    return _assumptions_out()


@router.patch(
    "/outlook-assumptions",
    response=schemas.AssumptionsOut,
    summary="Change what is assumed of dates",
)
def change_outlook_assumptions(
    request: HttpRequest, payload: schemas.AssumptionsPatch
) -> dict[str, Any]:
    """Change what is assumed; If-Match: 0 while nobody has changed the defaults."""
    version = expected(request)
    writing.assume(request.user, payload.said(), expected_version=version)
    return _assumptions_out()
