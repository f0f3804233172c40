"""Keys for programs, over the API."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from ninja.responses import Status
from pydantic import Field

from orchestre.access import keys
from orchestre.access.api.caller import user_of
from orchestre.access.api.paging import Listing, Paged, page
from orchestre.access.api.strict import Day, Strict, Words60
from orchestre.access.api.versions import one
from orchestre.access.models import ApiToken
from orchestre.access.policy import tokens_of

router = Router()


class TokenIn(Strict):
    """A key for a program; it acts with your rights, or reads only."""

    name: Words60 = Field(min_length=1, examples=["Nightly export"])
    may_write: bool = False
    expires_on: Day


class TokenOut(Schema):
    """A key; its secret is never shown again."""

    id: int
    name: str
    owner: str
    may_write: bool
    created_at: datetime
    expires_on: date
    last_used_at: datetime | None
    revoked_at: datetime | None


class NewTokenOut(TokenOut):
    """A key just drawn."""

    secret: str = Field(description="Shown once: keep it now.")


class TokensAsked(Listing):
    """Only the window of the list."""


def _token_out(row: ApiToken) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": row.name,
        "owner": row.user.email,
        "may_write": row.may_write,
        "created_at": row.created_at,
        "expires_on": row.expires_on,
        "last_used_at": row.last_used_at,
        "revoked_at": row.revoked_at,
    }


@router.get("/tokens", response=Paged[TokenOut], summary="List tokens")
def list_tokens(request: HttpRequest, asked: Query[TokensAsked]) -> dict[str, Any]:
    """Return your tokens; all of them for administrators."""
    return page(request, tokens_of(request.user), asked, _token_out, order=["-created_at"])


@router.post("/tokens", response={201: NewTokenOut}, summary="Create a token")
def add_token(request: HttpRequest, payload: TokenIn) -> Status[dict[str, Any]]:
    """Draw a token of your own; an idempotency key is ignored, as no secret is kept."""
    token, secret = keys.create_token(
        user_of(request), payload.name, may_write=payload.may_write, expires_on=payload.expires_on
    )
    return Status(201, {**_token_out(token), "secret": secret})


@router.post("/tokens/{int:token_id}/revoke", response=TokenOut, summary="Revoke a token")
def revoke_token(request: HttpRequest, token_id: int) -> dict[str, Any]:
    """Make a token useless at once."""
    token = one(tokens_of(request.user), pk=token_id)
    keys.revoke_token(user_of(request), token)
    return _token_out(token)
