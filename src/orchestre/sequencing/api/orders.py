"""Better orders over the API: ask, follow, read, stop, keep."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from pydantic import Field

from orchestre.access.api.caller import user_of
from orchestre.access.api.idempotency import once
from orchestre.access.api.security import auth
from orchestre.access.api.strict import Code, Strict, Words150
from orchestre.runs import jobs
from orchestre.runs.models import Run
from orchestre.sequencing.presenters import proposal as presenter
from orchestre.sequencing.presenters.closing import open_to
from orchestre.sequencing.queries.planning import hidden_codes
from orchestre.sequencing.rules import proposal as kept
from orchestre.sequencing.rules.asked import (
    LONGEST_SECONDS,
    MOST_WEEKS,
    USUAL_SECONDS,
    USUAL_SPREAD,
    Asked,
)
from orchestre.sequencing.services import proposing

router = Router(tags=["orders"], auth=auth)


Weeks = Annotated[int, Field(ge=-MOST_WEEKS, le=MOST_WEEKS)]


class OrderIn(Strict):
    """What to protect, how far, which may move."""

    people: int = Field(6, ge=0, le=10)
    dates: int = Field(2, ge=0, le=10)
    benefits: int = Field(2, ge=0, le=10)
    months: Literal[6, 12, 24] = 12
    later_weeks: int = Field(13, ge=0, le=MOST_WEEKS)
    earlier_weeks: int = Field(8, ge=0, le=MOST_WEEKS)
    only: list[Code] = Field(default_factory=list, max_length=500)
    pinned: dict[Code, Weeks] = Field(
        default_factory=dict, description="Weeks from the plan, by code; 0 leaves it in place."
    )
    seconds: int = Field(USUAL_SECONDS, ge=1, le=LONGEST_SECONDS)
    split: bool = Field(False, description="Waves of an initiative may move apart.")
    spread_weeks: int = Field(
        USUAL_SPREAD, ge=0, le=MOST_WEEKS, description="Between the first and the last wave."
    )


class OrderOut(Schema):
    """A search: where it stands, and what it found once it is over."""

    run: int
    status: str
    progress: float
    message: str
    sentences: dict[str, str] = Field(description="One sentence for each proposal, by its name.")
    answer: dict[str, Any] | None = Field(description="Moves, reasons and figures.")


class KeepIn(Strict):
    """The moves that are accepted, of one proposal."""

    proposal: Code = "as_asked"
    accept: list[Words150] = Field(
        min_length=1,
        max_length=3000,
        description="Codes; for a wave, its code, `#` and its number: `IN-014#3` (0: no wave).",
    )
    name: Words150 = ""


class KeptOut(Schema):
    """The private scenario that holds the accepted moves."""

    scenario: int


def _run(request: HttpRequest, order_id: int) -> Run:
    rows = Run.objects.filter(kind=proposing.KIND, requested_by=user_of(request))
    found: Run = get_object_or_404(rows, pk=order_id)
    return found


def _out(request: HttpRequest, run: Run) -> dict[str, Any]:
    answer = None
    if run.status == Run.Status.DONE and run.result is not None:
        answer = open_to(user_of(request), kept.thaw(bytes(run.result)))
    told = {one.name: presenter.sentence(answer, one) for one in answer.proposals} if answer else {}
    return {
        "run": run.pk,
        "status": run.status,
        "progress": run.progress,
        "message": run.message,
        "sentences": told,
        "answer": json.loads(kept.plain(kept.freeze(answer))) if answer else None,
    }


@router.post("/orders", response={202: OrderOut}, summary="Ask for a better order")
@once
def ask_order(request: HttpRequest, payload: OrderIn) -> Status[dict[str, Any]]:
    """Look for an order that people bear better; the same request on the same plan is found."""
    told = payload.model_dump()
    asked = Asked(
        **{
            **told,
            "only": tuple(told["only"]),
            "pinned": tuple(sorted(told["pinned"].items())),
            "hidden": hidden_codes(user_of(request)),
        }
    )
    run, waits = proposing.ask(user_of(request), asked)
    if waits:
        jobs.queue(run)
    return Status(202, _out(request, run))


@router.get("/orders/{int:order_id}", response=OrderOut, summary="Read an order")
def read_order(request: HttpRequest, order_id: int) -> dict[str, Any]:
    """Return where one's own search stands, and what it found."""
    return _out(request, _run(request, order_id))


@router.post("/orders/{int:order_id}/stop", response=OrderOut, summary="Stop a search")
@once
def stop_order(request: HttpRequest, order_id: int) -> dict[str, Any]:
    """Stop the search and keep the best order it found."""
    run = _run(request, order_id)
    proposing.stop(run)
    run.refresh_from_db()
    return _out(request, run)


@router.post("/orders/{int:order_id}/keep", response={201: KeptOut}, summary="Keep an order")
@once
def keep_order(request: HttpRequest, order_id: int, payload: KeepIn) -> Status[dict[str, int]]:
    """Make a private scenario of the moves that are accepted."""
    run = _run(request, order_id)
    answer = kept.thaw(bytes(run.result)) if run.result else None
    edits, why = presenter.accepted(answer, payload.proposal, payload.accept)
    name = payload.name or presenter.named_today()
    made = proposing.keep(user_of(request), name, why, edits)
    return Status(201, {"scenario": made.pk})
