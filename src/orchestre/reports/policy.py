"""Who takes a report away as a file."""

from __future__ import annotations

from orchestre.access.reach import Person
from orchestre.exchange.policy import may_export
from orchestre.kernel.decisions import Decision


def may_download(person: Person) -> Decision:
    """Tell who downloads what he or she may see."""
    return may_export(person)
