"""Cost lines and envelopes over the API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Router
from ninja.responses import Status

from orchestre.access.api.idempotency import once
from orchestre.access.api.paging import Paged, page
from orchestre.access.api.versions import expected, keyed, needed, one, removed
from orchestre.portfolio.models import Programme
from orchestre.portfolio.policy import visible_to as visible_initiatives
from orchestre.resources import policy, services
from orchestre.resources.api import schemas
from orchestre.resources.models import CostLine, Envelope

router = Router()


def _cost_out(row: CostLine) -> dict[str, Any]:
    return {
        "id": row.pk,
        "version": row.version,
        "initiative": row.initiative.code,
        "name": row.name,
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "amount_eur": row.amount_eur,
        "nature": row.nature,
        "state": row.state,
        "provenance": row.provenance,
        "custom": row.custom,
    }


def _envelope_out(row: Envelope) -> dict[str, Any]:
    return {
        "id": row.pk,
        "version": row.version,
        "name": row.name,
        "programme": row.programme.code if row.programme else None,
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "amount_eur": row.amount_eur,
        "custom": row.custom,
    }


def _costs(request: HttpRequest) -> QuerySet[CostLine]:
    return policy.visible_costs(request.user).select_related("initiative")


def _envelopes(request: HttpRequest) -> QuerySet[Envelope]:
    return policy.visible_envelopes(request.user).select_related("programme")


@router.get("/cost-lines", response=Paged[schemas.CostOut], summary="List cost lines")
def list_cost_lines(request: HttpRequest, asked: Query[schemas.CostsAsked]) -> dict[str, Any]:
    """Return the money of the initiatives you may see; the assumed full cost is not a line."""
    found = _costs(request)
    if asked.initiative:
        found = found.filter(initiative__code=asked.initiative)
    if asked.state:
        found = found.filter(state=asked.state)
    if asked.nature:
        found = found.filter(nature=asked.nature)
    return page(request, found, asked, _cost_out, order=[asked.order])


@router.post("/cost-lines", response={201: schemas.CostOut}, summary="Add a cost line")
@once
def add_cost_line(request: HttpRequest, payload: schemas.CostIn) -> Status[dict[str, Any]]:
    """Say what an initiative spends over a range of days."""
    values = payload.said()
    initiative = needed(visible_initiatives(request.user), "initiative", values.pop("initiative"))
    return Status(201, _cost_out(services.add_cost(request.user, initiative, values)))


@router.get("/cost-lines/{int:cost_id}", response=schemas.CostOut, summary="Read a cost line")
def read_cost_line(request: HttpRequest, cost_id: int) -> dict[str, Any]:
    """Return one cost line."""
    return _cost_out(one(_costs(request), pk=cost_id))


@router.patch("/cost-lines/{int:cost_id}", response=schemas.CostOut, summary="Change a cost line")
def change_cost_line(
    request: HttpRequest, cost_id: int, payload: schemas.CostPatch
) -> dict[str, Any]:
    """Change a cost line."""
    row = one(_costs(request), pk=cost_id)
    version = expected(request)
    services.change_cost(request.user, row, payload.said(), expected_version=version)
    return _cost_out(row)


@router.delete("/cost-lines/{int:cost_id}", response={204: None}, summary="Delete a cost line")
def remove_cost_line(request: HttpRequest, cost_id: int) -> Status[None]:
    """Delete a cost line."""
    return removed(request, one(_costs(request), pk=cost_id), services.remove_cost)


@router.get("/envelopes", response=Paged[schemas.EnvelopeOut], summary="List envelopes")
def list_envelopes(request: HttpRequest, asked: Query[schemas.EnvelopesAsked]) -> dict[str, Any]:
    """Return the envelopes, to who reads the whole portfolio."""
    found = _envelopes(request)
    if asked.programme:
        found = found.filter(programme__code=asked.programme)
    return page(request, found, asked, _envelope_out, order=[asked.order, "name"])


@router.post("/envelopes", response={201: schemas.EnvelopeOut}, summary="Add an envelope")
@once
def add_envelope(request: HttpRequest, payload: schemas.EnvelopeIn) -> Status[dict[str, Any]]:
    """Say how much may be spent over a range of days."""
    values = keyed(Programme.objects.all(), "programme", payload.said())
    return Status(201, _envelope_out(services.add_envelope(request.user, values)))


@router.get(
    "/envelopes/{int:envelope_id}", response=schemas.EnvelopeOut, summary="Read an envelope"
)
def read_envelope(request: HttpRequest, envelope_id: int) -> dict[str, Any]:
    """Return one envelope."""
    return _envelope_out(one(_envelopes(request), pk=envelope_id))


@router.patch(
    "/envelopes/{int:envelope_id}", response=schemas.EnvelopeOut, summary="Change an envelope"
)
def change_envelope(
    request: HttpRequest, envelope_id: int, payload: schemas.EnvelopePatch
) -> dict[str, Any]:
    """Change an envelope."""
    row = one(_envelopes(request), pk=envelope_id)
    version = expected(request)
    values = keyed(Programme.objects.all(), "programme", payload.said())
    services.change_envelope(request.user, row, values, expected_version=version)
    return _envelope_out(row)


@router.delete("/envelopes/{int:envelope_id}", response={204: None}, summary="Delete an envelope")
def remove_envelope(request: HttpRequest, envelope_id: int) -> Status[None]:
    """Delete an envelope."""
    return removed(request, one(_envelopes(request), pk=envelope_id), services.remove_envelope)
