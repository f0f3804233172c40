"""What one initiative claims, in its own tab."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from orchestre.access.reach import Person
from orchestre.benefits import policy, queries
from orchestre.benefits.presenters.page import benefits_table, sentence
from orchestre.portfolio.models import Initiative
from orchestre.ui.tables import DataTable


@dataclass(frozen=True)
class InitiativeResults:
    """What the tab shows."""

    sentence: str
    table: DataTable | None
    may_claim: bool


def build(person: Person, initiative: Initiative) -> InitiativeResults:
    """Assemble the tab for one person."""
    held = queries.with_parts(policy.visible_to(person).filter(initiative=initiative))
    today = timezone.localdate()
    return InitiativeResults(
        sentence=sentence(queries.summary(held, today)) if held else "",
        table=benefits_table(held, today) if held else None,
        may_claim=bool(policy.may_claim(person, initiative)),
    )
