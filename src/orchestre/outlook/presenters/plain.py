"""Dates and money as plain values, for programs; what is not known is null."""

from __future__ import annotations

from typing import Any

from orchestre.outlook.presenters import words
from orchestre.outlook.services import compute
from orchestre.outlook.services.compute import Outlook
from orchestre.outlook.services.quality import Checked
from orchestre.outlook.snapshot.chain import live_id
from orchestre.outlook.snapshot.problem import code_of
from orchestre_engine.outlook import COMPUTATION, Seen, Spread


def money(spread: Spread | None) -> dict[str, float] | None:
    """Give an amount with its margins."""
    if spread is None:
        return None
    return {
        "mean": round(spread.mean, 2),
        "p20": round(spread.percentile(20), 2),
        "p50": round(spread.p50, 2),
        "p80": round(spread.p80, 2),
    }


def go_live(view: Outlook, seen: Seen) -> dict[str, Any]:
    """Give one go-live with its chances."""
    code = code_of(seen.task)
    known = view.inputs.known[code]
    day, end = view.built.day, seen.end
    costs = {one.id: one.amount for one in (view.result.costs if view.result else ())}
    return {
        "initiative": code,
        "promised_on": known.promised_on,
        "planned_on": day(seen.planned),
        "p10_on": day(end.percentile(10)),
        "p50_on": day(end.p50),
        "p80_on": day(end.p80),
        "p90_on": day(end.percentile(90)),
        "p80_between": [day(end.p80_low), day(end.p80_high)],
        "probability_kept": seen.probability_kept,
        "joint_probability": seen.joint_probability,
        "reserve_days": round(seen.contingency, 1),
        "cost_eur": money(costs.get(code)),
        "assumed": bool(view.built.chains[code].assumed),
        "sentence": words.promise(view, seen, known.promised_on),
    }


def provenance(view: Outlook) -> dict[str, Any]:
    """Give what identifies a computation."""
    return {
        "computation": COMPUTATION,
        "fingerprint": view.fingerprint,
        "run": view.run.pk if view.run else None,
        "draws": compute.DRAWS,
        "seed": compute.SEED,
        "assumed_ratio": view.built.assumed_ratio,
        "computed_at": view.computed_at,
    }


def _dates_as_text(value: Any) -> Any:  # noqa: ANN401 - a tree of plain values
    if isinstance(value, dict):
        return {key: _dates_as_text(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_dates_as_text(one) for one in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def report(view: Outlook) -> dict[str, Any]:
    """Give the whole portfolio."""
    result = view.result
    return _plain(
        {
            "year": view.built.year,
            "go_lives": [go_live(view, one) for one in (result.seen if result else ())],
            "cost_eur": money(result.total_cost if result else None),
            "value_of_the_year_eur": money(result.total_benefit if result else None),
            "npv_eur": money(result.npv if result else None),
            "without_date": list(view.built.undated),
            "loop": list(view.built.loop),
            "provenance": provenance(view),
        }
    )


def one_report(view: Outlook, code: str, checked: Checked) -> dict[str, Any]:
    """Give one initiative, with its checks and what drives its date."""
    result = view.result
    seen = next((one for one in (result.seen if result else ()) if one.task == live_id(code)), None)
    better = view.mitigated.of(live_id(code)) if view.mitigated and seen else None
    return _plain(
        {
            "initiative": code,
            "refused": checked.refuses,
            "sentence": go_live(view, seen)["sentence"] if seen else "",
            "go_live": go_live(view, seen) if seen else None,
            "mitigated": None
            if better is None
            else {
                "p80_on": view.built.day(better.end.p80),
                "probability_kept": better.probability_kept,
            },
            "drivers": [
                {
                    "task": one.task,
                    "criticality": one.criticality,
                    "significance": one.significance,
                    "schedule_sensitivity": one.schedule_sensitivity,
                    "cruciality": one.cruciality,
                }
                for one in (result.drivers if result else ())
                if one.schedule_sensitivity is not None
            ],
            "checks": [
                {
                    "check": one.name,
                    "value": one.value,
                    "limit": one.limit,
                    "passed": one.passed,
                    "blocks": one.blocks,
                }
                for one in (checked.quality.checks if checked.quality else ())
            ],
            "provenance": provenance(view),
        }
    )


def _plain(found: dict[str, Any]) -> dict[str, Any]:
    plain = _dates_as_text(found)
    return dict(plain)
