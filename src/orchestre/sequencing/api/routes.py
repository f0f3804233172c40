"""Scenarios, their gauges, comparisons and publication over the API."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np
from django.http import Http404, HttpRequest
from ninja import Query, Router
from ninja.responses import Status

from orchestre.access.api.caller import user_of
from orchestre.access.api.idempotency import once
from orchestre.access.api.paging import Listing, Paged, page
from orchestre.access.api.security import auth
from orchestre.access.api.versions import expected, held, one
from orchestre.load.queries import reader_of
from orchestre.portfolio.models import Initiative
from orchestre.portfolio.policy import visible_to as visible_initiatives
from orchestre.resources.policy import reads_money
from orchestre.sequencing import policy, services
from orchestre.sequencing.api import orders, planning, schemas
from orchestre.sequencing.models import Override, Plan, Scenario
from orchestre.sequencing.presenters import margins
from orchestre.sequencing.presenters.gauges import seen
from orchestre.sequencing.queries import scenarios as queries
from orchestre.sequencing.rules.edits import Edit
from orchestre.sequencing.rules.measures import COMPUTATION, MORE_IS_BETTER, delta, verdict
from orchestre.sequencing.services import differences
from orchestre.sequencing.services.gauges import Gauges, measure
from orchestre.sequencing.services.live import live
from orchestre.sequencing.services.overriding import NEUTRAL

router = Router(tags=["scenarios"], auth=auth)
router.add_router("", orders.router)
router.add_router("", planning.router)
ONE = "/scenarios/{int:scenario_id}"


def _scenario(request: HttpRequest, scenario_id: int) -> Scenario:
    rows = policy.visible_to(request.user).select_related("owner", "based_on_plan", "published_as")
    return one(rows, pk=scenario_id)


def _initiative(request: HttpRequest, code: str) -> Initiative:
    return one(visible_initiatives(request.user), code=code)


def _scenario_out(row: Scenario) -> dict[str, Any]:
    return {
        "id": row.pk,
        "version": row.version,
        "name": row.name,
        "why": row.why,
        "state": row.state,
        "owner": str(row.owner or ""),
        "based_on_plan": row.based_on_plan.number if row.based_on_plan else None,
        "published_as": row.published_as.number if row.published_as else None,
        "shared_at": row.shared_at,
        "published_at": row.published_at,
    }


def _override_out(row: Override) -> dict[str, Any]:
    told: dict[str, Any] = {name: getattr(row, name) for name in NEUTRAL}
    told["amount_eur"] = None if row.amount_eur is None else float(row.amount_eur)
    return {
        **told,
        "scenario": row.scenario_id,
        "initiative": row.initiative.code,
        "version": row.version,
    }


def _plan_out(row: Plan) -> dict[str, Any]:
    names = ("number", "name", "decision", "reference", "fingerprint")
    told: dict[str, Any] = {name: getattr(row, name) for name in names}
    return {**told, "published_at": row.published_at, "superseded_at": row.superseded_at}


@router.get("/scenarios", response=Paged[schemas.ScenarioOut], summary="List scenarios")
def list_scenarios(request: HttpRequest, asked: Query[schemas.ScenariosAsked]) -> dict[str, Any]:
    """Return one's own drafts and the scenarios that were shared, the last changed first."""
    rows = policy.visible_to(request.user)
    rows = rows.select_related("owner", "based_on_plan", "published_as")
    if asked.state:
        rows = rows.filter(state=asked.state)
    return page(request, rows, asked, _scenario_out, order=["-updated_at", "-pk"])


@router.post("/scenarios", response={201: schemas.ScenarioOut}, summary="Draft a scenario")
@once
def draft_scenario(request: HttpRequest, payload: schemas.ScenarioIn) -> Status[dict[str, Any]]:
    """Open a private draft on the plan as it now is."""
    made = services.draft(user_of(request), payload.name, why=payload.why)
    return Status(201, _scenario_out(made))


