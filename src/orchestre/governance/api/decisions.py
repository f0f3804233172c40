"""Decisions, their effect, and actions over the API."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.responses import Status

from orchestre.access.api.idempotency import once
from orchestre.access.api.paging import Paged, page
from orchestre.access.api.versions import expected, numbered, one, referred, said
from orchestre.governance import policy, queries
from orchestre.governance.api import schemas
from orchestre.governance.api.meetings import body_named
from orchestre.governance.api.outputs import action_out, decision_out
from orchestre.governance.models import Action, Decision
from orchestre.governance.rules.effects import VERSION
from orchestre.governance.services import actions, deciding, effects
from orchestre.governance.services.deciding import Choice
from orchestre.kernel.errors import DomainError
from orchestre.portfolio.policy import visible_to as visible_initiatives

router = Router(tags=["committees"])
EFFECT = tuple(schemas.EffectIn.model_fields)


def _decisions(request: HttpRequest) -> QuerySet[Decision]:
    """Return readable decisions with what they replace and what replaces them, when it is open."""
    rows = policy.visible_decisions(request.user)
    later = rows.filter(replaces=OuterRef("pk")).order_by().values("pk")[:1]
    former = rows.filter(pk=OuterRef("replaces")).order_by().values("pk")[:1]
    return rows.select_related("body", "initiative").annotate(
        replaced_by_open=Subquery(later), replaces_open=Subquery(former)
    )


def _made(request: HttpRequest, decision: Decision) -> dict[str, Any]:
    return decision_out(one(_decisions(request), pk=decision.pk))


def _actions(request: HttpRequest) -> QuerySet[Action]:
    return policy.visible_actions(request.user).select_related("body", "decision", "owner")


@router.get("/decisions", response=Paged[schemas.DecisionOut], summary="List decisions")
def list_decisions(request: HttpRequest, asked: Query[schemas.DecisionsAsked]) -> dict[str, Any]:
    """Return the decisions you may read with what came of them, the latest first."""
    rows = _decisions(request)
    if asked.body is not None:
        rows = rows.filter(body=asked.body)
    if asked.initiative:
        rows = rows.filter(initiative__code=asked.initiative)
    if asked.show == "late":
        rows = rows.filter(verdict="", review_on__lt=timezone.localdate())
    if asked.show == "judged":
        rows = rows.exclude(verdict__in=("", Decision.Verdict.REPLACED))
    return page(request, rows, asked, decision_out, order=["-decided_on"])


@router.post("/decisions", response={201: schemas.DecisionOut}, summary="Record a decision")
@once
def add_decision(request: HttpRequest, payload: schemas.DecisionIn) -> Status[dict[str, Any]]:
    """Record a decision taken outside a meeting; it is neither undone nor rewritten."""
    body = body_named(request, payload.body)
    among = visible_initiatives(request.user)
    made = deciding.record_outside(
        request.user,
        body,
        payload.question,
        Choice(chosen=payload.chosen, **_effect(request, payload)),
        decided_on=payload.decided_on,
        initiative=referred(among, "initiative", payload.initiative),
    )
    return Status(201, _made(request, made))


def _effect(request: HttpRequest, payload: schemas.EffectIn) -> dict[str, Any]:
    known = {field.name for field in fields(Choice)}
    told = {name: getattr(payload, name) for name in EFFECT if name in known}
    if payload.replaces is not None:
        told["replaces"] = numbered(_decisions(request), "replaces", payload.replaces)
    return told


@router.post(
    "/agenda-items/{int:item_id}/decide",
    response={201: schemas.DecisionOut},
    summary="Decide a question",
)
@once
def decide_item(
    request: HttpRequest, item_id: int, payload: schemas.DecideIn
) -> Status[dict[str, Any]]:
    """Record what an open meeting decides; the scenario of the option becomes the plan."""
    items = policy.visible_items(request.user).select_related("meeting__body", "initiative")
    item = one(items, pk=item_id)
    policy.may_decide(request.user, item.meeting.body).require()
    option = item.options.filter(pk=payload.option).first() if payload.option else None
    if payload.option and option is None:
        sentence = _("This is not an option of this question.")
        raise DomainError(sentence, code="unknown-reference", fields={"option": [sentence]})
    why_not = {int(key): why for key, why in payload.why_not.items() if key.isdecimal()}
    choice = Choice(
        chosen=payload.chosen or (option.title if option else ""),
        option=option,
        why_not=why_not,
        shown=payload.shown,
        **_effect(request, payload),
    )
    return Status(201, _made(request, deciding.record(request.user, item, choice)))


@router.get("/decisions/{int:decision_id}", response=schemas.DecisionOut, summary="Read a decision")
def read_decision(request: HttpRequest, decision_id: int) -> dict[str, Any]:
    """Return one decision."""
    return decision_out(one(_decisions(request), pk=decision_id))


@router.post(
    "/decisions/{int:decision_id}/verdict",
    response=schemas.DecisionOut,
    summary="Say what a decision changed",
)
@once
def give_verdict(
    request: HttpRequest, decision_id: int, payload: schemas.VerdictIn
) -> dict[str, Any]:
    """Give the verdict; the figure of today is read by the server; If-Match is honoured."""
    row = one(_decisions(request), pk=decision_id)
    effects.give_verdict(
        request.user,
        row,
        payload.verdict,
        payload.reason,
        value=payload.value,
        expected_version=said(request),
    )
    return decision_out(row)


@router.get("/decision-flow", response=schemas.FlowOut, summary="Read velocity and debt")
def read_decision_flow(request: HttpRequest) -> dict[str, Any]:
    """Return decision velocity and decision debt over the questions you may read."""
    flow = queries.flow(request.user)
    return {
        "velocity_days": flow.velocity_days,
        "decided": flow.decided,
        "waiting": flow.waiting,
        "debt": len(flow.debt),
        "formula": VERSION,
    }


@router.get("/actions", response=Paged[schemas.ActionOut], summary="List actions")
def list_actions(request: HttpRequest, asked: Query[schemas.ActionsAsked]) -> dict[str, Any]:
    """Return the actions you may read, the most overdue first."""
    rows = _actions(request).filter(state=asked.state)
    if asked.late:
        rows = rows.filter(due_on__lt=timezone.localdate())
    if asked.body is not None:
        rows = rows.filter(body=asked.body)
    ordered = rows.order_by(F("due_on").asc(nulls_last=True), "pk")
    return page(request, ordered, asked, action_out)


@router.post("/actions", response={201: schemas.ActionOut}, summary="Add an action")
@once
def add_action(request: HttpRequest, payload: schemas.ActionIn) -> Status[dict[str, Any]]:
    """Ask something of somebody by a date."""
    values = payload.said()
    values["body"] = body_named(request, values["body"])
    return Status(201, action_out(actions.add_action(request.user, values)))


@router.get("/actions/{int:action_id}", response=schemas.ActionOut, summary="Read an action")
def read_action(request: HttpRequest, action_id: int) -> dict[str, Any]:
    """Return one action."""
    return action_out(one(_actions(request), pk=action_id))


@router.patch("/actions/{int:action_id}", response=schemas.ActionOut, summary="Change an action")
def change_action(
    request: HttpRequest, action_id: int, payload: schemas.ActionPatch
) -> dict[str, Any]:
    """Change what is asked, of whom or by when."""
    row, version = one(_actions(request), pk=action_id), expected(request)
    loose = {"due_on"}
    told = payload.said().items()
    values = {name: value for name, value in told if value is not None or name in loose}
    actions.change_action(request.user, row, values, expected_version=version)
    return action_out(row)


@router.post(
    "/actions/{int:action_id}/finish", response=schemas.ActionOut, summary="Close an action"
)
@once
def finish_action(
    request: HttpRequest, action_id: int, payload: schemas.FinishIn
) -> dict[str, Any]:
    """Say that an action is done, or dropped and why; If-Match is honoured."""
    row = one(_actions(request), pk=action_id)
    actions.finish(
        request.user, row, payload.result, dropped=payload.dropped, expected_version=said(request)
    )
    return action_out(row)


@router.post(
    "/actions/{int:action_id}/chase", response=schemas.ActionOut, summary="Chase an action"
)
@once
def chase_action(request: HttpRequest, action_id: int, payload: schemas.ChaseIn) -> dict[str, Any]:
    """Note a reminder and what was answered."""
    row = one(_actions(request), pk=action_id)
    return action_out(actions.chase(request.user, row, payload.note))
