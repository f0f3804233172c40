"""Orders over the API: what is kept or left out whatever it is worth, with the reason."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Router
from ninja.responses import Status

from orchestre.access.api.idempotency import once
from orchestre.access.api.paging import Paged, page
from orchestre.access.api.versions import expected, needed, one, removed
from orchestre.selection import policy, queries
from orchestre.selection.api import order_schemas as schemas
from orchestre.selection.models import Order
from orchestre.selection.presenters import plain
from orchestre.selection.services import ordering

router = Router()
OF = "/selections/{int:selection_id}/orders"
ONE = "/selection-orders/{int:ordered_id}"


def _orders(request: HttpRequest) -> QuerySet[Order]:
    return policy.visible_orders(request.user).select_related("selection", "initiative")


@router.get(OF, response=Paged[schemas.SelectionOrderOut], summary="List orders of a selection")
def list_selection_orders(
    request: HttpRequest, selection_id: int, asked: Query[schemas.SelectionOrdersAsked]
) -> dict[str, Any]:
    """Return what is kept or left out by order, among the initiatives you may see."""
    rows = _orders(request).filter(selection=queries.selection(request.user, selection_id))
    if asked.initiative:
        rows = rows.filter(initiative__code=asked.initiative)
    if asked.way:
        rows = rows.filter(way=asked.way)
    return page(request, rows, asked, plain.order, order=["initiative__code"])


@router.post(OF, response={201: schemas.SelectionOrderOut}, summary="Keep or leave out by order")
@once
def add_selection_order(
    request: HttpRequest, selection_id: int, payload: schemas.SelectionOrderIn
) -> Status[dict[str, Any]]:
    """Keep or leave out a candidate whatever it is worth; the reason is required and kept."""
    found, values = queries.selection(request.user, selection_id), payload.said()
    among = policy.open_candidates(request.user, found)
    initiative = needed(among, "initiative", values.pop("initiative"))
    made = ordering.add_order(request.user, found, initiative, values)
    return Status(201, plain.order(made))


@router.get(ONE, response=schemas.SelectionOrderOut, summary="Read an order of a selection")
def read_selection_order(request: HttpRequest, ordered_id: int) -> dict[str, Any]:
    """Return one order."""
    return plain.order(one(_orders(request), pk=ordered_id))


@router.patch(ONE, response=schemas.SelectionOrderOut, summary="Change an order of a selection")
def change_selection_order(
    request: HttpRequest, ordered_id: int, payload: schemas.SelectionOrderPatch
) -> dict[str, Any]:
    """Order the other way, or give another reason."""
    row = one(_orders(request), pk=ordered_id)
    version = expected(request)
    made = ordering.order(
        request.user, row.selection, row.initiative, payload.said(), expected_version=version
    )
    return plain.order(made)


@router.delete(ONE, response={204: None}, summary="Lift an order of a selection")
def lift_selection_order(request: HttpRequest, ordered_id: int) -> Status[None]:
    """Let the computation choose again."""
    return removed(request, one(_orders(request), pk=ordered_id), ordering.lift)