@router.get("/scenarios/compare", response=schemas.ComparedOut, summary="Compare plans")
def compare_scenarios(request: HttpRequest, asked: Query[schemas.AskedCompare]) -> dict[str, Any]:
    """Return the figures of up to four plans, each against the first."""
    policy.may_read(request.user).require()
    wanted = [name for name in (asked.a, asked.b, asked.c, asked.d) if name]
    plans = [(name, *_measured(request, name)) for name in wanted]
    base = plans[0][2].measures
    columns: list[dict[str, Any]] = []
    for name, label, found in plans:
        deltas = {figure: delta(figure, base, found.measures) for figure in MORE_IS_BETTER}
        columns.append(
            {
                "of": name,
                "name": label,
                "figures": asdict(found.measures),
                "delta": deltas,
                "verdict": {figure: verdict(figure, one) for figure, one in deltas.items()},
            }
        )
    if asked.margins:
        ranges = margins.plain(
            live(),
            tuple((name, _edits(request, name)) for name in wanted),
            names=reader_of(request.user).names,
            money=bool(reads_money(request.user)),
        )
        for column, drawn in zip(columns, ranges, strict=True):
            column["margins"] = drawn
    return {"computation": COMPUTATION, "columns": columns}


def _edits(request: HttpRequest, name: str) -> dict[str, Edit]:
    return queries.edits(None if name == "current" else _scenario(request, int(name)))


def _measured(request: HttpRequest, name: str) -> tuple[str, Gauges]:
    if name == "current":
        return "current", seen(request.user, measure())
    if not (name.isascii() and name.isdecimal() and len(name) < 10):
        raise Http404
    scenario = _scenario(request, int(name))
    return scenario.name, seen(request.user, measure(scenario))


@router.get("/gauges", response=schemas.GaugesOut, summary="Read the three gauges")
def read_gauges(request: HttpRequest, asked: Query[schemas.AskedOf]) -> dict[str, Any]:
    """Return euros, roles and people of the plan in force or of a scenario, month by month."""
    policy.may_read(request.user).require()
    _name, found = _measured(request, asked.of)
    hours = found.excess_hours.sum(axis=0)
    return {
        "of": asked.of,
        "computation": COMPUTATION,
        "figures": asdict(found.measures),
        "months": [
            {
                "month": month,
                "cost_eur": None if found.measures.cost_eur is None else float(found.cost_eur[at]),
                "envelope_eur": _known(found.envelope_eur[at]),
                "excess_person_hours": float(hours[at]),
            }
            for at, month in enumerate(found.months)
        ],
        "roles": [
            {
                "role": code,
                "asked_fte": [float(value) for value in found.asked_fte[row]],
                "available_fte": [_known(value) for value in found.available_fte[row]],
            }
            for row, code in enumerate(found.roles)
        ],
        "unknown_headcounts": found.unknown_headcounts,
        "unvalued": found.unvalued,
    }


def _known(value: Any) -> float | None:  # noqa: ANN401 - one number of an array
    return float(value) if np.isfinite(value) else None


@router.get(ONE, response=schemas.ScenarioOut, summary="Read a scenario")
def read_scenario(request: HttpRequest, scenario_id: int) -> dict[str, Any]:
    """Return one scenario."""
    return _scenario_out(_scenario(request, scenario_id))


@router.patch(ONE, response=schemas.ScenarioOut, summary="Rename a scenario")
def rename_scenario(
    request: HttpRequest, scenario_id: int, payload: schemas.ScenarioPatch
) -> dict[str, Any]:
    """Change its name or its reason; only its owner does."""
    row = _scenario(request, scenario_id)
    version = expected(request)
    told = {"name": row.name, "why": row.why, **payload.said()}
    services.rename(user_of(request), row, told["name"], told["why"], expected_version=version)
    return _scenario_out(row)


@router.post(f"{ONE}/share", response=schemas.ScenarioOut, summary="Share a scenario")
@once
def share_scenario(request: HttpRequest, scenario_id: int) -> dict[str, Any]:
    """Show it to everybody who reads the portfolio; If-Match is honoured."""
    with held(request, _scenario(request, scenario_id), needed=False) as row:
        services.share(user_of(request), row)
    return _scenario_out(row)


@router.post(
    f"{ONE}/duplicate", response={201: schemas.ScenarioOut}, summary="Duplicate a scenario"
)
@once
def duplicate_scenario(request: HttpRequest, scenario_id: int) -> Status[dict[str, Any]]:
    """Copy it into a private draft, without what is not open to you."""
    copy = services.duplicate(user_of(request), _scenario(request, scenario_id))
    return Status(201, _scenario_out(copy))


