"""Options of a question, and opinions asked before the vote, over the API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.responses import Status

from orchestre.access.api.idempotency import once
from orchestre.access.api.paging import Paged, page
from orchestre.access.api.versions import expected, held, numbered, one, removed
from orchestre.access.models import User
from orchestre.governance import policy
from orchestre.governance.api import preparing_schemas as schemas
from orchestre.governance.models import AgendaItem, Opinion, Option
from orchestre.governance.services import agenda, opinions
from orchestre.kernel.errors import DomainError
from orchestre.sequencing.policy import visible_to as visible_scenarios

router = Router(tags=["committees"])
FACTS = ("title", "detail", "consequence", "does_nothing", "recommended")


def _options(request: HttpRequest) -> QuerySet[Option]:
    return policy.visible_options(request.user).select_related("item__meeting__body")


def _opinions(request: HttpRequest) -> QuerySet[Opinion]:
    return policy.visible_opinions(request.user).select_related("item__meeting__body")


def _item(request: HttpRequest, key: int) -> AgendaItem:
    rows = policy.visible_items(request.user).select_related("meeting__body")
    return numbered(rows, "item", key)


def _option_out(row: Option) -> dict[str, Any]:
    facts: dict[str, Any] = {name: getattr(row, name) for name in FACTS}
    return facts | {
        "id": row.pk,
        "version": row.version,
        "item": row.item_id,
        "rank": row.rank,
        "scenario": row.scenario_id,
    }


def _said(request: HttpRequest, values: dict[str, Any]) -> dict[str, Any]:
    """Give the scenario that a body names, when its author may read it."""
    if "scenario" in values:
        key = values.pop("scenario")
        known = visible_scenarios(request.user)
        values["scenario_id"] = None if key is None else numbered(known, "scenario", key).pk
    return values


@router.get("/options", response=Paged[schemas.OptionOut], summary="List options")
def list_options(request: HttpRequest, asked: Query[schemas.RowsAsked]) -> dict[str, Any]:
    """Return the options of the questions you may read, in their order."""
    rows = _options(request)
    if asked.item is not None:
        rows = rows.filter(item=asked.item)
    return page(request, rows, asked, _option_out, order=["item_id", "rank"])


@router.post("/options", response={201: schemas.OptionOut}, summary="Add an option")
@once
def add_option(request: HttpRequest, payload: schemas.OptionIn) -> Status[dict[str, Any]]:
    """Add an answer to a question that is not decided: four at most."""
    values = payload.said()
    item = _item(request, values.pop("item"))
    made = agenda.add_option(request.user, item, _said(request, values))
    return Status(201, _option_out(made))


@router.get("/options/{int:option_id}", response=schemas.OptionOut, summary="Read an option")
def read_option(request: HttpRequest, option_id: int) -> dict[str, Any]:
    """Return one option."""
    return _option_out(one(_options(request), pk=option_id))


@router.patch("/options/{int:option_id}", response=schemas.OptionOut, summary="Change an option")
def change_option(
    request: HttpRequest, option_id: int, payload: schemas.OptionPatch
) -> dict[str, Any]:
    """Change an option of a question that is not decided; one only is recommended."""
    row, version = one(_options(request), pk=option_id), expected(request)
    values = _said(request, payload.said())
    return _option_out(agenda.change_option(request.user, row, values, expected_version=version))


@router.delete("/options/{int:option_id}", response={204: None}, summary="Delete an option")
def remove_option(request: HttpRequest, option_id: int) -> Status[None]:
    """Delete an option of a question that is not decided."""
    return removed(request, one(_options(request), pk=option_id), agenda.remove_option)


def _opinion_out(row: Opinion, *, told: bool) -> dict[str, Any]:
    """Give an opinion; its words only once opened, or to who wrote them."""
    return {
        "id": row.pk,
        "version": row.version,
        "item": row.item_id,
        "name": row.name,
        "on_behalf_of": row.on_behalf_of,
        "seal": row.seal,
        "sealed_at": row.sealed_at,
        "opened_at": row.opened_at,
        "position": (row.position or None) if told else None,
        "text": row.text if told else None,
        "holds": opinions.holds(row) if row.opened_at is not None else None,
    }


def _shown(request: HttpRequest, row: Opinion) -> dict[str, Any]:
    own = row.user_id is not None and row.user_id == request.user.pk
    return _opinion_out(row, told=own or row.opened_at is not None)


@router.get("/opinions", response=Paged[schemas.OpinionOut], summary="List opinions")
def list_opinions(request: HttpRequest, asked: Query[schemas.OpinionsAsked]) -> dict[str, Any]:
    """Return who was asked; the words of others stay sealed until their question opens."""
    rows = _opinions(request)
    if asked.item is not None:
        rows = rows.filter(item=asked.item)
    if asked.mine:
        rows = rows.filter(user=request.user.pk or 0)
    return page(request, rows, asked, lambda row: _shown(request, row), order=["item_id", "name"])


@router.post("/opinions", response={201: schemas.OpinionOut}, summary="Ask for an opinion")
@once
def ask_opinion(request: HttpRequest, payload: schemas.OpinionIn) -> Status[dict[str, Any]]:
    """Ask somebody for an opinion before the question is opened."""
    item = _item(request, payload.item)
    policy.may_prepare(request.user, item.meeting).require()
    known = User.objects.filter(email__iexact=payload.email, is_active=True).first()
    if known is None:
        sentence = _("No open account has the address %s.") % payload.email
        raise DomainError(sentence, code="unknown-reference", fields={"email": [sentence]})
    made = opinions.ask(request.user, item, known, payload.on_behalf_of)
    return Status(201, _opinion_out(made, told=False))


@router.get("/opinions/{int:opinion_id}", response=schemas.OpinionOut, summary="Read an opinion")
def read_opinion(request: HttpRequest, opinion_id: int) -> dict[str, Any]:
    """Return one opinion, sealed until its question opens."""
    return _shown(request, one(_opinions(request), pk=opinion_id))


@router.post(
    "/opinions/{int:opinion_id}/give", response=schemas.OpinionOut, summary="Seal one's opinion"
)
@once
def give_opinion(request: HttpRequest, opinion_id: int, payload: schemas.GivenIn) -> dict[str, Any]:
    """Seal your own opinion, or seal it again; If-Match is honoured; the answer holds no word."""
    row = one(_opinions(request), pk=opinion_id)
    policy.may_give_opinion(request.user, row).require()
    with held(request, row, needed=False):
        opinions.give(request.user, row, payload.position, payload.text)
    # a kept answer must not tell what is sealed
    return _opinion_out(row, told=False)
