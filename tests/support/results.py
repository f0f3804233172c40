"""A benefit with one month declared by the lead, for the tests of pages and of the API."""

from __future__ import annotations

from datetime import date
from typing import Any

import cast
from orchestre.benefits.models import Benefit, Evidence, ValueLine
from orchestre.portfolio.models import Initiative

MONTH = date(2026, 1, 1)


def benefit(initiative: Initiative, code: str = "B-01", **values: Any) -> Benefit:
    """Create a benefit in euros with a dated baseline."""
    values = {
        "title": "Fewer paper letters",
        "baseline_value": 1000,
        "baseline_on": date(2025, 12, 1),
        "target_per_year": 1200,
    } | values
    return Benefit.objects.create(code=code, initiative=initiative, **values)


def world(initiative: Initiative) -> dict[str, Any]:
    """Return a benefit, a declared month and a piece of evidence, brought by nobody who tests."""
    author = cast.person("noam")
    made = benefit(initiative)
    return {
        "benefit": made,
        "value": ValueLine.objects.create(
            benefit=made, month_on=MONTH, planned=100, declared=80, declared_by=author
        ),
        "evidence": Evidence.objects.create(benefit=made, note="Invoices", author=author),
    }
