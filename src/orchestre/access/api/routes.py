"""Who one is, for programs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from orchestre.access.api import tokens
from orchestre.access.api.security import auth
from orchestre.access.models import User
from orchestre.access.queries import organisation
from orchestre.access.reach import reach_of

router = Router(tags=["access"], auth=auth)
router.add_router("", tokens.router)


class MeOut(Schema):
    """The person behind the token or the session."""

    email: str
    name: str
    language: str
    organisation: str
    roles: list[str]


@router.get("/me", response=MeOut, summary="Who am I?")
def read_me(request: HttpRequest) -> dict[str, Any]:
    """Return the person who calls, with the roles in force."""
    person = request.user
    about = organisation()
    return {
        "email": person.email if isinstance(person, User) else "",
        "name": str(person),
        "language": person.language if isinstance(person, User) else "",
        "organisation": about.name if about else "",
        "roles": sorted(reach_of(person).roles),
    }
