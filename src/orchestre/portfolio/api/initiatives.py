"""Initiatives and programmes over the API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Router
from ninja.responses import Status

from orchestre.access.api.caller import user_of
from orchestre.access.api.idempotency import once
from orchestre.access.api.paging import Paged, page, page_of
from orchestre.access.api.versions import expected, keyed, needed, one
from orchestre.org.policy import visible_units
from orchestre.portfolio import policy, services
from orchestre.portfolio.api import schemas
from orchestre.portfolio.models import Initiative, Programme
from orchestre.portfolio.queries import listing
from orchestre.portfolio.rules.view import Filter, View
from orchestre.strategy.policy import visible_to as visible_objectives

router = Router()
AS_THEY_ARE = tuple(
    name for name in schemas.InitiativeOut.model_fields if name not in {"id", "programme", "unit"}
)


def initiative_out(row: Initiative) -> dict[str, Any]:
    """Write an initiative."""
    return {
        "id": row.pk,
        "unit": row.unit.code if row.unit else None,
        "programme": row.programme.code if row.programme else None,
        **{name: getattr(row, name) for name in AS_THEY_ARE},
    }


def _programme_out(row: Programme) -> dict[str, Any]:
    return {"id": row.pk, "version": row.version, "code": row.code, "name": row.name}


def view_of(request: HttpRequest, asked: schemas.InitiativesAsked) -> View:
    """Turn what an address asks into the view that the pages read."""
    values: dict[str, list[str]] = {
        name: [str(value) for value in getattr(asked, name)]
        for name in ("stage", "family", "kind", "sponsor", "lead", "health")
    }
    units = visible_units(request.user)
    values["unit"] = [str(needed(units, "unit", code).pk) for code in asked.unit]
    programmes = Programme.objects.all()
    values["programme"] = [
        str(needed(programmes, "programme", code).pk) for code in asked.programme
    ]
    values["objective"] = [_objective(request, code) for code in asked.objective]
    for name in ("starts_after", "ends_before"):
        day = getattr(asked, name)
        values[name] = [day.isoformat()] if day else []
    for name in ("dates", "news", "mandatory", "micro", "confidential", "archived"):
        flag = getattr(asked, name)
        values[name] = [flag] if flag else []
    return View(
        text=" ".join(asked.q.split()),
        filters=tuple(Filter(name, tuple(some)) for name, some in values.items() if some),
        sort=asked.order.removeprefix("-"),
        descending=asked.order.startswith("-"),
    )


def _objective(request: HttpRequest, code: str) -> str:
    if code == "none":
        return code
    return str(needed(visible_objectives(request.user), "objective", code).pk)


def _values(request: HttpRequest, payload: schemas.InitiativeIn) -> dict[str, Any]:
    values = keyed(visible_units(request.user), "unit", payload.said())
    return keyed(Programme.objects.all(), "programme", values)


def named(request: HttpRequest, code: str) -> Initiative:
    """Return the visible initiative that an address names."""
    seen = policy.visible_to(request.user)
    return one(seen.select_related("unit", "programme", "lead"), code=code)


@router.get("/initiatives", response=Paged[schemas.InitiativeOut], summary="List initiatives")
def list_initiatives(
    request: HttpRequest, asked: Query[schemas.InitiativesAsked]
) -> dict[str, Any]:
    """Return the initiatives you may see, with the filters and orders of the page."""
    found = listing.ordered(request.user, view_of(request, asked))
    cut, wrap = page_of(request, found, asked)
    return wrap([initiative_out(row) for row in listing.whole([light.pk for light in cut])])


@router.post("/initiatives", response={201: schemas.InitiativeOut}, summary="Add an initiative")
@once
def add_initiative(request: HttpRequest, payload: schemas.InitiativeIn) -> Status[dict[str, Any]]:
    """Add an initiative: a title is enough."""
    values = _values(request, payload)
    made = services.create(user_of(request), title=values.pop("title"), values=values)
    made.refresh_from_db()
    return Status(201, initiative_out(made))


@router.get("/initiatives/{code}", response=schemas.InitiativeOut, summary="Read an initiative")
def read_initiative(request: HttpRequest, code: str) -> dict[str, Any]:
    """Return one initiative."""
    return initiative_out(named(request, code))


@router.patch("/initiatives/{code}", response=schemas.InitiativeOut, summary="Change an initiative")
def change_initiative(
    request: HttpRequest, code: str, payload: schemas.InitiativePatch
) -> dict[str, Any]:
    """Change some facts; what others changed meanwhile is merged, or refused field by field."""
    row = named(request, code)
    values = _values(request, payload)
    version = expected(request)
    services.update(user_of(request), row, values, expected_version=version)
    return initiative_out(row)


@router.get("/programmes", response=Paged[schemas.ProgrammeOut], summary="List programmes")
def list_programmes(request: HttpRequest, asked: Query[schemas.ProgrammesAsked]) -> dict[str, Any]:
    """Return the programmes of the initiatives you may see."""
    return page(request, _programmes(request), asked, _programme_out, order=[asked.order])


@router.post("/programmes", response={201: schemas.ProgrammeOut}, summary="Add a programme")
@once
def add_programme(request: HttpRequest, payload: schemas.ProgrammeIn) -> Status[dict[str, Any]]:
    """Add a programme, or find the one that has this name."""
    made = services.add_programme(user_of(request), payload.name, payload.code)
    return Status(201, _programme_out(made))


@router.get("/programmes/{code}", response=schemas.ProgrammeOut, summary="Read a programme")
def read_programme(request: HttpRequest, code: str) -> dict[str, Any]:
    """Return one programme."""
    return _programme_out(one(_programmes(request), code=code))


def _programmes(request: HttpRequest) -> QuerySet[Programme]:
    if policy.may_create(request.user):
        return Programme.objects.all()
    seen = policy.visible_to(request.user).exclude(programme=None).values("programme")
    return Programme.objects.filter(pk__in=seen)
