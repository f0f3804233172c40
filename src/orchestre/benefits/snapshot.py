"""From rows to what the engine computes with, and back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from orchestre.benefits import rules
from orchestre.benefits.models import Benefit, Evidence, ValueLine
from orchestre.resources.rules import month_of, months_from, months_later
from orchestre_engine.value import realisation
from orchestre_engine.value.realisation import Claim

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Held:
    """One benefit with its amounts and evidence, read once."""

    benefit: Benefit
    lines: tuple[ValueLine, ...]
    evidence: tuple[Evidence, ...]

    def total(self, column: str, today: date | None = None) -> float | None:
        """Add one column, up to the last month that is over when a day is given; None if empty."""
        amounts = [
            getattr(line, column)
            for line in self.lines
            if getattr(line, column) is not None
            and (today is None or rules.is_over(line.month_on, today))
        ]
        return float(sum(amounts)) if amounts else None


def anchor_of(benefit: Benefit) -> date | None:
    """Return the first day that a benefit counts; None when its anchor has no date."""
    initiative = benefit.initiative
    day = {
        Benefit.Anchor.GO_LIVE: initiative.go_live_on or initiative.ends_on,
        Benefit.Anchor.END: initiative.ends_on,
        Benefit.Anchor.MILESTONE: benefit.milestone.forecast_on if benefit.milestone else None,
    }[Benefit.Anchor(benefit.anchor)]
    return rules.anchored(day, benefit.lag_weeks)


def expected_of(benefit: Benefit) -> dict[date, Decimal]:
    """Return what a benefit is expected to bring, month by month; empty when it cannot be told."""
    first = anchor_of(benefit)
    if first is None or benefit.target_per_year is None:
        return {}
    once = benefit.recurrence == Benefit.Recurrence.ONCE
    months = months_from(first, 12 if once else rules.HORIZON_MONTHS)
    amounts = realisation.expected(
        float(benefit.target_per_year) / 12,
        months=len(months),
        anchor=0,
        ramp=benefit.ramp_months,
        attribution=benefit.attribution_ratio,
        confidence=benefit.confidence_ratio,
    )
    return {
        month: Decimal(str(float(amount))).quantize(CENT)
        for month, amount in zip(months, amounts, strict=True)
    }


def audit_facts(held: Held) -> dict[str, bool]:
    """Tell which facts of the audit test a benefit has."""
    one = held.benefit
    reviewed = any(proof.reviewer_id or proof.reviewer_as for proof in held.evidence)
    return {
        "baseline": bool(
            one.baseline_value is not None and one.baseline_on and one.baseline_source.strip()
        ),
        "assumptions": bool(one.assumptions.strip()),
        "method": bool(one.method.strip()),
        "evidence": bool(held.evidence),
        "cost_to_achieve": one.cost_to_achieve_eur is not None,
        "recurrence": bool(one.recurrence),
        "budget_trace": bool(one.budget_line.strip()),
        "reviewer": reviewed
        or any(line.validated is not None and line.validator for line in held.lines),
    }


def level_of(held: Held) -> int:
    """Return where a benefit stands on the maturity ladder."""
    one = held.benefit
    qualified = (
        one.baseline_value is not None
        and one.baseline_on is not None
        and one.target_per_year is not None
        and bool(one.method.strip())
    )
    return realisation.level_of(
        [
            qualified,
            bool(one.owner_name.strip()) and one.committed_on is not None,
            any(line.declared is not None for line in held.lines),
            any(line.validated is not None for line in held.lines),
            one.budgeted_on is not None,
        ]
    )


def claim_of(one: Benefit) -> Claim | None:
    """Return a benefit as the search for double counting sees it."""
    first = anchor_of(one)
    if first is None or one.unit is None or one.disbenefit or not one.budget_line.strip():
        return None
    return Claim(
        key=one.code,
        unit=one.unit.code,
        line=" ".join(one.budget_line.casefold().split()),
        starts_on=month_of(first),
        ends_on=months_later(month_of(first), rules.HORIZON_MONTHS),
        attribution=one.attribution_ratio,
    )
