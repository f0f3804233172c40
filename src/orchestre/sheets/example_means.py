"""The means of the worked example: roles, what is asked of them, money, worth.

Texts are written `français | English`. Architects are short in March and April 2027, and nobody
said how many lawyers can be given: both are there to be seen.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

# fmt: off
_ROLES = (
    ("RO-01", "Architectes | Architects", "DSI", 2.0, "2026-09-01", "2027-08-31"),
    ("RO-01", "Architectes | Architects", "DSI", 3.0, "2027-09-01", "2028-08-31"),
    ("RO-02", "Formateurs | Trainers", "DRH", 3.0, "2026-09-01", "2028-08-31"),
    ("RO-03", "Chefs de projet | Project managers", "", 6.0, "2026-09-01", "2028-08-31"),
    ("RO-04", "Juristes | Lawyers", "", None, "", ""),
)
_DEMANDS = (
    ("ERP2", "Architectes | Architects", 1.0, "2026-09-01", "2027-04-30"),
    ("CRM", "Architectes | Architects", 1.0, "2026-11-01", "2027-06-30"),
    ("DONNEES", "Architectes | Architects", 0.5, "2027-03-01", "2027-09-30"),
    ("SIRH", "Formateurs | Trainers", 1.0, "2027-02-01", "2027-06-30"),
    ("CRM", "Formateurs | Trainers", 1.5, "2027-03-01", "2027-06-30"),
    ("FACT", "Chefs de projet | Project managers", 1.0, "2026-09-01", "2027-09-30"),
    ("CRM", "Chefs de projet | Project managers", 2.0, "2026-09-01", "2027-10-31"),
    ("PLATEAU", "Juristes | Lawyers", 0.5, "2026-11-02", "2027-03-31"),
)
_COSTS = (
    ("ERP2", "Licences | Licences", 400_000, "2026-06-01", "2026-12-31", "capex", "spent"),
    ("ERP2", "Intégration | Integration", 1_300_000, "2027-01-01", "2027-06-30", "capex",
     "committed"),
    ("ERP2", "Formation | Training", 200_000, "2027-03-01", "2027-06-30", "opex", "planned"),
    ("FACT", "Plateforme | Platform", 850_000, "2026-03-02", "2027-09-30", "opex", "planned"),
)
_ENVELOPES = (
    ("Transformation 2027 | Transformation 2027", 4_000_000, "2027-01-01", "2027-12-31"),
)
# initiative, value a year, weeks of ramp, cost of a week of delay
_WORTH = {
    "FACT": (180_000, 8, 6_000),
    "ERP2": (None, None, 12_000),
    "CRM": (900_000, 26, 16_000),
    "SIRH": (240_000, 12, None),
    "PREST": (1_500_000, 40, 25_000),
}
# fmt: on


def _on(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def means_rows(say: Callable[[str], str]) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of the four sheets in a language."""
    return {
        "roles": [
            {
                "role": say(name),
                "code": code,
                "unit": unit,
                "fte": fte,
                "starts_on": _on(first),
                "ends_on": _on(last),
                "provenance": "declared" if fte else None,
            }
            for code, name, unit, fte, first, last in _ROLES
        ],
        "demands": [
            {
                "initiative": code,
                "role": say(role),
                "fte": fte,
                "starts_on": _on(first),
                "ends_on": _on(last),
                "provenance": "declared",
            }
            for code, role, fte, first, last in _DEMANDS
        ],
        "costs": [
            {
                "initiative": code,
                "name": say(name),
                "amount_eur": amount,
                "starts_on": _on(first),
                "ends_on": _on(last),
                "nature": nature,
                "state": state,
                "provenance": "declared",
            }
            for code, name, amount, first, last, nature, state in _COSTS
        ],
        "envelopes": [
            {
                "name": say(name),
                "amount_eur": amount,
                "starts_on": _on(first),
                "ends_on": _on(last),
            }
            for name, amount, first, last in _ENVELOPES
        ],
    }


def worth_of(code: str) -> dict[str, Any]:
    """Return what the example says that an initiative is worth."""
    value, ramp, delay = _WORTH.get(code, (None, None, None))
    return {
        "value_eur_per_year": value,
        "ramp_weeks": ramp,
        "delay_cost_eur_per_week": delay,
    }
