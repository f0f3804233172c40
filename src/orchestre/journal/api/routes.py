"""The journal over the API: the same acts, the same permissions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema

from orchestre.access.api.idempotency import once
from orchestre.access.api.security import auth
from orchestre.journal import checking, policy, presenters, queries, services
from orchestre.journal.models import ChangeSet
from orchestre.journal.queries import Filters

router = Router(tags=["journal"], auth=auth)


class ActOut(Schema):
    """One act."""

    id: int
    number: int | None
    at: datetime
    who: str
    what: str
    reason: str
    undone: bool


class FieldOut(Schema):
    """One field, before and after."""

    label: str
    before: str | None
    after: str | None


class RowOut(Schema):
    """What happened to one row."""

    kind: str
    name: str
    operation: str
    fields: list[FieldOut]


class ActDetail(ActOut):
    """One act with what it wrote."""

    rows: list[RowOut]


class HeadOut(Schema):
    """The last link of the chain, to be written down elsewhere."""

    seq: int
    hash: str


def _out(change_set: ChangeSet) -> dict[str, Any]:
    line = presenters.act_line(change_set)
    return {
        "id": line.pk,
        "number": line.number,
        "at": line.at,
        "who": line.who,
        "what": line.what,
        "reason": line.reason,
        "undone": line.undone,
    }


@router.get("/journal", response=list[ActOut], summary="Acts, last first")
def list_acts(
    request: HttpRequest,
    before: int | None = Query(None, description="Only acts older than this id", ge=1),  # type: ignore[type-arg]  # ninja's own way
    limit: int = Query(50, ge=1, le=200),  # type: ignore[type-arg]  # idem
) -> list[dict[str, Any]]:
    """Return the acts that this person may read."""
    found = queries.acts(request.user, Filters())
    if before is not None:
        found = found.filter(pk__lt=before)
    return [_out(change_set) for change_set in found[:limit]]


@router.get("/journal/head", response=HeadOut, summary="Last link of the chain")
def head(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001 - ninja's signature
    """Return the head of the chain: whoever keeps it is a witness."""
    last = checking.head_of()
    return {"seq": last.seq, "hash": last.hash}


@router.get("/journal/{int:act_id}", response=ActDetail, summary="One act, field by field")
def show_act(request: HttpRequest, act_id: int) -> dict[str, Any]:
    """Return one act with what it wrote, without the rows closed to this person."""
    found = _one(request, act_id)
    rows = [
        presenters.row_change(change, request.user)
        for change in queries.open_changes(request.user, found)
    ]
    return {**_out(found), "rows": [_row(row) for row in rows]}


@router.post("/journal/{int:act_id}/undo", response=ActOut, summary="Undo an act")
@once
def undo_act(request: HttpRequest, act_id: int) -> dict[str, Any]:
    """Undo an act as a whole; what was changed since is refused by name."""
    found = _one(request, act_id)
    policy.may_undo(request.user, found).require()
    return _out(services.undo(request.user, found))


def _one(request: HttpRequest, pk: int) -> ChangeSet:
    found = queries.one_act(request.user, pk)
    if found is None:
        raise Http404
    return found


def _row(row: presenters.RowChange) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "name": row.name,
        "operation": row.operation,
        "fields": [
            {"label": field.label, "before": field.before, "after": field.after}
            for field in row.fields
        ],
    }
