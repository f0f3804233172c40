"""What is known while an import is planned: rows of the tables, and rows still to be made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, Literal

from django.db import models
from rapidfuzz import fuzz, process

from orchestre.exchange.targets import TARGETS, Target
from orchestre.journal.rows import plain
from orchestre.kernel.text import fold
from orchestre.sheets.words import match_key

Action = Literal["created", "changed", "unchanged", "deleted"]
NEAR_ENOUGH = 70
WHOLE = "*"  # in the column “unit”: the whole organisation


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
    named_at: int | None = None  # the line of the file that describes it, once one does

    @property
    def pk(self) -> int | None:
        """Return the key of the stored row, once there is one."""
        return None if self.stored is None else self.stored.pk

    def value(self, attname: str) -> Any:  # noqa: ANN401 - any column of any table
        """Return what the row will hold: what is planned, else what is stored."""
        if attname in self.values:
            return self.values[attname]
        return None if self.stored is None else vars(self.stored).get(attname)


class Book:
    """The rows of one table, stored and planned, found by id, code, name or natural key."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.rows: list[PlannedRow] = []
        self.by_pk: dict[int, PlannedRow] = {}
        self.by_code: dict[str, PlannedRow] = {}
        self.codes: dict[str, list[PlannedRow]] = defaultdict(list)
        self.names: dict[str, list[PlannedRow]] = defaultdict(list)
        self.loose: dict[str, list[PlannedRow]] = defaultdict(list)
        self.by_key: dict[tuple[Any, ...], PlannedRow] = {}
        self.reserved: set[str] = set()  # codes of rows that the person may not see
        self.touched: set[int] = set()
        self._spelled: dict[str, str] = {}

    def load(self, stored: list[models.Model], hidden: Collection[int]) -> None:
        """Take in what the table holds; of what is hidden, only that the code is taken."""
        for instance in stored:
            if instance.pk in hidden:
                self.reserved.add(match_key(str(vars(instance).get("code") or "")))
                continue
            known = PlannedRow(self.target.kind, str(instance), action="unchanged", stored=instance)
            self.by_pk[instance.pk] = known
            self.index(known, vars(instance))

    def index(self, row: PlannedRow, values: dict[str, Any]) -> None:
        """Make a row findable by what it is called."""
        self.rows.append(row)
        code = str(values.get("code") or "").strip()
        if code:
            self.by_code.setdefault(code, row)
            self.codes[match_key(code)].append(row)
        name = str(values.get("title") or values.get("name") or "").strip()
        if name:
            self.names[match_key(name)].append(row)
            self._spelled.setdefault(fold(name), name)
            if fold(name):
                self.loose[fold(name)].append(row)

    def coded(self, code: str) -> PlannedRow | None:
        """Find by code: as written, else as spelled otherwise when only one is."""
        found = self.by_code.get(code.strip())
        if found is not None:
            return found
        like = self.codes.get(match_key(code), [])
        return like[0] if len(like) == 1 else None

    def has_code(self, code: str) -> bool:
        """Tell whether a code is taken, be it by a row that the person may not see."""
        key = match_key(code)
        return key in self.reserved or bool(self.codes.get(key))

    def find(self, text: str) -> PlannedRow | None:
        """Find by code, then by name, as people write either; nothing when two answer."""
        found = self.coded(text)
        if found is not None:
            return found
        named = self.names.get(match_key(text)) or self.loose.get(fold(text)) or []
        if len(named) == 1:
            return named[0]
        exact = [row for row in named if row.label == text.strip()]
        return exact[0] if len(exact) == 1 else None

    def known_names(self, most: int) -> tuple[str, ...]:
        """Return names that a cell may be corrected to, the first ones of a long list."""
        return tuple(sorted(self._spelled.values(), key=fold)[:most])

    def is_ambiguous(self, text: str) -> bool:
        """Tell whether a name belongs to several rows."""
        return len(self.names.get(match_key(text), [])) > 1

    def abbreviated(self, text: str) -> str:
        """Return the one name that a text shortens, as “Dir. Com.” “Direction commerciale”."""
        words = fold(text).split()
        if len(words) < 2:
            return ""
        found = [name for key, name in self._spelled.items() if _shortens(words, key)]
        return found[0] if len(found) == 1 else ""

    def nearest(self, text: str) -> str:
        """Return the name that looks most like a text, empty when none does."""
        best = process.extractOne(
            fold(text), list(self._spelled), scorer=fuzz.token_sort_ratio, score_cutoff=NEAR_ENOUGH
        )
        return self._spelled[best[0]] if best else ""


