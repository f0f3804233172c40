"""The journal over the API: the same acts, the same permissions."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Query, Router

from orchestre.access.api.idempotency import once
from orchestre.access.api.paging import Paged, paged
from orchestre.access.api.security import auth
from orchestre.journal import checking, policy, presenters, queries, services
from orchestre.journal.api.schemas import ActDetail, ActOut, ActsAsked, HeadOut
from orchestre.journal.models import ChangeSet
from orchestre.journal.queries import Filters

router = Router(tags=["journal"], auth=auth)


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


@router.get("/journal", response=Paged[ActOut], summary="List acts")
def list_acts(request: HttpRequest, asked: Query[ActsAsked]) -> dict[str, Any]:
    """Return the acts that you may read, last first."""
    filters = Filters(
        verb=asked.verb, text=asked.q, first_day=asked.first_day, last_day=asked.last_day
    )
    found = queries.acts(request.user, filters)
    cut = found[asked.offset : asked.offset + asked.limit]
    return paged(request, [_out(one) for one in cut], found.order_by().count(), asked)


@router.get("/journal/head", response=HeadOut, summary="Read the head of the chain")
def read_head(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001 - ninja's signature
    """Return the head of the chain: whoever keeps it is a witness."""
    last = checking.head_of()
    return {"seq": last.seq, "hash": last.hash}


@router.get("/journal/{int:act_id}", response=ActDetail, summary="Read an act")
def read_act(request: HttpRequest, act_id: int) -> dict[str, Any]:
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
