"""Risks, issues and change requests over the API, and what they become."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Router
from ninja.responses import Status

from orchestre.access.api.idempotency import once
from orchestre.access.api.paging import Paged, page
from orchestre.access.api.versions import expected, held, keyed, numbered, one
from orchestre.governance import policy
from orchestre.governance.api import matter_schemas as schemas
from orchestre.governance.api.meetings import body_named
from orchestre.governance.api.outputs import item_out
from orchestre.governance.api.schemas import ItemOut
from orchestre.governance.models import Matter
from orchestre.governance.services import matters
from orchestre.portfolio.policy import visible_to as visible_initiatives

router = Router(tags=["committees"])
ONE = "/matters/{int:matter_id}"


def _matters(request: HttpRequest) -> QuerySet[Matter]:
    return policy.visible_matters(request.user).select_related("body", "initiative", "owner")


def _out(row: Matter) -> dict[str, Any]:
    names = ("version", "code", "kind", "title", "detail", "state", "opened_on", "closing")
    facts: dict[str, Any] = {name: getattr(row, name) for name in names}
    return facts | {
        "id": row.pk,
        "body": row.body_id,
        "initiative": row.initiative.code if row.initiative else None,
        "owner": row.owner_name or str(row.owner or ""),
    }


@router.get("/matters", response=Paged[schemas.MatterOut], summary="List risks and issues")
def list_matters(request: HttpRequest, asked: Query[schemas.MattersAsked]) -> dict[str, Any]:
    """Return the risks, issues and change requests you may read, the latest first."""
    rows = _matters(request)
    if asked.body is not None:
        rows = rows.filter(body=asked.body)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.initiative:
        rows = rows.filter(initiative__code=asked.initiative)
    return page(request, rows, asked, _out, order=["-opened_on", "-pk"])


@router.post("/matters", response={201: schemas.MatterOut}, summary="Open a risk or an issue")
@once
def add_matter(request: HttpRequest, payload: schemas.MatterIn) -> Status[dict[str, Any]]:
    """Write a risk, an issue or a change request down, for the body that follows it."""
    values = payload.said()
    values["body"] = body_named(request, values["body"])
    values = keyed(visible_initiatives(request.user), "initiative", values)
    return Status(201, _out(matters.open_matter(request.user, values)))


@router.get(ONE, response=schemas.MatterOut, summary="Read a risk or an issue")
def read_matter(request: HttpRequest, matter_id: int) -> dict[str, Any]:
    """Return one risk, issue or change request."""
    return _out(one(_matters(request), pk=matter_id))


@router.patch(ONE, response=schemas.MatterOut, summary="Change a risk or an issue")
def change_matter(
    request: HttpRequest, matter_id: int, payload: schemas.MatterPatch
) -> dict[str, Any]:
    """Change what is known of it; its kind changes by becoming something else."""
    row, version = one(_matters(request), pk=matter_id), expected(request)
    values = keyed(visible_initiatives(request.user), "initiative", payload.said())
    matters.change_matter(request.user, row, values, expected_version=version)
    return _out(one(_matters(request), pk=row.pk))


@router.post(f"{ONE}/close", response=schemas.MatterOut, summary="Close a risk or an issue")
@once
def close_matter(
    request: HttpRequest, matter_id: int, payload: schemas.ClosingIn
) -> dict[str, Any]:
    """Say why it needs nothing more; If-Match is honoured."""
    row = one(_matters(request), pk=matter_id)
    with held(request, row, needed=False):
        matters.close_matter(request.user, row, payload.closing)
    return _out(row)


@router.post(
    f"{ONE}/become-issue", response={201: schemas.MatterOut}, summary="Make an issue of a risk"
)
@once
def make_issue(request: HttpRequest, matter_id: int) -> Status[dict[str, Any]]:
    """A risk that came true becomes an issue, with its history."""
    row = one(_matters(request), pk=matter_id)
    return Status(201, _out(matters.becomes_issue(request.user, row)))


@router.post(f"{ONE}/become-question", response={201: ItemOut}, summary="Carry it to a meeting")
@once
def make_question(
    request: HttpRequest, matter_id: int, payload: schemas.CarriedIn
) -> Status[dict[str, Any]]:
    """Carry it to a meeting of the body that follows it, where it becomes a question."""
    row = one(_matters(request), pk=matter_id)
    seen = policy.visible_meetings(request.user).select_related("body")
    meeting = numbered(seen, "meeting", payload.meeting)
    return Status(201, item_out(matters.becomes_question(request.user, row, meeting)))
