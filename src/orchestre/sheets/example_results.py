"""The waves and benefits of the worked example. Texts are written `français | English`."""

from collections.abc import Callable
from datetime import date
from typing import Any

# fmt: off
_WAVES = (
    ("CRM", "Lyon | Lyon", "2027-05-17", "CONSEIL-L"),
    ("CRM", "Nantes | Nantes", "2027-06-14", "CONSEIL-N"),
)
# code, initiative, title, owner, unit, kind, leaves a line, line, baseline, its date, its source,
# target, ramp, share, confidence
_BENEFITS = (
    ("B-01", "FACT", "Moins de factures saisies à la main | Fewer invoices keyed by hand",
     "Directrice comptable | Head of accounting", "DAF", "cashable", True,
     "Affranchissement et saisie | Postage and keying", 1_450_000, "2026-01-01",
     "Comptabilité analytique | Cost accounts", 620_000, 6, 1.0, 0.9),
    ("B-02", "CRM", "Appels traités plus vite | Calls handled faster",
     "Directeur de la relation adhérents | Head of member relations", "DRC", "non_cashable",
     False, "Temps de traitement | Handling time", 2_300_000, "2026-06-01",
     "Échantillon de 200 appels | Sample of 200 calls", 300_000, 3, 0.5, 0.8),
)
# fmt: on


def results_rows(say: Callable[[str], str]) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of the two sheets in a language."""
    names = (
        "code", "initiative", "title", "owner", "unit", "kind", "hard", "budget_line",
        "baseline_value", "baseline_on", "baseline_source", "target_per_year", "ramp_months",
        "attribution_ratio", "confidence_ratio",
    )  # fmt: skip
    benefits = []
    for row in _BENEFITS:
        told: dict[str, Any] = dict(zip(names, row, strict=True))
        texts = {name: say(told[name]) for name in ("title", "owner", "budget_line")}
        texts["baseline_source"] = say(told["baseline_source"])
        day = date.fromisoformat(told["baseline_on"])
        fixed = {"baseline_on": day, "recurrence": "yearly", "anchor": "go_live", "measure": "€"}
        benefits.append(told | texts | fixed)
    return {
        "waves": [
            {
                "initiative": code,
                "name": say(name),
                "go_live_on": date.fromisoformat(day),
                "populations": (people,),
            }
            for code, name, day, people in _WAVES
        ],
        "benefits": benefits,
    }
