"""Waves of deployment over the API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.responses import Status

from orchestre.access.api.caller import user_of
from orchestre.access.api.idempotency import once
from orchestre.access.api.paging import Paged, page
from orchestre.access.api.versions import expected, needed, one, removed
from orchestre.kernel.errors import DomainError
from orchestre.org.models import Population
from orchestre.portfolio import policy, services
from orchestre.portfolio.api import wave_schemas as schemas
from orchestre.portfolio.models import Wave
from orchestre.portfolio.queries.waves import Served, served_by

router = Router()


def _rows(request: HttpRequest) -> QuerySet[Wave]:
    found = policy.visible_waves(request.user).select_related("initiative__unit")
    return found.prefetch_related("members__population")


def _out(request: HttpRequest, row: Wave) -> dict[str, Any]:
    return _served(served_by(request.user, row))


def _served(told: Served) -> dict[str, Any]:
    row = told.wave
    return {
        "id": row.pk,
        "version": row.version,
        "initiative": row.initiative.code,
        "name": row.name,
        "go_live_on": row.go_live_on,
        "populations": [one.code for one in told.populations],
        "populations_closed": told.closed,
    }


def _populations(codes: list[str]) -> list[Population]:
    found = {one.code: one for one in Population.objects.filter(code__in=codes)}
    missing = sorted(set(codes) - set(found))
    if missing:
        sentence = _("No population has the code %s.") % ", ".join(missing[:5])
        raise DomainError(sentence, code="unknown-reference", fields={"populations": [sentence]})
    return list(found.values())


@router.get("/waves", response=Paged[schemas.WaveOut], summary="List waves")
def list_waves(request: HttpRequest, asked: Query[schemas.WavesAsked]) -> dict[str, Any]:
    """Return the waves of deployment of the initiatives you may see."""
    found = _rows(request)
    if asked.initiative:
        found = found.filter(initiative__code=asked.initiative)
    return page(request, found, asked, lambda row: _out(request, row), order=[asked.order])


@router.post("/waves", response={201: schemas.WaveOut}, summary="Add a wave")
@once
def add_wave(request: HttpRequest, payload: schemas.WaveIn) -> Status[dict[str, Any]]:
    """Add a wave: the load of its populations is laid around its go-live."""
    initiative = needed(policy.visible_to(request.user), "initiative", payload.initiative)
    policy.may_change(user_of(request), initiative).require()
    made = services.add_wave(
        user_of(request),
        initiative,
        name=payload.name,
        go_live_on=payload.go_live_on,
        populations=_populations(payload.populations),
    )
    return Status(201, _out(request, made))


@router.get("/waves/{int:wave_id}", response=schemas.WaveOut, summary="Read a wave")
def read_wave(request: HttpRequest, wave_id: int) -> dict[str, Any]:
    """Return one wave."""
    return _out(request, one(_rows(request), pk=wave_id))


@router.patch("/waves/{int:wave_id}", response=schemas.WaveOut, summary="Change a wave")
def change_wave(request: HttpRequest, wave_id: int, payload: schemas.WavePatch) -> dict[str, Any]:
    """Change a wave; when its go-live moves, the activities to come of its people move with it."""
    row = one(_rows(request), pk=wave_id)
    version = expected(request)
    policy.may_change(user_of(request), row.initiative).require()
    values = payload.said()
    if "populations" in values:
        values["populations"] = _populations(values["populations"])
    services.change_wave(user_of(request), row, values, expected_version=version)
    return _out(request, one(_rows(request), pk=wave_id))


@router.delete("/waves/{int:wave_id}", response={204: None}, summary="Delete a wave")
def remove_wave(request: HttpRequest, wave_id: int) -> Status[None]:
    """Delete a wave: its populations follow the go-live of the initiative again."""
    return removed(request, one(_rows(request), pk=wave_id), services.remove_wave)
