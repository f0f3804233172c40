"""What is done to initiatives, beyond writing a field."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router
from ninja.responses import Status

from orchestre.access.api.caller import user_of
from orchestre.access.api.idempotency import once
from orchestre.access.api.versions import held, needed, said
from orchestre.portfolio import policy, services
from orchestre.portfolio.api import schemas
from orchestre.portfolio.api.initiatives import initiative_out, named

router = Router()


@router.post(
    "/initiatives/{code}/move", response=schemas.InitiativeOut, summary="Move an initiative"
)
@once
def move_initiative(request: HttpRequest, code: str, payload: schemas.MoveIn) -> dict[str, Any]:
    """Shift its dates, its milestones to come and what hangs on it; If-Match is honoured."""
    row = named(request, code)
    services.move(
        user_of(request), row, payload.days, reason=payload.reason, expected_version=said(request)
    )
    return initiative_out(row)


@router.post(
    "/initiatives/{code}/stop", response=schemas.InitiativeOut, summary="Stop an initiative"
)
@once
def stop_initiative(request: HttpRequest, code: str, payload: schemas.ReasonIn) -> dict[str, Any]:
    """Stop it for a reason that the journal keeps; If-Match is honoured."""
    with held(request, named(request, code), needed=False) as row:
        services.stop(user_of(request), row, reason=payload.reason)
    return initiative_out(row)


@router.post(
    "/initiatives/{code}/archive", response=schemas.InitiativeOut, summary="Archive an initiative"
)
@once
def archive_initiative(request: HttpRequest, code: str) -> dict[str, Any]:
    """Put it away: read only, out of the lists; If-Match is honoured."""
    with held(request, named(request, code), needed=False) as row:
        services.archive(user_of(request), row)
    return initiative_out(row)


@router.post(
    "/initiatives/{code}/restore", response=schemas.InitiativeOut, summary="Restore an initiative"
)
@once
def restore_initiative(request: HttpRequest, code: str) -> dict[str, Any]:
    """Bring an archived one back; If-Match is honoured."""
    with held(request, named(request, code), needed=False) as row:
        services.restore(user_of(request), row)
    return initiative_out(row)


@router.post(
    "/initiatives/{code}/duplicate",
    response={201: schemas.InitiativeOut},
    summary="Duplicate an initiative",
)
@once
def duplicate_initiative(request: HttpRequest, code: str) -> Status[dict[str, Any]]:
    """Write a copy as an idea: its facts, milestones and aims, not its links nor its health."""
    copy = services.duplicate(user_of(request), named(request, code))
    return Status(201, initiative_out(copy))


@router.post(
    "/bulk/initiatives", response=schemas.BulkOut, summary="Change many initiatives at once"
)
@once
def change_initiatives(request: HttpRequest, payload: schemas.BulkIn) -> dict[str, Any]:
    """Write one fact on all of them, or on none: one act, one undo."""
    user = user_of(request)
    seen = policy.visible_to(user)
    rows = [needed(seen, "codes", code) for code in dict.fromkeys(payload.codes)]
    preview = services.bulk_preview(user, rows, payload.field, payload.value)
    done = services.bulk_update(user, rows, payload.field, payload.value)
    return {
        "changed": [row.code for row in preview.changed],
        "unchanged": [row.code for row in preview.unchanged],
        "act": done.pk if done else None,
    }
