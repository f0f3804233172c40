"""Reading dates and money over the API."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Query, Router

from orchestre.access.api.paging import window_of
from orchestre.access.api.versions import one
from orchestre.outlook import policy, queries
from orchestre.outlook.api import schemas
from orchestre.outlook.presenters.plain import go_live, money, one_report, provenance
from orchestre.outlook.services import compute
from orchestre.outlook.services import known as known_rows
from orchestre.outlook.services.quality import check
from orchestre.outlook.snapshot.chain import live_id
from orchestre.outlook.snapshot.problem import code_of
from orchestre.portfolio.policy import visible_to as visible_initiatives
from orchestre.resources import policy as resources

router = Router()
HIDDEN = "?"


@router.get("/outlook", response=schemas.OutlookOut, summary="Dates and money of the portfolio")
def read_outlook(request: HttpRequest, asked: Query[schemas.OutlookAsked]) -> dict[str, Any]:
    """Return the go-lives to come with their chances, and the money with its margins."""
    if not policy.reads(request.user):
        raise Http404
    view = compute.portfolio(year=asked.year)
    visible = queries.visible_codes(request.user)
    result = view.result
    totals = result if resources.reads_money(request.user) else None
    found = [one for one in (result.seen if result else ()) if code_of(one.task) in visible]
    cut, stands = window_of(request, found, asked)
    return {
        **stands,
        "year": view.built.year,
        "pending": view.is_pending,
        "go_lives": [go_live(view, seen) for seen in cut],
        "cost_eur": money(totals.total_cost if totals else None),
        "value_of_the_year_eur": money(totals.total_benefit if totals else None),
        "npv_eur": money(totals.npv if totals else None),
        "without_date": [code for code in view.built.undated if code in visible],
        "provenance": provenance(view),
    }


@router.get(
    "/initiatives/{code}/outlook",
    response=schemas.InitiativeOutlookOut,
    summary="Dates and money of an initiative",
)
def read_initiative_outlook(request: HttpRequest, code: str) -> dict[str, Any]:
    """Return its chances, its checks, and what drives its date."""
    initiative = one(visible_initiatives(request.user), code=code)
    inputs = known_rows.inputs()
    if initiative.code not in inputs.known:
        raise Http404
    plan = compute.undrawn(initiative.code, inputs=inputs)
    checked = check(inputs, plan.built, initiative.code)
    view = plan if checked.refuses else compute.of_initiative(initiative.code, inputs=inputs)
    found = one_report(view, initiative.code, checked)
    visible = queries.visible_codes(request.user)
    for driver in found["drivers"]:
        if code_of(driver["task"]) not in visible:
            driver["task"] = HIDDEN
    return found


@router.get("/initiatives/{code}/slip", response=schemas.SlipOut, summary="What a slip would move")
def read_slip(request: HttpRequest, code: str, asked: Query[schemas.SlipAsked]) -> dict[str, Any]:
    """Return the go-lives that move when a milestone slips by some weeks; nothing is written."""
    initiative = one(visible_initiatives(request.user), code=code)
    view = compute.plan_of_all()
    step = asked.milestone
    if step is None:
        step = compute.last_step(view, initiative.code)
    visible = queries.visible_codes(request.user)
    moved = [
        one
        for one in compute.slipped(view, initiative.code, step, asked.weeks)
        if one.id == live_id(code_of(one.id))
    ]
    return {
        "moved": [
            {
                "initiative": code_of(one.id),
                "before": view.built.day(one.before),
                "after": view.built.day(one.after),
                "days": round(one.days, 3),
            }
            for one in moved
            if code_of(one.id) in visible
        ],
        "hidden": sum(code_of(one.id) not in visible for one in moved),
    }
