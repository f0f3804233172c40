"""One sample call of every operation: on a row that exists, one that is secret, one that is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import cast
from api.world import World
from orchestre.config.api_docs import document
from orchestre.weather.rules import AXES

ABSENT_CODE, ABSENT_ID = "NOT-THERE", 999_999


@dataclass(frozen=True)
class Sample:
    """One call."""

    operation: str
    method: str
    path: str
    body: Any = None


def described() -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Return every operation of the document: its name, method, path and description."""
    for path, methods in document()["paths"].items():
        for method, operation in methods.items():
            yield operation["operationId"], method.upper(), path, operation


def bodies(world: World) -> dict[str, Any]:
    """Return a body that is accepted for each write."""
    day, after = world.day.isoformat(), world.dates["ends_on"].isoformat()
    return {
        "add_token": {"name": "Nuit", "expires_on": day},
        "add_unit": {"name": "Ouest", "parent": "TOP"},
        "change_unit": {"manager_name": "Marc"},
        "add_population": {"name": "Nuit", "unit": "NORD", "headcount": 3},
        "change_population": {"headcount": 41},
        "add_capacity_rule": {"unit": "NORD", "absorption_ratio": 0.06},
        "change_capacity_rule": {"absorption_ratio": 0.06},
        "add_period": {"unit": "NORD", "name": "Pic", "starts_on": day, "ends_on": after},
        "change_period": {"factor": 0.25},
        "add_objective": {"title": "Moins de retards"},
        "change_objective": {"axis": "Service"},
        "add_indicator": {"name": "Stocks", "objective": "OB-1"},
        "change_indicator": {"target": 12.5},
        "add_initiative": {"title": "Nouvelle paie"},
        "change_initiative": {"sponsor_name": "Ada"},
        "add_programme": {"name": "Deux"},
        "move_initiative": {"days": 7},
        "stop_initiative": {"reason": "Plus de budget"},
        "change_initiatives": {"codes": ["IN-1"], "field": "sponsor_name", "value": "Ada"},
        "add_milestone": {"initiative": "IN-1", "name": "Recette", "forecast_on": day},
        "change_milestone": {"forecast_on": after},
        "add_wave": {
            "initiative": "IN-1", "name": "Sud", "go_live_on": after, "populations": ["VEN"],
        },
        "change_wave": {"name": "Nord et Est"},
        "add_dependency": {"giver": "IN-2", "taker": "IN-1", "what": "Prix"},
        "change_dependency": {"side": "giver", "lag_days": 3},
        "agree_on_dependency": {"side": "giver"},
        "add_contribution": {"initiative": "IN-1", "objective": "OB-1", "weight": 2.0},
        "add_effect": {"initiative": "IN-1", "indicator": "KPI-1", "direction": "up"},
        "add_impact": {"initiative": "IN-1", "population": "VEN", "intensity": 2.0},
        "change_impact": {"from_state": "Papier"},
        "rate_impact": {"intensity": 4.0, "aspects": {"process": 4}},
        "settle_ratings": {"choices": {"intensity": "unit"}, "reason": "Vu ensemble"},
        "add_activity": {
            "initiative": "IN-1", "population": "CAR", "starts_on": day, "ends_on": after,
            "hours_per_person": 2.0,
        },
        "change_activity": {"hours_per_person": 4.0},
        "add_risk_event": {
            "initiative": "IN-1", "name": "Retard", "probability": 0.2, "impact_weeks": 3.0,
        },
        "change_risk_event": {"probability": 0.4},
        "add_milestone_estimate": {
            "milestone": world.open_milestone.pk, "optimistic_on": day, "likely_on": day,
            "pessimistic_on": after,
        },
        "change_milestone_estimate": {"pessimistic_on": after},
        "change_cost_estimate": {"high_ratio": 1.5, "basis": "Devis"},
        "change_planning_rule": {"fixed": True, "reason": "Annoncée"},
        "add_legal_step": {
            "initiative": "IN-1", "name": "Avis du CSE", "opens_on": day, "delay_weeks": 8,
        },
        "change_legal_step": {"done_on": after},
        "change_outlook_assumptions": {"unit_correlation": 0.1},
        "change_assumptions": {"absorption_ratio": 0.08},
        "what_if": {"initiative": "IN-1", "days": 14},
        "refuse_finding": {"reason": "Deux sujets"},
        "settle_finding": {"reason": "Vu en comité"},
        "settle_mapping": {"sheets": {}},
        "correct_cells": {
            "cells": [{"sheet": "portefeuille", "row": 2, "column": "Titre", "value": "Paie"}]
        },
        "publish_weather": {
            "after": None,
            "declared": dict.fromkeys(AXES, "watch"),
            "reasons": dict.fromkeys(AXES, "Vu en comité"),
        },
        "change_thresholds": {
            "after": 1, "weights": {"schedule": 2.0}, "blocking": ["schedule"], "rule": "mean",
            "least_known_share": 0.5, "period_days": 14, "reason": "Rythme de quinzaine",
        },
        "apply_import": {},
        "add_body": {"name": "CODIR"},
        "change_body": {"quorum": 3},
        "add_meeting": {"body": world.body.pk, "starts_at": f"{day}T09:00:00+02:00"},
        "change_meeting": {"place": "Salle Loire"},
        "accept_proposal": {"source": "matter", "key": str(world.issue.pk)},
        "add_agenda_item": {"meeting": world.meeting.pk, "title": "Décaler ?"},
        "change_agenda_item": {"minutes": 15},
        "decide_item": {"option": world.option.pk, "decided_by": "DG"},
        "add_decision": {
            "body": world.body.pk, "question": "Décaler ?", "chosen": "Oui", "decided_by": "DG",
        },
        "give_verdict": {"verdict": "partly", "reason": "Une équipe sur deux"},
        "add_action": {"body": world.body.pk, "what": "Former", "owner_name": "DRH"},
        "change_action": {"due_on": after},
        "finish_action": {"result": "Fait"},
        "chase_action": {"note": "Réponse lundi"},
        "add_option": {"item": world.item.pk, "title": "Attendre", "does_nothing": True},
        "change_option": {"consequence": "Trois semaines"},
        "ask_opinion": {"item": world.item.pk, "email": cast.person("paul").email},
        "give_opinion": {"position": "reserved", "text": "Si la formation suit"},
        "add_matter": {"body": world.body.pk, "title": "Fournisseur en retard"},
        "change_matter": {"owner_name": "DSI"},
        "close_matter": {"closing": "Livré"},
        "make_question": {"meeting": world.meeting.pk},
        "add_benefit": {"initiative": "IN-1", "title": "Moins de courrier", "unit": "NORD"},
        "change_benefit": {"method": "Factures"},
        "declare_value": {"month_on": "2026-02-01", "amount": 12.5},
        "validate_value": {"amount": 60},
        "publish_pack": {"title": "COMEX de mars"},
        "ask_order": {"seconds": 1},
        "keep_order": {"accept": ["IN-1"]},
        "add_role": {"name": "Formateurs", "unit": "NORD"},
        "change_role": {"name": "Urbanistes"},
        "add_role_capacity": {"role": "RO-02", "fte": 2.0, "starts_on": day, "ends_on": after},
        "change_role_capacity": {"fte": 3.0},
        "add_role_demand": {
            "initiative": "IN-1", "role": "RO-02", "fte": 0.5, "starts_on": day, "ends_on": after,
        },
        "change_role_demand": {"fte": 2.5},
        "add_cost_line": {
            "initiative": "IN-1", "amount_eur": 1200.5, "starts_on": day, "ends_on": after,
        },
        "change_cost_line": {"state": "spent"},
        "add_envelope": {"name": "2027", "amount_eur": 1e6, "starts_on": day, "ends_on": after},
        "change_envelope": {"programme": "PG-1"},
        "change_worth": {"delay_cost_eur_per_week": 4000},
        "add_selection": {"name": "Choix de mars", "starts_on": day, "budget_eur": "12000000"},
        "change_selection": {"months": 6},
        "add_selection_driver": {"name": "Risques", "objective": "OB-1"},
        "change_selection_driver": {"weight": 2.5},
        "add_selection_rater": {"name": "Usines"},
        "add_selection_judgement": {
            "rater": world.idle_rater.pk, "first": world.driver.pk,
            "second": world.second_driver.pk, "ratio": 5.0,
        },
        "change_selection_judgement": {"ratio": 5.0},
        "add_selection_rating": {
            "driver": world.driver.pk, "initiative": "IN-1", "level": "strong",
        },
        "change_selection_rating": {"level": "none"},
        "add_selection_order": {"initiative": "IN-2", "way": "in", "reason": "La loi"},
        "change_selection_order": {"way": "in"},
        "draft_scenario": {"name": "Et si la caisse attend ?"},
        "rename_scenario": {"why": "Trop en avril"},
        "override_initiative": {"shift_days": 14, "rank": 2},
        "publish_scenario": {
            "decision": "Le comité décale les entrepôts.", "expected": world.expected,
        },
    }  # fmt: skip