def _shortens(words: list[str], name: str) -> bool:
    """Tell whether each word begins the word of the same rank of a longer name."""
    parts = name.split()
    return len(parts) == len(words) and all(map(str.startswith, parts, words))


JOINS = {
    "milestones": ("initiative",),
    "impacts": ("initiative", "population"),
    "contributions": ("initiative", "objective"),
    "effects": ("initiative", "indicator"),
    "dependencies": ("predecessor", "successor"),
    "capacity": ("unit",),
    "worths": ("initiative",),
    "roles": ("role",),
    "demands": ("initiative", "role"),
    "costs": ("initiative",),
    "waves": ("initiative",),
    "wave_people": ("wave", "population"),
    "benefits": ("initiative",),
}


def _hidden(kind: str, stored: list[models.Model], initiatives: Collection[int]) -> Collection[int]:
    """Return the rows that a code must not find: what is hidden, and the benefits of it."""
    if kind == "benefits":
        return {row.pk for row in stored if vars(row)["initiative_id"] in initiatives}
    return initiatives if kind == "initiatives" else ()


class Ledger:
    """Every table that the import may read or write."""

    def __init__(self, hidden_initiatives: Collection[int] = ()) -> None:
        self.books = {kind: Book(TARGETS[kind]) for kind in TARGETS}
        for kind, book in self.books.items():
            manager = TARGETS[kind].model._default_manager  # noqa: SLF001 - Django's documented API
            stored = list(manager.select_related(*JOINS.get(kind, ())).order_by("pk"))
            book.load(stored, _hidden(kind, stored, hidden_initiatives))
        self._natural_keys()

    def _natural_keys(self) -> None:
        for kind, book in self.books.items():
            seen: dict[tuple[Any, ...], int] = defaultdict(int)
            for row in book.rows:
                key = natural_key(kind, vars(row.stored), self)
                if key is not None:
                    seen[key] += 1
                    book.by_key.setdefault((*key, seen[key]), row)

    def row_of(self, kind: str, reference: object) -> PlannedRow | None:
        """Return the planned row that a stored reference points to."""
        if isinstance(reference, PlannedRow):
            return reference
        return self.books[kind].by_pk.get(reference) if isinstance(reference, int) else None

    def rows(self) -> dict[str, list[PlannedRow]]:
        """Return every row that the file names, by table."""
        return {
            kind: [row for row in book.rows if id(row) in book.touched]
            for kind, book in self.books.items()
        }


NATURAL: dict[str, tuple[str, ...]] = {
    "milestones": ("initiative_id", "name"),
    "impacts": ("initiative_id", "population_id"),
    "activities": ("initiative_id", "population_id", "kind", "name", "starts_on"),
    "dependencies": ("predecessor_id", "successor_id", "kind", "what"),
    "capacity": ("unit_id",),
    "periods": ("unit_id", "kind", "name", "starts_on"),
    "contributions": ("initiative_id", "objective_id"),
    "effects": ("initiative_id", "indicator_id"),
    "worths": ("initiative_id",),
    "roles": ("role_id", "starts_on"),
    "demands": ("initiative_id", "role_id", "starts_on"),
    "costs": ("initiative_id", "name", "nature", "state", "starts_on"),
    "envelopes": ("name", "starts_on"),
    "waves": ("initiative_id", "name"),
    "wave_people": ("initiative_id", "population_id"),
}
REPEATABLE = {"milestones", "activities", "periods", "demands", "costs"}


@cache
def _defaults(kind: str) -> dict[str, object]:
    columns = TARGETS[kind].model._meta.concrete_fields  # noqa: SLF001 - Django's documented API
    return {
        f.attname: f.get_default()
        for f in columns
        if not f.is_relation and not (f.has_default() and callable(f.default))
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
            parts.append(id(row) if row is not None else value)
            continue
        if value is None:
            value = _defaults(kind).get(name)
        parts.append(match_key(value) if isinstance(value, str) else value)
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