@router.post(f"{ONE}/drop", response=schemas.ScenarioOut, summary="Drop a scenario")
@once
def drop_scenario(request: HttpRequest, scenario_id: int) -> dict[str, Any]:
    """Put it away; If-Match is honoured."""
    with held(request, _scenario(request, scenario_id), needed=False) as row:
        services.drop(user_of(request), row)
    return _scenario_out(row)


@router.get("/overrides", response=Paged[schemas.OverrideOut], summary="List overrides")
def list_overrides(request: HttpRequest, asked: Query[schemas.OverridesAsked]) -> dict[str, Any]:
    """Return what scenarios say of the initiatives that are open to you."""
    rows = policy.visible_overrides(request.user).select_related("initiative")
    if asked.scenario is not None:
        rows = rows.filter(scenario=_scenario(request, asked.scenario))
    order = ["scenario_id", "initiative__code"]
    return page(request, rows, asked, _override_out, order=order)


@router.patch(
    f"{ONE}/overrides/{{initiative}}",
    response=schemas.OverrideOut,
    summary="Override an initiative",
)
def override_initiative(
    request: HttpRequest, scenario_id: int, initiative: str, payload: schemas.OverridePatch
) -> dict[str, Any]:
    """Say something else of an initiative; If-Match: 0 while nothing is said of it."""
    scenario, row = _scenario(request, scenario_id), _initiative(request, initiative)
    version = expected(request)
    found = services.override(
        user_of(request), scenario, row, payload.said(), expected_version=version
    )
    return _override_out(found or Override(scenario=scenario, initiative=row, version=0))


@router.delete(
    f"{ONE}/overrides/{{initiative}}", response={204: None}, summary="Take an override back"
)
def clear_override(request: HttpRequest, scenario_id: int, initiative: str) -> Status[None]:
    """Leave an initiative as in the plan."""
    scenario, row = _scenario(request, scenario_id), _initiative(request, initiative)
    services.clear_override(user_of(request), scenario, row, expected_version=expected(request))
    return Status(204, None)


@router.get(f"{ONE}/difference", response=schemas.DifferenceOut, summary="Read what would change")
def read_difference(request: HttpRequest, scenario_id: int) -> dict[str, Any]:
    """Return exactly what publishing would write in the plan."""
    scenario = _scenario(request, scenario_id)
    found = differences.of(scenario)
    open_to = set(visible_initiatives(request.user).values_list("pk", flat=True))
    named = [move for move in found.moves if move.initiative.pk in open_to]
    return {
        "expected": found.expected,
        "moves": [
            {
                "initiative": move.initiative.code,
                "days": move.days,
                "steps": [
                    {"field": step.field, "before": step.before, "after": step.after}
                    for step in move.steps
                ],
            }
            for move in named
        ],
        "unnamed": len(found.moves) - len(named),
        "changed_since": [
            one.initiative.code
            for one in differences.since(scenario)
            if one.initiative.pk in open_to
        ],
    }


@router.post(f"{ONE}/publish", response={201: schemas.PlanOut}, summary="Publish a scenario")
@once
def publish_scenario(
    request: HttpRequest, scenario_id: int, payload: schemas.PublishIn
) -> Status[dict[str, Any]]:
    """Make it the plan of record, exactly as shown; the former plan is frozen."""
    scenario = _scenario(request, scenario_id)
    plan = services.publish(user_of(request), scenario, **payload.dict())
    return Status(201, _plan_out(plan))


@router.get("/plans", response=Paged[schemas.PlanOut], summary="List plans of record")
def list_plans(request: HttpRequest, asked: Query[Listing]) -> dict[str, Any]:
    """Return the plans that were decided, the last first."""
    return page(request, queries.plans(request.user), asked, _plan_out, order=["-number"])


@router.get("/plans/{int:number}", response=schemas.PlanOut, summary="Read a plan of record")
def read_plan(request: HttpRequest, number: int) -> dict[str, Any]:
    """Return one plan of record."""
    return _plan_out(queries.plan(request.user, number))