def names(world: World, row: str) -> dict[str, Any]:
    """Return what fills the addresses: of rows of the lead, of secret ones, of none."""
    if row == "absent":
        codes: dict[str, Any] = dict.fromkeys(("initiatives", "units", "populations"), ABSENT_CODE)
        codes |= dict.fromkeys(("objectives", "indicators", "programmes"), ABSENT_CODE)
        codes |= dict.fromkeys(("roles", "worths", "benefits"), ABSENT_CODE)
        codes |= dict.fromkeys(("planning-rules", "cost-estimates"), ABSENT_CODE)
        codes |= {"population": ABSENT_CODE, "initiative": ABSENT_CODE}
        return {**codes, "": ABSENT_ID}
    ids = {
        "rule_id": world.rule.pk, "period_id": world.period.pk, "run_id": world.run.pk,
        "token_id": world.token.pk, "import_id": world.imported.pk,
        "wave_id": world.wave.pk,
        "milestone_id": world.milestone.pk, "dependency_id": world.dependency.pk,
        "contribution_id": world.contribution.pk, "effect_id": world.effect.pk,
        "impact_id": world.impact.pk, "activity_id": world.activity.pk,
        "risk_id": world.risk.pk, "estimate_id": world.estimate.pk,
        "body_id": world.body.pk, "meeting_id": world.meeting.pk, "item_id": world.item.pk,
        "decision_id": world.decision.pk, "action_id": world.action.pk,
        "option_id": world.option.pk, "opinion_id": world.opinion.pk,
        "matter_id": world.matter.pk,
        "finding_id": world.finding.pk, "pack_id": world.pack.pk,
        "order_id": world.order.pk,
        "selection_id": world.selection.pk, "driver_id": world.driver.pk,
        "rater_id": world.rater.pk, "judgement_id": world.judgement.pk,
        "rating_id": world.rating.pk, "ordered_id": world.given.pk,
        "selections": "IN-1", "other_id": world.pack.pk, "act_id": world.act.pk,
        "population": "CAR",
        "scenario_id": world.scenario.pk, "number": world.plan.number, "initiative": "IN-1",
        "units": "NORD", "populations": "CAR", "objectives": "OB-1", "indicators": "KPI-1",
        "initiatives": "IN-1", "programmes": "PG-1", "weather": "IN-2",
        "roles": "RO-02", "worths": "IN-1",
        "planning-rules": "IN-1", "cost-estimates": "IN-1", "step_id": world.step.pk,
        "benefits": "B-01", "line_id": world.value.pk,
        "capacity_id": world.role_capacity.pk, "demand_id": world.demand.pk,
        "cost_id": world.cost.pk, "envelope_id": world.envelope.pk, "question": "stop",
    }  # fmt: skip
    if row == "secret":
        ids |= {
            "wave_id": world.secret_wave.pk,
            "milestone_id": world.secret_milestone.pk, "initiatives": "IN-9", "weather": "IN-9",
            "risk_id": world.secret_risk.pk, "estimate_id": world.secret_estimate.pk,
            "dependency_id": world.secret_dependency.pk, "impact_id": world.secret_impact.pk,
            "activity_id": world.secret_activity.pk, "finding_id": world.secret_finding.pk,
            "item_id": world.secret_item.pk, "decision_id": world.secret_decision.pk,
            "action_id": world.secret_action.pk, "option_id": world.secret_option.pk,
            "opinion_id": world.secret_opinion.pk, "matter_id": world.secret_matter.pk,
            "pack_id": world.secret_pack.pk,
            "planning-rules": "IN-9", "cost-estimates": "IN-9", "step_id": world.secret_step.pk,
            "worths": "IN-9", "demand_id": world.secret_demand.pk, "cost_id": world.secret_cost.pk,
            "selection_id": world.secret_selection.pk, "driver_id": world.secret_driver.pk,
            "rater_id": world.secret_rater.pk, "judgement_id": world.secret_judgement.pk,
            "rating_id": world.secret_rating.pk,
            "ordered_id": world.secret_given.pk,
            "selections": "IN-9",
            "scenario_id": world.secret_scenario.pk,
            "benefits": "B-09",
        }  # fmt: skip
    return ids


