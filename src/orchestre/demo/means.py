"""Roles, demands, costs, envelopes and worth of the demo organisation.

Planted: architects are short in the month when three designs fall together, and nobody said how
many data experts can be given. Some initiatives stay silent: they ask and are worth nothing known.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from orchestre.demo.rules import Teller, Values

SHORT_ROLE, SILENT_ROLE = "RO-01", "RO-10"


def records(teller: Teller, table: list[dict[str, str]], kind: str) -> list[Values]:
    """Return the rows of one sheet."""
    tell = {"roles": _role, "demands": _demand, "costs": _cost, "envelopes": _envelope}[kind]
    return [tell(teller, row) for row in table]


def worth_of(teller: Teller, row: dict[str, str] | None) -> Values:
    """Return what an initiative is said to be worth; nothing where nobody said."""
    if row is None:
        return {}
    return {
        "value_eur_per_year": _thousands(row["value_k"]),
        "ramp_weeks": int(row["ramp"]),
        "delay_cost_eur_per_week": _thousands(row["delay_k"]),
        "worth_method": teller.text(row, "method"),
    }


def _thousands(text: str) -> Decimal | None:
    return Decimal(text) * 1000 if text else None


def _span(teller: Teller, row: dict[str, str]) -> Values:
    if not row["start"]:
        return {}
    starts_on = teller.day(row["start"])
    return {"starts_on": starts_on, "ends_on": starts_on + timedelta(weeks=int(row["weeks"]))}


def _role(teller: Teller, row: dict[str, str]) -> Values:
    return {
        "role": teller.text(row, "name"),
        "code": row["code"],
        "unit": row["unit"],
        "fte": float(row["fte"]) if row["fte"] else None,
        **_span(teller, row),
    }


def _demand(teller: Teller, row: dict[str, str]) -> Values:
    return {
        "initiative": row["initiative"],
        "role": row["role"],
        "fte": float(row["fte"]),
        **_span(teller, row),
    }


def _cost(teller: Teller, row: dict[str, str]) -> Values:
    return {
        "initiative": row["initiative"],
        "name": teller.text(row, "name"),
        "amount_eur": _thousands(row["amount_k"]),
        "nature": row["nature"],
        "state": row["state"],
        **_span(teller, row),
    }


def _envelope(teller: Teller, row: dict[str, str]) -> Values:
    year = teller.day("12").year + int(row["year"])
    return {
        "name": f"{teller.text(row, 'name')} {year}",
        "programme": teller.programmes().get(row["programme"], ""),
        "amount_eur": _thousands(row["amount_k"]),
        "starts_on": date(year, 1, 1),
        "ends_on": date(year + 1, 1, 1),
    }
