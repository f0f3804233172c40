"""Writes of benefits: one function, one intention, one act of the journal."""

from __future__ import annotations

from orchestre.benefits.services.claims import add_benefit, change_benefit, remove_benefit
from orchestre.benefits.services.proofs import add_evidence, review_evidence
from orchestre.benefits.services.values import contest, declare, foresee, plan_values, validate

__all__ = [
    "add_benefit",
    "add_evidence",
    "change_benefit",
    "contest",
    "declare",
    "foresee",
    "plan_values",
    "remove_benefit",
    "review_evidence",
    "validate",
]
