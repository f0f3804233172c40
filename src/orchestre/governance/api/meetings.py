"""Bodies, meetings and agendas over the API."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.responses import Status

from orchestre.access.api.idempotency import once
from orchestre.access.api.paging import Listing, Paged, page, page_of
from orchestre.access.api.versions import expected, numbered, one, referred, removed
from orchestre.governance import policy
from orchestre.governance.api import schemas
from orchestre.governance.api.outputs import body_out, item_out, meeting_out
from orchestre.governance.models import AgendaItem, Body, Meeting
from orchestre.governance.services import agenda, bodies, meetings, proposals
from orchestre.kernel.errors import DomainError
from orchestre.portfolio.policy import visible_to as visible_initiatives

router = Router(tags=["committees"])


def body_named(request: HttpRequest, key: int) -> Body:
    """Return the visible body that a payload names."""
    return numbered(policy.visible_bodies(request.user), "body", key)


def _meeting(request: HttpRequest, key: int) -> Meeting:
    return one(policy.visible_meetings(request.user).select_related("body"), pk=key)


@router.get("/bodies", response=Paged[schemas.BodyOut], summary="List bodies")
def list_bodies(request: HttpRequest, asked: Query[Listing]) -> dict[str, Any]:
    """Return the committees you may read."""
    rows = policy.visible_bodies(request.user).prefetch_related("members")
    return page(request, rows, asked, body_out, order=["name"])


@router.post("/bodies", response={201: schemas.BodyOut}, summary="Create a body")
@once
def add_body(request: HttpRequest, payload: schemas.BodyIn) -> Status[dict[str, Any]]:
    """Create a committee of the whole organisation."""
    return Status(201, body_out(bodies.found_body(request.user, payload.said())))


@router.get("/bodies/{int:body_id}", response=schemas.BodyOut, summary="Read a body")
def read_body(request: HttpRequest, body_id: int) -> dict[str, Any]:
    """Return one committee."""
    return body_out(one(policy.visible_bodies(request.user), pk=body_id))


@router.patch("/bodies/{int:body_id}", response=schemas.BodyOut, summary="Change a body")
def change_body(request: HttpRequest, body_id: int, payload: schemas.BodyPatch) -> dict[str, Any]:
    """Change the mandate, the quorum or the cadence of a committee."""
    row = one(policy.visible_bodies(request.user), pk=body_id)
    version = expected(request)
    bodies.change_body(request.user, row, payload.said(), expected_version=version)
    return body_out(row)


@router.get("/meetings", response=Paged[schemas.MeetingOut], summary="List meetings")
def list_meetings(request: HttpRequest, asked: Query[schemas.MeetingsAsked]) -> dict[str, Any]:
    """Return the meetings of the committees you may read, the latest first."""
    rows = policy.visible_meetings(request.user).select_related("body")
    rows = rows.prefetch_related(
        "attendances", "body__members", Prefetch("items", AgendaItem.objects.only("meeting"))
    )
    if asked.body is not None:
        rows = rows.filter(body=asked.body)
    if asked.state:
        rows = rows.filter(state=asked.state)
    return page(request, rows, asked, meeting_out, order=["-starts_at"])


@router.post("/meetings", response={201: schemas.MeetingOut}, summary="Plan a meeting")
@once
def add_meeting(request: HttpRequest, payload: schemas.MeetingIn) -> Status[dict[str, Any]]:
    """Set the date of a meeting."""
    values = payload.said()
    body = body_named(request, values.pop("body"))
    return Status(201, meeting_out(meetings.plan_meeting(request.user, body, values)))


@router.get("/meetings/{int:meeting_id}", response=schemas.MeetingOut, summary="Read a meeting")
def read_meeting(request: HttpRequest, meeting_id: int) -> dict[str, Any]:
    """Return one meeting."""
    return meeting_out(_meeting(request, meeting_id))


@router.patch("/meetings/{int:meeting_id}", response=schemas.MeetingOut, summary="Change a meeting")
def change_meeting(
    request: HttpRequest, meeting_id: int, payload: schemas.MeetingPatch
) -> dict[str, Any]:
    """Change the date, the place or the length of a meeting that is not over."""
    row, version = _meeting(request, meeting_id), expected(request)
    values = {name: value for name, value in payload.said().items() if value is not None}
    meetings.change_meeting(request.user, row, values, expected_version=version)
    return meeting_out(row)


@router.post(
    "/meetings/{int:meeting_id}/open", response=schemas.MeetingOut, summary="Open a meeting"
)
@once
def open_meeting(request: HttpRequest, meeting_id: int) -> dict[str, Any]:
    """Begin: decisions may be recorded while it sits."""
    return meeting_out(meetings.open_meeting(request.user, _meeting(request, meeting_id)))


@router.post(
    "/meetings/{int:meeting_id}/close", response=schemas.MeetingOut, summary="Close a meeting"
)
@once
def close_meeting(request: HttpRequest, meeting_id: int) -> dict[str, Any]:
    """End a meeting that is under way."""
    return meeting_out(meetings.close_meeting(request.user, _meeting(request, meeting_id)))


@router.get(
    "/meetings/{int:meeting_id}/proposals",
    response=Paged[schemas.ProposalOut],
    summary="List what is due",
)
def list_proposals(request: HttpRequest, meeting_id: int, asked: Query[Listing]) -> dict[str, Any]:
    """Return what is due for a meeting and is not on its agenda."""
    found = proposals.due(request.user, _meeting(request, meeting_id))
    cut, wrap = page_of(request, found, asked)
    names = ("source", "key", "title", "why")
    return wrap([{name: getattr(row, name) for name in names} for row in cut])


@router.post(
    "/meetings/{int:meeting_id}/proposals",
    response={201: schemas.ItemOut},
    summary="Put what is due on the agenda",
)
@once
def accept_proposal(
    request: HttpRequest, meeting_id: int, payload: schemas.ProposalIn
) -> Status[dict[str, Any]]:
    """Accept one proposal of the list."""
    meeting = _meeting(request, meeting_id)
    policy.may_prepare(request.user, meeting).require()
    found = proposals.named(request.user, meeting, payload.source, payload.key)
    if found is None:
        sentence = _("This is not due for this meeting, or is already on its agenda.")
        raise DomainError(sentence, code="not-due", fields={"key": [sentence]})
    return Status(201, item_out(agenda.accept(request.user, meeting, found)))


@router.get("/agenda-items", response=Paged[schemas.ItemOut], summary="List agenda items")
def list_agenda_items(request: HttpRequest, asked: Query[schemas.ItemsAsked]) -> dict[str, Any]:
    """Return the items you may read, in the order of their agenda."""
    rows = policy.visible_items(request.user).select_related("initiative")
    if asked.meeting is not None:
        rows = rows.filter(meeting=asked.meeting)
    if asked.state:
        rows = rows.filter(state=asked.state)
    rows = rows.prefetch_related("options", "opinions")
    return page(request, rows, asked, item_out, order=["meeting_id", "rank"])


@router.post("/agenda-items", response={201: schemas.ItemOut}, summary="Write an agenda item")
@once
def add_agenda_item(request: HttpRequest, payload: schemas.ItemIn) -> Status[dict[str, Any]]:
    """Put a question on an agenda, last."""
    values = payload.said()
    seen = policy.visible_meetings(request.user)
    meeting = numbered(seen, "meeting", values.pop("meeting"))
    among = visible_initiatives(request.user)
    values["initiative"] = referred(among, "initiative", values.get("initiative"))
    return Status(201, item_out(agenda.add_item(request.user, meeting, values)))


@router.get("/agenda-items/{int:item_id}", response=schemas.ItemOut, summary="Read an agenda item")
def read_agenda_item(request: HttpRequest, item_id: int) -> dict[str, Any]:
    """Return one item with its options."""
    return item_out(one(policy.visible_items(request.user), pk=item_id))


@router.patch(
    "/agenda-items/{int:item_id}", response=schemas.ItemOut, summary="Change an agenda item"
)
def change_agenda_item(
    request: HttpRequest, item_id: int, payload: schemas.ItemPatch
) -> dict[str, Any]:
    """Change a question that is not decided."""
    row = one(policy.visible_items(request.user).select_related("meeting__body"), pk=item_id)
    version = expected(request)
    loose = {"deadline_on"}
    said = payload.said().items()
    values = {name: value for name, value in said if value is not None or name in loose}
    agenda.change_item(request.user, row, values, expected_version=version)
    return item_out(row)


@router.delete(
    "/agenda-items/{int:item_id}", response={204: None}, summary="Take an item off the agenda"
)
def remove_agenda_item(request: HttpRequest, item_id: int) -> Status[None]:
    """Take an item off the agenda, with its options."""
    row = one(policy.visible_items(request.user).select_related("meeting__body"), pk=item_id)
    return removed(request, row, agenda.remove_item)
