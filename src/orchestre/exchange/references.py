"""What cells name: found, made of its name when the file only names it, else refused."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.utils.translation import gettext as _

from orchestre.exchange.constraints import objections
from orchestre.exchange.ledger import Ledger, PlannedRow
from orchestre.exchange.naming import Codes
from orchestre.exchange.plans import Place
from orchestre.exchange.targets import TARGETS
from orchestre.exchange.wording import counted, model_name
from orchestre.sheets.dataset import Dataset, Record, Refusal
from orchestre.sheets.shapes import Notice


class Refusals:
    """The cells that are refused, with their column as the file calls it."""

    def __init__(self, dataset: Dataset) -> None:
        self.all = list(dataset.refused)
        self.near: dict[Place, str] = {}
        self.places = {(r.sheet, r.row, r.field) for r in dataset.refused}
        self._headers = {
            (sheet.kind, column.target.removesuffix("+custom")): column.header
            for sheet in reversed(dataset.mapping.sheets)
            for column in reversed(sheet.columns)
        }

    def header(self, kind: str, code: str) -> str:
        """Return what the file calls a field."""
        return self._headers.get((kind, code), code)

    def refuse(self, record: Record, code: str, value: str, reason: str) -> None:
        """Leave a cell, or a line, out of the import."""
        self.places.add((record.sheet, record.row, code))
        header = self.header(record.kind, code)
        self.all.append(Refusal(record.sheet, record.row, header, value, reason, code))

    def has(self, record: Record, code: str) -> bool:
        """Tell whether a cell is refused."""
        return (record.sheet, record.row, code) in self.places


class References:
    """Finds what cells name; units, populations and programmes may be made of their name."""

    def __init__(self, dataset: Dataset, ledger: Ledger, refusals: Refusals) -> None:
        self.dataset, self.ledger, self.refusals = dataset, ledger, refusals
        self.codes = Codes(ledger)
        self.implicit: Counter[str] = Counter()

    def find(self, kind: str, text: str, record: Record, code: str) -> PlannedRow | None:
        book = self.ledger.books[kind]
        row = book.find(text)
        if row is not None:
            return row
        if book.is_ambiguous(text):
            reason = _("Several are called “%(name)s”: write the code.") % {"name": text}
            self.refusals.refuse(record, code, text, reason)
            return None
        near = book.abbreviated(text)
        if self._may_make(kind) and not near:
            return self._make(kind, text, record, code)
        near = near or book.nearest(text)
        if near:
            self.refusals.near[record.sheet, record.row, code] = near
            reason = _("“%(value)s” does not exist. Did you mean “%(near)s”?")
        else:
            reason = _(
                "“%(value)s” does not exist here nor in the file. Add it, or correct the name."
            )
        self.refusals.refuse(record, code, text, reason % {"value": text, "near": near})
        return None

    def _may_make(self, kind: str) -> bool:
        """Units, populations and programmes that the file only names are made of their name."""
        if kind in {"programmes", "indicators"}:
            return True
        sheet = {"trades": "roles"}.get(kind, kind)
        named = {"units", "populations", "objectives", "trades"}
        return kind in named and not self.dataset.records.get(sheet)

    def _make(self, kind: str, text: str, record: Record, code: str) -> PlannedRow | None:
        name = "title" if kind == "objectives" else "name"
        values: dict[str, Any] = {name: text.strip()}
        for wrong in objections(TARGETS[kind], values, None):
            self.refusals.refuse(record, code, wrong.value, wrong.reason)
            return None
        values["code"] = self.codes.free(kind, text)
        row = self.plan(kind, values, record)
        self.implicit[kind] += 1
        if kind == "units" and not self.dataset.records.get("populations"):
            people = {"name": text.strip(), "unit_id": row, "kind": "unit"}
            if not self.ledger.books["populations"].find(text):
                people["code"] = self.codes.free("populations", text)
                self.plan("populations", people, record)
                self.implicit["populations"] += 1
        return row

    def plan(self, kind: str, values: dict[str, Any], record: Record) -> PlannedRow:
        """Plan a new row, which other cells may name from now on."""
        label = str(values.get("title") or values.get("name") or values.get("code") or "")
        row = PlannedRow(kind, label, sheet=record.sheet, row=record.row, values=values)
        book = self.ledger.books[kind]
        book.index(row, values)
        book.touched.add(id(row))
        return row

    def notices(self) -> list[Notice]:
        """Say what was made of its name."""
        told = []
        for kind, number in self.implicit.items():
            message = _("Only named in the file, so created with that name: %(things)s.")
            things = counted(model_name(kind), number)
            told.append(Notice("implicit", message % {"things": things}))
        return told
