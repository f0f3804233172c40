"""Roles, demands, costs, envelopes and worth over the API."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Query, Router

from orchestre.access.api.security import auth
from orchestre.resources import policy
from orchestre.resources.api import money, roles, schemas, worth
from orchestre.resources.presenters import plain

router = Router(tags=["resources"], auth=auth)


@router.get("/means", response=schemas.MeansOut, summary="Compare what is asked and what there is")
def read_means(request: HttpRequest, asked: Query[schemas.MeansAsked]) -> dict[str, Any]:
    """Return roles and money month by month; closed initiatives are counted and not named."""
    if not policy.reads_roles(request.user):
        raise Http404
    return plain.of_person(request.user, asked.first or timezone.localdate(), asked.months)


for part in (roles, money, worth):
    router.add_router("", part.router)
