"""Scenarios of the demo organisation: two shared drafts, and the plan of record before this one.

They belong to nobody: the demo is loaded before anybody has an account.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby

from django.utils import timezone

from orchestre.demo.rules import table
from orchestre.journal import queries as journal
from orchestre.portfolio.models import Initiative
from orchestre.sequencing.models import Override, Plan, Scenario
from orchestre.sequencing.rules.edits import Edit
from orchestre.sequencing.services import plans
from orchestre.sequencing.services.live import Live, afresh

FORMER_DAYS = 120
NOW = {"fr": "Plan en vigueur", "en": "Plan in force"}
DECISIONS = {
    "fr": "Le COMEX étale les agences sur l’hiver et garde le reste.",
    "en": "The executive committee spreads the branches over the winter and keeps the rest.",
}
Row = dict[str, str]


def load(language: str) -> None:
    """Write the drafts and the two plans of record, measured on the demo as it stands."""
    rows = table("scenarios")
    there = afresh()
    plan = _plans(language, there, [row for row in rows if row["kind"] == "former"])
    drafts = [row for row in rows if row["kind"] == "draft"]
    for _key, some in groupby(drafts, key=lambda row: row["key"]):
        _draft(language, plan, list(some))


def _draft(language: str, plan: Plan, rows: list[Row]) -> None:
    made = Scenario.objects.create(
        name=rows[0][f"name_{language}"],
        why=rows[0][f"why_{language}"],
        state=Scenario.State.SHARED,
        shared_at=timezone.now(),
        based_on_plan=plan,
        based_on_act=journal.last_act(),
    )
    for row in rows:
        Override.objects.create(
            scenario=made,
            initiative=Initiative.objects.get(code=row["code"]),
            shift_days=int(row["weeks"]) * 7 if row["weeks"] else None,
            included=not row["stopped"],
        )


def _plans(language: str, there: Live, rows: list[Row]) -> Plan:
    now = timezone.now()
    then = now - timedelta(days=FORMER_DAYS)
    edits = {row["code"]: Edit(shift_days=int(row["weeks"]) * 7) for row in rows}
    former = plans.to_bytes(plans.content(there, edits))
    current = plans.to_bytes(plans.content(there))
    Plan.objects.create(
        number=1,
        name=rows[0][f"name_{language}"],
        content=former,
        fingerprint=plans.digest(former),
        decision=rows[0][f"why_{language}"],
        published_at=then,
        superseded_at=now,
    )
    return Plan.objects.create(
        number=2,
        name=NOW[language],
        content=current,
        fingerprint=plans.digest(current),
        decision=DECISIONS[language],
        published_at=now,
    )
