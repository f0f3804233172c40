"""The kept data that a report reads, limited to what one person sees."""

from __future__ import annotations

from dataclasses import dataclass

from orchestre.access.reach import Person
from orchestre.interactions import policy as interactions
from orchestre.interactions.models import Finding
from orchestre.interactions.queries import OPEN, ranked, with_parts
from orchestre.portfolio import policy as portfolio
from orchestre.portfolio.models import Initiative


@dataclass(frozen=True)
class OpenFindings:
    """The heaviest open findings, and how many more there are."""

    rows: list[Finding]
    left_out: int


def live_initiatives(person: Person) -> int:
    """Count the visible initiatives that are neither archived nor stopped."""
    rows = portfolio.visible_to(person).filter(archived_at=None)
    return rows.exclude(stage=Initiative.Stage.STOPPED).count()


def open_findings(person: Person, most: int) -> OpenFindings:
    """Return the open findings between initiatives that a person may read."""
    rows = interactions.visible_to(person).filter(present=True, state__in=OPEN)
    rows = rows.exclude(kind=Finding.Kind.OVERLOAD).distinct()
    found = list(with_parts(ranked(rows))[:most])
    total = rows.count() if len(found) == most else len(found)
    return OpenFindings(found, total - len(found))
