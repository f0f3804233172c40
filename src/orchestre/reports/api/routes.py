"""Packs over the API: the list, one of them, its files, what differs, and publishing."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Status

from orchestre.access.api.caller import user_of
from orchestre.access.api.idempotency import once
from orchestre.access.api.paging import Paged, paged
from orchestre.access.api.security import auth
from orchestre.governance import policy as committees
from orchestre.reports import queries
from orchestre.reports.api import schemas
from orchestre.reports.models import Publication
from orchestre.reports.presenters.pack.parts import KEYS
from orchestre.reports.rules.asked import PackAsked
from orchestre.reports.rules.comparing import differences
from orchestre.reports.rules.document import plain, thaw
from orchestre.reports.services import publishing
from orchestre.runs import jobs

router = Router(tags=["packs"], auth=auth)


def _out(row: Publication, meetings: Collection[int]) -> dict[str, Any]:
    return {
        "id": row.pk,
        "title": row.title,
        "audience": row.audience,
        "language": row.language,
        "as_of": row.as_of,
        "confidential": row.confidential,
        "fingerprint": row.fingerprint,
        "previous": row.previous_id,
        "meeting": row.meeting_id if row.meeting_id in meetings else None,
        "published_at": row.published_at,
        "published_by": str(row.published_by or ""),
    }


def _meetings(request: HttpRequest, rows: Iterable[Publication]) -> set[int]:
    """Return the meetings of some packs that the caller may open."""
    keys = [row.meeting_id for row in rows if row.meeting_id]
    seen = committees.visible_meetings(request.user).filter(pk__in=keys)
    return set(seen.values_list("pk", flat=True))


@router.get("/packs", response=Paged[schemas.PackOut], summary="List packs")
def list_packs(request: HttpRequest, asked: Query[schemas.PacksAsked]) -> dict[str, Any]:
    """Return the packs one may open, the last first, without their content."""
    rows = queries.publications(request.user)
    if asked.audience:
        rows = rows.filter(audience=asked.audience)
    cut = list(rows[asked.offset : asked.offset + asked.limit])
    meetings = _meetings(request, cut)
    return paged(request, [_out(row, meetings) for row in cut], rows.count(), asked)


@router.post("/packs", response={202: schemas.AskedOut}, summary="Publish a pack")
@once
def publish_pack(request: HttpRequest, payload: schemas.PackIn) -> Status[dict[str, Any]]:
    """Ask for a pack; the computation that writes it is followed at `/runs/{run}`."""
    asked = PackAsked(
        title=payload.title,
        audience=payload.audience,
        language=payload.language,
        parts=tuple(payload.parts),
        months_ahead=payload.months_ahead,
        confidential=payload.confidential,
        previous=payload.previous,
        meeting=payload.meeting,
    )
    run, waits = publishing.ask(user_of(request), asked, KEYS)
    if waits:
        jobs.queue(run)
    made = run.summary.get("publication")
    return Status(202, {"run": run.pk, "status": run.status, "publication": made})


@router.get("/packs/{int:pack_id}", response=schemas.PackContentOut, summary="Read a pack")
def read_pack(request: HttpRequest, pack_id: int) -> dict[str, Any]:
    """Return one pack with what it says, as it was frozen."""
    row = queries.publication(request.user, pack_id)
    told = _out(row, _meetings(request, [row]))
    return {**told, "content": json.loads(plain(bytes(row.content)))}


@router.get(
    "/packs/{int:pack_id}/changes/{int:other_id}",
    response=list[schemas.ShiftOut],
    summary="Compare two packs",
)
def compare_packs(request: HttpRequest, pack_id: int, other_id: int) -> list[dict[str, Any]]:
    """Return what differs from another pack to this one."""
    new, old = (queries.publication(request.user, pk) for pk in (pack_id, other_id))
    found = differences(thaw(bytes(old.content)), thaw(bytes(new.content)))
    return [
        {
            "section": one.section,
            "what": one.what,
            "label": one.label,
            "before": one.before,
            "after": one.after,
            "delta": one.delta,
        }
        for one in found
    ]
