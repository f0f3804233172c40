"""An answer as plain values, for the API and the command line."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from orchestre.selection.models import Order, Selection
from orchestre.selection.presenters import sentences, words
from orchestre.selection.queries import Names
from orchestre.selection.services import priorities
from orchestre.selection.services.computing import Outcomes
from orchestre.selection.services.priorities import Priorities
from orchestre_engine import selection as engine
from orchestre_engine.selection import Admission, Binding, Missing


def order(row: Order) -> dict[str, Any]:
    """Give one order."""
    return {
        "id": row.pk,
        "version": row.version,
        "selection": row.selection_id,
        "initiative": row.initiative.code,
        "way": row.way,
        "reason": row.reason,
    }


def answer(found: Outcomes, names: Names) -> dict[str, Any]:
    """Give the whole answer; initiatives closed to the reader are counted, not named."""
    result = found.result
    people = words.Holders.of(found.facts)
    known = found.facts["known"]
    kept = [one for one in result.kept if names.sees(one.id)]
    refused = [one for one in result.refused if names.sees(one.id)]
    hidden = len(result.kept) + len(result.refused) - len(kept) - len(refused)
    return {
        "sentence": sentences.headline(found),
        "value_ratio": result.value_ratio,
        "cost_eur": result.cost,
        "budget_eur": result.budget,
        "gap_ratio": result.gap,
        "candidates": len(found.problem.candidates),
        "unnamed_initiatives": hidden,
        "kept": [
            {
                "initiative": one.id,
                "title": names.titles[one.id],
                "value": one.value,
                "cost_eur": one.cost,
                "months_later": one.shift,
                "by_order": one.id in found.problem.compulsory,
            }
            for one in kept
        ],
        "refused": [
            {
                "initiative": one.id,
                "title": names.titles[one.id],
                "value": one.value,
                "cost_eur": one.cost,
                "cause": str(one.cause),
                "why": words.cause(one, people, names, known),
                "missing": [missing(m) for m in one.missing],
            }
            for one in refused
        ],
        "binding": [binding(one) for one in result.binding],
        "plateau_budget_eur": result.plateau.budget if result.plateau else None,
        "plateau_binding": [binding(one) for one in result.plateau.binding]
        if result.plateau
        else [],
        "frontier": [
            {
                "budget_eur": one.budget,
                "value": one.value,
                "cost_eur": one.cost,
                "kept": one.kept,
                "bound": one.bound,
            }
            for one in result.frontier
        ],
        "formula": found.answer.engine_version,
        "fingerprint": found.answer.fingerprint,
        "doubts": sentences.doubts(found),
    }


def missing(one: Missing) -> dict[str, Any]:
    """Give what a limit lacks."""
    return asdict(one) | {
        "kind": str(one.kind),
        "amount": None if one.amount == float("inf") else one.amount,
    }


def binding(one: Binding) -> dict[str, Any]:
    """Give what lifting a kind of limit brings."""
    return {
        "kind": str(one.kind),
        "gain": one.gain,
        "holders": [
            {"holder": each.holder, "gain": each.gain, "periods": list(each.periods)}
            for each in one.holders
        ],
    }


def admission(one: Admission, names: Names) -> dict[str, Any]:
    """Give the three ways to admit a refused candidate."""
    return {
        "initiative": one.refused.id,
        "cause": str(one.refused.cause),
        "missing": [missing(m) for m in one.refused.missing],
        "raised_value": one.raised_value,
        "raised_keeps": one.raised_keeps,
        "forced_value": one.forced_value,
        "enters": [code for code in one.enters if names.sees(code)],
        "leaves": [code for code in one.leaves if names.sees(code)],
        "smallest": [missing(m) for m in one.smallest],
    }


def priorities_of(selection: Selection, found: Priorities, names: Names) -> list[dict[str, Any]]:
    """Give both orders; candidates closed to the reader count in the ranks and are left out."""
    return [
        {
            "initiative": one.known.code,
            "title": names.titles[one.known.code],
            "score": one.score,
            "coverage_ratio": one.coverage,
            "score_rank": one.score_rank,
            "parts": [
                {
                    "driver": part.driver,
                    "weight": part.weight,
                    "level": part.level,
                    "used_ratio": part.used_ratio,
                    "points": part.points,
                }
                for part in priorities.parts(found, one)
            ],
            "delay_cost_eur_per_week": one.known.delay_eur_per_week,
            "weeks": one.known.weeks,
            "fte_weeks": one.known.fte_weeks,
            "delay_ratio": one.urgency,
            "delay_rank": one.urgency_rank,
            "kept": one.kept,
            "missing": list(priorities.missing(selection, one, found.divisor)),
        }
        for one in found.lines
        if names.sees(one.known.code)
    ]


def weighting(found: Priorities) -> dict[str, Any]:
    """Give what the orders rest on, and how far they agree."""
    return {
        "source": found.weighting,
        "weights": [{"driver": name, "weight": part} for name, part in found.weights.items()],
        "scored": found.scored,
        "ranked_by_delay": found.pressed,
        "pairs": found.agreement.pairs,
        "agreement_ratio": found.agreement.ratio,
        "score_formula": engine.SCORE,
        "delay_formula": engine.DELAY,
    }
