"""What a former edition of the same source held and this one does not: told, never deleted."""

from __future__ import annotations

from orchestre.exchange.ledger import Ledger, PlannedRow
from orchestre.exchange.models import ImportSession
from orchestre.journal.models import Change
from orchestre.journal.rows import model_of
from orchestre.portfolio.models import Initiative
from orchestre.sheets.dataset import Dataset


def absent_from(dataset: Dataset, ledger: Ledger) -> list[PlannedRow]:
    """Return the initiatives of the same source that the file no longer names."""
    book = ledger.books["initiatives"]
    found = [row for row in book.rows if row.stored is not None and id(row) in book.touched]
    if not dataset.preset or not found:
        return []
    left = [row for row in book.rows if row.stored is not None and id(row) not in book.touched]
    if dataset.preset == "portfolio":
        return left
    known = set(
        Change.objects.filter(
            model=model_of(Initiative),
            operation=Change.Operation.CREATED,
            change_set__in=ImportSession.objects.filter(preset=dataset.preset).values("change_set"),
        ).values_list("object_id", flat=True)
    )
    return [row for row in left if row.pk in known]
