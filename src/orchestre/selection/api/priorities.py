"""Both orders of the candidates, by score and by cost of delay, over the API."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from orchestre.access.api.paging import Paged, page_of
from orchestre.selection import queries
from orchestre.selection.api import schemas
from orchestre.selection.presenters import plain
from orchestre.selection.services import priorities

router = Router()
RANKS = {"score": "score_rank", "delay": "delay_rank"}


@router.get(
    "/selections/{int:selection_id}/priorities",
    response=Paged[schemas.PriorityOut],
    summary="List candidates in both orders",
)
def list_selection_priorities(
    request: HttpRequest, selection_id: int, asked: Query[schemas.PrioritiesAsked]
) -> dict[str, Any]:
    """Return each candidate with its score, its cost of delay over duration, and both ranks.

    What is not known is null and named in `missing`; it is never counted 0.
    """
    selection = queries.selection(request.user, selection_id)
    found = priorities.read(selection, asked.by)
    rows = plain.priorities_of(selection, found, queries.names_for(request.user))
    rank = RANKS.get(asked.order)
    if rank is not None:
        rows.sort(key=lambda row: row[rank] or len(found.lines) + 1)
    cut, wrap = page_of(request, rows, asked)
    return wrap(list(cut))


@router.get(
    "/selections/{int:selection_id}/weights",
    response=schemas.WeightingOut,
    summary="Read the weights of the drivers",
)
def read_selection_weights(
    request: HttpRequest, selection_id: int, asked: Query[schemas.WeightsAsked]
) -> dict[str, Any]:
    """Return the weights, compared, declared or equal, and how far both orders agree."""
    return plain.weighting(priorities.read(queries.selection(request.user, selection_id), asked.by))
