"""What is known while an import is planned: rows of the tables, and rows still to be made."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from django.db import models
from rapidfuzz import fuzz, process

from orchestre.exchange.targets import TARGETS, Target
from orchestre.journal.rows import plain
from orchestre.kernel.text import fold

Action = Literal["created", "changed", "unchanged", "deleted"]
NEAR_ENOUGH = 70


@dataclass(frozen=True)
class FieldDiff:
    """One field of one row, from what it was to what it becomes."""

    attname: str
    label: str
    before: Any
    after: Any


@dataclass(eq=False)
class PlannedRow:
    """One row of a table as the import will leave it; references may point to planned rows."""

    kind: str
    label: str
    sheet: str = ""
    row: int | None = None
    action: Action = "created"
    stored: models.Model | None = None
    values: dict[str, Any] = field(default_factory=dict)
    diffs: list[FieldDiff] = field(default_factory=list)

    @property
    def pk(self) -> int | None:
        """Return the key of the stored row, once there is one."""
        return None if self.stored is None else self.stored.pk


class Book:
    """The rows of one table, stored and planned, found by id, code, name or natural key."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.rows: list[PlannedRow] = []
        self.by_pk: dict[int, PlannedRow] = {}
        self.by_code: dict[str, PlannedRow] = {}
        self.by_name: dict[str, PlannedRow] = {}
        self.by_key: dict[tuple[Any, ...], PlannedRow] = {}
        self.ambiguous: set[str] = set()
        self.names: dict[str, str] = {}
        self.touched: set[int] = set()

    def load(self, stored: list[models.Model]) -> None:
        """Take in what the table holds."""
        for instance in stored:
            known = PlannedRow(self.target.kind, str(instance), action="unchanged", stored=instance)
            self.by_pk[instance.pk] = known
            self.index(known, vars(instance))

    def index(self, row: PlannedRow, values: dict[str, Any]) -> None:
        """Make a row findable by what it is called."""
        self.rows.append(row)
        code = str(values.get("code") or "")
        if code:
            self.by_code.setdefault(fold(code), row)
        name = str(values.get("title") or values.get("name") or "")
        if name:
            key = fold(name)
            if self.by_name.setdefault(key, row) is not row:
                self.ambiguous.add(key)
            self.names.setdefault(key, name)

    def find(self, text: str) -> PlannedRow | None:
        """Find by code, then by name, as people write either; of two like names, the exact one."""
        key = fold(text)
        found = self.by_code.get(key) or self.by_name.get(key)
        if key in self.ambiguous and key not in self.by_code:
            exact = (row for row in self.rows if row.label == text.strip())
            return next(exact, found)
        return found

    def nearest(self, text: str) -> str:
        """Return the name that looks most like a text, empty when none does."""
        best = process.extractOne(
            fold(text), list(self.names), scorer=fuzz.token_sort_ratio, score_cutoff=NEAR_ENOUGH
        )
        return self.names[best[0]] if best else ""


class Ledger:
    """Every table that the import may read or write."""

    def __init__(self, kinds: set[str]) -> None:
        self.books = {kind: Book(TARGETS[kind]) for kind in TARGETS}
        for kind in kinds:
            manager = TARGETS[kind].model._default_manager  # noqa: SLF001 - Django's documented API
            joins = {
                "milestones": ("initiative",),
                "impacts": ("initiative", "population"),
                "contributions": ("initiative", "objective"),
                "effects": ("initiative", "indicator"),
                "dependencies": ("predecessor", "successor"),
                "capacity": ("unit",),
            }.get(kind, ())
            self.books[kind].load(list(manager.select_related(*joins).order_by("pk")))
        self._natural_keys(kinds)

    def _natural_keys(self, kinds: set[str]) -> None:
        for kind in kinds:
            book = self.books[kind]
            for row in book.rows:
                key = natural_key(kind, vars(row.stored), self)
                if key is not None:
                    book.by_key.setdefault(key, row)

    def row_of(self, kind: str, reference: object) -> PlannedRow | None:
        """Return the planned row that a stored reference points to."""
        if isinstance(reference, PlannedRow):
            return reference
        return self.books[kind].by_pk.get(reference) if isinstance(reference, int) else None

    def rows(self) -> dict[str, list[PlannedRow]]:
        """Return every row that the file names, by table."""
        found: dict[str, list[PlannedRow]] = defaultdict(list)
        for kind, book in self.books.items():
            found[kind] = [row for row in book.rows if id(row) in book.touched]
        return found


NATURAL: dict[str, tuple[str, ...]] = {
    "milestones": ("initiative_id", "name"),
    "impacts": ("initiative_id", "population_id"),
    "activities": ("initiative_id", "population_id", "kind", "name", "starts_on"),
    "dependencies": ("predecessor_id", "successor_id", "kind", "what"),
    "capacity": ("unit_id",),
    "periods": ("unit_id", "kind", "name", "starts_on"),
    "contributions": ("initiative_id", "objective_id"),
    "effects": ("initiative_id", "indicator_id"),
}


def natural_key(kind: str, values: dict[str, Any], ledger: Ledger) -> tuple[Any, ...] | None:
    """Return what tells a row of a table without code or title from the others."""
    names = NATURAL.get(kind)
    if names is None:
        return None
    references = dict(TARGETS[kind].references.values())
    parts: list[Any] = []
    for name in names:
        value = values.get(name)
        if name in references:
            row = ledger.row_of(references[name], value)
            parts.append(id(row) if row is not None else None)
        else:
            parts.append(fold(value) if isinstance(value, str) else value)
    return tuple(parts)


def comparable(value: object) -> object:
    """Return a value in the form in which two of them are compared."""
    if isinstance(value, PlannedRow):
        return ("row", id(value) if value.pk is None else value.pk)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float | Decimal):
        return round(float(value), 6)
    return value.strip() if isinstance(value, str) else plain(value)
