"""How far initiatives may move, and the legal steps before their go-lives, over the API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Router
from ninja.responses import Status

from orchestre.access.api.caller import user_of
from orchestre.access.api.idempotency import once
from orchestre.access.api.paging import Paged, page
from orchestre.access.api.security import auth
from orchestre.access.api.versions import expected, needed, one, removed, still_said
from orchestre.portfolio.models import Initiative
from orchestre.portfolio.policy import visible_to as visible_initiatives
from orchestre.sequencing import policy
from orchestre.sequencing.api import planning_schemas as schemas
from orchestre.sequencing.models import LegalStep, PlanningRule
from orchestre.sequencing.queries.planning import rule_of
from orchestre.sequencing.services import planning

router = Router(tags=["orders"], auth=auth)
RULE, STEP = "/planning-rules/{code}", "/legal-steps/{int:step_id}"


def _rules(request: HttpRequest) -> QuerySet[PlanningRule]:
    return policy.visible_rules(request.user).select_related("initiative")


def _steps(request: HttpRequest) -> QuerySet[LegalStep]:
    return policy.visible_steps(request.user).select_related("initiative")


def _rule_out(row: PlanningRule) -> dict[str, Any]:
    facts: dict[str, Any] = {name: getattr(row, name) for name in planning.FIELDS}
    return facts | {"version": row.version, "initiative": row.initiative.code}


def _step_out(row: LegalStep) -> dict[str, Any]:
    names = ("version", "name", "opens_on", "delay_weeks", "done_on")
    facts: dict[str, Any] = {name: getattr(row, name) for name in names}
    return facts | {"id": row.pk, "initiative": row.initiative.code}


def _initiative(request: HttpRequest, code: str) -> Initiative:
    return one(visible_initiatives(request.user), code=code)


@router.get(
    "/planning-rules", response=Paged[schemas.RuleOut], summary="List how far initiatives may move"
)
def list_planning_rules(request: HttpRequest, asked: Query[schemas.RulesAsked]) -> dict[str, Any]:
    """Return the rules of the initiatives you may see; those that nobody limited are out."""
    order = asked.order.replace("initiative", "initiative__code")
    return page(request, _rules(request), asked, _rule_out, order=[order])


@router.get(RULE, response=schemas.RuleOut, summary="Read how far an initiative may move")
def read_planning_rule(request: HttpRequest, code: str) -> dict[str, Any]:
    """Return how far one initiative may move; version 0 while nobody said."""
    initiative = _initiative(request, code)
    return _rule_out(rule_of(initiative) or PlanningRule(initiative=initiative, version=0))


@router.patch(RULE, response=schemas.RuleOut, summary="Say how far an initiative may move")
def change_planning_rule(
    request: HttpRequest, code: str, payload: schemas.RulePatch
) -> dict[str, Any]:
    """Fix a go-live, give it a window or let it wait; If-Match: 0 the first time."""
    initiative, version = _initiative(request, code), expected(request)
    still_said(rule_of(initiative), version, initiative)
    values = payload.said()
    return _rule_out(
        planning.set_rule(user_of(request), initiative, values, expected_version=version)
    )


@router.delete(RULE, response={204: None}, summary="Free the moves of an initiative")
def remove_planning_rule(request: HttpRequest, code: str) -> Status[None]:
    """Let an initiative move as far as the usual reach; its legal steps stay."""
    return removed(request, one(_rules(request), initiative__code=code), planning.clear_rule)


@router.get("/legal-steps", response=Paged[schemas.StepOut], summary="List legal steps")
def list_legal_steps(request: HttpRequest, asked: Query[schemas.StepsAsked]) -> dict[str, Any]:
    """Return the legal steps of the initiatives you may see."""
    rows = _steps(request)
    if asked.initiative:
        rows = rows.filter(initiative__code=asked.initiative)
    if asked.open:
        rows = rows.filter(done_on=None)
    order = asked.order.replace("initiative", "initiative__code")
    return page(request, rows, asked, _step_out, order=[order, "opens_on"])


@router.post("/legal-steps", response={201: schemas.StepOut}, summary="Add a legal step")
@once
def add_legal_step(request: HttpRequest, payload: schemas.StepIn) -> Status[dict[str, Any]]:
    """Add a step that the law asks before a go-live."""
    values = payload.said()
    initiative = needed(visible_initiatives(request.user), "initiative", values.pop("initiative"))
    return Status(201, _step_out(planning.add_step(user_of(request), initiative, values)))


@router.get(STEP, response=schemas.StepOut, summary="Read a legal step")
def read_legal_step(request: HttpRequest, step_id: int) -> dict[str, Any]:
    """Return one legal step."""
    return _step_out(one(_steps(request), pk=step_id))


@router.patch(STEP, response=schemas.StepOut, summary="Change a legal step")
def change_legal_step(
    request: HttpRequest, step_id: int, payload: schemas.StepPatch
) -> dict[str, Any]:
    """Change a legal step, or say on which day it was completed."""
    row, version = one(_steps(request), pk=step_id), expected(request)
    values = payload.said()
    return _step_out(planning.change_step(user_of(request), row, values, expected_version=version))


@router.delete(STEP, response={204: None}, summary="Delete a legal step")
def remove_legal_step(request: HttpRequest, step_id: int) -> Status[None]:
    """Take a legal step away: it no longer limits the go-live."""
    return removed(request, one(_steps(request), pk=step_id), planning.remove_step)
