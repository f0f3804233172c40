"""Everything an import would do, before anything is written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from orchestre.exchange.ledger import PlannedRow
from orchestre.exchange.targets import TARGETS
from orchestre.sheets.dataset import Refusal
from orchestre.sheets.shapes import Notice

Place = tuple[str, int, str]


@dataclass
class ImportPlan:
    """Everything the import would do; nothing is written yet."""

    rows: dict[str, list[PlannedRow]]
    refused: list[Refusal] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    absent: list[PlannedRow] = field(default_factory=list)
    near: dict[Place, str] = field(default_factory=dict)
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def counts(self) -> dict[str, dict[str, int]]:
        """Count the rows by what happens to them, then by kind (singular)."""
        found: dict[str, dict[str, int]] = {
            action: {} for action in ("created", "changed", "unchanged", "deleted")
        }
        for kind, rows in self.rows.items():
            for action, number in Counter(row.action for row in rows).items():
                found[action][TARGETS[kind].model._meta.model_name or kind] = number  # noqa: SLF001 - Django's documented Meta API
        return found

    def writes(self) -> bool:
        """Tell whether applying would change anything."""
        return any(row.action != "unchanged" for rows in self.rows.values() for row in rows)

    def total(self) -> int:
        """Count the rows that the file names."""
        return sum(len(rows) for rows in self.rows.values())