SECRET = {
    "question",
    "planning-rules",
    "cost-estimates",
    "step_id",
    "risk_id",
    "estimate_id",
    "initiatives",
    "milestone_id",
    "wave_id",
    "dependency_id",
    "impact_id",
    "activity_id",
    "finding_id",
    "item_id",
    "decision_id",
    "action_id",
    "option_id",
    "opinion_id",
    "matter_id",
    "pack_id",
    "worths",
    "benefits",
    "demand_id",
    "cost_id",
    "selection_id",
    "driver_id",
    "rater_id",
    "judgement_id",
    "rating_id",
    "ordered_id",
    "scenario_id",
}


def samples(world: World, row: str = "own") -> list[Sample]:
    """Return one call per operation; for other rows, only where an address names one."""
    known, said = names(world, row), bodies(world)
    found = []
    for operation, method, path, _details in described():
        address, named = path, []
        for part in [one[1:-1] for one in path.split("/") if one.startswith("{")]:
            key = path.split("/")[3] if part == "code" else part
            if part == "week":
                value: Any = "2026-W51"
            else:
                value = known.get(key, known.get(""))
                named.append(key)
            address = address.replace("{" + part + "}", str(value))
        address = address.replace("{form}", "json")
        if operation == "compare_scenarios":
            address += f"?b={world.scenario.pk}&margins=true"
        if operation == "ask_question":
            address += "?initiative=" + {"own": "IN-1", "secret": "IN-9"}.get(row, ABSENT_CODE)
        if row == "own" or (row == "absent" and named) or SECRET & set(named):
            found.append(Sample(operation, method, address, said.get(operation)))
    return found
