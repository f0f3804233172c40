"""What an initiative serves and pushes, and the measure of an objective."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from orchestre.exchange.constraints import objections
from orchestre.exchange.implied import texts, without_custom
from orchestre.exchange.ledger import PlannedRow, natural_key
from orchestre.exchange.targets import TARGETS
from orchestre.sheets.dataset import Record

if TYPE_CHECKING:
    from orchestre.exchange.planning import Planner


class Links:
    """The rows that stand between an initiative and its objectives and indicators."""

    def __init__(self, planner: Planner) -> None:
        self.planner = planner
        self.ledger, self.refusals = planner.ledger, planner.refusals
        self.of: dict[tuple[str, int], list[PlannedRow]] = defaultdict(list)
        for kind in ("contributions", "effects"):
            for link in self.ledger.books[kind].rows:
                self.of[kind, link.value("initiative_id")].append(link)

    def take(self, record: Record, row: PlannedRow) -> None:
        """Plan the links that a line writes, and the end of those it no longer writes."""
        given = record.values
        for text in texts(given.get("objectives")):
            one = self.planner.references.find("objectives", text, record, "objectives")
            if one is not None:
                self._link("contributions", {"initiative_id": row, "objective_id": one}, record)
        for way in ("up", "down"):
            for text in texts(given.get(f"indicators_{way}")):
                one = self.planner.references.find("indicators", text, record, f"indicators_{way}")
                if one is not None:
                    values = {"initiative_id": row, "indicator_id": one, "direction": way}
                    self._link("effects", values, record)
        self._unlink(record, row)

    def _link(self, kind: str, values: dict[str, Any], record: Record) -> None:
        book = self.ledger.books[kind]
        key = natural_key(kind, values, self.ledger) or ()
        known = book.by_key.get((*key, 1))
        if known is None:
            known = self.planner.new(TARGETS[kind], without_custom(record), values)
        elif known.named_at is None:
            self.planner.compare(TARGETS[kind], without_custom(record), known, values)
        elif kind == "effects" and known.value("direction") != values["direction"]:
            code = f"indicators_{values['direction']}"
            reason = _("This indicator is both raised and lowered. Keep one of them.")
            self.refusals.refuse(record, code, values["indicator_id"].label, reason)
        if known is not None:
            known.named_at = record.row
            book.touched.add(id(known))

    def _unlink(self, record: Record, row: PlannedRow) -> None:
        """In our own workbook, a link that is no longer written is a link removed."""
        if not self.planner.own or row.stored is None or not record.values.get("id"):
            return
        for kind, codes in (
            ("contributions", {"objectives"}),
            ("effects", {"indicators_up", "indicators_down"}),
        ):
            if not codes <= self.planner.columns.get("initiatives", set()):
                continue
            if any(self.refusals.has(record, code) for code in codes):
                continue
            book = self.ledger.books[kind]
            for link in self.of[kind, row.stored.pk]:
                if id(link) not in book.touched:
                    link.action = "deleted"
                    link.sheet, link.row = record.sheet, record.row
                    book.touched.add(id(link))

    def measure(self, record: Record, objective: PlannedRow) -> None:
        """Plan the indicator of an objective."""
        name = str(record.values["indicator"])
        direction = str(record.values.get("direction") or "up")
        book = self.ledger.books["indicators"]
        known = book.find(name)
        values: dict[str, Any] = {"name": name, "direction": direction}
        for one in objections(TARGETS["indicators"], values, known):
            self.refusals.refuse(record, "indicator", one.value, one.reason)
            return
        if known is None:
            values["code"] = self.planner.references.codes.free("indicators", name)
            values["objective_id"] = objective
            self.planner.references.plan("indicators", values, record)
        elif "direction" in record.values:
            self.planner.compare(TARGETS["indicators"], without_custom(record), known, values)
            book.touched.add(id(known))
