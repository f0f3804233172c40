"""Costs and value of initiatives as the engine counts them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from orchestre.outlook.rules import DAYS_PER_WEEK
from orchestre.outlook.snapshot.chain import live_id
from orchestre.outlook.snapshot.rows import Inputs
from orchestre.resources.models import CostLine
from orchestre.resources.rules import Cost
from orchestre_engine.outlook import BenefitItem, CostItem, Law, Shape

DAYS_PER_YEAR = 365.25


def lines_of(inputs: Inputs) -> dict[str, list[Cost]]:
    """Sort the cost lines by initiative."""
    found: dict[str, list[Cost]] = defaultdict(list)
    for one in inputs.means.costs:
        found[one.initiative].append(one)
    return found


def budget_of(inputs: Inputs, code: str) -> float | None:
    """Return the full cost that was announced, else what the lines sum to; None when unsaid."""
    row = inputs.known[code].row
    if row.cost_eur is not None:
        return float(row.cost_eur)
    lines = [one.amount_eur for one in inputs.means.costs if one.initiative == code]
    return sum(lines) if lines else None


def spent_of(lines: list[Cost]) -> float | None:
    """Return what was spent; None when no line says so."""
    spent = [one.amount_eur for one in lines if one.state == CostLine.State.SPENT]
    return sum(spent) if spent else None


def cost_items(
    inputs: Inputs, codes: list[str], shared: dict[str, tuple[str, ...]], origin: date
) -> tuple[CostItem, ...]:
    """Return what each initiative costs: what is spent is sure, the rest is not."""
    found, lines = [], lines_of(inputs)
    for code in codes:
        mine = lines.get(code, [])
        total = sum(one.amount_eur for one in mine)
        if total <= 0:
            continue
        spent = min(max(spent_of(mine) or 0.0, 0.0), total)
        left = total - spent
        low, high = ratios_of(inputs, code)
        law = Law(spent + left * low, total, spent + left * high, Shape.TRIANGULAR)
        found.append(CostItem(code, law, shared[code], by_year=_by_year(mine, total, origin)))
    return tuple(found)


def ratios_of(inputs: Inputs, code: str) -> tuple[float, float]:
    """Return the shares at best and at worst of what is left to spend."""
    own = inputs.known[code].cost
    if own is not None:
        return own.low_ratio, own.high_ratio
    return min(inputs.assumed.cost_low_ratio, 1.0), max(inputs.assumed.cost_high_ratio, 1.0)


def _by_year(lines: list[Cost], total: float, origin: date) -> tuple[float, ...]:
    """Return the shares of the cost by year from the origin; what is past counts in the first."""
    shares: dict[int, float] = defaultdict(float)
    for one in lines:
        days = (one.ends_on - one.starts_on).days
        for year in range(int((one.ends_on - origin).days // DAYS_PER_YEAR) + 1):
            low = max((one.starts_on - origin).days, year * DAYS_PER_YEAR if year else -1e9)
            high = min((one.ends_on - origin).days, (year + 1) * DAYS_PER_YEAR)
            if high > low:
                shares[year] += one.amount_eur * (high - low) / days
        if one.ends_on < origin:
            shares[0] += one.amount_eur
    return tuple(shares[year] / total for year in range(max(shares, default=0) + 1))


def benefit_items(inputs: Inputs, codes: list[str]) -> tuple[BenefitItem, ...]:
    """Return what each initiative is expected to bring once live."""
    found = []
    for code in codes:
        value = inputs.means.values.get(code)
        if value is None or value.value_eur_per_year is None:
            continue
        ramp = value.ramp_weeks * DAYS_PER_WEEK
        found.append(BenefitItem(code, live_id(code), value.value_eur_per_year, ramp))
    return tuple(found)
