"""From records to a plan: what would be created, changed cell by cell, left as it is, refused."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from orchestre.exchange.implied import (
    completed,
    is_needed,
    mapped_fields,
    parents_first,
    texts,
    without_custom,
)
from orchestre.exchange.ledger import FieldDiff, Ledger, PlannedRow, comparable, natural_key
from orchestre.exchange.targets import (
    ORDER,
    TARGETS,
    Target,
    empty_value,
    label_of_field,
    stored_value,
)
from orchestre.kernel.text import fold, slug_code
from orchestre.sheets.dataset import Dataset, Record, Refusal
from orchestre.sheets.shapes import Notice

OWN_WORKBOOK = "portfolio"
EVERY_KIND = set(ORDER)


@dataclass
class ImportPlan:
    """Everything the import would do; nothing is written yet."""

    rows: dict[str, list[PlannedRow]]
    refused: list[Refusal] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    absent: list[PlannedRow] = field(default_factory=list)

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


def plan(dataset: Dataset) -> ImportPlan:
    """Compare a data set with the tables."""
    return _Planner(dataset).run()


class _Planner:
    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.ledger = Ledger(EVERY_KIND)
        self.refused = list(dataset.refused)
        self.notices = list(dataset.notices)
        self.own = dataset.preset == OWN_WORKBOOK
        self.columns = mapped_fields(dataset)
        self.unreadable = {(r.sheet, r.row, r.field) for r in dataset.refused}
        self.implicit: Counter[str] = Counter()

    def run(self) -> ImportPlan:
        for kind in ("units", "populations", "objectives", "initiatives"):
            self._kind(kind)
        for kind in ("milestones", "impacts", "activities", "dependencies", "capacity", "periods"):
            self._kind(kind)
        self._say_implicit()
        rows = {kind: list(found) for kind, found in self.ledger.rows().items()}
        return ImportPlan(rows, self.refused, self.notices, self._absent(rows))

    def _kind(self, kind: str) -> None:
        records = self.dataset.records.get(kind, ())
        for record in records if kind != "units" else parents_first(records):
            self._record(kind, record)

    def _record(self, kind: str, record: Record) -> None:
        target = TARGETS[kind]
        values = self._values(target, record)
        if values is None:
            return
        row = self._match(kind, record, values)
        if row is None:
            row = self._new(target, record, values)
        else:
            self._compare(target, record, row, values)
        self.ledger.books[kind].touched.add(id(row))
        if kind == "initiatives":
            self._links(record, row)
        elif kind == "objectives" and record.values.get("indicator"):
            self._indicator(record, row)

    def _values(self, target: Target, record: Record) -> dict[str, Any] | None:
        given = completed(target.kind, record.values)
        values: dict[str, Any] = {}
        for code, (attname, kind) in target.references.items():
            text = str(given.get(code) or "")
            if not text:
                continue
            row = self._reference(kind, text, record, code)
            if row is None and is_needed(target, attname):
                return None
            if row is not None:
                values[attname] = row
        for code, attname in target.stored.items():
            if code in given:
                values[attname] = stored_value(target, code, given[code])
        if self.own and record.values.get("id"):
            self._clear(target, record, values)
        return values

    def _clear(self, target: Target, record: Record, values: dict[str, Any]) -> None:
        emptied = self.columns.get(target.kind, set()) - set(record.values)
        for code in emptied:
            if (record.sheet, record.row, code) in self.unreadable:
                continue
            attname = target.stored.get(code) or target.references.get(code, ("", ""))[0]
            if attname and attname not in values and attname not in {"code", "title", "name"}:
                values[attname] = empty_value(target, attname)

    def _reference(self, kind: str, text: str, record: Record, code: str) -> PlannedRow | None:
        book = self.ledger.books[kind]
        row = book.find(text)
        if row is not None:
            return row
        if self._may_make(kind):
            return self._make(kind, text, record)
        near = book.nearest(text)
        reason = (
            _("“%(value)s” does not exist. Did you mean “%(near)s”?")
            % {"value": text, "near": near}
            if near
            else _("“%(value)s” does not exist here nor in the file. Add it, or correct the name.")
            % {"value": text}
        )
        self._refuse(record, code, text, reason)
        return None

    def _may_make(self, kind: str) -> bool:
        """Units, populations and programmes that the file only names are made of their name."""
        if kind in {"programmes", "indicators"}:
            return True
        if kind in {"units", "populations", "objectives"}:
            return not self.dataset.records.get(kind)
        return False

    def _make(self, kind: str, text: str, record: Record) -> PlannedRow:
        name = "title" if kind == "objectives" else "name"
        values: dict[str, Any] = {name: text.strip(), "code": self._free_code(kind, text)}
        row = self._plan(kind, values, record)
        self.implicit[kind] += 1
        if kind == "units" and not self.dataset.records.get("populations"):
            people = {"name": text.strip(), "unit_id": row, "kind": "unit"}
            if self.ledger.books["populations"].find(text) is None:
                people["code"] = self._free_code("populations", text)
                self._plan("populations", people, record)
                self.implicit["populations"] += 1
        return row

    def _plan(self, kind: str, values: dict[str, Any], record: Record | None) -> PlannedRow:
        row = PlannedRow(
            kind,
            str(values.get("title") or values.get("name") or values.get("code") or ""),
            sheet=record.sheet if record else "",
            row=record.row if record else None,
            values=values,
        )
        book = self.ledger.books[kind]
        book.index(row, values)
        book.touched.add(id(row))
        return row

    def _match(self, kind: str, record: Record, values: dict[str, Any]) -> PlannedRow | None:
        book = self.ledger.books[kind]
        identity = str(record.values.get("id") or "")
        if identity.isdigit() and int(identity) in book.by_pk:
            return book.by_pk[int(identity)]
        key = natural_key(kind, values, self.ledger)
        if key is not None:
            return book.by_key.get(key)
        code = str(values.get("code") or "")
        if code:
            return book.by_code.get(fold(code))
        name = str(values.get("title") or values.get("name") or "")
        folded = fold(name)
        return None if folded in book.ambiguous else book.by_name.get(folded)

    def _new(self, target: Target, record: Record, values: dict[str, Any]) -> PlannedRow:
        name = str(values.get("title") or values.get("name") or "")
        if "code" in target.stored.values() and not values.get("code"):
            values["code"] = self._free_code(target.kind, name)
        if record.custom:
            values["custom"] = dict(record.custom)
        if target.kind == "initiatives":
            for end in ("starts_on", "ends_on"):
                if values.get(end):
                    values[f"baseline_{end}"] = values[end]
        row = self._plan(target.kind, values, record)
        row.label = name or self._described(target, values)
        key = natural_key(target.kind, values, self.ledger)
        if key is not None:
            self.ledger.books[target.kind].by_key[key] = row
        return row

    def _described(self, target: Target, values: dict[str, Any]) -> str:
        parts = [
            row.label
            for attname, kind in target.references.values()
            if (row := self.ledger.row_of(kind, values.get(attname))) is not None
        ]
        return " → ".join(parts) or str(target.model._meta.verbose_name)  # noqa: SLF001 - Django's documented Meta API

    def _compare(
        self, target: Target, record: Record, row: PlannedRow, values: dict[str, Any]
    ) -> None:
        row.sheet, row.row = record.sheet, record.row
        if row.stored is None:
            row.values.update(values)  # named twice in the file: the last one stands
            return
        current = vars(row.stored)
        if record.custom:
            values["custom"] = {**(current.get("custom") or {}), **record.custom}
        for attname, value in values.items():
            before = current.get(attname)
            kind = dict(target.references.values()).get(attname)
            was = self.ledger.row_of(kind, before) if kind else before
            now = self.ledger.row_of(kind, value) if kind else value
            if comparable(was) == comparable(now):
                continue
            row.values[attname] = value
            row.diffs.append(FieldDiff(attname, label_of_field(target, attname), was, now))
        if row.values:
            row.action = "changed"

    def _links(self, record: Record, row: PlannedRow) -> None:
        given = record.values
        for text in texts(given.get("objectives")):
            objective = self._reference("objectives", text, record, "objectives")
            if objective is not None:
                self._link(
                    "contributions", {"initiative_id": row, "objective_id": objective}, record
                )
        for direction in ("up", "down"):
            for text in texts(given.get(f"indicators_{direction}")):
                indicator = self._reference("indicators", text, record, f"indicators_{direction}")
                if indicator is not None:
                    values = {
                        "initiative_id": row,
                        "indicator_id": indicator,
                        "direction": direction,
                    }
                    self._link("effects", values, record)
        self._unlink(record, row)

    def _link(self, kind: str, values: dict[str, Any], record: Record) -> None:
        known = self.ledger.books[kind].by_key.get(natural_key(kind, values, self.ledger) or ())
        if known is None:
            self._new(TARGETS[kind], without_custom(record), values)
        else:
            self._compare(TARGETS[kind], without_custom(record), known, values)
            self.ledger.books[kind].touched.add(id(known))

    def _unlink(self, record: Record, row: PlannedRow) -> None:
        """In our own workbook, a link that is no longer written is a link removed."""
        if not self.own or row.stored is None:
            return
        for kind, codes in (
            ("contributions", {"objectives"}),
            ("effects", {"indicators_up", "indicators_down"}),
        ):
            if not codes & self.columns.get("initiatives", set()):
                continue
            book = self.ledger.books[kind]
            for link in book.rows:
                owned = link.stored is not None and vars(link.stored)["initiative_id"] == row.pk
                if owned and id(link) not in book.touched:
                    link.action = "deleted"
                    link.sheet, link.row = record.sheet, record.row
                    book.touched.add(id(link))

    def _indicator(self, record: Record, objective: PlannedRow) -> None:
        name = str(record.values["indicator"])
        direction = str(record.values.get("direction") or "up")
        known = self.ledger.books["indicators"].find(name)
        values: dict[str, Any] = {"name": name, "direction": direction}
        if known is None:
            values["code"] = self._free_code("indicators", name)
            values["objective_id"] = objective
            self._plan("indicators", values, record)
        else:
            self._compare(TARGETS["indicators"], without_custom(record), known, values)
            self.ledger.books["indicators"].touched.add(id(known))

    def _free_code(self, kind: str, name: str) -> str:
        taken = self.ledger.books[kind].by_code
        if kind == "initiatives":
            numbers = [int(code[3:]) for code in taken if code[:3] == "in " and code[3:].isdigit()]
            return f"IN-{max(numbers, default=0) + 1:03}"
        stem = slug_code(name) or kind.upper()[:3]
        if fold(stem) not in taken:
            return stem
        return next(
            f"{stem}-{n}" for n in range(2, len(taken) + 3) if fold(f"{stem}-{n}") not in taken
        )

    def _refuse(self, record: Record, code: str, value: str, reason: str) -> None:
        self.refused.append(
            Refusal(record.sheet, record.row, self._header(record.kind, code), value, reason, code)
        )

    def _header(self, kind: str, code: str) -> str:
        for sheet in self.dataset.mapping.sheets:
            for column in sheet.columns:
                if sheet.kind == kind and column.target.removesuffix("+custom") == code:
                    return column.header
        return code

    def _say_implicit(self) -> None:
        for kind, number in self.implicit.items():
            words = TARGETS[kind].model._meta.verbose_name_plural  # noqa: SLF001 - Django's documented Meta API
            message = _("%(number)s %(things)s are only named in the file: created with that name.")
            self.notices.append(Notice("implicit", message % {"number": number, "things": words}))

    def _absent(self, rows: dict[str, list[PlannedRow]]) -> list[PlannedRow]:
        """Initiatives that a former edition of the same source held and this one does not."""
        if not self.dataset.preset or not self.dataset.records.get("initiatives"):
            return []
        named = {id(row) for row in rows["initiatives"]}
        if not any(row.stored is not None for row in rows["initiatives"]):
            return []
        return [row for row in self.ledger.books["initiatives"].rows if id(row) not in named]
